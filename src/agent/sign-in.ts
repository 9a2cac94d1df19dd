// How an agent signs in from a phone: number, PIN, campaign, all by keys. A table of its own, pure.
// The PIN itself is checked outside; three wrong ones in a row lock the agent out for a while.

import type { AgentNumber, CampaignName, LegId, SessionId } from '../terms.ts';

export const SIGN_IN_STATES = ['asking-number', 'asking-pin', 'checking', 'asking-campaign', 'done'] as const;
export type SignInState = (typeof SIGN_IN_STATES)[number];

export interface SignIn {
  readonly leg: LegId;
  readonly account: string;
  readonly state: SignInState;
  /** Keys typed so far for the present question. */
  readonly typed: string;
  readonly number?: AgentNumber;
  readonly campaigns?: readonly CampaignName[];
  readonly triesLeft: number;
  /** The phone was called for the session of `number`, and is theirs once the PIN is typed on it. */
  readonly confirms?: true;
  /** A supervisor wants to hear an agent: no session is opened. */
  readonly wants?: 'listening';
}

export type SignInEvent =
  | { readonly type: 'key'; readonly key: string }
  /**
   * The PIN is right; `campaigns` may be joined, `session` is one that this agent already has, `supervisor` the user whose
   * number it is, where they may listen.
   */
  | {
      readonly type: 'accepted';
      readonly campaigns: readonly CampaignName[];
      readonly session?: SessionId;
      readonly supervisor?: string;
    }
  | { readonly type: 'refused'; readonly why: 'wrong' | 'locked-out' }
  | { readonly type: 'silence' }
  | { readonly type: 'ended' };

export const SIGN_IN_EVENTS = ['key', 'accepted', 'refused', 'silence', 'ended'] as const;

export type SignInPrompt =
  | 'enter-agent-number'
  | 'enter-pin'
  | 'confirm-phone'
  | 'wrong-number-or-pin'
  | 'locked-out'
  | 'no-campaign'
  | 'choose-campaign'
  | 'not-a-choice'
  | 'may-not-listen'
  | 'goodbye';

export type SignInEffect =
  | { readonly do: 'say'; readonly prompts: readonly SignInPrompt[] }
  | { readonly do: 'check'; readonly number: AgentNumber; readonly pin: string }
  | { readonly do: 'open-session'; readonly number: AgentNumber; readonly campaign: CampaignName }
  | { readonly do: 'rejoin'; readonly session: SessionId }
  /** From here on it is a matter of whom they hear; `typed`: keys that came during the check, and are for that. */
  | {
      readonly do: 'listen-in';
      readonly number: AgentNumber;
      readonly supervisor: string;
      readonly typed: string;
    }
  | { readonly do: 'hang-up' }
  /** Wait this long for the next key. */
  | { readonly do: 'listen' };

export interface SignInStep {
  readonly signIn: SignIn;
  readonly effects: readonly SignInEffect[];
  readonly ignored: boolean;
}

type Outcome = readonly [SignIn, ...SignInEffect[]];
type Row = {
  readonly [T in SignInEvent['type']]?: (
    signIn: SignIn,
    event: Extract<SignInEvent, { type: T }>,
  ) => Outcome | undefined;
};

/** How many keys a number or PIN may have before it is taken as typed wrong. */
const MAX_KEYS = 16;

/** A phone has dialed the sign-in code. */
export function startSignIn(leg: LegId, account: string): Outcome {
  return [
    { leg, account, state: 'asking-number', typed: '', triesLeft: 3 },
    { do: 'say', prompts: ['enter-agent-number'] },
    { do: 'listen' },
  ];
}

/** A phone has dialed the code of those who listen. */
export function startListenIn(leg: LegId, account: string): Outcome {
  const [signIn, ...effects] = startSignIn(leg, account);
  return [{ ...signIn, wants: 'listening' }, ...effects];
}

/** An outside phone has picked up: only the agent's PIN makes it the agent's, so that no voicemail box becomes one. */
export function startConfirmation(leg: LegId, account: string, number: AgentNumber): Outcome {
  return [
    { leg, account, state: 'asking-pin', typed: '', triesLeft: 3, number, confirms: true },
    { do: 'say', prompts: ['confirm-phone', 'enter-pin'] },
    { do: 'listen' },
  ];
}

/** The sign-in after `event`; total over all states and events. */
export function stepSignIn(signIn: SignIn, event: SignInEvent): SignInStep {
  const row = TABLE[signIn.state] as Readonly<
    Record<string, ((s: SignIn, e: SignInEvent) => Outcome | undefined) | undefined>
  >;
  const outcome = row[event.type]?.(signIn, event);
  if (!outcome) return { signIn, effects: [], ignored: true };
  const [next, ...effects] = outcome;
  return { signIn: next, effects, ignored: false };
}

const set = (signIn: SignIn, change: Partial<SignIn>): Outcome => [{ ...signIn, ...change }];

/** Keys until `#`; undefined while more may come. */
function typedUp(signIn: SignIn, key: string): { readonly typed: string; readonly done: boolean } {
  if (key === '#') return { typed: signIn.typed, done: true };
  if (key === '*') return { typed: '', done: false };
  return { typed: (signIn.typed + key).slice(0, MAX_KEYS), done: false };
}

const numberKey: NonNullable<Row['key']> = (signIn, event) => {
  const { typed, done } = typedUp(signIn, event.key);
  if (!done) return [...set(signIn, { typed }), { do: 'listen' }];
  if (typed === '') return [signIn, { do: 'say', prompts: ['enter-agent-number'] }, { do: 'listen' }];
  const [next] = set(signIn, { number: typed, typed: '', state: 'asking-pin' });
  return [next, { do: 'say', prompts: ['enter-pin'] }, { do: 'listen' }];
};

