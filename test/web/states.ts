// Every view and state of the workspace by name: what the server says in it. Tests look at each, and pictures are made of
// some.

import type { DeskInteraction } from '../../src/http/wire/desk-record.ts';
import type { DeskView } from '../../src/http/wire/desk.ts';
import { COLLEAGUES, PAGE, TIMELINE } from './answers.ts';
import type { ScriptedDesk } from './scripted-desk.ts';
import {
  aCall,
  aDayOfTimes,
  aDeskCampaign,
  aDeskRecord,
  aDeskSession,
  anInteraction,
  aScriptView,
  aView,
  previewing,
  wrappingUp,
} from './views.ts';

export interface State {
  /** What a page must show before it is looked at. */
  readonly awaits: string;
  readonly view?: (now: number) => Partial<DeskView>;
  readonly script?: object;
  /** Then this key is pressed. */
  readonly press?: string;
  /** Of the call as the exchange has it. */
  readonly call?: Parameters<typeof aCall>[0];
  /** Half typed. */
  readonly forms?: DeskView['forms'];
  readonly isSignedOut?: boolean;
}

export function dressDesk(desk: ScriptedDesk, state: State): void {
  desk.user = state.isSignedOut === true ? null : { name: 'eve', agent: '101' };
  desk.view = aView({ ...state.view?.(Date.now()), forms: state.forms ?? [] });
  desk.script = state.script ?? null;
  if (desk.view.interaction?.state === 'talking') desk.view = { ...desk.view, call: aCall(state.call) };
  desk.colleagues = COLLEAGUES;
  desk.timeline = TIMELINE;
  desk.callbackTimes = ({ date = '2026-12-01' }) => aDayOfTimes(date);
  desk.gets.set('/api/agent/campaigns/spring-renewals', PAGE);
}

const MANY = [
  aDeskCampaign(),
  aDeskCampaign({
    name: 'win-back',
    kind: 'preview',
    mode: 'preview',
    delivery: 'manual',
    channel: null,
    description: 'People who left last year.',
    status: 'active',
    why: 'The window is closed and opens at 2026-12-01 14:00 (America/New_York).',
    reason: { kind: 'window-closed', opensAt: Date.UTC(2026, 11, 1, 19), zone: 'America/New_York' },
    takes: false,
  }),
  aDeskCampaign({
    name: 'complaints',
    kind: 'push-preview',
    mode: 'push-preview',
    channel: 'preview',
    description: 'Call back whoever complained this week.',
  }),
];

const inSession = (change: Partial<DeskView> = {}, session: Parameters<typeof aDeskSession>[0] = {}) => {
  return (now: number): Partial<DeskView> => ({ session: aDeskSession(session, now), ...change });
};

type MakeInteraction = (now: number) => DeskInteraction;

const holding = (make: MakeInteraction, session: Parameters<typeof aDeskSession>[0] = {}) => {
  return (now: number): Partial<DeskView> => ({
    session: aDeskSession({ state: 'talking', ...session }, now),
    interaction: make(now),
  });
};

const pulling = aDeskCampaign({
  kind: 'preview',
  mode: 'preview',
  delivery: 'manual',
  channel: null,
  action: 'get-record',
  takes: false,
});

