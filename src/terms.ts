// The words of the trade as outdial uses them, one word per thing. Everything else builds on these.
//
// contact      a person in the directory: fields, one or more phones (E.164, type)
// list         a named set of contacts, usually one imported file
// campaign     mode, lists and filter, agent groups, schedule, caller IDs, rules, dispositions, pacing targets
// record       one contact's entry in one campaign: what is still to be done with it
// reservation  a record kept for one agent before it is dialed, for a limited time
// attempt      one dialing of one phone of one record
// result       what the network and the dialer observed of an attempt
// disposition  what the agent said it was
// leg          one channel in Asterisk; a call is the customer's leg and whatever it is bridged to
// agent session  a logged-in stretch of an agent on one campaign
// live answer  a person picked up (a machine or fax did not)
// abandoned    a live answer that got no agent within the limit (2 s), whoever then hung up
// abandon message  what that person hears: who called, and a number to call
// verdict      what the detector took an answer for: person, machine, fax; what rules make of a record is a decision
// opt-out      a person's order, by key, not to be called again
// callback     an agreed time to call again, personal or of any agent
// unknown caller  somebody who called and of whom the campaign has no record
// engaged      an agent kept for a person who is being called, or for a record that is looked at before that
// overdial     lines ringing beyond agents free now
//
// Durations are `…Ms`, instants `…At` (epoch ms, UTC), rates 0–1.

/** How a campaign decides what to dial. */
export const MODES = [
  'manual',
  'preview',
  'push-preview',
  'direct-push-preview',
  'progressive',
  'predictive',
  'ratio',
  'auto-callback',
] as const;
export type Mode = (typeof MODES)[number];

/** The modes in which outdial itself decides how many lines to dial. */
export const PACED_MODES = ['progressive', 'predictive', 'ratio'] as const satisfies readonly Mode[];
export type PacedMode = (typeof PACED_MODES)[number];

/** What became of an attempt, as the network and the dialer saw it. Each attempt ends in exactly one. */
export const RESULTS = [
  'connected',
  'abandoned',
  'machine',
  'fax',
  'busy',
  'no-answer',
  'rejected',
  'invalid-number',
  'congestion',
  'failed',
  'cancelled',
] as const;
export type Result = (typeof RESULTS)[number];

/** `engaged`: kept for one record and the person who is being called for it; gets no other call. */
export const AGENT_STATES = ['offline', 'paused', 'ready', 'engaged', 'reserved', 'talking', 'wrap-up'] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** How an agent's phone is reached: one leg kept open all session, or rung for each call. */
export const PHONE_MODES = ['nailed-up', 'ringing'] as const;
export type PhoneMode = (typeof PHONE_MODES)[number];

/** What a nailed-up agent hears between calls. */
export type WaitingSound = 'silence' | 'music';

export const CAMPAIGN_STATES = [
  'unapproved',
  'approved',
  'running',
  'paused',
  'stopped',
  'exhausted',
  'archived',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const CAMPAIGN_ACTIONS = ['approve', 'start', 'pause', 'resume', 'stop', 'archive'] as const;
export type CampaignAction = (typeof CAMPAIGN_ACTIONS)[number];

/** Whether machines are distinguished from people, and when. */
export type Detection = 'off' | 'before-agent' | 'parallel';

/** What a detector said of who answered; `unsure` counts as a person. */
export const VERDICTS = ['human', 'machine', 'fax', 'unsure'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Where a record stands in its campaign. */
export const RECORD_STATES = ['fresh', 'waiting', 'dialing', 'finished', 'removed'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export const PHONE_TYPES = ['mobile', 'home', 'work', 'other'] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

export interface Phone {
  /** E.164 with the plus sign. */
  readonly number: string;
  readonly type: PhoneType;
  /** The contact's own number, when a call-again rule has changed what is dialed for one record. */
  readonly was?: string;
}

/** What becomes of contacts in an import that are there already. */
export const DUPLICATES = ['skip', 'merge', 'fail'] as const;
export type Duplicates = (typeof DUPLICATES)[number];

/** Ids are plain strings with a name each, so that signatures read. */
export type AttemptId = string;
/** Of a record that is kept for an agent. */
export type ReservationId = string;
export type LegId = string;
export type BridgeId = string;
export type SessionId = string;
export type CampaignName = string;
/** What an agent types to sign in: digits only. */
export type AgentNumber = string;

/** What a disposition may ask for besides: when to call again, another phone of the contact, or why. */
export const DISPOSITION_ASKS = ['callback', 'phone', 'reason'] as const;

/** One of the agent's answers to "what was it?". */
export interface Disposition {
  readonly code: string;
  readonly label: string;
  /** Key on the phone, one digit. */
  readonly key?: string;
  /** What the agent must say besides: when to call again, another phone of the contact, or why. */
  readonly ask?: (typeof DISPOSITION_ASKS)[number];
  /** What it does whatever the call-again rules say. */
  readonly then?: DispositionThen;
}

/**
 * `do-not-call` puts the dialed number, or all of the contact's, on a do-not-call list; `do-not-call-back` lets the
 * record rest for the campaign's time; `close` finishes it.
 */
export type DispositionThen =
  | { readonly do: 'do-not-call'; readonly list: 'global' | 'campaign'; readonly numbers: 'dialed' | 'all' }
  | { readonly do: 'do-not-call-back' }
  | { readonly do: 'close' };

export interface PauseReason {
  readonly code: string;
  readonly label: string;
  readonly key?: string;
}

/** What outdial reports to other systems, by webhook. */
export const OUTSIDE_EVENTS = [
  'attempt.ended',
  'inbound.began',
  'inbound.ended',
  'disposition.given',
  'callback.changed',
  'record.closed',
  'campaign.changed',
  'agent.session',
  'do-not-call.added',
] as const;
export type OutsideEvent = (typeof OUTSIDE_EVENTS)[number];
