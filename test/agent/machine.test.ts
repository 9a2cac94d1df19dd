// Every state and event of an agent session: those with an effect by the rows, those ignored by the pinned list.

import { describe, expect, test } from 'vitest';
import { stepSession } from '../../src/agent/machine.ts';
import { SESSION_EVENTS, type SessionEvent } from '../../src/agent/session.ts';
import type { AgentState } from '../../src/terms.ts';
import { aCallback, aRungSession, aSession, aSessionPlan, inWords, NOW, play } from './builders.ts';
import { SESSION_IGNORED, SESSION_ROWS } from './rows.ts';

const STATES: readonly AgentState[] = ['offline', 'paused', 'ready', 'engaged', 'reserved', 'talking', 'wrap-up'];

/** One event of each kind, for pairs where its details do not matter. */
const plain: Readonly<Record<SessionEvent['type'], SessionEvent>> = {
  'phone-up': { type: 'phone-up', leg: 'a-9' },
  'phone-hung-up': { type: 'phone-hung-up' },
  'phone-lost': { type: 'phone-lost' },
  'ring-failed': { type: 'ring-failed' },
  'phone-registered': { type: 'phone-registered' },
  'phone-changed': { type: 'phone-changed', to: 'browser' },
  'kept-too-long': { type: 'kept-too-long' },
  reserve: { type: 'reserve', attempt: 'at9' },
  engage: { type: 'engage', attempt: 'at9' },
  disengage: { type: 'disengage' },
  'desk-opened': { type: 'desk-opened' },
  connected: { type: 'connected', attempt: 'at1' },
  released: { type: 'released', attempt: 'at1', why: 'person-hung-up' },
  key: { type: 'key', key: '1' },
  'ask-ready': { type: 'ask-ready' },
  'ask-pause': { type: 'ask-pause', reason: 'lunch' },
  'ask-hang-up': { type: 'ask-hang-up' },
  'ask-sign-out': { type: 'ask-sign-out' },
  'lose-rights': { type: 'lose-rights' },
  'regain-rights': { type: 'regain-rights' },
  dispose: { type: 'dispose', code: 'sale' },
  'callback-agreed': { type: 'callback-agreed', spoken: [], callback: aCallback },
  'callback-refused': { type: 'callback-refused', why: 'callback-past' },
  'callback-cancelled': { type: 'callback-cancelled' },
  'number-refused': { type: 'number-refused' },
  'wrap-up-over': { type: 'wrap-up-over' },
  'ring-again': { type: 'ring-again' },
  'grace-over': { type: 'grace-over' },
};

describe.each(STATES)('a session that is %s', (state) => {
  const rows = SESSION_ROWS.filter((row) => row.state === state);

  test.each(rows.map((row) => [row.id ?? 'A-01', row.on.type, row.when, row] as const))(
    '[%s] %s: %s',
    (_id, _type, _when, row) => {
      const step = stepSession(row.given ?? aSession(state), row.on, NOW);

      expect(step.ignored).toBe(false);
      expect(step.session.state).toBe(row.to);
      if (row.to === 'paused' || row.to === 'offline') expect(step.session.reason).toBe(row.reason);
      expect(step.effects.map((effect) => inWords(effect, NOW))).toEqual(row.does);
      if (row.leaves) expect(step.session).toMatchObject(row.leaves);
      for (const key of row.drops ?? []) expect(step.session).not.toHaveProperty(key);
    },
  );

  test.each(SESSION_IGNORED[state])('[A-01] %s is ignored', (type) => {
    for (const session of [aSession(state), aRungSession(state)]) {
      expect(stepSession(session, plain[type], NOW)).toEqual({ session, effects: [], ignored: true });
    }
  });

  test('[A-01] every event is described or pinned as ignored, none both', () => {
    const described = new Set(rows.map((row) => row.on.type));
    const ignored = SESSION_IGNORED[state];

    expect(ignored.filter((type) => described.has(type))).toEqual([]);
    expect(new Set([...described, ...ignored])).toEqual(new Set(SESSION_EVENTS));
  });
});

