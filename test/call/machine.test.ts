// Every state and event of the call machine: those with an effect by the rows, those ignored by the pinned list.

import { describe, expect, test } from 'vitest';
import { CALL_EVENTS, CALL_STATES, type Call, type CallEvent } from '../../src/call/call.ts';
import { placeCall, stepCall } from '../../src/call/machine.ts';
import { aCall, ANSWERED_AT, aPlan, DIALED_AT, inWords, RINGING_AT } from './builders.ts';
import type { CallRow } from './row.ts';
import { CALL_IGNORED, CALL_ROWS } from './rows.ts';

const beforeTheAnswer = new Set(['placing', 'ringing']);
const usualTime = (row: CallRow): number => (beforeTheAnswer.has(row.state) ? RINGING_AT + 6_000 : ANSWERED_AT + 1_000);

/** One event of each kind, for pairs where its details do not matter. */
const plain: Readonly<Record<CallEvent['type'], CallEvent>> = {
  'came-in': { type: 'came-in', isClosed: false },
  restored: { type: 'restored', as: { is: 'gone' } },
  'place-failed': { type: 'place-failed', reason: 'late' },
  ringing: { type: 'ringing' },
  progress: { type: 'progress' },
  answered: { type: 'answered' },
  arrived: { type: 'arrived' },
  verdict: { type: 'verdict', verdict: 'machine', cause: 'C' },
  'agent-found': { type: 'agent-found', session: 's9', bridge: 'b-s9' },
  bridged: { type: 'bridged', bridge: 'b-s1' },
  'join-refused': { type: 'join-refused' },
  'detect-refused': { type: 'detect-refused' },
  'limit-reached': { type: 'limit-reached' },
  'ring-timeout': { type: 'ring-timeout' },
  cancel: { type: 'cancel' },
  'agent-hung-up': { type: 'agent-hung-up' },
  'agent-lost': { type: 'agent-lost' },
  'abandon-message-begun': { type: 'abandon-message-begun' },
  'abandon-message-over': { type: 'abandon-message-over' },
  'opt-out': { type: 'opt-out' },
  'confirmation-over': { type: 'confirmation-over' },
  beep: { type: 'beep', heard: true },
  'beep-refused': { type: 'beep-refused' },
  'message-over': { type: 'message-over', played: true },
  control: { type: 'control', control: { type: 'hold' } },
  'hanging-up': { type: 'hanging-up', cause: 16 },
  ended: { type: 'ended', cause: 16 },
  vanished: { type: 'vanished', answered: false, cause: 0 },
};

describe.each(CALL_STATES)('[D-01] a call that is %s', (state) => {
  test.each(CALL_ROWS.filter((row) => row.state === state).map((row) => [row.on.type, row.when, row] as const))(
    '%s: %s',
    (_type, _when, row) => {
      const now = row.at ?? usualTime(row);
      const call = lacking(aCall(state, row.given), row.without ?? []);

      const step = stepCall(call, row.on, now);

      expect(step.ignored).toBe(false);
      expect(step.call.state).toBe(row.to);
      expect(step.call.result).toBe(row.result);
      expect(step.effects.map((effect) => inWords(effect, now))).toEqual(row.does);
      if (row.leaves) expect(step.call).toMatchObject(row.leaves);
      for (const key of row.drops ?? []) expect(step.call).not.toHaveProperty(key);
    },
  );

  test.each(CALL_IGNORED[state])('%s is ignored', (type) => {
    const call = aCall(state);

    const step = stepCall(call, plain[type], ANSWERED_AT + 60_000);

    expect(step).toEqual({ call, effects: [], ignored: true });
  });

  test('every event is described or pinned as ignored, none both', () => {
    const described = new Set(CALL_ROWS.filter((row) => row.state === state).map((row) => row.on.type));
    const ignored = CALL_IGNORED[state];

    expect(ignored.filter((type) => described.has(type))).toEqual([]);
    expect(new Set([...described, ...ignored])).toEqual(new Set(CALL_EVENTS));
  });
});

describe('a pair with a row that does nothing this time', () => {
  test('[X-05] the pacer wants a line back that has not rung for the legal time: it rings on', () => {
    expect(stepCall(aCall('ringing'), plain.cancel, RINGING_AT + 14_999).ignored).toBe(true);
  });

  test('the bridge of another agent reports this leg: not talking yet', () => {
    const late = stepCall(aCall('connecting'), { type: 'bridged', bridge: 'b-s7' }, ANSWERED_AT);
    expect(late.ignored).toBe(true);
  });

  test('the same agent is found twice: once is enough', () => {
    const again: CallEvent = { type: 'agent-found', session: 's1', bridge: 'b-s1' };
    for (const state of ['connecting', 'talking'] as const) {
      expect(stepCall(aCall(state), again, ANSWERED_AT).ignored).toBe(true);
    }
  });

  test('the limit was posted in the turn in which an agent was found: the agent stays', () => {
    const call = aCall('answered', { session: 's1', bridge: 'b-s1' });
    expect(stepCall(call, plain['limit-reached'], ANSWERED_AT + 1_850).ignored).toBe(true);
  });

  test('an answer before our hang-up stays what it was', () => {
    const call = aCall('releasing', { answeredAt: ANSWERED_AT, result: 'machine' });
    expect(stepCall(call, plain.answered, ANSWERED_AT + 3_000).ignored).toBe(true);
    expect(stepCall(call, plain.arrived, ANSWERED_AT + 3_000).ignored).toBe(true);
  });
});

