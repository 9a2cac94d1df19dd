// What must hold for any session whatever happens to it, in any order, late or doubled.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepSession } from '../../src/agent/machine.ts';
import type { AgentSession, SessionEffect, SessionEvent, SessionPlan } from '../../src/agent/session.ts';
import { aSession, aSessionPlan, SINCE } from './builders.ts';

interface Moment {
  readonly before: AgentSession;
  readonly event: SessionEvent;
  readonly after: AgentSession;
  readonly effects: readonly SessionEffect[];
}

/** Attempts are numbered as they are reserved; what is heard of one may be late: of the one before. */
type Reported =
  | Exclude<SessionEvent, { type: 'reserve' | 'engage' | 'connected' | 'released' }>
  | { type: 'reserve'; ofEngaged: boolean }
  | { type: 'engage'; dials: boolean; forRecord: boolean }
  | OfAttempt;
interface OfAttempt {
  readonly type: 'connected' | 'released';
  readonly late: boolean;
  readonly why: 'person-hung-up' | 'agent-hung-up' | 'machine' | 'not-connected';
}

const anyEvent: fc.Arbitrary<Reported> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('reserve' as const), ofEngaged: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('engage' as const),
      dials: fc.boolean(),
      forRecord: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Reported>({ type: 'disengage' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('connected' as const, 'released' as const),
      late: fc.boolean(),
      why: fc.constantFrom(
        'person-hung-up' as const,
        'agent-hung-up' as const,
        'machine' as const,
        'not-connected' as const,
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...Array.from('0123456789*#')).map((key): Reported => ({ type: 'key', key })),
  },
  { weight: 4, arbitrary: fc.constantFrom('a-1', 'a-2').map((leg): Reported => ({ type: 'phone-up', leg })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('phone-lost' as const, 'ring-failed' as const, 'phone-registered' as const, 'ring-again' as const)
      .map((type): Reported => ({ type })),
  },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom('ask-ready' as const, 'ask-hang-up' as const, 'wrap-up-over' as const, 'phone-hung-up' as const)
      .map((type): Reported => ({ type })),
  },
  { weight: 2, arbitrary: fc.constant<Reported>({ type: 'ask-pause', reason: 'lunch' }) },
  { weight: 2, arbitrary: fc.constant<Reported>({ type: 'dispose', code: 'sale' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('ask-sign-out' as const, 'grace-over' as const).map((type): Reported => ({ type })),
  },
);

const anyPlan: fc.Arbitrary<SessionPlan> = fc
  .record({
    phoneMode: fc.constantFrom('nailed-up' as const, 'ringing' as const),
    dispositionRequired: fc.boolean(),
    over: fc.constantFrom('paused' as const, 'ready' as const),
  })
  .map((parts) => aSessionPlan(parts));

const anyShift = fc.record({ plan: anyPlan, events: fc.array(anyEvent, { minLength: 1, maxLength: 60 }) });

function live(shift: { plan: SessionPlan; events: readonly Reported[] }): Moment[] {
  const moments: Moment[] = [];
  let session = aSession('paused', { plan: shift.plan });
  let attempts = 0;
  for (const [index, reported] of shift.events.entries()) {
    if (isNewAttempt(reported, session)) attempts += 1;
    const event = withAttempt(reported, attempts);
    const step = stepSession(session, event, SINCE + index * 1_000);
    moments.push({ before: session, event, after: step.session, effects: step.effects });
    session = step.session;
  }
  return moments;
}

function isNewAttempt(reported: Reported, { state }: AgentSession): boolean {
  if (reported.type === 'reserve') return !(reported.ofEngaged && state === 'engaged');
  return reported.type === 'engage' && (reported.dials || !reported.forRecord);
}

function withAttempt(reported: Reported, attempts: number): SessionEvent {
  switch (reported.type) {
    case 'reserve':
      return { type: 'reserve', attempt: `at${attempts}` };
    case 'engage':
      if (!reported.forRecord) return { type: 'engage', attempt: `at${attempts}` };
      return { type: 'engage', forRecord: true, ...(reported.dials ? { attempt: `at${attempts}` } : {}) };
    case 'connected':
      return { type: 'connected', attempt: `at${reported.late ? attempts - 1 : attempts}` };
    case 'released':
      return { type: 'released', attempt: `at${reported.late ? attempts - 1 : attempts}`, why: reported.why };
    default:
      return reported;
  }
}

const does = ({ effects }: Moment, effect: SessionEffect['do']): boolean => effects.some((e) => e.do === effect);

function holds(property: (moments: readonly Moment[], plan: SessionPlan) => void): void {
  fc.assert(
    fc.property(anyShift, (shift) => {
      property(live(shift), shift.plan);
    }),
    { numRuns: 1_000 },
  );
}

describe('[A-01] whatever happens to a session', () => {
  test('it is closed once, when it goes offline, and nothing happens to it afterwards', () => {
    holds((moments) => {
      for (const moment of moments) {
        expect(does(moment, 'close-session')).toBe(
          moment.after.state === 'offline' && moment.before.state !== 'offline',
        );
        if (moment.before.state === 'offline') expect(moment).toMatchObject({ after: moment.before, effects: [] });
      }
    });
  });

  test('a call in hand is never swapped for another', () => {
    holds((moments) => {
      for (const { before, after, event } of moments) {
        const mayReplace = event.type === 'engage' && before.state === 'wrap-up';
        if (before.attempt !== undefined && after.attempt !== undefined && !mayReplace) {
          expect(after.attempt).toBe(before.attempt);
        }
        const isOwn = before.state === 'engaged' && event.type === 'reserve' && event.attempt === before.attempt;
        if (before.attempt !== undefined && event.type === 'reserve' && !isOwn) expect(after).toBe(before);
      }
    });
  });

  test('reserved and talking have a call; paused and ready have none', () => {
    holds((moments) => {
      for (const { after } of moments) {
        if (after.state === 'reserved' || after.state === 'talking') expect(after.attempt).toBeDefined();
        if (after.state === 'paused' || after.state === 'ready') expect(after.attempt).toBeUndefined();
      }
    });
  });

  test('every conversation is given back, lost to another agent or wrapped up, once', () => {
    holds((moments) => {
      const settled = new Map<string, number>();
      for (const { before, after, event, effects } of moments) {
        for (const effect of effects) {
          if (effect.do === 'dispose' || effect.do === 'finish-wrap-up' || effect.do === 'lose-call') {
            settled.set(effect.attempt, (settled.get(effect.attempt) ?? 0) + 1);
          }
        }
        if (before.attempt === undefined || after.attempt !== undefined || after.state === 'offline') continue;
        const isGivenBack = ['released', 'disengage', 'engage'].includes(event.type);
        expect(settled.get(before.attempt) ?? (isGivenBack ? 1 : 0)).toBe(1);
      }
      for (const times of settled.values()) expect(times).toBe(1);
    });
  });

  test('waiting people are offered only to an agent who is ready', () => {
    holds((moments) => {
      for (const moment of moments) if (does(moment, 'offer')) expect(moment.after.state).toBe('ready');
    });
  });

  test('a call is taken only when the phone is up', () => {
    holds((moments) => {
      for (const moment of moments) if (does(moment, 'take-call')) expect(moment.after.phone).toBe('up');
    });
  });

  test('nothing is said to a phone that is not up, and no phone that is up is rung', () => {
    holds((moments) => {
      for (const moment of moments) {
        if (does(moment, 'say') && moment.after.state !== 'offline') expect(moment.after.phone).toBe('up');
        if (does(moment, 'ring-phone')) expect(moment.after.phone).toBe('ringing');
      }
    });
  });

  test('a nailed-up agent who is ready has a phone', () => {
    holds((moments, plan) => {
      if (plan.phoneMode !== 'nailed-up') return;
      for (const { after } of moments) if (after.state === 'ready') expect(after.phone).toBe('up');
    });
  });

  test('[A-19] a wrap-up has its timer from beginning to end', () => {
    holds((moments) => {
      let isSet = false;
      for (const { before, after, effects } of moments) {
        for (const effect of effects) {
          if (effect.do === 'set-timer' && effect.timer === 'wrap-up') isSet = true;
          if (effect.do === 'clear-timer' && effect.timer === 'wrap-up') isSet = false;
        }
        if (after.state === 'wrap-up' && after.attempt !== undefined) expect(isSet, before.state).toBe(true);
        if (after.state !== 'wrap-up') expect(isSet).toBe(false);
      }
    });
  });

  test('an agent is hung up on only at the end of the session or of a call that had rung the phone', () => {
    holds((moments, plan) => {
      for (const moment of moments) {
        if (!does(moment, 'hang-up-phone') || moment.after.state === 'offline') continue;
        expect(plan.phoneMode).toBe('ringing');
        expect(['paused', 'wrap-up', 'ready']).toContain(moment.after.state);
      }
    });
  });
});
