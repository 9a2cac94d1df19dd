// What must hold for any call whatever happens to it, in any order, late or doubled.
// Events are drawn at random; only agents come when they were sought, and timers fire when they were set, or late.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call, CallEffect, CallEvent, CallPlan } from '../../src/call/call.ts';
import { placeCall, stepCall } from '../../src/call/machine.ts';
import type { TalkEvent } from '../../src/call/talk.ts';
import { aCall, aPlan, DIALED_AT } from './builders.ts';

interface Moment {
  readonly at: number;
  readonly before: Call;
  readonly event: CallEvent;
  readonly after: Call;
  readonly effects: readonly CallEffect[];
}

const cause = fc.constantFrom(0, 16, 17, 19, 21, 34);
const sipCode = fc.constantFrom(404, 480, 486, 503);
/** Events that carry nothing but their name. */
type PlainType = Exclude<
  CallEvent['type'],
  | 'came-in'
  | 'restored'
  | 'place-failed'
  | 'verdict'
  | 'beep'
  | 'message-over'
  | 'agent-found'
  | 'bridged'
  | 'control'
  | 'hanging-up'
  | 'ended'
  | 'vanished'
>;
const THIRD = { id: 'th1', leg: 't-th1', who: { kind: 'number', name: 'claims' }, state: 'wanted' } as const;
const simple = (...types: PlainType[]) => fc.constantFrom(...types).map((type): CallEvent => ({ type }));

const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 2, arbitrary: simple('ringing', 'progress') },
  { weight: 4, arbitrary: simple('answered', 'arrived') },
  { weight: 4, arbitrary: fc.constantFrom('1', '2').map(agentFound) },
  { weight: 4, arbitrary: fc.constantFrom('1', '2').map((id): CallEvent => ({ type: 'bridged', bridge: `b-s${id}` })) },
  { weight: 3, arbitrary: simple('limit-reached', 'ring-timeout', 'cancel') },
  {
    weight: 3,
    arbitrary: simple('agent-hung-up', 'agent-lost', 'join-refused', 'detect-refused', 'abandon-message-over'),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('human' as const, 'machine' as const, 'fax' as const, 'unsure' as const)
      .map((verdict): CallEvent => ({ type: 'verdict', verdict, cause: 'C' })),
  },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(
        ...['hold', 'resume', 'mute', 'unmute', 'parted', 'rejoined', 'muted', 'unmuted', 'handed'],
        ...['consult', 'transfer', 'back', 'complete', 'third-arrived', 'third-joined', 'third-ended'],
      )
      .map((type): CallEvent => ({ type: 'control', control: { type, id: 'th1', third: THIRD } as TalkEvent })),
  },
  { weight: 1, arbitrary: simple('abandon-message-begun') },
  { weight: 2, arbitrary: simple('opt-out', 'confirmation-over', 'beep-refused') },
  { weight: 2, arbitrary: fc.boolean().map((heard): CallEvent => ({ type: 'beep', heard })) },
  { weight: 2, arbitrary: fc.boolean().map((played): CallEvent => ({ type: 'message-over', played })) },
  {
    weight: 1,
    arbitrary: fc.tuple(cause, sipCode).map(([c, s]): CallEvent => ({ type: 'ended', cause: c, sipCode: s })),
  },
  { weight: 1, arbitrary: cause.map((c): CallEvent => ({ type: 'ended', cause: c })) },
  { weight: 1, arbitrary: cause.map((c): CallEvent => ({ type: 'hanging-up', cause: c })) },
  { weight: 1, arbitrary: fc.boolean().map((answered): CallEvent => ({ type: 'vanished', answered, cause: 0 })) },
  { weight: 1, arbitrary: fc.constant<CallEvent>({ type: 'place-failed', reason: 'no route' }) },
);

const anyPlan: fc.Arbitrary<CallPlan> = fc.record({
  detection: fc.constantFrom('off' as const, 'before-agent' as const, 'parallel' as const),
  onMachine: fc.constantFrom('hang-up' as const, 'keep' as const, 'leave-message' as const),
  beepWithinMs: fc.constant(40_000),
  ringTimeoutMs: fc.integer({ min: 5_000, max: 60_000 }),
  minRingMs: fc.integer({ min: 0, max: 20_000 }),
  noAgentAfterMs: fc.constantFrom(0, 1_000, 2_000),
  reconnectMs: fc.constant(20_000),
});

