// Which records a store gives to be dialed, in which order, and what it says when there are none.

import { expect, test } from 'vitest';
import type { NewContact } from '../../src/engine/store/lists.ts';
import { HOUR_MS, MINUTE_MS, NOON, namesOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeChoice(desk: () => Desk): void {
  const named = (name: string, parts: Partial<NewContact> = {}): NewContact => desk().contact({ name, ...parts });
  orderTests(desk, named);
  refusalTests(desk, named);
  endTests(desk);
}

function orderTests(desk: () => Desk, named: (name: string, parts?: Partial<NewContact>) => NewContact): void {
  test('[L-08] fresh records only: the oldest are dialed first, each on a line of its own', async () => {
    const campaign = await desk().campaign([named('Ada'), named('Ben'), named('Cleo')]);
    const lines = [desk().line(), desk().line()];
    const first = await desk().store.attempts.open({ campaign, now: NOON, lines });
    expect(namesOf(first)).toEqual(['Ada', 'Ben']);
    expect(first.opened.map(({ attempt }) => attempt)).toEqual(lines.map(({ attempt }) => attempt));
    expect(first.opened[0]).toMatchObject({ trunk: 'main', phoneIndex: 0, record: { state: 'dialing', attempts: 0 } });
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Cleo']);
  });

  test('[L-08] a record whose time has come again is dialed after fresh ones, and not before its time', async () => {
    const campaign = await desk().campaign([named('Ada'), named('Ben'), named('Cleo')]);
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + 10 * MINUTE_MS) });
    expect(namesOf(await desk().open(campaign, 1, NOON + 9 * MINUTE_MS))).toEqual(['Ben']);
    expect(namesOf(await desk().open(campaign, 2, NOON + 9 * MINUTE_MS))).toEqual(['Cleo']);
    expect(namesOf(await desk().open(campaign, 2, NOON + 10 * MINUTE_MS))).toEqual(['Ada']);
  });

  test('[L-08] fresh and retried records both wait: the fresh one is dialed first', async () => {
    const campaign = await desk().campaign([named('Ada'), named('Ben'), named('Cleo')]);
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + 10 * MINUTE_MS) });
    expect(namesOf(await desk().open(campaign, 3, NOON + HOUR_MS))).toEqual(['Ben', 'Cleo', 'Ada']);
  });

  test('[L-08] several records are due: the one that has been due longest is dialed first', async () => {
    const campaign = await desk().campaign([named('Ada'), named('Ben')]);
    const { opened } = await desk().open(campaign, 2);
    const [ada, ben] = opened.map(({ attempt }) => attempt);
    await desk().close(ada ?? '', { next: waitingUntil(NOON + 20 * MINUTE_MS) });
    await desk().close(ben ?? '', { next: waitingUntil(NOON + 10 * MINUTE_MS) });
    expect(namesOf(await desk().open(campaign, 2, NOON + HOUR_MS))).toEqual(['Ben', 'Ada']);
  });

  test('[L-08] the campaign orders by a field: numbers in their order, contacts without the field last', async () => {
    const balances = [
      ['Ada', '9'],
      ['Ben', ''],
      ['Cleo', '100'],
      ['Dan', '25.5'],
    ] as const;
    const contacts = balances.map(([name, balance]) => named(name, { fields: { balance } }));
    const campaign = await desk().campaign(contacts, { order: { by: 'field', field: 'balance', descending: true } });
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Cleo', 'Dan']);
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Ada', 'Ben']);
  });

  test('[L-08] the campaign file gets another order while records are fresh: the new order holds', async () => {
    const contacts = ['b', 'c', 'a'].map((city) => named(city, { fields: { city } }));
    const campaign = await desk().campaign(contacts);
    const reordered = { ...campaign, order: { by: 'field', field: 'city', descending: false } } as const;
    await desk().store.records.sync(reordered, NOON);
    expect(namesOf(await desk().open(reordered, 3))).toEqual(['a', 'b', 'c']);
  });
}

