// Calling rules over the API: why a record or a bare number is not dialed, with figures and law; the abandonment ledger.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPack, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import type { RulePack } from '../../src/campaign/rule-pack.ts';
import type { RecordExplanation } from '../../src/reports/explain.ts';
import type { LedgerRow } from '../../src/reports/abandonment-ledger.ts';
import { Desk } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi } from './api.ts';
import type { TestApi } from './api.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const packsOf = (...names: readonly string[]): readonly RulePack[] =>
  names.flatMap((name) => {
    const pack = findPack(name, [SHIPPED_RULES])?.pack;
    return pack ? [pack] : [];
  });
const packs = packsOf('us-federal', 'us-florida', 'uk-ofcom');
const renewals = aCampaign({ rules: packs, person: { state: 'state' }, lists: ['people'] });
const other = aCampaign({ name: 'other', lists: ['people'] });
const rome = aCampaign({ name: 'rome', rules: packsOf('italy'), lists: ['rome'] });
const london = aCampaign({ name: 'london', rules: packsOf('uk-ofcom'), lists: ['london'] });
const choosy = aCampaign({
  name: 'choosy',
  lists: ['choosy'],
  filter: 'fields.region == "north" && fields.balance > 10 && fields.paid < 3',
  callAgain: ['result == "no-answer"', 'result == "busy"'].map((when) => ({
    when,
    then: { do: 'call-again', afterMs: 3_600_000, phone: 'same' },
  })),
});

let api: TestApi;
let desk: Desk;

beforeAll(async () => {
  api = await startTestApi([renewals, other, rome, london, choosy]);
  desk = new Desk(api.store);
  const phones = [{ number: '+13055550111', type: 'mobile' }] as const;
  await desk.list([desk.contact({ name: 'Eve', phones, fields: { state: 'NY' } })], 'people');
  for (const campaign of [renewals, other]) await api.store.records.sync(campaign, Date.now());
});
afterAll(() => api.close());

async function explain(text: string, campaign = 'renewals'): Promise<RecordExplanation | undefined> {
  const answer = await api.ask('GET', `/api/records/explain?text=${encodeURIComponent(text)}&campaign=${campaign}`);
  expect(answer.code).toBe(200);
  return (answer.body as unknown as RecordExplanation[])[0];
}

function check(
  explanation: RecordExplanation | undefined,
  rule: string,
): RecordExplanation['checks'][number] | undefined {
  return explanation?.checks.find((one) => one.rule === rule);
}

