// How much credit must be left before more lines are dialed than agents are free.

import { describe, expect, test } from 'vitest';
import { guard, type GuardOutlook } from '../../src/pacing/guard.ts';
import { AnswerWindow } from '../../src/pacing/answer-window.ts';

/** A window of 3 % in which so many abandonments may still happen by the answers so far. */
function credit(abandonments: number): AnswerWindow {
  const window = new AnswerWindow(0.03);
  window.correct({ target: 0.03, liveAnswers: abandonments / 0.03, abandoned: 0 });
  return window;
}

const QUIET: GuardOutlook = { expected: undefined, reserve: 0, agents: 10, inFlight: 0, oneToOne: 0 };
const marginOf = (abandonments: number, outlook: Partial<GuardOutlook>): number =>
  guard(credit(abandonments), { ...QUIET, ...outlook }).margin;

describe('[P-04] calls in flight', () => {
  test('[P-04] four of them will probably be abandoned: more may, so credit for six does not do', () => {
    expect(guard(credit(6), { ...QUIET, inFlight: 4, reserve: 4 }).state).toBe('closed');
    expect(guard(credit(7), { ...QUIET, inFlight: 4, reserve: 4 }).state).not.toBe('closed');
    expect(guard(credit(6), { ...QUIET, inFlight: 0, reserve: 4 }).state).not.toBe('closed');
  });

  test('[P-04] the more in flight, the more is kept for bad luck, less than in proportion', () => {
    const kept = (inFlight: number): number => marginOf(20, {}) - marginOf(20, { inFlight });
    expect(kept(1)).toBeGreaterThan(0.5);
    expect(kept(4)).toBeCloseTo(2 * kept(1));
  });
});

describe('[P-04] the last answers of a window', () => {
  const LAST = { expected: 5, oneToOne: 5 };

  test('[P-04] ten agents may abandon two people at once, and five answers do not pay that back: closed', () => {
    expect(guard(credit(1.3), { ...QUIET, ...LAST, agents: 10 }).state).toBe('closed');
    expect(guard(credit(2.1), { ...QUIET, ...LAST, agents: 10 }).state).not.toBe('closed');
  });

  test('[P-04] one agent cannot abandon two at once: credit for one and a bit does', () => {
    expect(guard(credit(1.3), { ...QUIET, ...LAST, agents: 1 }).state).not.toBe('closed');
    expect(guard(credit(0.9), { ...QUIET, ...LAST, agents: 1 }).state).toBe('closed');
  });

  test('[P-04] with a hundred answers to come a second abandonment is paid back: no credit is kept for it', () => {
    const many = { expected: 100, oneToOne: 100 };
    expect(marginOf(1.3, { ...many, agents: 10 })).toBeCloseTo(marginOf(1.3, { ...many, agents: 1 }));
  });
});
