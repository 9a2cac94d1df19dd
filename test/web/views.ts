// Builders of an agent's view: each gives one that is whole; a test says what matters to it.

import type { DeskInteraction } from '../../src/http/wire/desk-record.ts';
import type { z } from 'zod';
import type { callbackTimes } from '../../src/http/wire/callbacks.ts';
import type { DeskView } from '../../src/http/wire/desk.ts';

type Campaign = DeskView['campaigns'][number];
type Session = NonNullable<DeskView['session']>;
type Record = NonNullable<DeskInteraction['record']>;
type CallbackTimes = z.output<typeof callbackTimes>;
type Call = NonNullable<DeskView['call']>;

const MINUTE = 60_000;

export function aDeskCampaign(change: Partial<Campaign> = {}): Campaign {
  return {
    name: 'spring-renewals',
    description: 'Members whose policy ends in spring.',
    state: 'running',
    status: 'running',
    why: '12 agents are working.',
    reason: { kind: 'agents-working', agents: 12 },
    hours: 'Mon–Fri 09:00–19:00 New York, not on holidays; open until Tue 2026-12-01 19:00',
    opening: {
      kind: 'scheduled',
      week: { kind: 'days', days: [{ first: 0, last: 4, spans: [{ from: 540, to: 1140 }] }] },
      zone: 'America/New_York',
      holidays: 3,
      isOpen: true,
      changeAt: Date.UTC(2026, 11, 2),
    },
    mode: 'predictive',
    kind: 'predictive',
    delivery: 'automatic',
    takes: true,
    action: null,
    channel: 'voice',
    outsidePhones: false,
    ...change,
  };
}

export function aDeskSession(change: Partial<Session> = {}, now = Date.now()): Session {
  return {
    id: 's1',
    since: now - 83 * MINUTE,
    campaign: 'spring-renewals',
    phone: { kind: 'account', state: 'up', address: '101' },
    state: 'ready',
    stateSince: now - 12_000,
    pause: null,
    pauseNext: null,
    pauseReasons: [
      { code: 'break', label: 'Break', key: '1' },
      { code: 'lunch', label: 'Lunch', key: '2' },
      { code: 'training', label: 'Training', key: '3' },
    ],
    ending: false,
    ...change,
  };
}

export function aView(change: Partial<DeskView> = {}, now = Date.now()): DeskView {
  return {
    at: now,
    version: 1,
    agent: { number: '101', name: 'Eve Hart' },
    campaigns: [aDeskCampaign()],
    chosen: 'spring-renewals',
    session: null,
    channels: { voice: 'ready', preview: 'not-ready' },
    fetching: null,
    interaction: null,
    forms: [],
    call: null,
    countdown: null,
    nothing: null,
    nothingReason: null,
    notices: [],
    today: {
      since: now - 6 * 60 * MINUTE,
      at: now - MINUTE,
      sessions: 2,
      paidMs: 214 * MINUTE,
      calls: 41,
      talkMs: 131 * MINUTE,
      wrapUpMs: 22 * MINUTE,
      waitingMs: 19 * MINUTE,
      pausedMs: 42 * MINUTE,
      dispositions: [
        { code: 'sale', label: 'Renewed', count: 7 },
        { code: 'not-interested', label: 'Not interested', count: 21 },
      ],
      callbacks: 3,
    },
    stopping: false,
    ...change,
  };
}

export function aCall(change: Partial<Call> = {}): Call {
  return {
    agent: '101',
    attempt: 'a1',
    campaign: 'spring-renewals',
    since: Date.now() - 47_000,
    muted: false,
    pending: false,
    changing: [],
    recording: 'on',
    mayRecord: true,
    parties: ['person'],
    transfer: {
      destinations: [
        { name: 'claims', label: 'Claims', key: '1' },
        { name: 'billing', label: 'Billing', key: null },
      ],
      anyNumber: true,
      agents: true,
    },
    ...change,
  };
}

/** A day in New York, in which calls are allowed from 08:00 to 21:00 and the campaign ends at 19:00. */
export function aDayOfTimes(date: string): CallbackTimes {
  const midnight = Date.parse(`${date}T05:00:00Z`);
  const at = (halfHour: number): CallbackTimes['slots'][number] => {
    const local = new Date(Date.parse(`${date}T00:00:00Z`) + halfHour * 30 * MINUTE).toISOString().slice(0, 16);
    const time = { at: midnight + halfHour * 30 * MINUTE, local };
    if (halfHour < 16 || halfHour >= 42)
      return {
        ...time,
        forbidden: { code: 'callback-forbidden', rule: 'calling-hours', why: 'Too early or too late.' },
      };
    return halfHour < 38
      ? time
      : { ...time, forbidden: { code: 'callback-outside-hours', why: 'The campaign ends at 19:00.' } };
  };
  return {
    zone: 'America/New_York',
    date,
    quick: [
      { quick: 'in-1-h', ...at(33) },
      { quick: 'in-3-h', ...at(39) },
      { quick: 'same-time', at: midnight + 39 * 60 * MINUTE, local: `${date.slice(0, 8)}02T15:20` },
      { quick: 'tomorrow-10', at: midnight + 34 * 60 * MINUTE, local: `${date.slice(0, 8)}02T10:00` },
      { quick: 'monday-10', at: midnight + 154 * 60 * MINUTE, local: `${date.slice(0, 8)}07T10:00` },
    ],
    slots: Array.from({ length: 48 }, (_, place) => at(place)),
  };
}

