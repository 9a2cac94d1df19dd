import { beforeEach, describe, expect, test } from 'vitest';
import type { LegArrived } from '../../src/engine/ports.ts';
import { answerLimit, AnswerLimits } from '../../src/telephony/answer-limit.ts';

const arrived = (leg: string, purpose: LegArrived['purpose']): LegArrived => ({
  type: 'leg-arrived',
  at: 1,
  leg,
  purpose,
});
const free = { method: 'POST', path: '/channels/p/variable', query: { variable: 'TIMEOUT(absolute)', value: '0' } };

let limits: AnswerLimits;
beforeEach(() => {
  limits = new AnswerLimits();
});

describe('the answer limit that Asterisk keeps', () => {
  test.each([
    [2_000, '1.950'],
    [5_000, '4.950'],
    [120, '0.100'],
  ])('[X-07] message wanted within %i ms: Asterisk acts after %s s', (limitMs, seconds) => {
    expect(answerLimit(limitMs)).toBe(seconds);
  });

  test('[X-07] person goes into a bridge: freed first, and again until Asterisk has accepted it', () => {
    limits.note(arrived('p', 'customer'));
    const join = { type: 'add-to-bridge', bridge: 'b', leg: 'p' } as const;
    expect(limits.before(join)).toEqual(free);
    expect(limits.before(join)).toEqual(free);
    limits.lifted('p');
    expect(limits.before(join)).toBeUndefined();
  });

  test('[X-07] person comes back from detection: has a limit again', () => {
    limits.note(arrived('p', 'customer'));
    limits.lifted('p');
    limits.note(arrived('p', 'customer'));
    expect(limits.lift('p')).toEqual(free);
  });

  test('[D-05] person waits and hears music or a sound: the limit stays, for a daemon that freezes meanwhile', () => {
    limits.note(arrived('p', 'customer'));
    expect(limits.before({ type: 'start-music', to: { leg: 'p' } })).toBeUndefined();
    expect(limits.before({ type: 'play', playback: 'waiting', to: { leg: 'p' }, sounds: [] })).toBeUndefined();
  });

  test('[X-07] person is told at last: given time for it', () => {
    limits.note(arrived('p', 'customer'));
    const told = { type: 'play', playback: 'apology', to: { leg: 'p' }, sounds: [], relieves: true } as const;
    expect(limits.before(told)?.query?.value).toBe('120');
  });

  test('[D-05] person has lost the agent and hears music: a limit again, freed for the next agent', () => {
    limits.note(arrived('p', 'customer'));
    limits.lifted('p');
    expect(limits.before({ type: 'start-music', to: { leg: 'p' } })?.query?.value).toBe('120');
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'p' })).toEqual(free);
  });

  test.each(['agent', 'sign-in'] as const)('[A-01] leg of an agent (%s): never any limit', (purpose) => {
    limits.note(arrived('a', purpose));
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'a' })).toBeUndefined();
    limits.lifted('a');
    expect(limits.before({ type: 'start-music', to: { leg: 'a' } })).toBeUndefined();
  });

  test('[O-09] leg adopted after a restart: freed when it goes into a bridge, otherwise left as it is', () => {
    const told = { type: 'play', playback: 'x', to: { leg: 'p' }, sounds: [], relieves: true } as const;
    expect(limits.before(told)).toBeUndefined();
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'p' })).toEqual(free);
  });

  test('[X-07] leg ended, or Asterisk restarted: forgotten', () => {
    limits.note(arrived('a', 'agent'));
    limits.note({ type: 'leg-ended', at: 2, leg: 'a', cause: 16 });
    expect(limits.lift('a')).toBeDefined();
    limits.clear();
    expect(limits.lift('a')).toBeDefined();
  });
});