describe('record explain', () => {
  test('[L-12] [X-04] a record: which packs and zones hold for its phone, every clause with figures and citation', async () => {
    const found = await explain('+13055550111');
    expect(check(found, 'jurisdiction')).toMatchObject({
      why: 'Rule packs: us-federal, us-florida; time zones: America/New_York. The state `NY` was read as New York.',
      phone: '+13055550111',
    });
    expect(check(found, 'us-florida/hours')).toMatchObject({
      citation: 'Florida Statutes 501.616(6)(a)',
      phone: '+13055550111',
      inputs: { zones: 'America/New_York' },
    });
    expect(check(found, 'us-florida/three-in-24-hours')?.why).toBe(
      '0 of 3 attempts to this contact within 1d are used.',
    );
    expect(check(found, 'uk-ofcom/quiet-after-machine')).toBeUndefined();
  });

  test.each([
    // Italy lets it be called after five days and only so, the United Kingdom at once with an agent engaged, else after three.
    [rome, '+390612345678', 5 * DAY_MS, undefined],
    [london, '+442079460999', 0, 3 * DAY_MS],
  ])(
    '[L-12] [X-07] got no agent ($name): told from when on an agent who is engaged may call',
    async (campaign, number, heldMs, freeMs) => {
      const phones = [{ number, type: 'mobile' as const }];
      await desk.list([desk.contact({ phones })], campaign.name);
      await api.store.records.sync(campaign, Date.now());
      const at = Date.now() - HOUR_MS;
      const { attempt } = await desk.dial({ ...campaign, rules: [] }, at);
      const next = { state: 'waiting', dueAt: at, phoneIndex: 0, why: 'again' } as const;
      await desk.close(attempt, { result: 'abandoned', answeredAt: at, liveAt: at, endedAt: at, next });

      const found = await explain(number, campaign.name);

      const rule = found?.checks.find(({ agentEngagedFromAt }) => agentEngagedFromAt !== undefined);
      expect(rule).toMatchObject({ allows: false, agentEngagedFromAt: at + heldMs, phone: number });
      expect(rule?.notBeforeAt).toBe(at + (freeMs ?? heldMs));
      // The hours of the law may put it off, to the next morning and over a weekend.
      expect(found?.agentEngagedFromAt).toBeGreaterThanOrEqual(at + heldMs);
      expect(found?.agentEngagedFromAt).toBeLessThan(at + heldMs + 4 * DAY_MS);
      if (freeMs === undefined) expect(found?.notBeforeAt).toBeUndefined();
      else expect(found?.notBeforeAt).toBeGreaterThanOrEqual(at + freeMs);
    },
  );

  test('[L-12] a number that no record has: judged for the campaign as if it were fresh', async () => {
    const found = await explain('+442079460111');
    expect(found).toMatchObject({ record: null, campaign: 'renewals', contact: '+442079460111' });
    expect(check(found, 'jurisdiction')?.why).toContain('Rule packs: uk-ofcom;');
    const all = await api.ask('GET', '/api/records/explain?text=%2B442079460111');
    expect((all.body as unknown as RecordExplanation[]).map(({ campaign }) => campaign)).toEqual([
      'renewals',
      'other',
      'rome',
      'london',
      'choosy',
    ]);
    expect((await api.ask('GET', '/api/records/explain?text=nobody')).code).toBe(404);
    const nowhere = await api.ask('GET', '/api/records/explain?text=%2B442079460111&campaign=nowhere');
    for (const text of ['1', 'Eve', '%2B13055550111']) {
      const { body } = await api.ask('GET', `/api/records/explain?text=${text}&campaign=renwals`);
      expect(body.error).toMatchObject({
        code: 'campaign-unknown',
        message: 'There is no campaign renwals. Did you mean "renewals"?',
      });
    }
    expect([nowhere.code, nowhere.body.error?.code]).toEqual([404, 'campaign-unknown']);
  });

  test.each(['+44 (0) 20 7946 0111', '+4402079460111', '0044 20 7946 0111', '011 44 20 7946 0111'])(
    '[L-12] a number as people write it (%s) is read by the one reader',
    async (text) => {
      expect(await explain(text)).toMatchObject({ record: null, contact: '+442079460111' });
    },
  );

  test('[L-12] a text that may be several numbers: refused with them, none is guessed', async () => {
    const { code, body } = await api.ask('GET', '/api/records/explain?text=442079460111');
    expect([code, body.error?.code]).toEqual([400, 'number-invalid']);
    expect(body.error?.message).toContain('+442079460111');
  });

  test('[L-12] [L-03] a contact whom the filter keeps without a record: the condition that fails, with what it saw', async () => {
    const number = '+12125550188';
    const phones = [{ number, type: 'mobile' as const }];
    await desk.list(
      [desk.contact({ name: 'Bea', phones, fields: { region: 'south', balance: '20' } })],
      choosy.lists[0],
    );
    await api.store.records.sync(choosy, Date.now());
    const found = await explain(number, choosy.name);
    expect(found).toMatchObject({ record: null, contact: 'Bea', mayDialNow: false });
    expect(check(found, 'filter')).toMatchObject({
      allows: false,
      why: `The contact does not fit the filter ${choosy.filter ?? ''}. Not so: fields.region == "north" (region is "south"); fields.paid < 3 (paid is missing).`,
    });
    expect(check(found, 'list')?.why).toBe(`The list ${choosy.lists[0] ?? ''} is dialed in this campaign.`);
  });

  test('[L-12] a record that waits: the call-again rule that put it off stands with its due time, and nowhere else', async () => {
    const phones = [{ number: '+12125550189', type: 'mobile' as const }];
    await desk.list([desk.contact({ phones, fields: { region: 'north', balance: '20', paid: '1' } })], choosy.lists[0]);
    await api.store.records.sync(choosy, Date.now());
    const at = Date.now();
    const { attempt, record } = await desk.dial({ ...choosy, rules: [] }, at);
    const why = 'Call-again rule 2 (result == "busy"): again after 1h, phone 1.';
    await desk.close(attempt, { endedAt: at, next: { state: 'waiting', dueAt: at + HOUR_MS, phoneIndex: 0, why } });
    const found = await explain(String(record.record), choosy.name);
    const last = `${why} The rule is in choosy.yaml, line 22.`;
    expect(found).toMatchObject({ last, zone: 'Europe/Berlin', notBeforeAt: expect.any(Number) as number });
    expect(check(found, 'due-time')?.why).toMatch(
      /^The record falls due at \S+ \S+ \(Europe\/Berlin\)\. Call-again rule 2 /,
    );
    expect(check(found, 'record-state')?.why).not.toContain('Call-again');
  });

  test('[L-12] a number that is being dialed for another campaign: reported, by record, and by the number alone', async () => {
    const { attempt, record } = await desk.dial(other, Date.now());
    const why = `+13055550111 is being dialed or talked to at this moment for record ${record.record} of campaign other.`;
    expect(check(await explain('+13055550111'), 'number-in-use')).toMatchObject({ allows: false, why });
    await desk.close(attempt, { endedAt: Date.now() });
    expect(check(await explain('+13055550111'), 'number-in-use')).toMatchObject({ allows: true });
  });

  test('[X-01] do-not-call in the same words as everywhere', async () => {
    await api.ask('POST', '/api/do-not-call', { numbers: ['+442079460222'] });
    expect(check(await explain('+442079460222'), 'do-not-call')).toMatchObject({
      allows: false,
      why: '+442079460222 is on the do-not-call list global.',
    });
  });

  test.each([
    ['as it was', '+442079460333', '+442079460334'],
    ['as it is dialed', '+442079460335', '+442079460336'],
  ])(
    '[L-12] [X-01] a call-again rule has changed a number and a do-not-call list has it %s: refused',
    async (which, own, changed) => {
      const lists = [await desk.list([desk.contact({ phones: [{ number: own, type: 'mobile' }] })])];
      await api.store.records.sync({ ...other, lists: [...other.lists, ...lists] }, Date.now());
      const [row] = await api.store.records.find({ campaign: 'other', text: own, limit: 1 });
      const line = { attempt: desk.unique('attempt'), trunk: 'main', turn: 0 };
      const campaign = { ...other, lists };
      const { opened } = await api.store.attempts.open({ campaign, now: Date.now(), lines: [line] });
      expect(opened[0]?.record.record).toBe(row?.id);
      const next = { state: 'waiting', dueAt: Date.now(), phoneIndex: 0, why: 'again', number: changed } as const;
      await desk.close(line.attempt, { endedAt: Date.now(), next });
      expect(check(await explain(own, 'other'), 'do-not-call')).toMatchObject({ allows: true, phone: changed });
      await api.ask('POST', '/api/do-not-call', { numbers: [which === 'as it was' ? own : changed] });
      expect(check(await explain(own, 'other'), 'do-not-call')).toMatchObject({ allows: false, phone: changed });
    },
  );
});

describe('abandonment ledger', () => {
  test('[X-06] every definition of the campaign and its packs, with the law; another campaign has its own target alone', async () => {
    const { attempt } = await desk.dial(aCampaign({ ...renewals, rules: [] }), Date.now() + 60_000);
    const at = Date.now() + 70_000;
    await desk.close(attempt, { result: 'abandoned', liveAt: at, answeredAt: at, endedAt: at + 2000 });
    const answer = await api.ask('GET', '/api/reports/abandonment/ledger?campaign=renewals');
    const rows = answer.body as unknown as LedgerRow[];
    expect(rows.map(({ rule, abandoned, isKept, limit }) => [rule, abandoned, isKept, limit])).toEqual([
      ['campaign', 1, false, 0.03],
      ['us-federal/abandonment', 1, false, 0.03],
      ['uk-ofcom/abandonment', 1, false, 0],
    ]);
    expect(rows[1]).toMatchObject({
      citation: '16 CFR 310.4(b)(4)(i); 47 CFR 64.1200(a)(7)',
      definition: 'at most 3.0 % of the live answers in each period of 30d',
      zone: 'Europe/Berlin',
    });
    expect((await api.ask('GET', '/api/reports/abandonment/ledger?campaign=none')).code).toBe(404);
  });
});
