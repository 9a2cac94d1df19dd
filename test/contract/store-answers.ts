// Live answers by slots of time: what the abandonment windows rest on after a restart.

import { expect, test } from 'vitest';
import { SLOT_MS } from '../../src/campaign/answer-ledger.ts';
import type { CloseAttempt } from '../../src/engine/store-attempts.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeAnswers(desk: () => Desk): void {
  test('[P-04] live and abandoned answers by quarter-hours of the dialing; machines apart, open attempts not', async () => {
    const campaign = await desk().people(7);
    const dial = async (at: number, parts: Partial<CloseAttempt>): Promise<void> => {
      const { attempt } = await desk().dial(campaign, at);
      await desk().close(attempt, { endedAt: at + 60_000, ...parts });
    };
    await dial(NOON, { result: 'connected', liveAt: NOON + 9000 });
    await dial(NOON + 1, { result: 'abandoned' });
    await dial(NOON + SLOT_MS - 1, { result: 'machine' });
    await dial(NOON + SLOT_MS, { result: 'abandoned', liveAt: NOON + SLOT_MS + 5000 });
    await dial(NOON + SLOT_MS + 1, { result: 'busy' });
    await desk().dial(campaign, NOON + SLOT_MS + 2);
    const counts = (fromAt: number) =>
      desk().store.answers.counts({ campaign: campaign.name, fromAt, slotMs: SLOT_MS });

    expect(await counts(0)).toEqual({
      firstAt: NOON,
      slots: [
        { at: NOON, liveAnswers: 2, abandoned: 1, machines: 1 },
        { at: NOON + SLOT_MS, liveAnswers: 1, abandoned: 1, machines: 0 },
      ],
    });
    expect((await counts(NOON + SLOT_MS)).slots).toEqual([
      { at: NOON + SLOT_MS, liveAnswers: 1, abandoned: 1, machines: 0 },
    ]);
  });

  test('[P-04] a campaign that nobody has dialed for: nothing', async () => {
    const campaign = await desk().people(1);

    expect(await desk().store.answers.counts({ campaign: campaign.name, fromAt: 0, slotMs: SLOT_MS })).toEqual({
      firstAt: null,
      slots: [],
    });
  });
}
