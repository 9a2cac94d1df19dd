// Live answers by slots of time: what the abandonment windows rest on after a restart.

import { expect, test } from 'vitest';
import { SLOT_MS } from '../../src/rules/answer-slots.ts';
import type { CloseAttempt } from '../../src/engine/store/attempts.ts';
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

  test('[S-01] a day: attempts by result, those that are under way too; delays of those who found an agent, waits apart', async () => {
    const campaign = await desk().people(9);
    const dial = async (at: number, parts?: Partial<CloseAttempt>): Promise<void> => {
      const { attempt } = await desk().dial(campaign, at);
      if (parts?.result) await desk().close(attempt, { endedAt: at + 60_000, ...parts });
      else await desk().store.attempts.progress({ attempt, ...parts });
    };
    const talked = (at: number, delayMs: number, waited: boolean): Partial<CloseAttempt> => ({
      result: 'connected',
      waited,
      liveAt: at + 5000,
      answeredAt: at + 5000,
      bridgedAt: at + 5000 + delayMs,
    });
    await dial(NOON - 1, talked(NOON - 1, 7, false));
    await dial(NOON, talked(NOON, 3, false));
    await dial(NOON + 1, talked(NOON + 1, 9, false));
    await dial(NOON + 2, talked(NOON + 2, 1200, true));
    await dial(NOON + 3, { result: 'abandoned' });
    await dial(NOON + 4, { result: 'busy' });
    await dial(NOON + 5);
    await dial(NOON + 6, { waited: false, answeredAt: NOON + 5006, bridgedAt: NOON + 5010 });
    await dial(NOON + 7, { result: 'machine' });
    const ofDay = (toAt: number, delays = 10, except: readonly string[] = []) =>
      desk().store.answers.ofDay({ campaign: campaign.name, fromAt: NOON, toAt, delays, except });

    expect(await ofDay(NOON + 7)).toEqual({
      attempts: 7,
      liveAnswers: 4,
      byResult: { connected: 3, abandoned: 1, busy: 1 },
      answerDelaysMs: [3, 9, 4],
      waited: { count: 1, maxMs: 1200 },
    });
    expect((await ofDay(NOON + 7, 2)).answerDelaysMs).toEqual([9, 4]);
    const [abandoned, busy] = (await desk().store.attempts.list({ campaign: campaign.name })).slice(4, 6);
    expect(await ofDay(NOON + 7, 10, [abandoned?.attempt ?? '', busy?.attempt ?? ''])).toMatchObject({
      attempts: 5,
      liveAnswers: 3,
      byResult: { connected: 3 },
      answerDelaysMs: [3, 9, 4],
    });
    expect(await ofDay(NOON)).toEqual({
      attempts: 0,
      liveAnswers: 0,
      byResult: {},
      answerDelaysMs: [],
      waited: { count: 0, maxMs: 0 },
    });
  });

  test('[P-04] a campaign that no one has dialed for: nothing', async () => {
    const campaign = await desk().people(1);

    expect(await desk().store.answers.counts({ campaign: campaign.name, fromAt: 0, slotMs: SLOT_MS })).toEqual({
      firstAt: null,
      slots: [],
    });
  });
}
