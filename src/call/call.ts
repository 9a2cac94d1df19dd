// One call as the call machine knows it: its state, what may happen to it, and what it asks for.

import type { AttemptId, BridgeId, CampaignName, Detection, LegId, Result, SessionId, Verdict } from '../terms.ts';
import type { Talk, TalkEvent, Third } from './talk.ts';

export const CALL_STATES = [
  'placing',
  'ringing',
  'answered',
  'detecting',
  'waiting',
  'connecting',
  'talking',
  'handing-over',
  'handed-over',
  'abandon-message',
  'confirming',
  'awaiting-beep',
  'leaving-message',
  'releasing',
  'ended',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** What the campaign wants done with its calls. */
export interface CallPlan {
  readonly detection: Detection;
  readonly onMachine: 'hang-up' | 'keep' | 'leave-message';
  /** A machine that is to be left a message has this long to come to its beep. */
  readonly beepWithinMs: number;
  /** What a person who has no agent presses to be put on the do-not-call list; absent: nothing. */
  readonly doNotCallKey?: string;
  readonly ringTimeoutMs: number;
  readonly minRingMs: number;
  readonly noAgentAfterMs: number;
  /** A conversation whose agent's phone is lost waits this long for an agent. */
  readonly reconnectMs: number;
}

/** How a call came about. */
export type CallOrigin = 'campaign' | 'callback' | 'personal-callback' | 'missed' | 'inbound';

export interface Call {
  readonly origin: CallOrigin;
  readonly attempt: AttemptId;
  readonly leg: LegId;
  readonly campaign: CampaignName;
  readonly plan: CallPlan;
  readonly state: CallState;
  readonly dialedAt: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  /** The leg is under our control. */
  readonly arrived: boolean;
  readonly liveAt?: number;
  readonly bridgedAt?: number;
  /** When the person who still has no agent is given up. */
  readonly limitAt?: number;
  /** The agent found for it, also while still connecting. */
  readonly session?: SessionId;
  /** The bridge the person's leg is in, or, on hold, was in and comes back to. */
  readonly bridge?: BridgeId;
  /** How a conversation stands in which a control has been used. */
  readonly talk?: Talk;
  /** Whom the agent has brought in, or given the person to. */
  readonly third?: Third;
  readonly verdict?: Verdict;
  readonly verdictCause?: string;
  /** The person has asked by key not to be called again. */
  readonly optedOut?: true;
  /** The exchange has played the message itself: nothing of ours can be played any more. */
  readonly abandonMessageByExchange?: true;
  /** The campaign's message was played to the machine's end of the call, to its own end. */
  readonly messageLeft?: true;
  readonly cause?: number;
  readonly sipCode?: number;
  /** The network asked not to be called again before this time has passed. */
  readonly retryAfterMs?: number;
  /** Gone unheard, and the exchange has a record of it: it may have rung. */
  readonly mayHaveRung?: true;
  readonly endedBy?: 'person' | 'agent' | 'dialer' | 'network';
  /** Decided as soon as it is known, before the leg has gone. */
  readonly result?: Result;
}

export const CALL_EVENTS = [
  'came-in',
  'restored',
  'place-failed',
  'ringing',
  'progress',
  'answered',
  'arrived',
  'verdict',
  'agent-found',
  'bridged',
  'join-refused',
  'detect-refused',
  'limit-reached',
  'ring-timeout',
  'cancel',
  'agent-hung-up',
  'agent-lost',
  'abandon-message-begun',
  'abandon-message-over',
  'opt-out',
  'confirmation-over',
  'beep',
  'beep-refused',
  'message-over',
  'control',
  'hanging-up',
  'ended',
  'vanished',
] as const;

/** A call as the exchange shows it after a restart of ours. */
type RestoredAs =
  /** No leg of it is left; how it ended follows. `toSpeak`: the agent who has yet to say what the conversation was. */
  | { readonly is: 'gone'; readonly toSpeak?: SessionId }
  /** It rings, and we have given it up. */
  | { readonly is: 'given-up' }
  /** `heldAt`: on hold since then, and in no bridge. */
  | {
      readonly is: 'talking';
      readonly session: SessionId;
      readonly bridge: BridgeId;
      readonly heldAt?: number;
      readonly isMuted?: true;
      /** In the agent's bridge. */
      readonly third?: Third;
    }
  /** With a third party alone; or, given away and not taken yet, with no one. */
  | { readonly is: 'handed-over'; readonly third: Third }
  | { readonly is: 'given-away' }
  /** `ours`: the leg is under our control, else the dialplan has it. */
  | { readonly is: 'answered' | 'with-a-machine'; readonly ours: boolean };

export type CallEvent =
  /** A person calls us, and the leg is answered; outside of the campaign's hours when `isClosed`. */
  | { readonly type: 'came-in'; readonly isClosed: boolean }
  | { readonly type: 'restored'; readonly as: RestoredAs }
  /** `isForbidden`: it is a number that we never dial; the exchange was not asked. */
  | { readonly type: 'place-failed'; readonly reason: string; readonly isForbidden?: true }
  | { readonly type: 'ringing' | 'progress' | 'answered' | 'arrived' }
  | { readonly type: 'verdict'; readonly verdict: Verdict; readonly cause: string }
  | { readonly type: 'agent-found'; readonly session: SessionId; readonly bridge: BridgeId }
  | { readonly type: 'bridged'; readonly bridge: BridgeId }
  | { readonly type: 'join-refused' | 'detect-refused' | 'limit-reached' | 'ring-timeout' }
  /** `byAgent`: who had it dialed puts down, whatever the ring time. */
  | { readonly type: 'cancel'; readonly byAgent?: true }
  | { readonly type: 'agent-hung-up' | 'agent-lost' | 'abandon-message-over' }
  /** The exchange has taken the leg back and plays the message by itself: nothing came of it in time. */
  | { readonly type: 'abandon-message-begun' }
  /** The person pressed the do-not-call key; the confirmation of that has been heard. */
  | { readonly type: 'opt-out' | 'confirmation-over' }
  /** The machine is silent after its greeting, or was not within the limit. */
  | { readonly type: 'beep'; readonly heard: boolean }
  /** `played`: to its end. */
  | { readonly type: 'message-over'; readonly played: boolean }
  | { readonly type: 'beep-refused' }
  /** A control of the conversation is asked for, or has been carried out. */
  | { readonly type: 'control'; readonly control: TalkEvent }
  | {
      readonly type: 'hanging-up' | 'ended';
      readonly cause: number;
      readonly sipCode?: number;
      readonly retryAfterMs?: number;
    }
  /** The exchange no longer knows the leg; `answered` is what its call record says, `recorded` that there is one. */
  | { readonly type: 'vanished'; readonly answered: boolean; readonly cause: number; readonly recorded?: true };

export type CallTimer = 'ring' | 'limit' | 'reap';

/** Why an agent is given back. */
export type ReleaseReason = 'person-hung-up' | 'agent-hung-up' | 'machine' | 'not-connected';

export type CallEffect =
  | { readonly do: 'hang-up' }
  | { readonly do: 'seek-agent' }
  | { readonly do: 'stop-seeking' }
  | { readonly do: 'join-agent'; readonly bridge: BridgeId }
  | { readonly do: 'release-agent'; readonly session: SessionId; readonly why: ReleaseReason }
  | { readonly do: 'agent-connected'; readonly session: SessionId }
  | { readonly do: 'detect-before-agent' }
  | { readonly do: 'detect-in-parallel' }
  | { readonly do: 'start-waiting-sound' }
  | { readonly do: 'stop-waiting-sound' }
  | { readonly do: 'play-abandon-message' }
  | { readonly do: 'stop-abandon-message' }
  /** The person's number goes on the do-not-call list, and the person hears that it does. */
  | { readonly do: 'put-on-do-not-call-list' }
  | { readonly do: 'confirm-do-not-call' }
  /** The person leaves the agent's bridge to be on hold, or comes back into it. */
  | { readonly do: 'part' | 'rejoin'; readonly bridge: BridgeId }
  | { readonly do: 'start-hold-music' | 'stop-hold-music' }
  | { readonly do: 'mute-agent' | 'unmute-agent'; readonly session: SessionId }
  /** The agent hears that the person is on hold, or is there again; that the third party is there, or is not. */
  | { readonly do: 'prompt-agent'; readonly what: 'held' | 'open' | 'third-here' | 'third-gone' }
  /** A person who was given away and not taken hears so. */
  | { readonly do: 'prompt-person' }
  /** `hand-over`: person and third party go into a bridge of their own; `drop-third`: its call ends, an agent's phone goes home. */
  | { readonly do: 'call-third' | 'hand-over'; readonly third: Third }
  /** `isGiven`: the agent is given the person next. */
  | { readonly do: 'drop-third'; readonly third: Third; readonly isGiven?: true }
  | { readonly do: 'seat-third'; readonly third: Third; readonly bridge: BridgeId }
  | { readonly do: 'give-to-agent'; readonly session: SessionId }
  | { readonly do: 'await-beep' }
  | { readonly do: 'leave-message' }
  | { readonly do: 'set-timer'; readonly timer: CallTimer; readonly at: number }
  | { readonly do: 'clear-timer'; readonly timer: CallTimer }
  /** Something the pacer must hear. */
  | {
      readonly do: 'report-to-pacer';
      readonly fact: 'ringing' | 'answered' | 'live' | 'machine' | 'abandoned' | 'connected';
    }
  /** Progress worth keeping through a crash. */
  | { readonly do: 'note-progress' }
  /** The attempt is over; comes exactly once. */
  | { readonly do: 'close' };