export const STATES: Readonly<Record<string, State>> = {
  'sign-in': { awaits: '.sign-in', isSignedOut: true },
  'my-campaigns': {
    awaits: '.campaigns',
    view: (now) => ({
      campaigns: MANY,
      notices: [
        {
          id: 'n1',
          at: now - 60_000,
          kind: 'campaign-started',
          code: 'started',
          campaign: 'complaints',
          text: 'The campaign complaints has been started.',
        },
      ],
    }),
  },
  'phone-rings': {
    awaits: '[data-standing="phone-ringing"]',
    view: inSession({}, { phone: { kind: 'account', state: 'ringing', address: '101' }, state: 'paused' }),
  },
  waiting: { awaits: '[data-standing="ready"]', view: inSession() },
  stopping: { awaits: '.bar-notes .note', view: inSession({ stopping: true }) },
  paused: {
    awaits: '[data-standing="paused"]',
    view: inSession({}, { state: 'paused', pause: { code: 'break', label: 'Break' } }),
  },
  talking: { awaits: '.script-parts', view: holding((now) => anInteraction({}, now)), script: aScriptView() },
  'muted-and-held': {
    awaits: '.controls .chip',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    call: { muted: true, heldSince: Date.now() - 21_000 },
  },
  'asked-to-mute': {
    awaits: '.switch-mute.is-asked',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    call: { pending: true, changing: ['mute'], recording: 'paused' },
  },
  keys: {
    awaits: '.contact-name',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    press: '?',
  },
  transfer: {
    awaits: '.contact-name',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    press: 'Alt+g',
  },
  keypad: {
    awaits: '.contact-name',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    press: 'Alt+k',
  },
  'third-rings': {
    awaits: '.third.calling',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    call: {
      heldSince: Date.now() - 4_000,
      third: { who: 'claims', kind: 'number', state: 'calling' },
      parties: [],
    },
  },
  consulting: {
    awaits: '.third.consulting',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    call: {
      heldSince: Date.now() - 34_000,
      third: { who: 'claims', kind: 'number', state: 'here' },
      parties: ['third-party'],
    },
  },
  'three-way': {
    awaits: '.third.three',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    call: { third: { who: '103', kind: 'agent', state: 'here' }, parties: ['person', 'third-party'] },
  },
  'callback-form': {
    awaits: '.contact-name',
    view: holding((now) => anInteraction({}, now)),
    script: aScriptView(),
    press: 'Alt+c',
  },
  'talking-callback': {
    awaits: '.contact-name',
    view: holding(
      (now) =>
        anInteraction(
          { origin: { kind: 'personal-callback', label: 'Personal Callback' }, record: aDeskRecord({ priority: 5 }) },
          now,
        ),
      { pauseNext: { code: 'lunch', label: 'Lunch' } },
    ),
    script: aScriptView(),
  },
  'wrap-up': {
    awaits: '[data-standing="wrap-up"]',
    view: holding(
      (now) =>
        wrappingUp(
          {
            disposition: { code: 'later', reason: null, phone: null },
            missing: [],
            callback: {
              at: Date.UTC(2026, 11, 1, 15, 0),
              zone: 'America/New_York',
              local: '2026-12-01T10:00',
              number: '+12125550123',
              type: 'mobile',
              personal: true,
            },
            notes: { text: 'Prefers mornings. Wants the papers by e-mail.', version: 4, at: now },
          },
          now,
        ),
      { state: 'wrap-up' },
    ),
    script: aScriptView({ isOver: true, exit: 'not-interested', missing: [], owed: [] }),
  },
  'wrap-up-missing': {
    awaits: '[data-standing="wrap-up"]',
    view: holding((now) => wrappingUp({}, now), { state: 'wrap-up' }),
    script: aScriptView(),
  },
  preview: {
    awaits: '.number .button',
    view: holding((now) => previewing({ deadlineAt: now + 42_000, atDeadline: 'dial' }, now), { state: 'reserved' }),
  },
  'preview-by-click': {
    awaits: '.number .button',
    view: holding(
      (now) =>
        previewing(
          { mustClickNumber: true, callerIds: ['+12125550100', '+12125550101'], kind: 'manual', declines: ['never'] },
          now,
        ),
      { state: 'reserved' },
    ),
  },
  'no-record': {
    awaits: '[data-standing="idle"]',
    view: inSession({
      campaigns: [pulling],
      nothing: 'No record is due before 2026-12-01 14:30 (America/New_York): not due yet.',
      nothingReason: {
        kind: 'record-due',
        at: Date.UTC(2026, 11, 1, 19, 30),
        zone: 'America/New_York',
        wait: { kind: 'attempts-per-contact' },
      },
    }),
  },
  offered: {
    awaits: '[data-standing="offered"]',
    view: holding(
      (now) =>
        previewing(
          {
            kind: 'push-preview',
            state: 'offered',
            may: ['accept', 'reject'],
            newNumbers: false,
            declines: [],
            deadlineAt: now + 17_000,
            atDeadline: 'reject',
          },
          now,
        ),
      { state: 'reserved' },
    ),
  },
  engaged: {
    awaits: '[data-standing="engaged"]',
    view: holding(
      (now) =>
        previewing(
          { kind: 'engaged', state: 'dialing', record: null, may: [], origin: { kind: 'list', label: '' } },
          now,
        ),
      { state: 'engaged' },
    ),
  },
  dialing: {
    awaits: '[data-standing="ringing"]',
    view: holding(
      (now) =>
        previewing(
          {
            state: 'dialing',
            may: ['cancel-dial', 'write-notes'],
            since: now - 6_000,
            call: {
              attempt: 'a1',
              state: 'ringing',
              isInbound: false,
              number: '+12125550123',
              callerId: '+12125550100',
              talkedSince: null,
            },
            tried: [{ attempt: 'a9', number: '+12125550177', result: 'busy' }],
          },
          now,
        ),
      { state: 'reserved' },
    ),
  },
  'before-call': {
    awaits: '[data-standing="before-call"]',
    view: holding(
      (now) =>
        previewing(
          { kind: 'progressive', state: 'before-call', may: ['call'], deadlineAt: now + 9_000, atDeadline: 'dial' },
          now,
        ),
      { state: 'reserved' },
    ),
  },
  blocked: {
    awaits: '.contact .note',
    view: holding(
      (now) =>
        previewing(
          {
            message: {
              code: 'blocked-no-other',
              text: 'This number is on a do-not-call list, and the contact has no other number that may be called.',
              next: 'Choose Done to get the next record.',
              rule: 'do-not-call',
              nextTaken: false,
            },
            may: ['done', 'decline'],
          },
          now,
        ),
      { state: 'reserved' },
    ),
  },
  countdown: {
    awaits: '.step-note',
    view: (now) => ({
      session: aDeskSession({}, now),
      countdown: { campaign: 'spring-renewals', until: now + 4_600 },
    }),
  },
  hostile: {
    awaits: '.contact-name',
    view: holding((now) =>
      anInteraction(
        {
          origin: { kind: 'inbound', label: '<b>Bold</b>' },
          record: aDeskRecord({
            name: 'שרה <script>alert(1)</script> كلينا — a name that goes on for very much longer than any column is wide',
            fields: Array.from({ length: 200 }, (_, place) => ({
              field: `f${place}`,
              label: `Field ${place} with a long label`,
              type: 'text' as const,
              choices: [],
              editable: place % 2 === 0,
              required: place % 7 === 0,
              value: place % 3 === 0 ? null : 'x'.repeat(place),
            })),
          }),
          dispositions: Array.from({ length: 24 }, (_, place) => ({
            code: `d${place}`,
            label: `Outcome number ${place}`,
            key: null,
            ask: null,
          })),
          notes: { text: 'long '.repeat(400), version: 2, at: now },
        },
        now,
      ),
    ),
    script: aScriptView(),
  },
};
