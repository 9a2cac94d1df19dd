// Recordings: what a store remembers of them, until they are deleted and after that.

import { expect, test } from 'vitest';
import type { NewRecording } from '../../src/engine/store/recordings.ts';
import { HOUR_MS, NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeRecordings(desk: () => Desk): void {
  /** A recording of a call that was dialed. */
  const recorded = async (parts: Partial<NewRecording> = {}): Promise<NewRecording & { readonly campaign: string }> => {
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign);
    const times = { startedAt: NOON, keptUntil: NOON + 24 * HOUR_MS };
    const row = { name: `day/${attempt}`, attempt, kind: 'conversation', announced: true, ...times, ...parts } as const;
    await desk().store.recordings.started(row);
    return { ...row, campaign: campaign.name };
  };

  test('[D-07] begun, paused, ended: found by attempt, campaign and time, with how long it is', async () => {
    const { recordings } = desk().store;
    const row = await recorded();
    const { name, attempt, campaign } = row;
    expect(await recordings.unfinished()).toContainEqual(
      expect.objectContaining({ name, attempt, campaign, isPaused: false, endedAt: null, durationMs: null }),
    );

    await recordings.paused(name, true);
    expect(await recordings.of(attempt)).toMatchObject([{ name, isPaused: true, announced: true }]);
    await recordings.ended(name, { endedAt: NOON + 60_000, bytes: 960_044, durationMs: 60_000 });

    expect((await recordings.unfinished()).map((one) => one.name)).not.toContain(name);
    const ended = { name, kind: 'conversation', endedAt: NOON + 60_000, bytes: 960_044, durationMs: 60_000 };
    expect(await recordings.list({ campaign, limit: 10 })).toMatchObject([ended]);
    expect(await recordings.list({ campaign, fromAt: NOON + 1, limit: 10 })).toEqual([]);
    expect(await recordings.list({ campaign, kind: 'greeting', limit: 10 })).toEqual([]);
  });

  test('[X-10] its time is over: found to be deleted once; the row stays and says who deleted it and when', async () => {
    const { recordings } = desk().store;
    const { name, attempt, keptUntil } = await recorded();
    const isThere = async (now: number): Promise<boolean> =>
      (await recordings.expired(now, 1000)).some((row) => row.name === name);
    expect(await isThere(keptUntil)).toBe(false);

    await recordings.ended(name, { endedAt: NOON + 1, bytes: null, durationMs: null });
    expect(await isThere(keptUntil - 1)).toBe(false);
    expect(await isThere(keptUntil)).toBe(true);
    await recordings.deleted(name, { at: keptUntil + 5, by: 'retention' });

    expect(await isThere(keptUntil + 10)).toBe(false);
    expect(await recordings.of(attempt)).toMatchObject([{ deletedAt: keptUntil + 5, deletedBy: 'retention' }]);
    await recordings.deleted(name, { at: keptUntil + 9, by: 'ann' });
    expect(await recordings.of(attempt)).toMatchObject([{ deletedAt: keptUntil + 5, deletedBy: 'retention' }]);
  });

  test('[X-10] kept longer than was said: not found to be deleted before', async () => {
    const { recordings } = desk().store;
    const { name, keptUntil } = await recorded();
    await recordings.ended(name, { endedAt: NOON + 1, bytes: null, durationMs: null });
    await recordings.keep(name, keptUntil + HOUR_MS);
    const found = async (now: number) => (await recordings.expired(now, 1000)).map((row) => row.name);
    expect(await found(keptUntil)).not.toContain(name);
    expect(await found(keptUntil + HOUR_MS)).toContain(name);
  });

  test('[D-10] the first seconds of a call and its conversation: two recordings of one attempt', async () => {
    const { recordings } = desk().store;
    const { attempt } = await recorded();
    const greeting = { name: `day/${attempt}-greeting`, attempt, kind: 'greeting', announced: false } as const;
    await recordings.started({ ...greeting, startedAt: NOON - 1, keptUntil: NOON + HOUR_MS });

    expect((await recordings.of(attempt)).map(({ kind }) => kind)).toEqual(['greeting', 'conversation']);
  });
}
