// Whatever the order of dialing, ending, disposing and settling: no record and no number is in two open attempts, an
// attempt has one result for ever, and the counts agree with the attempts.

import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { OpenedAttempt } from '../../src/engine/store/attempts.ts';
import type { Store } from '../../src/engine/store/store.ts';
import type { RecordNext } from '../../src/records/record.ts';
import { RESULTS } from '../../src/terms.ts';
import type { Result } from '../../src/terms.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, HOUR_MS, NOON } from '../contract/store-desk.ts';
import { makeFolder } from './folder.ts';

const folder = makeFolder();
let store: Store;
let desk: Desk;

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  desk = new Desk(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const next: fc.Arbitrary<RecordNext> = fc.oneof(
  fc.record({
    state: fc.constant('waiting' as const),
    dueAt: fc.integer({ min: NOON, max: NOON + 4 * HOUR_MS }),
    phoneIndex: fc.integer({ min: 0, max: 1 }),
    rule: fc.integer({ min: 0, max: 2 }),
    why: fc.constant('rule'),
  }),
  fc.constant<RecordNext>({ state: 'finished', why: 'rule' }),
  fc.constant<RecordNext>({ state: 'dialing' }),
);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), lines: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      which: fc.nat(),
      result: fc.constantFrom(...RESULTS),
      counts: fc.boolean(),
      next,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dispose' as const), which: fc.nat(), next }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(), next }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** The first result that each attempt was ended with, and whether it counts. */
type Ledger = Map<
  string,
  { readonly attempt: OpenedAttempt; end?: { readonly result: Result; readonly counts: boolean } }
>;

async function take(one: Step, at: number, campaign: Campaign, ledger: Ledger): Promise<void> {
  if (one.do === 'open') {
    const { opened } = await desk.open(campaign, one.lines, at);
    for (const attempt of opened) ledger.set(attempt.attempt, { attempt });
    return;
  }
  const entry = [...ledger.values()][one.which % Math.max(1, ledger.size)];
  if (!entry) return;
  const { attempt } = entry.attempt;
  switch (one.do) {
    case 'dispose':
      await store.attempts.dispose({ attempt, disposition: 'sale', agent: '101', at, next: one.next });
      return;
    case 'settle':
      await store.attempts.settle(attempt, one.next);
      return;
    case 'close':
      await store.attempts.close({ attempt, result: one.result, endedAt: at, counts: one.counts, next: one.next });
      entry.end ??= { result: one.result, counts: one.counts };
  }
}

async function check(campaign: Campaign, ledger: Ledger): Promise<void> {
  const rows = await store.attempts.list({ campaign: campaign.name });
  expect(rows.map(({ attempt, result }) => [attempt, result]).sort()).toEqual(
    [...ledger].map(([attempt, { end }]) => [attempt, end?.result ?? null]).sort(),
  );
  const open = rows.filter(({ result }) => result === null);
  expect(new Set(open.map(({ record }) => record)).size).toBe(open.length);
  expect(new Set(open.map(({ number }) => number)).size).toBe(open.length);
  const records = await store.records.find({ campaign: campaign.name, text: '', limit: 100 });
  for (const record of records) {
    const own = [...ledger.values()].filter(({ attempt }) => attempt.record.record === record.id);
    expect(record.attempts).toBe(own.filter(({ end }) => end?.counts === true).length);
    if (open.some((row) => row.record === record.id)) expect(record.state).toBe('dialing');
    const facts = (await store.records.facts(record.id))?.facts;
    expect(Object.values(facts?.ruleUses ?? {}).every((uses) => uses >= 0 && uses <= own.length)).toBe(true);
  }
  const undecided = records.filter(({ state }) => state === 'dialing').length;
  const unfinished = (await store.attempts.unfinished()).filter((one) => one.campaign === campaign.name);
  expect(unfinished.length).toBe(undecided);
  const counts = await store.records.counts(campaign.name);
  expect(Object.values(counts.byState).reduce((sum, count) => sum + count, 0)).toBe(records.length);
}

test('[O-08] any sequence of opening, closing, disposing and settling keeps attempts and records in agreement', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const contacts = Array.from({ length: 4 }, () =>
        desk.contact({
          phones: [
            { number: desk.number(), type: 'mobile' },
            { number: desk.number(), type: 'home' },
          ],
        }),
      );
      const lists = [await desk.list(contacts), ...(await desk.listsOfTwins())];
      const campaign = await desk.campaign([], { lists, attempts: { max: 5, perDay: 4 } });
      const ledger: Ledger = new Map();
      for (const [index, one] of steps.entries()) await take(one, NOON + index * 600_000, campaign, ledger);
      await check(campaign, ledger);
    }),
    { numRuns: 40 },
  );
});
