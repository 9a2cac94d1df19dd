// Exports, statistics and clones over the API.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeAct } from '../../src/script/acts.ts';
import { openDesk } from '../../src/interaction/desk-machine.ts';
import type { Interaction } from '../../src/interaction/interaction.ts';
import { startScript } from '../../src/script/machine.ts';
import { Desk, NOON } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { aPlan } from '../interaction/builders.ts';
import { aQuestion, aScript } from '../script/builders.ts';
import { startTestApi, type TestApi } from './api.ts';
import { campaignView } from './fake-control.ts';

const CAMPAIGN = aCampaign({ lists: ['people'] });
let api: TestApi;
let desk: Desk;

beforeEach(async () => {
  api = await startTestApi([CAMPAIGN]);
  desk = new Desk(api.store);
  const phones = [{ number: '+12125550111', type: 'mobile' }] as const;
  const fields = { note: '=HYPERLINK("http://x")', balance: -3 };
  await desk.list([desk.contact({ name: '=1+1', fields, phones }), desk.contact({ name: 'Ben' })], 'people');
  await api.store.records.sync(CAMPAIGN, NOON);
  const { attempt } = await desk.dial(CAMPAIGN);
  await desk.close(attempt, { result: 'busy' });
});
afterEach(async () => {
  await api.close();
});

