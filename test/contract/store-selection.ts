// What clones, statistics and exports stand on in a store.

import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, NOON, codeOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeSelection(desk: () => Desk): void {
  test('[C-09] a list of the contacts whose records ended so: by result, by disposition', async () => {
    const campaign = await desk().people(4);
    const [busy, sold] = [await desk().dial(campaign), await desk().dial(campaign)];
    await desk().close(busy.attempt, { result: 'busy' });
    await desk().close(sold.attempt, { result: 'connected', agent: '7' });
    const next = { state: 'finished', why: 'sold' } as const;
    await desk().store.attempts.dispose({ attempt: sold.attempt, disposition: 'sale', agent: '7', at: NOON, next });
    const { lists } = desk().store;
    const select = (list: string, parts: object): Promise<number> =>
      lists.selectFrom({ list, campaign: campaign.name, results: [], dispositions: [], at: NOON, ...parts });
    const [first, both] = [desk().unique('picked'), desk().unique('picked')];
    expect(await select(first, { results: ['busy', 'no-answer'] })).toBe(1);
    expect(await select(both, { results: ['busy'], dispositions: ['sale'] })).toBe(2);
    const { list, contacts } = await lists.show(first, 5);
    expect(list).toMatchObject({ contacts: 1, source: `${campaign.name}: busy, no-answer` });
    expect(contacts.map(({ id }) => id)).toEqual([busy.record.contact]);
    expect(await codeOf(select(first, { results: ['busy'] }))).toBe('list-exists');
    const fields = new Map((await lists.fieldNames()).map((one) => [one.list, one.fields]));
    expect(fields.get(first)).toEqual(fields.get(campaign.lists[0] ?? ''));
    await lists.remove(both);
    expect(await desk().stateOf(sold.record.record)).toBe('finished');
  });

  test('[C-10] each record counts in one place: processed, waiting, scheduled, blocked, dialing', async () => {
    const campaign = await desk().people(6);
    const attempts = (await desk().open(campaign, 4)).opened;
    const [done, later, talked, open] = attempts;
    if (!done || !later || !talked || !open) throw new Error('four were dialed');
    await desk().close(done.attempt);
    await desk().close(later.attempt, { next: waitingUntil(NOON + 2 * HOUR_MS) });
    await desk().close(talked.attempt, { result: 'connected', bridgedAt: NOON + 1, agent: '7' });
    const [last] = await desk().store.records.find({ campaign: campaign.name, text: '', state: 'fresh', limit: 1 });
    const removal = { record: last?.id ?? 0, step: 'remove', by: 'ann', at: NOON } as const;
    const removed = (await codeOf(desk().store.contacts.stepRecord(removal))) === 'done' ? 1 : 0;
    const statistics = await desk().store.records.statistics(campaign.name, NOON + MINUTE_MS);
    expect(statistics).toEqual({
      total: 6,
      processed: 2,
      waiting: 2 - removed,
      scheduled: 1,
      blocked: removed,
      dialing: 1,
      callbacks: 0,
      neverDialed: 0,
      reached: 1,
      attemptsOnProcessed: 2,
      attemptsOnRest: 1,
      lastAttemptAt: NOON,
      attemptsPerHour: 4,
    });
    const nobody = await desk().store.records.statistics(desk().unique('nothing'), NOON);
    expect(nobody).toMatchObject({ total: 0, processed: 0, reached: 0, lastAttemptAt: null, attemptsPerHour: 0 });
  });

  test('[P-04] records that may still come up until the end: fresh ones and those due by then, no more than asked for', async () => {
    const campaign = await desk().people(6);
    const [later, done] = (await desk().open(campaign, 3)).opened;
    if (!later || !done) throw new Error('three were dialed');
    await desk().close(later.attempt, { next: waitingUntil(NOON + 2 * HOUR_MS) });
    await desk().close(done.attempt);
    const left = (untilAt: number, most = 100): Promise<number> =>
      desk().store.records.dialsLeft({ campaign, now: NOON, untilAt, most });

    expect(await left(NOON + HOUR_MS)).toBe(3);
    expect(await left(NOON + 2 * HOUR_MS)).toBe(4);
    expect(await left(NOON + 2 * HOUR_MS, 2)).toBe(2);
    expect(await left(NOON + HOUR_MS, 0)).toBe(0);
    const nobody = { ...campaign, name: desk().unique('nothing') };
    expect(await desk().store.records.dialsLeft({ campaign: nobody, now: NOON, untilAt: NOON, most: 5 })).toBe(0);
  });

  test('[L-13] records come page by page, each once', async () => {
    const campaign = await desk().people(5);
    const ids: number[] = [];
    for (let after = 0; ;) {
      const page = await desk().store.records.find({ campaign: campaign.name, text: '', after, limit: 2 });
      ids.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
      after = page.at(-1)?.id ?? 0;
    }
    expect(ids).toHaveLength(5);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });
}
