// The main button in every state: its label is the next step that is allowed, and it does nothing else.

import { describe, expect, test } from 'vitest';
import type { DeskInteraction, DeskView } from '../../live/live.ts';
import {
  aDeskCampaign,
  aDeskSession,
  anInteraction,
  aView,
  previewing,
  wrappingUp,
} from '../../../../test/web/views.ts';
import { nextStep } from './next-step.ts';
import { standingOf } from './standing.ts';

const inSession = (change: Partial<DeskView> = {}, session: Parameters<typeof aDeskSession>[0] = {}): DeskView =>
  aView({ session: aDeskSession(session), ...change });
const holding = (interaction: DeskInteraction): DeskView => inSession({ interaction });

const PULLS = aDeskCampaign({ kind: 'preview', delivery: 'manual', channel: null, action: 'get-record', takes: false });
const CUSTOMER = aDeskCampaign({ kind: 'manual', delivery: 'manual', channel: null, action: 'get-record' });
const PUSHED = aDeskCampaign({ kind: 'push-preview', channel: 'preview' });

describe('between records', () => {
  const rows: readonly (readonly [string, DeskView, string, string])[] = [
    ['waiting', inSession(), 'wait', 'ready'],
    ['paused', inSession({}, { state: 'paused' }), 'resume', 'paused'],
    [
      'phone ringing',
      inSession({}, { phone: { kind: 'account', state: 'ringing', address: '1' } }),
      'pick-up',
      'phone-ringing',
    ],
    ['phone away', inSession({}, { phone: { kind: 'account', state: 'down', address: '1' } }), 'wait', 'phone-down'],
    ['preview', inSession({ campaigns: [PULLS] }), 'get-record', 'idle'],
    ['manual', inSession({ campaigns: [CUSTOMER] }), 'get-customer', 'idle'],
    ['record on its way', inSession({ campaigns: [PULLS], fetching: { campaign: 'x' } }), 'fetching', 'fetching'],
    ['push-preview, channel not ready', inSession({ campaigns: [PUSHED] }), 'set-ready', 'ready'],
    ['countdown', inSession({ countdown: { campaign: 'spring-renewals', until: 5 } }), 'go-on', 'ready'],
    ['engaged', inSession({}, { state: 'engaged' }), 'wait-answer', 'engaged'],
  ];
  test.each(rows)('[A-03] %s', (_name, view, step, standing) => {
    expect([nextStep(view)?.word, standingOf(view).word]).toEqual([step, standing]);
  });

  test('without a session there is none', () => {
    expect(nextStep(aView())).toBeNull();
  });

  test('[A-05] the countdown is on the button, with what happens at its end', () => {
    const step = nextStep(inSession({ countdown: { campaign: 'spring-renewals', until: 77 } }));
    expect(step).toMatchObject({ deed: { wish: { do: 'go-on' } }, deadline: { at: 77, what: 'session' } });
  });
});

describe('with a record', () => {
  const offered = previewing({ state: 'offered', may: ['accept', 'reject'], deadlineAt: 9, atDeadline: 'reject' });
  const rows: readonly (readonly [string, DeskInteraction, string, string])[] = [
    ['offered', offered, 'accept', 'offered'],
    ['preview', previewing(), 'call', 'preview'],
    ['preview where a person must dial', previewing({ mustClickNumber: true }), 'click-number', 'preview'],
    [
      'preview where a person must dial, with caller IDs to choose first',
      previewing({ mustClickNumber: true, callerIds: ['1', '2'] }),
      'choose-caller-id',
      'preview',
    ],
    ['preview with caller IDs to choose', previewing({ callerIds: ['1', '2'] }), 'choose-caller-id', 'preview'],
    ['preview, no number may be dialed', previewing({ may: ['done'] }), 'done', 'preview'],
    ['before-call work', previewing({ state: 'before-call', may: ['call'] }), 'call-now', 'before-call'],
    ['dialing', previewing({ state: 'dialing', may: ['cancel-dial'] }), 'cancel-dial', 'dialing'],
    [
      'engaged, blank',
      previewing({ kind: 'engaged', state: 'dialing', may: [], record: null }),
      'wait-answer',
      'engaged',
    ],
    ['talking', anInteraction(), 'hang-up', 'talking'],
    ['wrap-up without an outcome', wrappingUp(), 'complete', 'wrap-up'],
    ['wrap-up, complete', wrappingUp({ missing: [] }), 'done', 'wrap-up'],
  ];
  test.each(rows)('[A-03] %s', (_name, one, step, standing) => {
    expect([nextStep(holding(one))?.word, standingOf(holding(one)).word]).toEqual([step, standing]);
  });

  test('[A-08] Call names the next number, and the caller ID that was chosen', () => {
    const step = nextStep(holding(previewing({ callerIds: ['+1', '+2'] })), '+2');
    expect(step).toMatchObject({ number: '+12125550123', deed: { act: { do: 'call', callerId: '+2' } } });
  });

  test('Hang up names the call, so that a late click cuts no other', () => {
    expect(nextStep(holding(anInteraction()))?.deed).toEqual({
      kind: 'act',
      act: { do: 'hang-up', attempt: 'a1' },
    });
  });

  test('[A-16] an answer of the script is missing: the button says so and leads there, and does not close', () => {
    const one = wrappingUp({
      missing: [{ code: 'script', message: 'Answer.' }],
      disposition: { code: 'sale', reason: null, phone: null },
    });
    const step = nextStep(holding(one));
    expect([step?.word, step?.deed]).toEqual(['answer-script', { kind: 'go-to', place: 'owed-answer' }]);
  });

  const SAID = { code: 'later', reason: null, phone: null };
  const owing = (code: string): DeskInteraction => wrappingUp({ missing: [{ code, message: 'x' }], disposition: SAID });
  test.each([
    ['a field', owing('field'), 'fill-in', 'owed-field'],
    ['a callback', owing('callback'), 'set-callback', 'callback'],
    ['a callback whose time has passed', owing('callback-past'), 'set-callback', 'callback'],
    ['a remark', owing('reason'), 'done', 'missing'],
  ])('[A-16] %s is missing: the button names it and leads there', (_name, one, word, place) => {
    expect(nextStep(holding(one))).toMatchObject({ word, deed: { kind: 'go-to', place } });
  });

  test('an interaction that is done leaves no step behind', () => {
    expect(nextStep(holding(anInteraction({ state: 'done' })))?.word).toBe('wait');
  });
});