describe('what came too late', () => {
  test.each([
    ['the other call of another agent is connected', 'reserved', { type: 'connected', attempt: 'at7' }],
    ['another call is released', 'reserved', { type: 'released', attempt: 'at7', why: 'not-connected' }],
    ['another call is released', 'talking', { type: 'released', attempt: 'at7', why: 'person-hung-up' }],
    ['a phone that is up did not answer its ring', 'talking', { type: 'ring-failed' }],
    ['the grace of a phone that is back is over', 'ready', { type: 'grace-over' }],
    ['a phone registers that was never lost', 'wrap-up', { type: 'phone-registered' }],
  ] as const)('[A-01] %s: nothing happens to a session that is %s', (_what, state, event) => {
    expect(stepSession(aSession(state), event, NOW).ignored).toBe(true);
  });

  test('[A-01] the loss of a phone that is being called back already is reported again: rung once', () => {
    const reported = play(aSession('ready'), { type: 'phone-lost' }, { type: 'phone-lost' });
    expect(reported.does.filter((effect) => effect === 'ring-phone')).toHaveLength(1);
  });

  test('[D-02] while the rung phone of a finished call hangs up nothing can be asked of it', () => {
    const { attempt: _attempt, ...letGo } = aRungSession('wrap-up', { phone: 'up', leg: 'a-1' });
    for (const type of ['key', 'dispose', 'ask-ready', 'wrap-up-over'] as const) {
      expect(stepSession(letGo, plain[type], NOW).ignored).toBe(true);
    }
  });
});

describe('[A-20] a pause asked for in a call', () => {
  test('comes after the wrap-up, with its reason', () => {
    const reported = play(
      aSession('talking'),
      { type: 'ask-pause', reason: 'lunch' },
      { type: 'released', attempt: 'at1', why: 'person-hung-up' },
      { type: 'dispose', code: 'sale' },
    );
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'lunch' });
    expect(reported.session).not.toHaveProperty('pauseAfter');
    expect(reported.does).not.toContain('offer');
  });

  test('comes at once when the call was a machine', () => {
    const reported = play(aSession('talking', { pauseAfter: 'lunch' }), {
      type: 'released',
      attempt: 'at1',
      why: 'machine',
    });
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'lunch' });
  });

  test('survives the loss of the phone', () => {
    const reported = play(
      aSession('talking', { pauseAfter: 'lunch' }),
      { type: 'phone-lost' },
      { type: 'phone-up', leg: 'a-2' },
    );
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'lunch' });
  });

  test('a pause goes on for its reason when the phone was lost in it, however often', () => {
    const back = [{ type: 'phone-lost' }, { type: 'phone-up', leg: 'a-2' }] as const;
    const reported = play(aSession('paused', { reason: 'lunch' }), ...back, ...back);
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'lunch', phone: 'up' });
  });
});