describe('a call just placed', () => {
  const { state: _state, arrived: _arrived, ...asked } = aCall('placing');

  test('[X-05] waits the ring time and 8 s more for the network', () => {
    const [call, ...effects] = placeCall(asked);

    expect(call).toMatchObject({ state: 'placing', arrived: false });
    expect(effects.map((effect) => inWords(effect, DIALED_AT))).toEqual(['set-timer ring +33000']);
  });

  test('[X-05] a ring time below the legal one is not kept', () => {
    const plan = aPlan({ ringTimeoutMs: 10_000, minRingMs: 15_000 });
    const [call] = placeCall({ ...asked, plan });

    const step = stepCall(call, plain.ringing, RINGING_AT);

    expect(step.effects.map((effect) => inWords(effect, RINGING_AT))).toContain('set-timer ring +15000');
  });
});

describe('whole calls', () => {
  test('[D-02] a person picks up, an agent is ready: talking within the same few events', () => {
    const reported = play(aCall('ringing'), [
      [10_000, plain.answered],
      [10_000, { type: 'agent-found', session: 's1', bridge: 'b-s1' }],
      [10_001, plain.arrived],
      [10_003, plain.bridged],
      [70_000, plain.ended],
    ]);

    expect(reported.call).toMatchObject({ state: 'ended', result: 'connected', endedBy: 'person' });
    expect(reported.effects).toContain('join-agent b-s1');
    expect(reported.effects.at(-1)).toBe('close');
  });

  test('[X-07] no agent is free: the message is asked for 150 ms before the limit and the call is hung up after it', () => {
    const reported = play(aCall('ringing'), [
      [10_000, plain.answered],
      [10_020, plain.arrived],
      [11_850, plain['limit-reached']],
      [16_000, plain['abandon-message-over']],
      [16_010, plain.ended],
    ]);

    expect(reported.effects).toContain('set-timer limit +1850');
    expect(reported.effects.filter((effect) => effect === 'play-abandon-message' || effect === 'hang-up')).toEqual([
      'play-abandon-message',
      'hang-up',
    ]);
    expect(reported.call).toMatchObject({ result: 'abandoned', endedBy: 'dialer' });
  });

  test('[D-02] a rung agent does not come, the next does: the limit is not started over', () => {
    const reported = play(aCall('ringing'), [
      [10_000, plain.answered],
      [10_020, plain.arrived],
      [11_000, plain['agent-lost']],
      [11_200, { type: 'agent-found', session: 's2', bridge: 'b-s2' }],
      [11_210, { type: 'bridged', bridge: 'b-s2' }],
    ]);

    expect(reported.call).toMatchObject({ state: 'talking', session: 's2' });
    expect(reported.effects.filter((effect) => effect.startsWith('set-timer limit'))).toEqual([
      'set-timer limit +1850',
    ]);
  });

  test('[O-09] a conversation that lost its agent is taken over within the time for it, also at the second try', () => {
    const reported = play(aCall('talking'), [
      [60_000, plain['agent-lost']],
      [61_000, { type: 'agent-found', session: 's2', bridge: 'b-s2' }],
      [61_010, plain['join-refused']],
      [62_000, { type: 'agent-found', session: 's3', bridge: 'b-s3' }],
      [62_010, { type: 'bridged', bridge: 'b-s3' }],
      [90_000, plain.ended],
    ]);

    expect(reported.effects).toContain('set-timer limit +18990');
    expect(reported.effects).not.toContain('play-abandon-message');
    expect(reported.call).toMatchObject({ result: 'connected', session: 's3' });
  });

  test('[D-03] parallel detection hears a machine after the agent was connected: released without abandonment', () => {
    const reported = play(aCall('ringing', { plan: aPlan({ detection: 'parallel' }) }), [
      [10_000, plain.answered],
      [10_000, { type: 'agent-found', session: 's1', bridge: 'b-s1' }],
      [10_010, plain.arrived],
      [10_012, plain.bridged],
      [13_000, plain.verdict],
      [13_020, plain.ended],
    ]);

    expect(reported.effects).toContain('release-agent s1 machine');
    expect(reported.call).toMatchObject({ result: 'machine', verdict: 'machine', verdictCause: 'C' });
  });
});

/** Takes a call through events at ms after it first rang; all its effects in words. */
function play(call: Call, events: readonly (readonly [number, CallEvent])[]): { call: Call; effects: string[] } {
  let present = call;
  const effects: string[] = [];
  for (const [afterMs, event] of events) {
    const now = RINGING_AT + afterMs;
    const step = stepCall(present, event, now);
    present = step.call;
    effects.push(...step.effects.map((effect) => inWords(effect, now)));
  }
  return { call: present, effects };
}

function lacking(call: Call, keys: readonly (keyof Call)[]): Call {
  const there = Object.entries(call).filter(([key]) => !keys.some((lacks) => lacks === key));
  return Object.fromEntries(there) as unknown as Call;
}
