// The do-not-call lists of a store: several of them, added to by hand and by import, looked at for every call.

import { expect, test } from 'vitest';
import type { DoNotCallPlace } from '../../src/engine/store/do-not-call.ts';
import { HOUR_MS, NOON, codeOf, namesOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeDoNotCall(desk: () => Desk): void {
  entryTests(desk);
  pageTests(desk);
  importTests(desk);
  dialingTests(desk);
}

const ASKED = { by: 'eve', at: NOON, reason: 'asked' };

async function holders(desk: Desk, number: string): Promise<readonly string[]> {
  return (await desk.store.doNotCall.check(number)).map(({ list }) => list);
}

function entryTests(desk: () => Desk): void {
  test('[X-01] a number on a list is known with who, when and why, and counted once', async () => {
    const { doNotCall } = desk().store;
    const [first, second] = [desk().number(), desk().number()];
    const entry = { list: 'global', ...ASKED };
    expect(await doNotCall.add([first, second, first], entry)).toBe(2);
    expect(await doNotCall.add([first], { ...entry, by: 'bob' })).toBe(0);
    expect(await doNotCall.check(first)).toEqual([
      { number: first, addedAt: NOON, by: 'eve', reason: 'asked', list: 'global' },
    ]);
    expect(await doNotCall.remove(first, 'global')).toBe(true);
    expect(await doNotCall.remove(first, 'global')).toBe(false);
    expect(await doNotCall.check(first)).toEqual([]);
    expect(await holders(desk(), second)).toEqual(['global']);
  });

  test('[X-01] a number is on several lists: all are reported, and each is left by itself', async () => {
    const { doNotCall } = desk().store;
    const number = desk().number();
    const [own, other] = [desk().unique('a-list'), desk().unique('campaign:b')];
    for (const list of [other, own]) expect(await doNotCall.add([number], { list, ...ASKED })).toBe(1);
    expect(await holders(desk(), number)).toEqual([own, other]);
    expect(await doNotCall.remove(number, own)).toBe(true);
    expect(await holders(desk(), number)).toEqual([other]);
    expect(await doNotCall.lists()).toContainEqual({ name: other, numbers: 1, importedAt: null, source: '' });
    expect(await doNotCall.removeList(other)).toBe(true);
    expect(await doNotCall.removeList(other)).toBe(false);
    expect(await holders(desk(), number)).toEqual([]);
  });
}

function pageTests(desk: () => Desk): void {
  test('[X-01] all numbers that count, some at a time: each of every list once, also what imports brought', async () => {
    const { doNotCall } = desk().store;
    const numbers = [desk().number(), desk().number(), desk().number()].sort();
    const [own, brought] = [desk().unique('own'), desk().unique('brought')];
    await doNotCall.add(numbers, { list: own, ...ASKED });
    await (
      await stage(desk(), { list: brought, numbers: numbers.slice(0, 2) })
    )();
    await stage(desk(), { list: brought, numbers: [desk().number()] });
    const found: string[] = [];
    for (let after: DoNotCallPlace | null = null; ;) {
      const page: readonly DoNotCallPlace[] = await doNotCall.page(after, 2);
      expect(page.length).toBeLessThanOrEqual(2);
      found.push(
        ...page.filter(({ list }) => list === own || list === brought).map(({ list, number }) => `${list} ${number}`),
      );
      after = page.at(-1) ?? null;
      if (after === null) break;
    }
    const expected = [
      ...numbers.map((one) => `${own} ${one}`),
      ...numbers.slice(0, 2).map((one) => `${brought} ${one}`),
    ];
    expect(found.sort()).toEqual(expected.sort());
  });
}

interface Importing {
  readonly list: string;
  readonly numbers: readonly string[];
  readonly mode?: 'add' | 'replace';
  readonly at?: number;
}

/** Stages an import; what it returns finishes it. */
async function stage(
  desk: Desk,
  { list, numbers, mode = 'add', at = NOON }: Importing,
): Promise<() => Promise<unknown>> {
  const importId = desk.unique('dnc-import');
  const digits = new Float64Array(numbers.map((number) => Number(number.slice(1))).sort((a, b) => a - b));
  await desk.store.doNotCall.importBatch({ importId, list, mode, source: 'registry.txt', by: 'eve', numbers: digits });
  return () => desk.store.doNotCall.finishImport(importId, at);
}

function importTests(desk: () => Desk): void {
  test('[X-01] an import counts from its end on, as a whole, with when and whence', async () => {
    const list = desk().unique('registry');
    const [first, second] = [desk().number(), desk().number()];
    const finish = await stage(desk(), { list, numbers: [first, second] });
    expect(await holders(desk(), first)).toEqual([]);
    expect(await finish()).toEqual({ name: list, numbers: 2, importedAt: NOON, source: 'registry.txt' });
    expect(await desk().store.doNotCall.check(second)).toEqual([
      { number: second, list, addedAt: NOON, by: 'eve', reason: 'registry.txt' },
    ]);
  });

  test('[X-01] an import replaces a list: what is not in it any more is off, what was added by hand too', async () => {
    const list = desk().unique('registry');
    const [old, byHand, kept, fresh] = [desk().number(), desk().number(), desk().number(), desk().number()];
    await (
      await stage(desk(), { list, numbers: [old, kept] })
    )();
    await desk().store.doNotCall.add([byHand], { list, ...ASKED });
    const summary = await (
      await stage(desk(), { list, numbers: [kept, fresh], mode: 'replace', at: NOON + HOUR_MS })
    )();
    expect(summary).toMatchObject({ numbers: 2, importedAt: NOON + HOUR_MS });
    const found = await Promise.all([old, byHand, kept, fresh].map((number) => holders(desk(), number)));
    expect(found).toEqual([[], [], [list], [list]]);
  });

  test('[X-01] an import adds to a list: what was there stays', async () => {
    const list = desk().unique('registry');
    const [old, fresh] = [desk().number(), desk().number()];
    await (
      await stage(desk(), { list, numbers: [old] })
    )();
    expect(await (await stage(desk(), { list, numbers: [fresh] }))()).toMatchObject({ numbers: 2 });
    expect(await holders(desk(), old)).toEqual([list]);
  });

  test('[X-01] an import is abandoned: nothing of it is there, and the next one into the list may begin', async () => {
    const { doNotCall } = desk().store;
    const [list, importId, number] = [desk().unique('registry'), desk().unique('dnc-import'), desk().number()];
    const batch = {
      importId,
      list,
      mode: 'add',
      source: 'x',
      by: 'eve',
      numbers: new Float64Array([Number(number.slice(1))]),
    } as const;
    await doNotCall.importBatch(batch);
    expect(await codeOf(doNotCall.importBatch({ ...batch, importId: 'another-one' }))).toBe('import-running');
    await doNotCall.abandonImport(importId);
    expect(await codeOf(doNotCall.finishImport(importId, NOON))).toBe('import-unknown');
    expect(await holders(desk(), number)).toEqual([]);
    await (
      await stage(desk(), { list, numbers: [number] })
    )();
    expect(await holders(desk(), number)).toEqual([list]);
  });
}

function dialingTests(desk: () => Desk): void {
  test('[X-01] a number gets on the global list after the import of contacts: it is not dialed, the next record is', async () => {
    const ada = desk().contact({ name: 'Ada' });
    const campaign = await desk().campaign([ada, desk().contact({ name: 'Ben' })]);
    await desk().store.doNotCall.add([ada.phones[0]?.number ?? ''], { list: 'global', ...ASKED });
    expect(namesOf(await desk().open(campaign, 1))).toEqual(['Ben']);
    const [row] = await desk().store.records.find({ campaign: campaign.name, text: 'Ada', limit: 1 });
    expect(row).toMatchObject({ state: 'finished', finishedWhy: expect.stringContaining('do-not-call') as string });
  });

  test('[X-01] an import of a list that the campaign names ends: from the next choice on its numbers are not dialed', async () => {
    const people = ['Ada', 'Ben', 'Cleo'].map((name) => desk().contact({ name }));
    const list = desk().unique('registry');
    const campaign = await desk().campaign(people, { doNotCall: [list] });
    const finish = await stage(desk(), {
      list,
      numbers: people.slice(0, 2).map(({ phones }) => phones[0]?.number ?? ''),
    });
    expect(namesOf(await desk().open(campaign, 1))).toEqual(['Ada']);
    await finish();
    expect(namesOf(await desk().open(campaign, 1))).toEqual(['Cleo']);
  });

  test('[X-01] a campaign honours its own list and not that of another, nor one that it does not name', async () => {
    const people = ['Ada', 'Ben', 'Cleo', 'Dan'].map((name) => desk().contact({ name }));
    const campaign = await desk().campaign(people);
    const numbers = people.map(({ phones }) => phones[0]?.number ?? '');
    const put = (number: string | undefined, list: string): Promise<number> =>
      desk().store.doNotCall.add([number ?? ''], { list, ...ASKED });
    await put(numbers[0], `campaign:${campaign.name}`);
    await put(numbers[1], 'campaign:of-somebody-else');
    await put(numbers[2], desk().unique('registry'));
    expect(namesOf(await desk().open(campaign, 4))).toEqual(['Ben', 'Cleo', 'Dan']);
  });

  test('[X-01] the first of two phones is on a list: the second is dialed', async () => {
    const [blocked, free] = [desk().number(), desk().number()];
    const phones = [
      { number: blocked, type: 'mobile' },
      { number: free, type: 'home' },
    ] as const;
    const campaign = await desk().campaign([desk().contact({ phones })]);
    await desk().store.doNotCall.add([blocked], { list: 'global', ...ASKED });
    const { record, phoneIndex } = await desk().dial(campaign);
    expect(record.phones[phoneIndex]?.number).toBe(free);
  });

  test.each(['as it was', 'as it is dialed'])(
    '[X-01] a call-again rule has changed a number and a list has it %s: it is not dialed',
    async (which) => {
      const [own, changed] = [desk().number(), desk().number()];
      const phones = [{ number: own, type: 'mobile' }] as const;
      const campaign = await desk().campaign([desk().contact({ phones })]);
      const { attempt, record } = await desk().dial(campaign);
      await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS, { number: changed }) });
      const facts = await desk().store.records.facts(record.record);
      expect(facts?.facts.phones).toEqual([{ number: changed, type: 'mobile', was: own }]);
      await desk().store.doNotCall.add([which === 'as it was' ? own : changed], { list: 'global', ...ASKED });
      expect(await desk().open(campaign, 1, NOON + HOUR_MS)).toEqual({ opened: [], exhausted: true });
      expect(await desk().stateOf(record.record)).toBe('finished');
    },
  );

  test('[X-01] a list comes to hold everybody: their records are finished with the next bringing in line', async () => {
    const people = Array.from({ length: 250 }, () => desk().contact());
    const campaign = await desk().campaign(people);
    await desk().store.doNotCall.add(
      people.map(({ phones }) => phones[0]?.number ?? ''),
      { list: 'global', ...ASKED },
    );
    await desk().store.records.sync(campaign, NOON);
    expect((await desk().store.records.counts(campaign.name)).byState).toMatchObject({ fresh: 0, finished: 250 });
    expect(await desk().open(campaign, 1)).toEqual({ opened: [], exhausted: true });
  });
}