export function aDeskRecord(change: Partial<Record> = {}): Record {
  return {
    record: 7,
    contact: 70,
    name: 'Ada Moss',
    phones: [
      { number: '+12125550123', type: 'mobile' },
      { number: '+12125550177', type: 'work' },
    ],
    next: 0,
    fields: [
      { field: 'city', label: 'City', type: 'text', choices: [], editable: true, required: false, value: 'Troy' },
      {
        field: 'plan',
        label: 'Plan',
        type: 'choice',
        choices: ['Basic', 'Plus'],
        editable: true,
        required: true,
        value: 'Basic',
      },
      {
        field: 'premium',
        label: 'Premium',
        type: 'number',
        choices: [],
        editable: true,
        required: false,
        value: 412.5,
      },
      {
        field: 'ends',
        label: 'Policy ends',
        type: 'date',
        choices: [],
        editable: false,
        required: false,
        value: '2026-12-31',
      },
      {
        field: 'emails',
        label: 'Wants e-mail',
        type: 'check-box',
        choices: [],
        editable: true,
        required: false,
        value: true,
      },
    ],
    priority: 0,
    attempts: [
      {
        attempt: 'a0',
        at: Date.now() - 3 * 86_400_000,
        number: '+12125550123',
        result: 'no-answer',
        disposition: null,
      },
      {
        attempt: 'a00',
        at: Date.now() - 9 * 86_400_000,
        number: '+12125550177',
        result: 'connected',
        disposition: 'Call later',
      },
    ],
    zone: 'America/New_York',
    screenPop: null,
    ...change,
  };
}

export const DISPOSITIONS: DeskInteraction['dispositions'] = [
  { code: 'sale', label: 'Renewed', key: '1', ask: null },
  { code: 'not-interested', label: 'Not interested', key: '2', ask: 'reason' },
  { code: 'later', label: 'Call later', key: '3', ask: 'callback' },
  { code: 'moved', label: 'Another number', key: null, ask: 'phone' },
  { code: 'wrong', label: 'Wrong person', key: null, ask: null },
  { code: 'language', label: 'Language', key: null, ask: null },
];

export function anInteraction(change: Partial<DeskInteraction> = {}, now = Date.now()): DeskInteraction {
  return {
    id: 'i1',
    version: 3,
    campaign: 'spring-renewals',
    kind: 'predictive',
    state: 'talking',
    since: now - 47_000,
    deadlineAt: null,
    atDeadline: null,
    origin: { kind: 'list', label: 'Ada Moss, +12125550123' },
    record: aDeskRecord(),
    call: {
      attempt: 'a1',
      state: 'talking',
      isInbound: false,
      number: '+12125550123',
      callerId: '+12125550100',
      talkedSince: now - 47_000,
    },
    tried: [{ attempt: 'a1', number: '+12125550123', result: null }],
    message: null,
    may: ['hang-up', 'dispose', 'set-callback', 'do-not-call', 'edit-fields', 'write-notes'],
    declines: [],
    mustClickNumber: false,
    newNumbers: false,
    callerIds: [],
    dispositions: DISPOSITIONS,
    dispositionRequired: true,
    disposition: null,
    missing: [{ code: 'disposition', message: 'Choose an outcome.' }],
    callback: null,
    notes: { text: '', version: 0, at: null },
    ...change,
  };
}

/** The call is over, and is being wrapped up. */
export function wrappingUp(change: Partial<DeskInteraction> = {}, now = Date.now()): DeskInteraction {
  const one = anInteraction({}, now);
  return {
    ...one,
    state: 'wrap-up',
    version: 4,
    since: now - 5_000,
    deadlineAt: now + 55_000,
    atDeadline: 'done',
    call: one.call && { ...one.call, state: 'over' },
    may: ['dispose', 'set-callback', 'do-not-call', 'edit-fields', 'write-notes', 'done'],
    ...change,
  };
}

/** A record that is looked at before anything is dialed. */
export function previewing(change: Partial<DeskInteraction> = {}, now = Date.now()): DeskInteraction {
  return anInteraction(
    {
      kind: 'preview',
      state: 'preview',
      call: null,
      tried: [],
      missing: [],
      dispositionRequired: false,
      since: now - 8_000,
      declines: ['later', 'never'],
      newNumbers: true,
      may: ['call', 'decline', 'set-callback', 'do-not-call', 'edit-fields', 'write-notes', 'done'],
      ...change,
    },
    now,
  );
}

const choice = (code: string, label: string): { code: string; label: string } => ({ code, label });

/** A script in its second section. */
export function aScriptView(change: object = {}): object {
  return {
    attempt: 'a1',
    campaign: 'spring-renewals',
    script: 'renewal',
    scriptVersion: 'v1',
    isCurrent: true,
    version: 2,
    section: {
      section: 'offer',
      title: 'The offer',
      parts: [
        { say: 'Your policy ends on 31 December. Until Friday we can renew it at last year’s price, Ada.' },
        {
          ask: 'wants',
          text: 'Would you like me to renew it now?',
          type: 'choice',
          required: true,
          answer: null,
          choices: [choice('yes', 'Yes'), choice('think', 'Wants to think'), choice('no', 'No')],
        },
      ],
      isLast: false,
    },
    isOver: false,
    steps: [
      {
        section: 'hello',
        title: 'Greeting',
        answers: [{ ask: 'person', text: 'Am I speaking with Ada Moss?', answer: 'yes', words: 'Yes, speaking' }],
      },
    ],
    exits: [
      { exit: 'not-interested', label: 'Not interested' },
      { exit: 'voicemail', label: 'Voicemail' },
    ],
    exit: null,
    missing: [{ question: 'wants', text: 'Would you like me to renew it now?' }],
    owed: [{ question: 'wants', text: 'Would you like me to renew it now?' }],
    ...change,
  };
}