function refusalTests(desk: () => Desk, named: (name: string, parts?: Partial<NewContact>) => NewContact): void {
  test('[X-01] a number gets on the do-not-call list after the import: it is not dialed, the next record is', async () => {
    const ada = named('Ada');
    const campaign = await desk().campaign([ada, named('Ben')]);
    await desk().store.doNotCall.add([ada.phones[0]?.number ?? ''], {
      list: 'global',
      by: 'eve',
      at: NOON,
      reason: 'asked',
    });
    expect(namesOf(await desk().open(campaign, 1))).toEqual(['Ben']);
    const [row] = await desk().store.records.find({ campaign: campaign.name, text: 'Ada', limit: 1 });
    expect(row).toMatchObject({ state: 'finished', finishedWhy: expect.stringContaining('do-not-call') as string });
  });

  test('[X-01] the first of two phones is on the do-not-call list: the second is dialed', async () => {
    const [blocked, free] = [desk().number(), desk().number()];
    const phones = [
      { number: blocked, type: 'mobile' },
      { number: free, type: 'home' },
    ] as const;
    const campaign = await desk().campaign([named('Ada', { phones })]);
    await desk().store.doNotCall.add([blocked], { list: 'global', by: 'eve', at: NOON, reason: 'asked' });
    const { record, phoneIndex } = await desk().dial(campaign);
    expect(record.phones[phoneIndex]?.number).toBe(free);
  });

  test('[L-10] a record has used its attempts of the day: it waits for the next day, the next record is dialed', async () => {
    const campaign = await desk().campaign([named('Ada'), named('Ben')], { attempts: { max: 5, perDay: 1 } });
    const ada = await desk().dial(campaign);
    await desk().close(ada.attempt, { next: waitingUntil(NOON + MINUTE_MS) });
    const { opened, nextDueAt } = await desk().open(campaign, 2, NOON + HOUR_MS);
    expect(opened.map(({ record }) => record.name)).toEqual(['Ben']);
    expect(nextDueAt).toBe(Date.parse('2026-03-02T23:00:00Z'));
    expect(namesOf(await desk().open(campaign, 2, Date.parse('2026-03-02T23:00:00Z')))).toEqual(['Ada']);
  });

  test('[L-10] a record has used all its attempts: it is finished and says so', async () => {
    const campaign = await desk().people(1, { attempts: { max: 1, perDay: 5 } });
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + MINUTE_MS) });
    expect(await desk().open(campaign, 1, NOON + HOUR_MS)).toEqual({ opened: [], exhausted: true });
    expect(await desk().stateOf(record.record)).toBe('finished');
  });

  test('[L-10] an attempt that does not count leaves the day as it was', async () => {
    const campaign = await desk().people(1, { attempts: { max: 1, perDay: 1 } });
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { result: 'failed', counts: false, next: waitingUntil(NOON + MINUTE_MS) });
    expect((await desk().open(campaign, 1, NOON + HOUR_MS)).opened).toHaveLength(1);
  });

  test('two people share a number: while one is being dialed the other waits a moment', async () => {
    const campaign = await desk().campaign([], { lists: await desk().listsOfTwins() });
    const first = await desk().open(campaign, 2);
    expect(namesOf(first)).toEqual(['Person 1']);
    await desk().close(first.opened[0]?.attempt ?? '');
    expect(namesOf(await desk().open(campaign, 2, NOON + 5 * MINUTE_MS))).toEqual(['Person 2']);
  });
}

function endTests(desk: () => Desk): void {
  test('no one may be dialed now: the next due time is reported', async () => {
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign);
    expect(await desk().open(campaign, 1)).toEqual({ opened: [], exhausted: false });
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS) });
    expect(await desk().open(campaign, 1)).toEqual({
      opened: [],
      nextDueAt: NOON + HOUR_MS,
      exhausted: false,
      nextBecause: 'busy',
      nextWait: { kind: 'rule', rule: 'busy' },
    });
  });

  test('[C-02] every record is finished: the campaign is exhausted', async () => {
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt);
    expect(await desk().open(campaign, 3)).toEqual({ opened: [], exhausted: true });
  });

  test('a campaign without records is exhausted', async () => {
    expect(await desk().open(await desk().campaign([]), 1)).toEqual({ opened: [], exhausted: true });
  });

  test('hundreds of records may not be dialed: a request gives up after some and the next goes on', async () => {
    const contacts = Array.from({ length: 300 }, () => desk().contact());
    const campaign = await desk().campaign([...contacts, desk().contact({ name: 'Zoe' })]);
    const numbers = contacts.map(({ phones }) => phones[0]?.number ?? '');
    await desk().store.doNotCall.add(numbers, { list: 'global', by: 'eve', at: NOON, reason: 'asked' });
    const first = await desk().open(campaign, 1);
    expect(first).toEqual({ opened: [], nextDueAt: NOON, exhausted: false });
    const names: string[] = [];
    for (let tries = 0; tries < 5 && names.length === 0; tries += 1)
      names.push(...namesOf(await desk().open(campaign, 1)));
    expect(names).toEqual(['Zoe']);
  });
}