describe('[A-19] wrap-up', () => {
  test('a disposition given in the conversation: no wrap-up, ready at once', () => {
    const reported = play(
      aSession('talking'),
      { type: 'dispose', code: 'sale' },
      { type: 'released', attempt: 'at1', why: 'person-hung-up' },
    );
    expect(reported.session.state).toBe('ready');
    expect(reported.does).toContain('dispose at1 sale');
    expect(reported.does.filter((effect) => effect.startsWith('set-timer'))).toEqual([]);
  });

  test('a limit of 0: no wrap-up, ready at once', () => {
    const plan = aSessionPlan({ wrapUpLimitMs: 0, dispositionRequired: false, over: 'paused' });
    const reported = play(aSession('talking', { plan }), { type: 'released', attempt: 'at1', why: 'person-hung-up' });
    expect(reported.session.state).toBe('ready');
    expect(reported.does).toContain('finish-wrap-up at1');
  });

  test('a campaign without dispositions: nothing is owed, # ends it', () => {
    const plan = aSessionPlan({ dispositions: [], dispositionRequired: true });
    const reported = play(aSession('wrap-up', { plan }), { type: 'key', key: '#' });
    expect(reported.does).toContain('finish-wrap-up at1');
    expect(reported.session.state).toBe('ready');
  });

  test('over the limit with a pause asked for before: paused for that reason', () => {
    const reported = play(aSession('wrap-up', { pauseAfter: 'lunch' }), { type: 'wrap-up-over' });
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'lunch' });
  });

  test('over the limit while the phone is away: waits for the phone', () => {
    const plan = aSessionPlan({ over: 'ready' });
    const away = aSession('wrap-up', { plan, phone: 'ringing', graceUntil: NOW + 1_000 });
    const reported = play(away, { type: 'wrap-up-over' });
    expect(reported.session).toMatchObject({ state: 'paused', reason: 'phone-lost', resume: 'ready' });
    expect(reported.does).not.toContain('offer');
  });

  test('the agent leaves after the call: signed out once the wrap-up is done', () => {
    const reported = play(
      aSession('talking'),
      { type: 'ask-sign-out' },
      { type: 'released', attempt: 'at1', why: 'person-hung-up' },
      { type: 'dispose', code: 'sale' },
    );
    expect(reported.session).toMatchObject({ state: 'offline', reason: 'signed-out' });
    expect(reported.does.filter((effect) => effect.includes('at1'))).toEqual(['dispose at1 sale']);
  });
});

describe('[D-02] an agent who is rung per call', () => {
  test('stays on the line after signing in: the next call needs no ring', () => {
    const reported = play(
      aRungSession('paused'),
      { type: 'phone-up', leg: 'a-1' },
      { type: 'key', key: '1' },
      { type: 'reserve', attempt: 'at2' },
    );
    expect(reported.does).toContain('take-call at2');
    expect(reported.does).not.toContain('ring-phone');
  });

  test('a whole call: rung, talked, disposed of, hung up, ready for the next ring', () => {
    const reported = play(
      aRungSession('ready'),
      { type: 'reserve', attempt: 'at1' },
      { type: 'phone-up', leg: 'a-2' },
      { type: 'connected', attempt: 'at1' },
      { type: 'released', attempt: 'at1', why: 'person-hung-up' },
      { type: 'dispose', code: 'sale' },
      { type: 'phone-hung-up' },
    );
    expect(reported.session).toMatchObject({ state: 'ready', phone: 'down' });
    expect(reported.does.indexOf('hang-up-phone')).toBeLessThan(reported.does.indexOf('offer'));
    expect(reported.does.filter((effect) => effect === 'offer')).toHaveLength(1);
  });

  test('[A-01] sign-out asked for while the phone is being let go, and the phone is up once more: the session ends', () => {
    const { attempt: _attempt, ...beingLetGo } = aRungSession('wrap-up', { signOutAfter: true });
    const step = stepSession(beingLetGo, { type: 'phone-up', leg: 'a-2' }, NOW);
    expect(step.session.state).toBe('offline');
    expect(step.effects).toContainEqual({ do: 'close-session', reason: 'signed-out' });
  });

  test('a phone that is ringing already is not rung twice', () => {
    const reported = play(aRungSession('ready', { phone: 'ringing' }), { type: 'reserve', attempt: 'at2' });
    expect(reported.session.state).toBe('reserved');
    expect(reported.does).not.toContain('ring-phone');
  });

  test('a pause asked for while it rings and there is no answer: the agent did not answer', () => {
    const reported = play(aRungSession('reserved', { phone: 'ringing', signOutAfter: true }), { type: 'ring-failed' });
    expect(reported.session.state).toBe('offline');
    expect(reported.does[0]).toBe('lose-call at1');
  });
});
