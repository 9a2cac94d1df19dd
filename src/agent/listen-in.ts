// A supervisor at a phone, whose number and PIN are known: chooses an agent by keys, hears, is heard, goes on to the next.
// A table of its own, pure. Who may listen and who hears whom is decided outside, and comes in as events.

import type { AgentNumber, LegId } from '../terms.ts';
import type { ListeningMode } from './listening-mode.ts';

export const LISTEN_IN_STATES = ['asking-agent', 'beginning', 'listening', 'done'] as const;
export type ListenInState = (typeof LISTEN_IN_STATES)[number];

export interface ListenIn {
  readonly leg: LegId;
  /** SIP account of the phone that was dialed from. */
  readonly account: string;
  /** The supervisor's own, whose PIN was typed, and the user whose number it is. */
  readonly number: AgentNumber;
  readonly user: string;
  readonly state: ListenInState;
  /** Keys typed so far of an agent's number. */
  readonly typed: string;
  /** Who is heard, or asked for. */
  readonly agent?: AgentNumber;
  /** The keys were said once. */
  readonly knowsKeys?: true;
}

/** Why an agent is not heard, or no longer. */
type NotHeard = 'not-there' | 'number-listens' | 'agent-left' | 'ended' | 'no-right';

export type ListenInEvent =
  | { readonly type: 'key'; readonly key: string }
  /** The next agent who talks; absent: no other does. */
  | { readonly type: 'next'; readonly agent?: AgentNumber }
  /** The agent is heard. */
  | { readonly type: 'begun' }
  | { readonly type: 'not-heard'; readonly why: NotHeard }
  /** The exchange has carried a mode out; it cannot be. */
  | { readonly type: 'mode-set'; readonly mode: ListeningMode }
  | { readonly type: 'mode-refused' }
  /** The agent's conversation is over. */
  | { readonly type: 'call-over' }
  | { readonly type: 'silence' }
  | { readonly type: 'ended' };

export const LISTEN_IN_EVENTS = [
  'key',
  'next',
  'begun',
  'not-heard',
  'mode-set',
  'mode-refused',
  'call-over',
  'silence',
  'ended',
] as const;

export type ListenInPrompt =
  | 'enter-agent-to-hear'
  | 'you-hear-agent'
  | 'keys-listening'
  | 'no-one-hears-you'
  | 'agent-hears-you'
  | 'both-hear-you'
  | 'call-over-stay'
  | 'no-call'
  | 'no-one-talks'
  | 'agent-not-there'
  | 'number-listens'
  | 'listening-over'
  | 'may-not-listen'
  | 'goodbye';

export type ListenInEffect =
  /** `digits`: a number that is read out after the first prompt. */
  | { readonly do: 'say'; readonly prompts: readonly ListenInPrompt[]; readonly digits?: string }
  | { readonly do: 'begin'; readonly agent: AgentNumber }
  /** Looks for the next agent who talks, after this one. */
  | { readonly do: 'next'; readonly after?: AgentNumber }
  | { readonly do: 'mode'; readonly mode: ListeningMode }
  /** Hears no one for now. */
  | { readonly do: 'leave' }
  | { readonly do: 'hang-up' }
  /** Wait this long for the next key. */
  | { readonly do: 'await-key' };

export interface ListenInStep {
  readonly listenIn: ListenIn;
  readonly effects: readonly ListenInEffect[];
  readonly ignored: boolean;
}

type Outcome = readonly [ListenIn, ...ListenInEffect[]];
type Row = {
  readonly [T in ListenInEvent['type']]?: (
    listenIn: ListenIn,
    event: Extract<ListenInEvent, { type: T }>,
  ) => Outcome | undefined;
};

/** How many keys an agent's number may have. */
const MAX_KEYS = 16;

const MODE_KEYS: ReadonlyMap<string, ListeningMode> = new Map([
  ['1', 'listen'],
  ['2', 'whisper'],
  ['3', 'barge'],
  ['4', 'take-over'],
]);

const HEARD_BY: Readonly<Record<Exclude<ListeningMode, 'take-over'>, ListenInPrompt>> = {
  listen: 'no-one-hears-you',
  whisper: 'agent-hears-you',
  barge: 'both-hear-you',
};

const WHY_NOT: Readonly<Record<Exclude<NotHeard, 'no-right'>, ListenInPrompt>> = {
  'not-there': 'agent-not-there',
  'number-listens': 'number-listens',
  'agent-left': 'listening-over',
  ended: 'listening-over',
};

/** Number and PIN are right, and the user may listen. */
export function startListenIn(who: Pick<ListenIn, 'leg' | 'account' | 'number' | 'user'>): Outcome {
  return asked({ ...who, state: 'asking-agent', typed: '' });
}