const anyLife = fc.record({
  plan: anyPlan,
  events: fc.array(fc.tuple(fc.integer({ min: 0, max: 6_000 }), anyEvent), { minLength: 1, maxLength: 40 }),
});

/** Plays the events and, at the end, the leg's own end, so that every call is over. */
function live(life: { plan: CallPlan; events: readonly (readonly [number, CallEvent])[] }): Moment[] {
  const { state: _state, arrived: _arrived, ...asked } = aCall('placing', { plan: life.plan });
  const moments: Moment[] = [];
  let [call] = placeCall(asked);
  let at = DIALED_AT;
  for (const [laterMs, event] of [...life.events, [1_000, { type: 'ended', cause: 16 }] as const]) {
    at += laterMs;
    const step = stepCall(call, event, at);
    moments.push({ at, before: call, event, after: step.call, effects: step.effects });
    call = step.call;
  }
  return moments;
}

const does = (moment: Moment, effect: CallEffect['do']): boolean => moment.effects.some((e) => e.do === effect);
const shows = (moment: Moment, fact: string): boolean =>
  moment.effects.some((e) => e.do === 'report-to-pacer' && e.fact === fact);
const count = (moments: readonly Moment[], effect: CallEffect['do']): number =>
  moments.flatMap((moment) => moment.effects).filter((e) => e.do === effect).length;

function holds(property: (moments: readonly Moment[], plan: CallPlan) => void): void {
  fc.assert(
    fc.property(anyLife, (life) => property(live(life), life.plan)),
    { numRuns: 1_000 },
  );
}

