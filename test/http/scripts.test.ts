// The script of the call in hand over the API, and what was answered.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeAct } from '../../src/script/acts.ts';
import { startScript } from '../../src/script/machine.ts';
import { viewOf } from '../../src/script/view.ts';
import { NOON } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { aScript } from '../script/builders.ts';
import { startTestApi, type TestApi } from './api.ts';

const script = aScript();
const run = takeAct(script, startScript(script), { do: 'answer', answers: { right: 'yes' }, forward: true }).run;
const view = { attempt: 'a-1', campaign: 'renewals', isCurrent: true, ...viewOf(script, run, {}) };

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi([aCampaign()]);
});
afterEach(() => api.close());

test('[A-14] the script of the call in hand, and an act on it', async () => {
  api.control.scriptNow = view;
  const shown = await api.ask('GET', '/api/agent/script?agent=101');
  expect(shown).toMatchObject({ code: 200, body: { attempt: 'a-1', section: { section: 'offer' } } });
  const body = { agent: '101', attempt: 'a-1', expects: 2, act: { do: 'answer', answers: { cars: 2 } } };
  expect(await api.ask('POST', '/api/agent/script', body)).toMatchObject({ code: 200, body: { version: 2 } });
  expect(api.control.done).toContain('101: script answer');
});

test('[A-14] an act that comes too late: 409 with the script as it stands', async () => {
  api.control.scriptNow = view;
  api.control.refusesScript = { code: 'script-changed', message: 'Changed.', hint: 'Look.' };
  const body = { agent: '101', attempt: 'a-1', expects: 0, act: { do: 'exit', exit: 'not-interested' } };
  expect(await api.ask('POST', '/api/agent/script', body)).toMatchObject({
    code: 409,
    body: { answer: 'refused', error: { code: 'script-changed' }, view: { version: 2 } },
  });
});

test('[A-14] without a call, and without an agent: refused with the reason', async () => {
  const none = await api.ask('GET', '/api/agent/script?agent=101');
  expect([none.code, none.body.error?.code]).toEqual([409, 'script-no-call']);
  const unnamed = await api.ask('GET', '/api/agent/script');
  expect([unnamed.code, unnamed.body.error?.code]).toEqual([400, 'agent-unnamed']);
});

test('[A-14] [S-06] what was answered: one by one, and counted by question and choice', async () => {
  const draft = { attempt: 'a-1', campaign: 'renewals', record: null, contact: null, agent: '101', script };
  await api.store.scripts.save({ ...draft, run, base: 0, at: NOON });
  const found = await api.ask('GET', '/api/answers?campaign=renewals&question=right&answer=yes');
  expect(found).toMatchObject({ code: 200, body: [{ attempt: 'a-1', question: 'right', answer: 'yes', at: NOON }] });
  expect((await api.ask('GET', '/api/answers?text=none')).body).toEqual([]);
  const report = await api.ask('GET', `/api/reports/answers/renewals?from=${NOON}`);
  expect(report.body).toEqual([
    { question: 'right', type: 'choice', answer: 'yes', count: 1, share: 1, mean: null, min: null, max: null },
  ]);
  expect((await api.ask('GET', '/api/reports/answers/renewal')).code).toBe(404);
});
