import { beforeEach, describe, expect, test } from 'vitest';
import type { LegArrived } from '../../src/engine/ports.ts';
import { AnswerLimits } from '../../src/telephony/answer-limit.ts';

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
  test('[X-07] person goes into a bridge: freed first, once', () => {
    limits.note(arrived('p', 'customer'));
    const join = { type: 'add-to-bridge', bridge: 'b', leg: 'p' } as const;
    expect(limits.before(join)).toEqual(free);
    expect(limits.before(join)).toBeUndefined();
  });

  test('[X-07] person comes back from detection: has a limit again', () => {
    limits.note(arrived('p', 'customer'));
    limits.lift('p');
    limits.note(arrived('p', 'customer'));
    expect(limits.lift('p')).toEqual(free);
  });

  test('[D-05] person hears music or a message: given time for it, while not in a bridge', () => {
    limits.note(arrived('p', 'customer'));
    const music = { type: 'start-music', to: { leg: 'p' } } as const;
    expect(limits.before(music)?.query?.value).toBe('120');
    limits.lift('p');
    expect(limits.before(music)).toBeUndefined();
  });

  test.each(['agent', 'sign-in'] as const)('[A-01] leg of an agent (%s): never any limit', (purpose) => {
    limits.note(arrived('a', purpose));
    expect(limits.before({ type: 'add-to-bridge', bridge: 'b', leg: 'a' })).toBeUndefined();
    expect(limits.before({ type: 'play', playback: 'x', to: { leg: 'a' }, sounds: [] })).toBeUndefined();
  });

  test('[O-09] leg adopted after a restart: freed when it goes into a bridge, otherwise left as it is', () => {
    expect(limits.before({ type: 'play', playback: 'x', to: { leg: 'p' }, sounds: [] })).toBeUndefined();
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