describe('[D-01] whatever happens to a call', () => {
  test('it is closed exactly once, with a result, and nothing happens to it afterwards', () => {
    holds((moments) => {
      expect(count(moments, 'close')).toBe(1);
      const closed = moments.findIndex((moment) => does(moment, 'close'));
      expect(moments[closed]?.after).toMatchObject({ state: 'ended', result: expect.any(String) as string });
      expect(moments[closed]?.effects.at(-1)?.do).toBe('close');
      for (const moment of moments.slice(closed + 1)) {
        expect(moment.effects).toEqual([]);
        expect(moment.after).toBe(moment.before);
      }
    });
  });

  test('whoever seeks an agent finds one, stops seeking, gives the line up or is closed', () => {
    holds((moments) => {
      const order = moments.flatMap((moment) => [
        ...(moment.event.type === 'agent-found' && moment.after.session === moment.event.session ? ['found'] : []),
        ...moment.effects.map((effect) => effect.do),
      ]);
      let seeking = false;
      for (const step of order) {
        if (step === 'seek-agent') seeking = true;
        if (step === 'found' || step === 'stop-seeking' || step === 'close') seeking = false;
        if (step === 'hang-up') expect(seeking, order.join(' ')).toBe(false);
      }
      expect(seeking).toBe(false);
    });
  });

  test('every agent who came is connected, given back, lost or turned away: none stays reserved', () => {
    holds((moments) => {
      const held = new Set<string>();
      for (const { event, before, effects } of moments) {
        const isOver = before.state === 'ended' || before.state === 'placing' || before.state === 'ringing';
        if (event.type === 'agent-found' && !isOver) held.add(event.session);
        if (event.type === 'agent-lost' && before.session !== undefined) held.delete(before.session);
        for (const effect of effects) if (effect.do === 'release-agent') held.delete(effect.session);
      }
      // An agent found again while in the call is the same agent.
      expect([...held]).toEqual([]);
    });
  });

  test('a person who talked with an agent never ends as abandoned', () => {
    holds((moments) => {
      const last = moments.at(-1)?.after;
      if (last?.bridgedAt !== undefined) expect(last.result).not.toBe('abandoned');
    });
  });

  test('[X-07] an abandoned person hears the message, hangs up before it, or had picked up as we hung up', () => {
    holds((moments) => {
      if (moments.at(-1)?.after.result !== 'abandoned' || count(moments, 'play-abandon-message') > 0) return;
      if (count(moments, 'confirm-do-not-call') > 0) return;
      if (moments.some(({ event, before }) => event.type === 'abandon-message-begun' && before.state !== 'releasing'))
        return;
      const ourHangUp = moments.findIndex((moment) => does(moment, 'hang-up'));
      const pickedUp = moments.findIndex((moment) => shows(moment, 'answered'));
      if (ourHangUp >= 0) expect(pickedUp).toBeGreaterThan(ourHangUp);
    });
  });

  test('[X-07] the message is asked for at most once and never to somebody in conversation', () => {
    holds((moments) => {
      expect(count(moments, 'play-abandon-message')).toBeLessThanOrEqual(1);
      for (const moment of moments)
        if (does(moment, 'play-abandon-message')) expect(moment.before.state).not.toBe('talking');
    });
  });

  test('[X-07] an opt-out is taken down at most once, and before it is confirmed', () => {
    holds((moments) => {
      const reported = moments.flatMap(({ effects }) => effects).map((effect) => effect.do);
      const optOuts = reported.filter((effect) => effect === 'put-on-do-not-call-list').length;
      expect(optOuts).toBeLessThanOrEqual(1);
      const confirmed = reported.indexOf('confirm-do-not-call');
      if (confirmed >= 0) expect(reported.slice(0, confirmed)).toContain('put-on-do-not-call-list');
    });
  });

  test('[D-04] a message is left on machines alone, at most once, and its result stays machine', () => {
    holds((moments) => {
      expect(count(moments, 'leave-message')).toBeLessThanOrEqual(1);
      const last = moments.at(-1)?.after;
      if (count(moments, 'await-beep') > 0) expect(last?.result).toBe('machine');
      if (last?.messageLeft) expect(last).toMatchObject({ result: 'machine', verdict: 'machine' });
    });
  });

  test('a conversation is hung up by its agent or because a machine was heard, for no other reason', () => {
    holds((moments) => {
      for (const moment of moments) {
        if (moment.before.state !== 'talking' || !does(moment, 'hang-up')) continue;
        expect(['agent-hung-up', 'verdict']).toContain(moment.event.type);
      }
    });
  });

  test('[X-05] no one who hears it ring is given up before the legal ring time', () => {
    holds((moments, plan) => {
      for (const { at, before, after } of moments) {
        if (before.state !== 'ringing' || after.state !== 'releasing') continue;
        expect(at - (before.ringingAt ?? Infinity)).toBeGreaterThanOrEqual(plan.minRingMs);
      }
    });
  });

  test('the pacer hears of each answer, live answer and abandonment once, in that order', () => {
    holds((moments) => {
      const facts = moments
        .flatMap(({ effects }) => effects)
        .flatMap((effect) => (effect.do === 'report-to-pacer' ? [effect.fact] : []));
      for (const fact of ['ringing', 'answered', 'live', 'machine', 'abandoned'] as const) {
        expect(facts.filter((reported) => reported === fact).length, facts.join(' ')).toBeLessThanOrEqual(1);
      }
      const order = ['answered', 'live', 'abandoned']
        .map((fact) => facts.indexOf(fact as 'live'))
        .filter((i) => i >= 0);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      if (facts.includes('abandoned')) expect(facts).toContain('live');
      const last = moments.at(-1)?.after;
      if (last?.result === 'abandoned') expect(facts).toContain('abandoned');
      if (last?.bridgedAt !== undefined) expect(facts).toContain('connected');
    });
  });

  test('no person is left without an agent and without a timer that ends the waiting', () => {
    holds((moments) => {
      const timers = new Set<string>(['ring']);
      for (const { after, effects } of moments) {
        for (const effect of effects) {
          if (effect.do === 'set-timer') timers.add(effect.timer);
          if (effect.do === 'clear-timer') timers.delete(effect.timer);
        }
        const needs = {
          placing: 'ring',
          ringing: 'ring',
          detecting: 'limit',
          waiting: 'limit',
          'abandon-message': 'limit',
          confirming: 'limit',
          'awaiting-beep': 'limit',
          'leaving-message': 'limit',
          releasing: 'reap',
        }[after.state as string];
        if (needs !== undefined) expect(timers, after.state).toContain(needs);
      }
    });
  });
});

test('[D-03] off: a plan without detection never listens', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const moments = live({ ...life, plan: aPlan({ detection: 'off' }) });
      expect(count(moments, 'detect-before-agent') + count(moments, 'detect-in-parallel')).toBe(0);
    }),
  );
});

function agentFound(id: string): CallEvent {
  return { type: 'agent-found', session: `s${id}`, bridge: `b-s${id}` };
}