const pinKey: NonNullable<Row['key']> = (signIn, event) => {
  const { typed, done } = typedUp(signIn, event.key);
  if (!done) return [...set(signIn, { typed }), { do: 'listen' }];
  const [next] = set(signIn, { typed: '', state: 'checking' });
  return [next, { do: 'check', number: signIn.number ?? '', pin: typed }];
};

/** Right PIN or not, only who may supervise hears anyone. */
const listenIn: NonNullable<Row['accepted']> = (signIn, { supervisor }) => {
  const [done] = set(signIn, { state: 'done' });
  if (supervisor === undefined) return [done, { do: 'say', prompts: ['may-not-listen', 'goodbye'] }, { do: 'hang-up' }];
  return [done, { do: 'listen-in', number: signIn.number ?? '', supervisor, typed: signIn.typed }];
};

const accepted: NonNullable<Row['accepted']> = (signIn, event) => {
  if (signIn.wants === 'listening') return listenIn(signIn, event);
  if (event.session !== undefined) return [...set(signIn, { state: 'done' }), { do: 'rejoin', session: event.session }];
  // The session has ended meanwhile.
  if (signIn.confirms === true) return [...set(signIn, { state: 'done' }), { do: 'hang-up' }];
  const [first, second] = event.campaigns;
  if (first === undefined)
    return [...set(signIn, { state: 'done' }), { do: 'say', prompts: ['no-campaign', 'goodbye'] }, { do: 'hang-up' }];
  if (second === undefined) return open(signIn, first);
  const [next] = set(signIn, { state: 'asking-campaign', campaigns: event.campaigns });
  return [next, { do: 'say', prompts: ['choose-campaign'] }, { do: 'listen' }];
};

const open = (signIn: SignIn, campaign: CampaignName): Outcome => [
  ...set(signIn, { state: 'done' }),
  { do: 'open-session', number: signIn.number ?? '', campaign },
];

const refused: NonNullable<Row['refused']> = (signIn, event) => {
  const triesLeft = signIn.triesLeft - 1;
  if (event.why === 'locked-out' || triesLeft <= 0) {
    const prompt: SignInPrompt = event.why === 'locked-out' ? 'locked-out' : 'wrong-number-or-pin';
    return [
      ...set(signIn, { state: 'done', triesLeft }),
      { do: 'say', prompts: [prompt, 'goodbye'] },
      { do: 'hang-up' },
    ];
  }
  if (signIn.confirms === true) {
    const [again] = set(signIn, { state: 'asking-pin', typed: '', triesLeft });
    return [again, { do: 'say', prompts: ['wrong-number-or-pin', 'enter-pin'] }, { do: 'listen' }];
  }
  const { number: _number, ...rest } = signIn;
  return [
    { ...rest, state: 'asking-number', typed: '', triesLeft },
    { do: 'say', prompts: ['wrong-number-or-pin', 'enter-agent-number'] },
    { do: 'listen' },
  ];
};

const campaignKey: NonNullable<Row['key']> = (signIn, event) => {
  if (event.key === '*') return [signIn, { do: 'say', prompts: ['choose-campaign'] }, { do: 'listen' }];
  const campaign = signIn.campaigns?.[Number(event.key) - 1];
  return campaign === undefined
    ? [signIn, { do: 'say', prompts: ['not-a-choice', 'choose-campaign'] }, { do: 'listen' }]
    : open(signIn, campaign);
};

/** Keys typed while the PIN is checked are for the next question. */
const keyAhead: NonNullable<Row['key']> = (signIn, event) =>
  set(signIn, { typed: (signIn.typed + event.key).slice(0, 2 * MAX_KEYS) });

/**
 * What the check led to, and a whole answer (up to `#`) typed ahead as if it came now: no one is asked what they have
 * answered. Fewer keys stay typed when they begin the same number again, as by somebody who noticed the slip; others
 * are forgotten: they were meant for another question.
 */
function typedAhead(signIn: SignIn, answered: Outcome | undefined): Outcome | undefined {
  if (!answered) return answered;
  const [asking, ...asked] = answered;
  if (asking.state !== 'asking-number') return answered;
  if (signIn.number?.startsWith(signIn.typed)) return [{ ...asking, typed: signIn.typed }, ...asked];
  if (!signIn.typed.includes('#')) return answered;
  let next: SignIn = { ...asking, typed: '' };
  const effects: SignInEffect[] = asked.filter((effect) => effect.do !== 'say');
  for (const key of signIn.typed) {
    const step = stepSignIn(next, { type: 'key', key });
    next = step.signIn;
    effects.push(...step.effects);
  }
  return [next, ...effects];
}

/** No one types: good-bye, so that a forgotten phone does not hold a line. */
const silence: NonNullable<Row['silence']> = (signIn) => [
  ...set(signIn, { state: 'done' }),
  { do: 'say', prompts: ['goodbye'] },
  { do: 'hang-up' },
];

const ended: NonNullable<Row['ended']> = (signIn) => set(signIn, { state: 'done' });

const TABLE: Readonly<Record<SignInState, Row>> = {
  'asking-number': { key: numberKey, silence, ended },
  'asking-pin': { key: pinKey, silence, ended },
  checking: {
    key: keyAhead,
    accepted,
    refused: (signIn, event) => typedAhead(signIn, refused(signIn, event)),
    ended,
  },
  'asking-campaign': { key: campaignKey, silence, ended },
  done: {},
};