/** The dialogue after `event`; total over all states and events. */
export function stepListenIn(listenIn: ListenIn, event: ListenInEvent): ListenInStep {
  const row = TABLE[listenIn.state] as Readonly<
    Record<string, ((l: ListenIn, e: ListenInEvent) => Outcome | undefined) | undefined>
  >;
  const outcome = row[event.type]?.(listenIn, event);
  if (!outcome) return { listenIn, effects: [], ignored: true };
  const [next, ...effects] = outcome;
  return { listenIn: next, effects, ignored: false };
}

/** Which agent? After some word of what happened. */
function asked({ agent: _agent, ...listenIn }: ListenIn, ...words: ListenInPrompt[]): Outcome {
  const asking: ListenIn = { ...listenIn, state: 'asking-agent', typed: '' };
  return [asking, { do: 'say', prompts: [...words, 'enter-agent-to-hear'] }, { do: 'await-key' }];
}

const sentAway = (listenIn: ListenIn, ...words: ListenInPrompt[]): Outcome => [
  { ...listenIn, state: 'done' },
  { do: 'say', prompts: [...words, 'goodbye'] },
  { do: 'hang-up' },
];

const begin = (listenIn: ListenIn, agent: AgentNumber): Outcome => [
  { ...listenIn, state: 'beginning', typed: '', agent },
  { do: 'begin', agent },
];

const agentKey: NonNullable<Row['key']> = (listenIn, { key }) => {
  const { typed } = listenIn;
  if (key === '#') return typed === '' ? [listenIn, { do: 'next' }] : begin(listenIn, typed);
  if (key === '*') return typed === '' ? sentAway(listenIn) : asked(listenIn);
  return [{ ...listenIn, typed: (typed + key).slice(0, MAX_KEYS) }, { do: 'await-key' }];
};

const modeKey: NonNullable<Row['key']> = (listenIn, { key }) => {
  const mode = MODE_KEYS.get(key);
  if (mode !== undefined) return [listenIn, { do: 'mode', mode }];
  if (key === '*') {
    const [asking, ...effects] = asked(listenIn);
    return [asking, { do: 'leave' }, ...effects];
  }
  if (key === '#')
    return [listenIn, { do: 'next', ...(listenIn.agent === undefined ? {} : { after: listenIn.agent }) }];
  return key === '0' ? [listenIn, { do: 'say', prompts: ['keys-listening'] }] : undefined;
};

/** Whom they hear is said, and with the first agent what the keys do. */
const begun: NonNullable<Row['begun']> = ({ knowsKeys, ...listenIn }) => [
  { ...listenIn, state: 'listening', knowsKeys: true },
  {
    do: 'say',
    prompts: ['you-hear-agent', ...(knowsKeys === true ? [] : (['keys-listening'] as const))],
    digits: listenIn.agent ?? '',
  },
];

const notHeard: NonNullable<Row['not-heard']> = (listenIn, { why }) => {
  if (why !== 'no-right') return asked(listenIn, WHY_NOT[why]);
  const [away, ...effects] = sentAway(listenIn, 'may-not-listen');
  return [away, { do: 'leave' }, ...effects];
};

/** Who has taken a person over talks with them from here on: no key means anything any more. */
const modeSet: NonNullable<Row['mode-set']> = (listenIn, { mode }) =>
  mode === 'take-over' ? [{ ...listenIn, state: 'done' }] : [listenIn, { do: 'say', prompts: [HEARD_BY[mode]] }];

const say =
  (...prompts: ListenInPrompt[]) =>
  (listenIn: ListenIn): Outcome => [listenIn, { do: 'say', prompts }];

/** No one types: good-bye, so that a forgotten phone does not hold a line. */
const silence: NonNullable<Row['silence']> = (listenIn) => sentAway(listenIn);

const ended: NonNullable<Row['ended']> = (listenIn) => [{ ...listenIn, state: 'done' }];

/** From hearing one agent to hearing another it is the same. */
const next =
  (none: (listenIn: ListenIn) => Outcome): NonNullable<Row['next']> =>
  (listenIn, { agent }) =>
    agent === undefined ? none(listenIn) : begin(listenIn, agent);

const TABLE: Readonly<Record<ListenInState, Row>> = {
  'asking-agent': {
    key: agentKey,
    next: next((listenIn) => asked(listenIn, 'no-one-talks')),
    'not-heard': (listenIn, event) => (event.why === 'no-right' ? notHeard(listenIn, event) : undefined),
    silence,
    ended,
  },
  beginning: { begun, 'not-heard': notHeard, ended },
  listening: {
    key: modeKey,
    next: next(say('no-one-talks')),
    'not-heard': notHeard,
    'mode-set': modeSet,
    'mode-refused': say('no-call'),
    'call-over': say('call-over-stay'),
    ended,
  },
  done: {},
};
