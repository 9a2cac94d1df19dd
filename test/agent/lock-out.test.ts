// Who may try a PIN: a lock slows the phone that guesses, not the agent whose number is typed.

import { describe, expect, test } from 'vitest';
import {
  beginTry,
  lift,
  lockedUntil,
  noLockOuts,
  rightPin,
  type LockOuts,
  type PinTry,
} from '../../src/agent/lock-out.ts';

const LIMITS = { maxWrongPins: 5, lockOutMs: 900_000 };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const from = (phone: string, agent: string): PinTry => ({ phone, agent, isOwnPhone: phone === `agent-${agent}` });

/** Tries one after the other, all wrong; how many of them were checked. */
function wrongTries(state: LockOuts, tried: readonly PinTry[], at: number): { state: LockOuts; checked: number } {
  return tried.reduce(
    (so, one) => {
      const answer = beginTry(so.state, one, LIMITS, at);
      return { state: answer.state, checked: so.checked + Number(answer.allowed) };
    },
    { state, checked: 0 },
  );
}

const times = (count: number, one: PinTry): PinTry[] => Array.from({ length: count }, () => one);

describe('wrong PINs', () => {
  test('[A-01] sixteen tries at once from one phone: five are checked, none before it counts', () => {
    expect(wrongTries(noLockOuts, times(16, from('agent-9', '101')), 0).checked).toBe(5);
  });

  test('[A-01] a phone guesses the PIN of another agent: it is locked, the agent signs in from the own phone', () => {
    const { state } = wrongTries(noLockOuts, times(16, from('agent-9', '101')), 0);
    expect(beginTry(state, from('agent-9', '101'), LIMITS, MINUTE).allowed).toBe(false);
    expect(beginTry(state, from('agent-9', '9'), LIMITS, MINUTE).allowed).toBe(false);
    expect(beginTry(state, from('agent-101', '101'), LIMITS, MINUTE).allowed).toBe(true);
  });

  test('[A-01] guesses spread over many phones: the number is closed to phones of others, open to the own phone', () => {
    const phones = Array.from({ length: 50 }, (_, index) => from(`agent-${200 + index}`, '101'));
    const { state, checked } = wrongTries(noLockOuts, phones, 0);
    expect(checked).toBe(20);
    expect(beginTry(state, from('agent-300', '101'), LIMITS, MINUTE).allowed).toBe(false);
    expect(beginTry(state, from('agent-300', '102'), LIMITS, MINUTE).allowed).toBe(true);
    expect(beginTry(state, from('agent-101', '101'), LIMITS, MINUTE).allowed).toBe(true);
  });

  test('[S-07] with a most of one, a place that guesses for days never locks the number; several together do', () => {
    const limits = { ...LIMITS, mostOfOne: 5 };
    let state = noLockOuts;
    for (let at = 0; at < 48 * HOUR; at += MINUTE) state = beginTry(state, from('place-1', '101'), limits, at).state;
    expect(lockedUntil(state, from('place-1', '101'))).toBeGreaterThan(48 * HOUR - MINUTE);
    expect(lockedUntil(state, from('place-2', '101'))).toBe(0);
    for (let round = 0; round < 25; round += 1)
      state = beginTry(state, from(`place-${round}`, '101'), limits, 48 * HOUR).state;
    expect(lockedUntil(state, from('place-99', '101'))).toBeGreaterThan(48 * HOUR);
  });

  test('[A-01] the own PIN in between does not win back tries for the number of another', () => {
    let state = noLockOuts;
    let checked = 0;
    for (let round = 0; round < 20; round += 1) {
      const guess = beginTry(state, from('agent-9', '101'), LIMITS, round);
      const own = beginTry(guess.state, from('agent-9', '9'), LIMITS, round);
      checked += Number(guess.allowed);
      state = own.allowed ? rightPin(own.state, from('agent-9', '9'), LIMITS) : own.state;
    }
    expect(checked).toBeLessThanOrEqual(5);
  });

  test('[A-01] each further lock within a day is twice as long; after a quiet day it begins at the first again', () => {
    let state = noLockOuts;
    let at = 0;
    const lengths: number[] = [];
    for (let lock = 0; lock < 4; lock += 1) {
      ({ state } = wrongTries(state, times(5, from('agent-9', '101')), at));
      const until = lockedUntil(state, from('agent-9', '101'));
      lengths.push((until - at) / MINUTE);
      at = until;
    }
    expect(lengths).toEqual([15, 30, 60, 120]);
    ({ state } = wrongTries(state, times(5, from('agent-9', '101')), at + 25 * HOUR));
    expect(lockedUntil(state, from('agent-9', '101')) - at - 25 * HOUR).toBe(15 * MINUTE);
  });

  test('[A-01] four wrong, then the right PIN: nothing is held against the phone', () => {
    const own = from('agent-101', '101');
    const { state } = wrongTries(noLockOuts, times(4, own), 0);
    const fifth = beginTry(state, own, LIMITS, 1);
    expect(fifth.allowed).toBe(true);
    const after = rightPin(fifth.state, own, LIMITS);
    expect(lockedUntil(after, own)).toBe(0);
    expect(wrongTries(after, times(9, own), 2).checked).toBe(5);
  });

  test('[A-01] a number that no agent has is locked like any other: locks show nothing of who exists', () => {
    const { state } = wrongTries(noLockOuts, times(5, from('agent-9', '777')), 0);
    expect(lockedUntil(state, from('agent-9', '777'))).toBe(900_000);
  });

  test('[A-01] an admin sets a new PIN: the own phone may try again', () => {
    const own = from('agent-101', '101');
    const { state } = wrongTries(noLockOuts, times(5, own), 0);
    expect(beginTry(state, own, LIMITS, 1).allowed).toBe(false);
    expect(beginTry(lift(state, '101', 'agent-101'), own, LIMITS, 1).allowed).toBe(true);
  });

  test('[A-01] thousands of made-up numbers from ever new phones: what is remembered stays bounded', () => {
    let state = noLockOuts;
    for (let index = 0; index < 1200; index += 1) {
      state = beginTry(state, from(`phone-${index}`, String(index)), LIMITS, index).state;
    }
    expect(state.phones.size).toBeLessThanOrEqual(1000);
    expect(state.agents.size).toBeLessThanOrEqual(1000);
  });
});
