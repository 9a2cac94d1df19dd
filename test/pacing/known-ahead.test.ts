// What the daemon shows the pacer besides the events of calls: who is about to leave, and what earlier days say.

import { defined } from '../../src/base/defined.ts';
import { describe, expect, test } from 'vitest';
import { createPacer, type Pacer, type PacerOptions } from '../../src/pacing/pacer.ts';

const OPTIONS: PacerOptions = {
  mode: 'predictive',
  abandonTarget: 0.03,
  answerLimitMs: 2000,
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  maxLines: 1000,
  maxCallsPerSecond: 1000,
};
const S = 1000;

/** A pacer of so many ready agents that has seen 30 % of many calls answered after 10 s and talked about for a minute. */
function experienced(agents: number, options: Partial<PacerOptions> = {}): { pacer: Pacer; now: number } {
  const pacer = createPacer({ ...OPTIONS, ...options });
  let now = 1_000_000;
  for (let i = 0; i < 300; i += 1) {
    const call = `past-${i}`;
    const isLive = i % 10 < 3;
    pacer.observe({ at: now, type: 'agent', agent: 'old', state: 'ready' });
    pacer.observe({ at: now, type: 'dialed', call });
    pacer.observe({ at: now + S, type: 'ringing', call });
    if (isLive) pacer.observe({ at: now + 10 * S, type: 'live', call });
    if (isLive) pacer.observe({ at: now + 10 * S, type: 'connected', call, agent: 'old' });
    now += (isLive ? 70 : 26) * S;
    pacer.observe({ at: now, type: 'ended', call, result: isLive ? 'connected' : 'no-answer' });
  }
  pacer.observe({ at: now, type: 'agent', agent: 'old', state: 'offline' });
  for (let i = 0; i < agents; i += 1) pacer.observe({ at: now, type: 'agent', agent: `a${i}`, state: 'ready' });
  pacer.observe({ at: now, type: 'window', target: 0.03, liveAnswers: 1000, abandoned: 10, endsAt: now + 3_600_000 });
  return { pacer, now };
}

describe('planned leaves', () => {
  test('[P-10] predictive, all leave in 5 s: hardly a line; in 5 min: as without a plan', () => {
    const linesWith = (leaveInS: number | undefined): number => {
      const { pacer, now } = experienced(10);
      for (let i = 0; i < 10 && leaveInS !== undefined; i += 1) {
        pacer.observe({ at: now, type: 'agent-until', agent: `a${i}`, until: now + leaveInS * S });
      }
      return pacer.decide(now).dial;
    };

    expect(linesWith(undefined)).toBeGreaterThan(15);
    expect(linesWith(300)).toBe(linesWith(undefined));
    expect(linesWith(5)).toBeLessThan(4);
    expect(linesWith(9)).toBeLessThan(linesWith(undefined) / 2);
  });

  test.each([
    ['progressive', undefined, 10, 7],
    ['ratio', 2, 20, 14],
  ] as const)(
    '[P-10] %s: no line for an agent who leaves before it could be answered',
    (mode, ratio, before, after) => {
      const { pacer, now } = experienced(10, { mode, ...defined({ ratio }) });
      expect(pacer.decide(now).dial).toBe(before);
      for (const agent of ['a0', 'a1', 'a2']) {
        pacer.observe({ at: now, type: 'agent-until', agent, until: now + 20 * S });
      }

      expect(pacer.decide(now).dial).toBe(after);
    },
  );

  test('[P-10] reported before the agent signs in, taken back, or long passed: as it should be', () => {
    const { pacer, now } = experienced(2, { mode: 'progressive' });
    pacer.observe({ at: now, type: 'agent-until', agent: 'late', until: now + 10 * S });
    pacer.observe({ at: now, type: 'agent', agent: 'late', state: 'ready' });
    expect(pacer.decide(now).dial).toBe(2);
    pacer.observe({ at: now, type: 'agent-until', agent: 'late', until: null });
    expect(pacer.decide(now).dial).toBe(3);
    pacer.observe({ at: now, type: 'agent-until', agent: 'late', until: now + 10 * S });
    expect(pacer.decide(now + 60 * S).dial).toBe(2);
    expect(pacer.decide(now + 200 * S).dial).toBe(3);
  });
});

describe('what earlier days say', () => {
  test('[P-09] twice as many will answer: fewer lines within seconds, and the reason says with which rate', () => {
    const { pacer, now } = experienced(10);
    const before = pacer.decide(now);
    pacer.observe({ at: now, type: 'expect', answerRate: 0.6, dials: 100 });
    const after = pacer.decide(now + 2 * S);

    expect(before.why.answerRate).toBeCloseTo(0.3, 1);
    expect(after.why.answerRate).toBeCloseTo(0.6, 1);
    expect(after.dial).toBeLessThan(before.dial);
  });

  test('[P-09] what follows soon counts for more than what was expected', () => {
    const { pacer, now } = experienced(10);
    pacer.observe({ at: now, type: 'expect', answerRate: 0.6, dials: 50 });
    for (let i = 0; i < 200; i += 1) {
      pacer.observe({ at: now, type: 'dialed', call: `x${i}` });
      pacer.observe({ at: now, type: 'ended', call: `x${i}`, result: 'no-answer' });
    }

    expect(pacer.decide(now).why.answerRate).toBeLessThan(0.25);
  });

  test('[P-09] absurd expectations: change nothing', () => {
    const { pacer, now } = experienced(5);
    const { answerRate } = pacer.decide(now).why;
    for (const rate of [Number.NaN, -1, 2]) pacer.observe({ at: now, type: 'expect', answerRate: rate, dials: 100 });
    for (const dials of [Number.NaN, 0, -5, Infinity])
      pacer.observe({ at: now, type: 'expect', answerRate: 0.9, dials });

    expect(pacer.decide(now).why.answerRate).toBe(answerRate);
  });
});
