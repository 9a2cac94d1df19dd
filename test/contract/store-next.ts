// Who is next: callbacks and records that were given back, priorities, lists that take turns, rest, come and go, filters
// and fields that change, hours that are closed for everybody in a zone. In the order that records/order.ts shows.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { RulePack } from '../../src/campaign/rule-pack.ts';
import type { NewContact } from '../../src/engine/store/lists.ts';
import { compareRecords } from '../../src/records/order.ts';
import type { OrderedRecord } from '../../src/records/order.ts';
import { whyTheyWait } from '../../src/eligibility/waits.ts';
import { HOUR_MS, MINUTE_MS, NOON, namesOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeNext(desk: () => Desk): void {
  orderTests(desk);
  listTests(desk);
  filterTests(desk);
  historyTests(desk);
  hoursTests(desk);
}

const people = (desk: Desk, ...names: readonly string[]): NewContact[] => names.map((name) => desk.contact({ name }));

async function statesOf(desk: Desk, campaign: Campaign): Promise<Readonly<Record<string, number>>> {
  return (await desk.store.records.counts(campaign.name)).byState;
}

function orderTests(desk: () => Desk): void {
  test('[L-08] a record that comes before all others: at its time, whatever the priority of the rest', async () => {
    const campaign = await desk().campaign(people(desk(), 'Ada', 'Ben', 'Cleo'));
    const { opened } = await desk().open(campaign, 2);
    const [ada = '', ben = ''] = opened.map(({ attempt }) => attempt);
    await desk().close(ada, { next: waitingUntil(NOON + 10 * MINUTE_MS, { first: true }) });
    await desk().close(ben, { next: waitingUntil(NOON + MINUTE_MS, { priority: 9 }) });
    expect(namesOf(await desk().open(campaign, 1, NOON + 9 * MINUTE_MS))).toEqual(['Ben']);
    expect(namesOf(await desk().open(campaign, 1, NOON + 10 * MINUTE_MS))).toEqual(['Ada']);
    expect(namesOf(await desk().open(campaign, 1, NOON + 10 * MINUTE_MS))).toEqual(['Cleo']);
  });

  test('[L-08] a record that was never dialed is put off: when it is due it still comes before those dialed again', async () => {
    const [first = '', second = ''] = await desk().listsOfTwins();
    const inUse = await desk().dial(await desk().campaign([], { lists: [first] }));
    const lists = [second, await desk().list(people(desk(), 'Ben'))];
    const campaign = await desk().campaign([], { lists });
    expect(namesOf(await desk().open(campaign, 1))).toEqual(['Ben']);
    await desk().close(inUse.attempt);
    const [ben] = await desk().store.attempts.list({ campaign: campaign.name });
    await desk().close(ben?.attempt ?? '', { next: waitingUntil(NOON + 1) });
    expect(namesOf(await desk().open(campaign, 2, NOON + HOUR_MS))).toEqual(['Person 2', 'Ben']);
  });

  test('[L-08] any records: they are dialed in the order that the comparison gives', async () => {
    const standing = fc.record({
      first: fc.boolean(),
      priority: fc.integer({ min: -1, max: 1 }),
      attempts: fc.nat(1),
      dueAt: fc.option(fc.nat(3), { nil: null }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(standing, { minLength: 2, maxLength: 6 }), async (standings) => {
        const campaign = await desk().people(standings.length);
        const { opened } = await desk().open(campaign, standings.length);
        const expected: OrderedRecord[] = [];
        for (const [place, { first, priority, attempts, dueAt }] of standings.entries()) {
          const attempt = opened[place];
          if (!attempt) throw new Error('every record is opened once');
          const due = NOON + (dueAt ?? 0);
          const next = waitingUntil(due, { first, priority });
          await desk().close(attempt.attempt, { counts: attempts > 0, next });
          expected.push({ record: attempt.record.record, first, priority, attempts, dueAt: due, sortKey: '' });
        }
        const chosen = await desk().open(campaign, standings.length, NOON + HOUR_MS);
        expect(chosen.opened.map(({ record }) => record.record)).toEqual(
          expected.sort(compareRecords).map(({ record }) => record),
        );
      }),
      { numRuns: 25 },
    );
  });
}

function listTests(desk: () => Desk): void {
  /** A campaign on new lists, each of so many people named after it. */
  async function onLists(sizes: Readonly<Record<string, number>>, parts: Partial<Campaign> = {}) {
    const lists: Record<string, string> = {};
    for (const [name, size] of Object.entries(sizes)) {
      lists[name] = await desk().list(Array.from({ length: size }, () => desk().contact({ name })));
    }
    const campaign = await desk().campaign([], { lists: Object.values(lists), ...parts });
    return { campaign, list: (name: string): string => lists[name] ?? '' };
  }

  test('[L-11] lists with weights 3 and 1 take turns; the rest of the longer one comes when the other is used up', async () => {
    const { campaign, list } = await onLists({ a: 9, b: 2 });
    const weighted = { ...campaign, listWeights: { [list('a')]: 3, [list('b')]: 1 } };
    const dialed: string[] = [];
    for (let turns = 0; turns < 8; turns += 1) dialed.push(...namesOf(await desk().open(weighted, 1)));
    expect(dialed.join('')).toBe('aabaaaba');
    expect(namesOf(await desk().open(weighted, 3)).join('')).toBe('aaa');
    expect(await desk().open(weighted, 1)).toEqual({ opened: [], exhausted: false });
  });

  test('[L-11] lists with weights, asked for many at once: the same turns', async () => {
    const { campaign, list } = await onLists({ a: 8, b: 8 });
    const weighted = { ...campaign, listWeights: { [list('a')]: 1, [list('b')]: 3 } };
    const names = [...namesOf(await desk().open(weighted, 8))];
    expect(names.sort().join('')).toBe('aabbbbbb');
  });

  test('[L-11] lists without weights are dialed as one, the oldest records first', async () => {
    const { campaign } = await onLists({ a: 2, b: 2 });
    expect(namesOf(await desk().open(campaign, 4)).join('')).toBe('aabb');
  });

  test('[L-11] a list is paused: none of it at the next choice, and the campaign is not exhausted; it goes on with it', async () => {
    const { campaign, list } = await onLists({ a: 2, b: 1 });
    const paused = { ...campaign, pausedLists: [list('a')] };
    expect(namesOf(await desk().open(paused, 3)).join('')).toBe('b');
    expect(await desk().open(paused, 1)).toEqual({ opened: [], exhausted: false });
    expect(namesOf(await desk().open(campaign, 3)).join('')).toBe('aa');
  });

  test('[L-11] a list is taken out of the campaign: none of it at the next choice; it comes back as it was', async () => {
    const { campaign, list } = await onLists({ a: 2, b: 1 });
    const without = { ...campaign, lists: [list('b')] };
    expect(namesOf(await desk().open(without, 3)).join('')).toBe('b');
    await desk().store.records.sync(without, NOON);
    expect(await statesOf(desk(), campaign)).toMatchObject({ fresh: 0, dialing: 1, removed: 2 });
    expect(await desk().store.records.sync(campaign, NOON)).toBe(2);
    expect(namesOf(await desk().open(campaign, 3)).join('')).toBe('aa');
  });

  test('[L-11] a list is added while the campaign runs: its people are dialed from the next choice on', async () => {
    const { campaign } = await onLists({ a: 1 });
    await desk().dial(campaign);
    const added = { ...campaign, lists: [...campaign.lists, await desk().list(people(desk(), 'new'))] };
    expect(await desk().store.records.sync(added, NOON)).toBe(1);
    expect(namesOf(await desk().open(added, 2))).toEqual(['new']);
  });

  test('[L-11] a person on two lists, one of them paused: is dialed from the other, once', async () => {
    const both = desk().contact({ name: 'Ada' });
    const lists = [await desk().list([both]), await desk().list([both])];
    const [paused = ''] = lists;
    const campaign = await desk().campaign([], { lists });
    const half = { ...campaign, pausedLists: [paused] };
    await desk().store.records.sync(half, NOON);
    expect(namesOf(await desk().open(half, 2))).toEqual(['Ada']);
  });
}

function filterTests(desk: () => Desk): void {
  const north = (name: string): NewContact => desk().contact({ name, fields: { region: 'north' } });
  const south = (name: string): NewContact => desk().contact({ name, fields: { region: 'south' } });

  test('[L-03] the filter changes: those who do not fit are set aside at the next choice, and come back when they do', async () => {
    const campaign = await desk().campaign([south('Ada'), north('Ben')], { filter: 'fields.region != ""' });
    const filtered = { ...campaign, filter: 'fields.region == "north"' };
    expect(namesOf(await desk().open(filtered, 2))).toEqual(['Ben']);
    expect(await statesOf(desk(), campaign)).toMatchObject({ fresh: 0, removed: 1 });
    const [row] = await desk().store.records.find({ campaign: campaign.name, text: 'Ada', limit: 1 });
    expect(row?.finishedWhy).toContain('does not fit the filter');
    await desk().store.records.sync(filtered, NOON);
    expect(await desk().store.records.sync(campaign, NOON)).toBe(1);
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Ada']);
  });

  test('[L-03] the filter changes: bringing in line sets aside, makes and takes up all at once', async () => {
    const campaign = await desk().campaign([south('Ada'), north('Ben'), north('Cleo')], {
      filter: 'fields.region == "south"',
    });
    expect(await statesOf(desk(), campaign)).toMatchObject({ fresh: 1, removed: 0 });
    const turned = { ...campaign, filter: 'fields.region == "north"' };
    expect(await desk().store.records.sync(turned, NOON)).toBe(2);
    expect(await statesOf(desk(), campaign)).toMatchObject({ fresh: 2, removed: 1 });
    expect(await desk().store.records.sync(campaign, NOON)).toBe(1);
    expect(await statesOf(desk(), campaign)).toMatchObject({ fresh: 1, removed: 2 });
  });

  test('[L-03] a person’s fields change: who no longer fits is not dialed from the next choice on', async () => {
    const ada = south('Ada');
    const campaign = await desk().campaign([ada, south('Ben')], { filter: 'fields.region == "south"' });
    const importId = desk().unique('import');
    const contacts = [{ ...ada, fields: { region: 'north' } }];
    const list = desk().unique('list');
    await desk().store.lists.importBatch({ importId, list, source: 'x.csv', duplicates: 'merge', contacts });
    await desk().store.lists.finishImport(importId);
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Ben']);
  });

  test('[L-03] a filter that SQL cannot say decides the same', async () => {
    const campaign = await desk().campaign([south('Ada'), north('Ben')], { filter: 'fields.region.matches("^n.*h$")' });
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Ben']);
  });
}

function historyTests(desk: () => Desk): void {
  test('[L-10] a person’s attempts in every campaign, and those of others to the same number, are in the facts', async () => {
    const shared = desk().number();
    const home = { number: shared, type: 'home' } as const;
    const own = { number: desk().number(), type: 'mobile' } as const;
    const lists = await desk().listsOfTwins([home], [own, home]);
    const [first = '', second = ''] = lists;
    const one = await desk().campaign([], { lists: [first] });
    const dialed = await desk().dial(one);
    await desk().close(dialed.attempt, { result: 'connected', bridgedAt: NOON + 1000, agent: '101' });
    const other = await desk().campaign([], { lists: [second] });
    const { attempt, record } = await desk().dial(other, NOON + HOUR_MS);
    expect(record.history).toMatchObject([
      { attempt: dialed.attempt, campaign: one.name, number: shared, result: 'connected', talked: true, counts: true },
    ]);
    await desk().close(attempt, { next: waitingUntil(NOON + 2 * HOUR_MS) });
    const third = await desk().campaign([], { lists: [second] });
    const again = await desk().dial(third, NOON + 3 * HOUR_MS);
    expect(again.record.history.map((past) => past.attempt)).toEqual([dialed.attempt, attempt]);
  });

  test('[L-10] a number that is being dialed in another campaign is not dialed a second time', async () => {
    const lists = await desk().listsOfTwins();
    const [one, other] = [
      await desk().campaign([], { lists: lists.slice(0, 1) }),
      await desk().campaign([], { lists: lists.slice(1) }),
    ];
    const { attempt } = await desk().dial(one);
    expect(namesOf(await desk().open(other, 1))).toEqual([]);
    await desk().close(attempt);
    expect(namesOf(await desk().open(other, 1, NOON + 5 * MINUTE_MS))).toEqual(['Person 2']);
  });

  test('[L-10] a call goes on that began before histories reach back: neither its number nor its person is dialed', async () => {
    const lists = await desk().listsOfTwins();
    const [one, person, number] = [
      await desk().campaign([], { lists: lists.slice(0, 1) }),
      await desk().campaign([], { lists: lists.slice(0, 1) }),
      await desk().campaign([], { lists: lists.slice(1) }),
    ];
    const { attempt } = await desk().dial(one);
    const later = NOON + 90 * 24 * HOUR_MS;
    for (const campaign of [person, number]) expect(namesOf(await desk().open(campaign, 1, later))).toEqual([]);
    await desk().close(attempt, { endedAt: later });
    const dialed = await desk().dial(person, later + 5 * MINUTE_MS);
    expect(dialed.record.history).toEqual([]);
    expect(namesOf(await desk().open(number, 1, later + 5 * MINUTE_MS))).toEqual([]);
    await desk().close(dialed.attempt, { endedAt: later + 5 * MINUTE_MS });
    expect(namesOf(await desk().open(number, 1, later + HOUR_MS))).toEqual(['Person 2']);
  });
}

/** From eight to nine in the evening, every day, where the person is. */
const EVENING: RulePack = {
  name: 'evenings',
  title: 'Evenings alone',
  countries: ['US'],
  states: [],
  holidays: [],
  clauses: [
    {
      id: 'hours',
      says: 'Calls from 8 to 9 in the evening.',
      citation: 'none',
      checked: null,
      kind: 'hours',
      week: Array.from({ length: 7 }, () => [{ from: 20 * 60, to: 21 * 60 }]),
      onHolidays: null,
    },
  ],
};

function hoursTests(desk: () => Desk): void {
  const numbered = (prefix: string, name: string): NewContact => {
    const number = desk().number().replace('+1212', prefix);
    return desk().contact({ name, phones: [{ number, type: 'mobile' }] });
  };
  /** 20:30 in New York, 17:30 in Los Angeles. */
  const EAST_OPEN = Date.parse('2026-03-03T01:30:00Z');
  /** 20:30 in Los Angeles, 23:30 in New York. */
  const WEST_OPEN = EAST_OPEN + 3 * HOUR_MS;

  test('[X-05] hundreds whose hours are closed come first: the one whose hours are open is dialed at the first request', async () => {
    const east = Array.from({ length: 250 }, () => numbered('+1212', 'east'));
    const campaign = await desk().campaign([...east, numbered('+1213', 'west')], { rules: [EVENING] });
    expect(namesOf(await desk().open(campaign, 2, WEST_OPEN))).toEqual(['west']);
    expect(await statesOf(desk(), campaign)).toMatchObject({ fresh: 250, waiting: 0, dialing: 1 });
    expect(namesOf(await desk().open(campaign, 3, EAST_OPEN + 24 * HOUR_MS))).toEqual(['east', 'east', 'east']);
  });

  test('[X-05] the hours are closed for everybody: the answer says when they open', async () => {
    const campaign = await desk().campaign([numbered('+1213', 'west'), numbered('+1212', 'east')], {
      rules: [EVENING],
    });
    const morning = Date.parse('2026-03-02T15:00:00Z');
    const opensAt = Date.parse('2026-03-03T01:00:00Z');
    expect(await desk().open(campaign, 2, morning)).toEqual({
      opened: [],
      nextDueAt: opensAt,
      exhausted: false,
      nextBecause: 'before 20:00 where they live, evenings',
      nextWait: { kind: 'hours', packs: ['evenings'], opensAt, zone: 'America/New_York' },
    });
    expect(namesOf(await desk().open(campaign, 2, opensAt))).toEqual(['east']);
  });

  test('[X-05] why records wait, counted: the law where they live, their own reasons, what may be dialed now', async () => {
    const east = Array.from({ length: 4 }, () => numbered('+1212', 'east'));
    const campaign = await desk().campaign([...east, numbered('+1213', 'west')], {
      rules: [EVENING],
      callAgain: [{ when: 'result == "busy"', then: { do: 'call-again', afterMs: HOUR_MS, phone: 'same' } }],
    });
    const { attempt } = await desk().dial(campaign, EAST_OPEN);
    const why = 'Call-again rule 1 (result == "busy"): again after 1h, phone 1.';
    await desk().close(attempt, { endedAt: EAST_OPEN, next: waitingUntil(EAST_OPEN + HOUR_MS, { why }) });
    const waits = async (now: number) =>
      whyTheyWait(campaign, await desk().store.records.waits(campaign.name, now), now);
    expect(await waits(EAST_OPEN)).toEqual([
      { count: 3, why: 'may be dialed now' },
      { count: 1, why: 'before 20:00 where they live, evenings', untilAt: WEST_OPEN - 30 * MINUTE_MS },
      { count: 1, why: 'call_again rule 1: result == "busy"', untilAt: EAST_OPEN + HOUR_MS },
    ]);
    expect(await waits(WEST_OPEN)).toEqual([
      {
        count: 4,
        why: 'before Tue 20:00 where they live, evenings',
        untilAt: EAST_OPEN - 30 * MINUTE_MS + 24 * HOUR_MS,
      },
      { count: 1, why: 'may be dialed now' },
    ]);
    const paused = { ...campaign, pausedLists: campaign.lists };
    const groups = await desk().store.records.waits(campaign.name, EAST_OPEN);
    expect(whyTheyWait(paused, groups, EAST_OPEN)).toEqual([
      expect.objectContaining({ count: 5, why: expect.stringMatching(/^the list .* is paused/) as string }),
    ]);
  });

  test('[X-05] rules come into a campaign that runs: its hundreds are looked at once, and dialed when their hours open', async () => {
    const east = Array.from({ length: 150 }, () => numbered('+1212', 'east'));
    const campaign = await desk().campaign([...east, numbered('+1213', 'west')]);
    const ruled = { ...campaign, rules: [EVENING] };
    const names: string[] = [];
    for (let tries = 0; tries < 3 && names.length === 0; tries += 1)
      names.push(...namesOf(await desk().open(ruled, 1, WEST_OPEN)));
    expect(names).toEqual(['west']);
    expect(await desk().open(ruled, 1, WEST_OPEN)).toMatchObject({
      opened: [],
      nextDueAt: EAST_OPEN - 30 * MINUTE_MS + 24 * HOUR_MS,
    });
    expect((await desk().open(ruled, 150, EAST_OPEN + 24 * HOUR_MS)).opened).toHaveLength(150);
  });
}
