// The figures of a campaign's day.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Figures, percentiles } from '../../../src/engine/campaigns/figures.ts';

const DAY = { startAt: 1_000_000, endAt: 2_000_000 };
const NOW = 1_500_000;
const call = (attempt: string, dialedAt = 1_200_000) => ({ attempt, dialedAt });
const over = (result: 'busy' | 'connected' | 'abandoned') => ({ result, isLive: result !== 'busy' });

describe('[S-01] figures of a campaign', () => {
  test('a day without a call: everything is zero, no rate is NaN', () => {
    expect(new Figures(DAY).show([], NOW)).toEqual({
      attempts: 0,
      liveAnswers: 0,
      connected: 0,
      abandoned: 0,
      abandonRate: 0,
      byResult: {},
      answerDelayMs: { p50: 0, p99: 0, max: 0, count: 0 },
      waited: { count: 0, maxMs: 0 },
      utilisation: 0,
    });
  });

  test('four live answers, one abandoned: a rate of a quarter, while they go on and when they are over', () => {
    const figures = new Figures(DAY);
    for (const id of ['a', 'b', 'c', 'd']) figures.live(call(id));
    figures.abandoned(call('a'));
    expect(figures.show([], NOW)).toMatchObject({ liveAnswers: 4, abandoned: 1, abandonRate: 0.25 });
    for (const id of ['b', 'c', 'd']) figures.ended(call(id), over('connected'));
    figures.ended(call('a'), over('abandoned'));
    expect(figures.show([], NOW)).toMatchObject({ liveAnswers: 4, abandoned: 1, connected: 3, abandonRate: 0.25 });
  });

  test('results are counted each by itself', () => {
    const figures = new Figures(DAY);
    for (const result of ['busy', 'connected', 'busy'] as const) {
      figures.dialed(call('a'));
      figures.ended(call('a'), over(result));
    }
    expect(figures.show([], NOW)).toMatchObject({ attempts: 3, byResult: { busy: 2, connected: 1 } });
  });

  test('a person who waited for an agent counts apart, and not for the answer delay', () => {
    const figures = new Figures(DAY);
    figures.connected(call('a'), { answerDelayMs: 3, waited: false });
    figures.connected(call('b'), { answerDelayMs: 1_200, waited: true });
    const shown = figures.show([], NOW);
    expect(shown.answerDelayMs).toEqual({ p50: 3, p99: 3, max: 3, count: 1 });
    expect(shown.waited).toEqual({ count: 1, maxMs: 1_200 });
    expect(shown.connected).toBe(2);
  });

  test('a machine that was taken for a person is no live answer and no conversation', () => {
    const figures = new Figures(DAY);
    figures.live(call('a'));
    figures.connected(call('a'), { answerDelayMs: 3, waited: false });
    figures.notLive(call('a'));
    expect(figures.show([], NOW)).toMatchObject({ liveAnswers: 0, connected: 0 });
  });

  test('[O-09] what the store knows of the day, and a conversation that was taken up: counted once each', () => {
    const figures = new Figures(DAY);
    figures.add({
      attempts: 5,
      liveAnswers: 3,
      byResult: { connected: 2, abandoned: 1, busy: 2 },
      answerDelaysMs: [2, 4],
      waited: { count: 1, maxMs: 800 },
    });
    const talking = { attempt: 'f', dialedAt: 1_400_000, liveAt: 1_410_000, bridgedAt: 1_410_004 };
    figures.restored(talking as Parameters<Figures['restored']>[0]);
    const expected = { attempts: 6, liveAnswers: 4, connected: 3, abandoned: 1, waited: { count: 1, maxMs: 800 } };
    expect(figures.show([], NOW)).toMatchObject(expected);
    figures.ended(talking, over('connected'));
    expect(figures.show([], NOW)).toMatchObject({ ...expected, byResult: { connected: 3, abandoned: 1, busy: 2 } });
  });

  test('a call that was dialed before midnight belongs to the day before, whenever it ends', () => {
    const figures = new Figures(DAY);
    const late = call('a', DAY.startAt - 1);
    figures.live(late);
    figures.connected(late, { answerDelayMs: 3, waited: false });
    figures.ended(late, over('connected'));
    expect(figures.show([], NOW)).toEqual(new Figures(DAY).show([], NOW));
  });

  test('utilisation: talk and wrap-up by the time that is not paused, with what is going on now, from midnight on', () => {
    const figures = new Figures(DAY);
    figures.agentTime('ready', NOW - 10_000, NOW);
    figures.agentTime('paused', NOW - 400_000, NOW);
    figures.agentTime('talking', DAY.startAt - 500_000, DAY.startAt + 20_000);
    figures.agentTime('wrap-up', NOW - 10_000, NOW);
    figures.agentTime('ready', DAY.startAt - 500_000, DAY.startAt - 400_000);
    expect(figures.show([], NOW).utilisation).toBe(0.75);
    expect(figures.show([{ state: 'talking', since: NOW - 40_000 }], NOW).utilisation).toBe(0.875);
    expect(figures.show([], NOW).utilisation).toBe(0.75);
  });

  test('only the last 5000 delays are kept', () => {
    const figures = new Figures(DAY);
    figures.connected(call('first'), { answerDelayMs: 9_999, waited: false });
    for (let id = 0; id < 5_000; id += 1) figures.connected(call(`${id}`), { answerDelayMs: 2, waited: false });
    expect(figures.show([], NOW).answerDelayMs).toMatchObject({ max: 2, count: 5_000 });
  });
});

describe('[S-01] percentiles', () => {
  test('nearest rank: of 1 to 100 the 50th is 50 and the 99th 99', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentiles(samples)).toEqual({ p50: 50, p99: 99, max: 100, count: 100 });
  });

  test('are samples themselves, in order, and leave the samples as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), (samples) => {
        const before = [...samples];
        const { p50, p99, max } = percentiles(samples);
        expect(samples).toEqual(before);
        expect(samples).toEqual(expect.arrayContaining([p50, p99, max]));
        expect([p50, p99, max]).toEqual([p50, p99, max].toSorted((a, b) => a - b));
        expect(max).toBe(Math.max(...samples));
      }),
    );
  });
});
