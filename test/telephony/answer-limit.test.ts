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
    limits.note(arrived('p', 'customer'), 1000);
    const join = { type: 'add-to-bridge', bridge: 'b', leg: 'p' } as const;
    expect(limits.before(join, 1010)).toEqual({ request: free, first: false });
    expect(limits.before(join, 1010)).toEqual({ request: free, first: false });
    limits.lifted('p');
    expect(limits.before(join, 1010)).toBeUndefined();
  });

  test('[X-07] the agent is found later than at once: freeing must be accepted before the leg goes into the bridge', () => {
    const join = { type: 'add-to-bridge', bridge: 'b', leg: 'p' } as const;
    limits.note(arrived('p', 'customer'), 1000);
    expect(limits.before(join, 1200)?.first).toBe(false);
    expect(limits.before(join, 1201)?.first).toBe(true);
    limits.note({ ...arrived('p', 'customer'), ageMs: 300 }, 1000);
    expect(limits.before(join, 1010)?.first).toBe(true);
  });

  test('[X-07] person comes back from detection: has a limit again', () => {
    limits.note(arrived('p', 'customer'), 1000);
    limits.lifted('p');
    limits.note(arrived('p', 'customer'), 1000);
    expect(limits.lift('p')).toEqual(free);
  });

  test('[D-05] person waits and hears music or a sound: the limit stays, for a daemon that freezes meanwhile', () => {
    limits.note(arrived('p', 'customer'), 1000);
    expect(limits.before({ type: 'start-music', to: { leg: 'p' } }, 1010)).toBeUndefined();
    expect(limits.before({ type: 'play', playback: 'waiting', to: { leg: 'p' }, sounds: [] }, 1010)).toBeUndefined();
  });

  test('[X-07] the message is played at last: the dialplan, which plays it, gives time for it', () => {
    limits.note(arrived('p', 'customer'), 1000);
    const reported = {
      type: 'play',
      playback: 'abandon-message',
      to: { leg: 'p' },
      sounds: [],
      relieves: true,
    } as const;
    expect(limits.before(reported, 1010)).toBeUndefined();
  });

  test('[D-05] person has lost the agent and hears music: a limit again, freed for the next agent', () => {
    limits.note(arrived('p', 'customer'), 1000);
    limits.lifted('p');
    expect(limits.before({ type: 'start-music', to: { leg: 'p' } }, 1010)?.request.query?.value).toBe('120');
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'p' }, 1010)).toEqual({
      request: free,
      first: true,
    });
  });

  test.each(['agent', 'sign-in'] as const)('[A-01] leg of an agent (%s): never any limit', (purpose) => {
    limits.note(arrived('a', purpose), 1000);
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'a' }, 1010)).toBeUndefined();
    limits.lifted('a');
    expect(limits.before({ type: 'start-music', to: { leg: 'a' } }, 1010)).toBeUndefined();
  });

  test('[O-09] leg adopted after a restart: freed when it goes into a bridge, otherwise left as it is', () => {
    const reported = { type: 'play', playback: 'x', to: { leg: 'p' }, sounds: [], relieves: true } as const;
    expect(limits.before(reported, 1010)).toBeUndefined();
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'p' }, 1010)).toEqual({
      request: free,
      first: true,
    });
  });

  test('[X-07] leg ended, or Asterisk restarted: forgotten', () => {
    limits.note(arrived('a', 'agent'), 1000);
    limits.note({ type: 'leg-ended', at: 2, leg: 'a', cause: 16 }, 2000);
    expect(limits.lift('a')).toBeDefined();
    limits.clear();
    expect(limits.lift('a')).toBeDefined();
  });
});
