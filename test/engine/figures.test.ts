// The figures of a campaign's day.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Figures, percentiles } from '../../src/engine/figures.ts';

describe('[S-01] figures of a campaign', () => {
  test('a day without a call: everything is zero, no rate is NaN', () => {
    expect(new Figures().show([])).toEqual({
      attempts: 0,
      liveAnswers: 0,
      connected: 0,
      abandoned: 0,
      abandonRate: 0,
      byResult: {},
      answerDelayMs: { p50: 0, p99: 0, max: 0, count: 0 },
      connectDelayMs: { p50: 0, p99: 0, max: 0, count: 0 },
      utilisation: 0,
    });
  });

  test('four live answers, one abandoned: a rate of a quarter', () => {
    const figures = new Figures();
    for (let call = 0; call < 4; call += 1) figures.live();
    figures.abandoned();
    expect(figures.show([])).toMatchObject({ liveAnswers: 4, abandoned: 1, abandonRate: 0.25 });
  });

  test('results are counted each by itself', () => {
    const figures = new Figures();
    for (const result of ['busy', 'connected', 'busy'] as const) {
      figures.dialed();
      figures.ended(result);
    }
    expect(figures.show([])).toMatchObject({ attempts: 3, byResult: { busy: 2, connected: 1 } });
  });

  test('a person who waited for an agent counts for the answer delay, not for the connection', () => {
    const figures = new Figures();
    figures.connected(3, false);
    figures.connected(1_200, true);
    const shown = figures.show([]);
    expect(shown.answerDelayMs).toEqual({ p50: 3, p99: 1_200, max: 1_200, count: 2 });
    expect(shown.connectDelayMs).toEqual({ p50: 3, p99: 3, max: 3, count: 1 });
  });

  test('utilisation: talk and wrap-up by the time that is not paused, with what is going on now', () => {
    const figures = new Figures();
    figures.agentTime('ready', 10_000);
    figures.agentTime('paused', 500_000);
    figures.agentTime('talking', 20_000);
    figures.agentTime('wrap-up', 10_000);
    expect(figures.show([]).utilisation).toBe(0.75);
    expect(figures.show([{ state: 'talking', durationMs: 40_000 }]).utilisation).toBe(0.875);
    expect(figures.show([]).utilisation).toBe(0.75);
  });

  test('only the last 5000 delays are kept', () => {
    const figures = new Figures();
    figures.connected(9_999, false);
    for (let call = 0; call < 5_000; call += 1) figures.connected(2, false);
    expect(figures.show([]).answerDelayMs).toMatchObject({ max: 2, count: 5_000 });
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