async function textOf(path: string): Promise<{ readonly type: string | null; readonly lines: readonly string[] }> {
  const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${api.token}` } });
  const lines = (await response.text()).trimEnd().split(/\r?\n/);
  return { type: response.headers.get('content-type'), lines };
}

describe('exports over the API', () => {
  test('[L-13] records as CSV: a column for each field, nothing that a spreadsheet calculates', async () => {
    const { type, lines } = await textOf('/api/export/records?campaign=renewals');
    expect(type).toBe('text/csv; charset=utf-8');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^record,campaign,.*,name,phone 1,type 1,field note,field balance,notes$/);
    expect(lines[1]).toContain(`,'=1+1,'+12125550111,mobile,"'=HYPERLINK(""http://x"")",-3,`);
    expect((await textOf('/api/export/records?result=busy')).lines).toHaveLength(2);
  });

  test('[L-13] [O-10] a field called constructor that one of two people has: the other has an empty cell', async () => {
    const odd = aCampaign({ name: 'odd', lists: ['odd'] });
    await desk.list([desk.contact({ fields: { constructor: 'x' } }), desk.contact({ name: 'Cyd' })], 'odd');
    await api.store.records.sync(odd, NOON);
    const { lines } = await textOf('/api/export/records?campaign=odd');
    expect(lines[0]).toMatch(/,field constructor,notes$/);
    expect(lines.find((line) => line.includes(',Cyd,'))).toMatch(/,,$/);
  });

  test('[L-13] attempts as JSON lines and as CSV', async () => {
    const { type, lines } = await textOf('/api/export/attempts?format=jsonl');
    expect(type).toBe('application/x-ndjson; charset=utf-8');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { campaign: 'renewals', number: '+12125550111', result: 'busy', dialedAt: '2026-03-02T11:00:00.000Z' },
    ]);
    const csv = await textOf(`/api/export/attempts?from=${NOON}&to=${NOON + 1}`);
    expect(csv.lines).toHaveLength(2);
    expect((await textOf(`/api/export/attempts?from=${NOON + 1}`)).lines).toHaveLength(1);
  });

  test('[A-14] attempts with what was answered: a column for each question, and typed in JSON lines', async () => {
    const [row] = await api.store.attempts.list({});
    const attempt = row?.attempt ?? '';
    await api.store.attempts.progress({ attempt, bridgedAt: NOON + 1 });
    const script = aScript({
      sections: [
        {
          section: 'greeting',
          title: '',
          parts: [
            aQuestion({ ask: 'wishes', type: 'several' }),
            aQuestion({ ask: 'remarks', type: 'text', choices: [] }),
          ],
          next: [],
          isLast: true,
        },
      ],
    });
    const answers = { wishes: ['yes', 'no'], remarks: '=1+1' };
    const { run } = takeAct(script, startScript(script), { do: 'answer', answers, forward: true });
    const draft = { attempt, campaign: 'renewals', record: null, contact: null, agent: '7', script };
    await api.store.scripts.save({ ...draft, run, base: 0, at: NOON });
    const jsonl = await textOf('/api/export/attempts?format=jsonl');
    expect(JSON.parse(jsonl.lines[0] ?? '')).toMatchObject({ attempt, answers });
    const csv = await textOf('/api/export/attempts');
    expect(csv.lines[0]).toMatch(/,counts,answer remarks,answer wishes,notes$/);
    expect(csv.lines[1]).toMatch(/,'=1\+1,"yes, no",$/);
  });

  test('[A-15] [L-13] notes are in the exports of records and of attempts, and calculate nothing', async () => {
    const [row] = await api.store.attempts.list({});
    const { attempt = '', record = 0, contact = 0 } = row ?? {};
    const interaction = 'i-noted';
    const of = {
      agent: '7',
      campaign: 'renewals',
      plan: aPlan({ kind: 'preview' }),
      version: 1,
      since: NOON,
      orders: 1,
    };
    const held: Interaction = { ...of, interaction, state: 'wrap-up', tried: [{ attempt }] };
    const kept = openDesk({ agent: '7', session: 's-noted' });
    await api.store.desks.keep({ desk: kept, interactions: [held], released: [], at: NOON });
    const note = { interaction, agent: '7', campaign: 'renewals', record, contact, text: '=1+1', base: 0, at: NOON };
    await api.store.notes.write(note);
    const jsonl = async (what: string): Promise<unknown> =>
      JSON.parse((await textOf(`/api/export/${what}?format=jsonl`)).lines[0] ?? '');
    expect(await jsonl('attempts')).toMatchObject({ attempt, notes: '=1+1' });
    expect(await jsonl('records')).toMatchObject({
      record,
      notes: [{ at: new Date(NOON).toISOString(), agent: '7', text: '=1+1' }],
    });
    for (const what of ['attempts', 'records']) {
      const { lines } = await textOf(`/api/export/${what}`);
      expect(lines[0]).toMatch(/,notes$/);
      expect(lines[1]).toMatch(/,'=1\+1$/);
    }
  });

  test.each(['export/records', 'export/attempts', 'reports/attempts', 'reports/trunks', 'reports/agents'])(
    '[L-13] [S-06] %s of an unknown campaign: refused, the nearest one is named',
    async (path) => {
      const { code, body } = await api.ask('GET', `/api/${path}?campaign=renewal`);
      expect([code, body.error?.code]).toEqual([404, 'campaign-unknown']);
      expect(body.error?.message).toContain('Did you mean "renewals"?');
    },
  );

  test('[C-10] statistics: where the records are, and the time left at this pace', async () => {
    const { body } = await api.ask('GET', '/api/campaigns/renewals/statistics');
    expect(body).toMatchObject({
      total: 2,
      processed: 1,
      waiting: 1,
      byResult: { busy: 1 },
      attemptsPerHour: 1,
      timeToFinishMs: 3_600_000,
      waits: [{ count: 1, why: 'may be dialed now' }],
    });
    expect((await api.ask('GET', '/api/campaigns/nothing/statistics')).code).toBe(404);
  });

  test('[C-09] cloned with chosen results: the file differs in name and list, the list has those contacts', async () => {
    const original = '# about renewals\ncampaign: renewals\nlists: # whom\n  - people\nmode: predictive\n';
    await writeFile(join(api.folder, 'campaigns', 'renewals.yaml'), original);
    api.control.onReload = () => api.control.views.set('again', campaignView({ name: 'again' }));
    const { code, body } = await api.ask('POST', '/api/campaigns/renewals/clone', { name: 'again', results: ['busy'] });
    expect({ code, ...body }).toMatchObject({ code: 201, name: 'again', list: 'again-from-renewals', contacts: 1 });
    const file = await readFile(join(api.folder, 'campaigns', 'again.yaml'), 'utf8');
    expect(file).toBe('# about renewals\ncampaign: again\nlists: [again-from-renewals]\nmode: predictive\n');
    const { contacts } = await api.store.lists.show('again-from-renewals', 5);
    expect(contacts).toMatchObject([{ name: '=1+1' }]);
    const twice = await api.ask('POST', '/api/campaigns/renewals/clone', { name: 'again', results: ['busy'] });
    expect(twice.body.error?.code).toBe('list-exists');
  });
});
