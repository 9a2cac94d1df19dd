// A script at a workspace, end to end: read and answered in a browser, owed at Done, decided on.

import { afterEach, expect, test } from 'vitest';
import { aScript } from '../script/builders.ts';
import { DeskCentre, type Seat } from './desk-centre.ts';
import { stays } from '../support/call-plans.ts';

let centre: DeskCentre | undefined;
afterEach(async () => {
  await centre?.close();
  centre = undefined;
});

async function talking(): Promise<Seat> {
  centre = await DeskCentre.open({
    agents: 2,
    records: 4,
    plan: stays,
    campaign: {
      script: aScript(),
      attempts: { max: 3, perDay: 3 },
      dispositions: [{ code: 'sale', label: 'Sold', key: '1' }],
      callAgain: [{ when: 'answers.cars > 1', then: { do: 'call-again', afterMs: 3_600_000, phone: 'same' } }],
    },
  });
  const seat = await (await centre.seat()).sitDown();
  await seat.isIn('talking');
  return seat;
}

test('[A-14] [A-16] answered in the browser; what is required and open is missing at Done; the answers decide', async () => {
  const seat = await talking();
  const ask = (method: string, body?: unknown) => seat.browser.ask(method, '/api/agent/script', body);
  const { interaction } = await seat.view();
  const attempt = interaction?.call?.attempt ?? '';
  expect(await ask('GET')).toMatchObject({ code: 200, body: { attempt, section: { section: 'greeting' } } });
  const first = { attempt, expects: 0, act: { do: 'answer', answers: { right: 'yes' }, forward: true } };
  expect(await ask('POST', first)).toMatchObject({ code: 200, body: { version: 2, section: { section: 'offer' } } });
  expect(await ask('POST', first)).toMatchObject({ code: 409, body: { answer: 'refused', view: { version: 2 } } });

  await seat.act({ do: 'hang-up', attempt });
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect(await seat.act({ do: 'done', stop: true })).toMatchObject({
    code: 409,
    body: { missing: [{ code: 'script', message: 'Answer in the script: How many cars?' }] },
  });
  await ask('POST', { attempt, expects: 2, act: { do: 'answer', answers: { cars: 2 }, forward: true } });
  expect((await seat.act({ do: 'done', stop: true })).code).toBe(200);
  await seat.centre.rig.clock.runFor(2000);
  const record = await seat.centre.rig.store.records.show(interaction?.record?.record ?? 0);
  expect(record).toMatchObject({ state: 'waiting' });
});

test('[A-14] left by an exit, nothing more is owed', async () => {
  const seat = await talking();
  const { interaction } = await seat.view();
  const attempt = interaction?.call?.attempt ?? '';
  await seat.browser.ask('GET', '/api/agent/script');
  const act = { do: 'exit', exit: 'not-interested' };
  expect((await seat.browser.ask('POST', '/api/agent/script', { attempt, expects: 0, act })).code).toBe(200);
  await seat.act({ do: 'hang-up', attempt });
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect((await seat.act({ do: 'done', stop: true })).code).toBe(200);
});

test('[A-14] the script was never opened: what it asks at its beginning is missing at Done after a conversation', async () => {
  const seat = await talking();
  const { interaction } = await seat.view();
  await seat.act({ do: 'hang-up', attempt: interaction?.call?.attempt ?? '' });
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect(await seat.act({ do: 'done', stop: true })).toMatchObject({
    code: 409,
    body: { missing: [{ code: 'script', message: 'Answer in the script: Is it you?' }] },
  });
  await seat.browser.ask('GET', '/api/agent/script');
  const exit = { attempt: interaction?.call?.attempt ?? '', expects: 0, act: { do: 'exit', exit: 'not-interested' } };
  await seat.browser.ask('POST', '/api/agent/script', exit);
  expect((await seat.act({ do: 'done', stop: true })).code).toBe(200);
});

test('[A-02] [A-14] the whole script is there to be looked through before the first call', async () => {
  const seat = await talking();
  const { name } = seat.centre.rig.campaign;
  const { body } = await seat.browser.ask('GET', `/api/agent/campaigns/${name}`);
  const sections = aScript().sections.map(({ section, title, parts }) => ({ section, title, parts }));
  expect(body['script']).toEqual({
    name: 'renewals',
    sections,
    exits: aScript().exits.map(({ exit, label }) => ({ exit, label })),
  });
});
