// An agent's session as the agent machine knows it: its state, what may happen to it, and what it asks for.

import type {
  AgentNumber,
  AgentState,
  AttemptId,
  BridgeId,
  CampaignName,
  Disposition,
  LegId,
  PauseReason,
  Phone,
  PhoneMode,
  SessionId,
  WaitingSound,
} from '../terms.ts';

/** What the campaign wants of its agents' sessions. */
export interface SessionPlan {
  readonly phoneMode: PhoneMode;
  readonly waiting: WaitingSound;
  readonly ringMs: number;
  /** Tones say which state it is, a beep that somebody is connected. */
  readonly tones?: true;
  /** The person's name is said at the connection. */
  readonly whisper?: true;
  /** A lost phone is called back for this long before the session ends. */
  readonly graceMs: number;
  readonly wrapUpLimitMs: number;
  readonly dispositionRequired: boolean;
  readonly over: 'paused' | 'ready';
  readonly dispositions: readonly Disposition[];
  readonly pauseReasons: readonly PauseReason[];
}

/** What an agent says besides the disposition. */
export interface Remarks {
  readonly reason?: string;
  /** Another number of the contact, as typed. */
  readonly phone?: string;
}

/** How a callback is agreed on by keys; absent: for this agent, on the number that was called. */
interface Agreeing {
  readonly forAny?: true;
  /** As typed. */
  readonly number?: string;
}

/** When a person is called again. */
interface AgreedCallback {
  readonly at: number;
  readonly zone: string;
  readonly phone: Phone;
  /** Null: any agent's. */
  readonly agent: AgentNumber | null;
}

/**
 * `account`: the desk phone or softphone of the agent's SIP account, which is rung; `browser`: it dials in by itself;
 * `number`: any phone, called over a trunk.
 */
export const PHONE_KINDS = ['account', 'browser', 'number'] as const;
export type PhoneKind = (typeof PHONE_KINDS)[number];

type PhoneState = 'up' | 'ringing' | 'down';

export interface AgentSession {
  readonly session: SessionId;
  readonly agent: AgentNumber;
  readonly account: string;
  readonly name: string;
  readonly campaign: CampaignName;
  readonly plan: SessionPlan;
  readonly state: AgentState;
  readonly since: number;
  /** Why paused. */
  readonly reason?: string;
  readonly bridge: BridgeId;
  readonly phone: PhoneState;
  /** The phone is the agent's browser: it is waited for, where another would be rung. */
  readonly browser?: true;
  /** The phone is an outside one, E.164: it is called when the agent asks for it, and confirms that it is the agent's. */
  readonly outside?: string;
  /** The phone was lost in a conversation: until then the person is kept with music, and finds no other agent. */
  readonly keptUntil?: number;
  readonly leg?: LegId;
  /** The call being offered, talked on or wrapped up. */
  readonly attempt?: AttemptId;
  /** Given during the call already; applied when it ends. */
  readonly disposition?: string;
  /** What was said besides, with that disposition. */
  readonly remarks?: Remarks;
  /** Asked for in mid-call: comes after it. */
  readonly pauseAfter?: string;
  readonly signOutAfter: boolean;
  /** May not work in the campaign any more: the session ends with the call. */
  readonly isDismissed?: true;
  /** When a star was pressed in a call or in wrap-up: a key soon after it is a command. */
  readonly starAt?: number;
  /** `*3` or `*4` was pressed: the next key says to whom. */
  readonly bringing?: 'transfer' | 'consult';
  /** Set once `**` has hung up: the keys since then, which are for the wrap-up. */
  readonly ahead?: string;
  /** Engaged for a record: through all its calls, until `disengage` or the end of a wrap-up; else for one call alone. */
  readonly forRecord?: true;
  /** Waits at the desk, engaged, for whoever picks up. */
  readonly forAnyone?: true;
  /** The agent works at a desk (a workspace), too: the wrap-up of calls that came to it there is ended there. */
  readonly atDesk?: true;
  /** There is no workspace: the desk is worked by the keys of the phone. */
  readonly byKeys?: true;
  /** The key menu that is open: a reason for a pause, the time of a callback (or its check), another phone. */
  readonly menu?: 'pause-reason' | 'callback-time' | 'callback-check' | 'callback-number' | 'phone-number';
  /** Keys typed so far in that menu, and the disposition that asked for them. */
  readonly typed?: string;
  readonly asking?: string;
  /** Of a callback that is being agreed on: for any agent, on another number. */
  readonly agreeing?: Agreeing;
  /** What to be again when a lost phone is back. */
  readonly resume?: 'ready' | 'paused';
  readonly graceUntil?: number;
}

export const SESSION_EVENTS = [
  'phone-up',
  'phone-hung-up',
  'phone-lost',
  'ring-failed',
  'phone-registered',
  'phone-changed',
  'kept-too-long',
  'reserve',
  'engage',
  'disengage',
  'desk-opened',
  'connected',
  'released',
  'key',
  'ask-ready',
  'ask-pause',
  'ask-hang-up',
  'ask-sign-out',
  'lose-rights',
  'regain-rights',
  'dispose',
  'callback-agreed',
  'callback-refused',
  'callback-cancelled',
  'number-refused',
  'wrap-up-over',
  'ring-again',
  'grace-over',
] as const;

export type SessionEvent =
  | { readonly type: 'phone-up'; readonly leg: LegId }
  /** `phone-hung-up`: the agent did it; `phone-lost`: the network or a crash did. */
  | { readonly type: 'phone-hung-up' | 'phone-lost' | 'ring-failed' | 'phone-registered' }
  /** The agent wants to work with that phone from now on; the one that is up stays until the other is. */
  | { readonly type: 'phone-changed'; readonly to: Exclude<PhoneKind, 'number'> }
  /** The phone has not come back in the time that its person is kept for it. */
  | { readonly type: 'kept-too-long' }
  /** A person is there for this agent. */
  | { readonly type: 'reserve'; readonly attempt: AttemptId }
  | Engage
  /** The record is let go of; at a desk also the end of the wrap-up. */
  | { readonly type: 'disengage' }
  /** The agent sits down at a desk; a call that is under way is still wrapped up by phone. */
  | { readonly type: 'desk-opened' }
  | { readonly type: 'connected'; readonly attempt: AttemptId }
  | {
      readonly type: 'released';
      readonly attempt: AttemptId;
      readonly why: 'person-hung-up' | 'agent-hung-up' | 'machine' | 'not-connected';
    }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'ask-pause'; readonly reason: string }
  | { readonly type: 'ask-ready' | 'ask-hang-up' | 'ask-sign-out' }
  /** Whether the agent may work in the session's campaign has changed. */
  | { readonly type: 'lose-rights' | 'regain-rights' }
  | ({ readonly type: 'dispose'; readonly code: string } & Remarks)
  /** The typed time stands; `spoken` is how it is read out. */
  | { readonly type: 'callback-agreed'; readonly spoken: readonly string[]; readonly callback: AgreedCallback }
  | {
      readonly type: 'callback-refused';
      readonly why: 'callback-past' | 'callback-forbidden' | 'callback-none' | 'not-a-choice';
    }
  /** The callback that was set for the record is taken back. */
  | { readonly type: 'callback-cancelled' }
  /** The phone number that was typed is none that is ever dialed; its last key was not heard. */
  | { readonly type: 'number-refused' }
  | { readonly type: 'wrap-up-over' | 'ring-again' | 'grace-over' };

/**
 * The agent is kept: for a call that is placed for this agent alone (`attempt`), or for a record, through as many calls
 * as it takes, of which none need be under way.
 */
type Engage = { readonly type: 'engage' } & (
  | { readonly attempt: AttemptId; readonly forRecord?: true }
  /** `forAnyone`: no one is called for this agent alone; whoever picks up may be given to them. */
  | { readonly attempt?: undefined; readonly forRecord: true; readonly forAnyone?: true }
);

type SessionTimer = 'wrap-up' | 'ring-again' | 'grace' | 'kept';

/** Prompts by name; the engine knows which sounds they are. */
export type Prompt =
  | 'you-are-ready'
  | 'you-are-paused'
  | 'choose-pause-reason'
  | 'wrap-up'
  | 'disposition-saved'
  | 'disposition-needed'
  | 'not-a-choice'
  | 'signed-out'
  | 'not-assigned'
  | 'call-ended'
  | 'callback-coming'
  | 'callback-when'
  | 'callback-options'
  | 'callback-for-any'
  | 'callback-for-you'
  | 'callback-none'
  | 'callback-cancelled'
  | 'callback-past'
  | 'callback-forbidden'
  | 'callback-saved'
  | 'choose-disposition'
  | 'enter-phone-number'
  | 'keys-ready'
  | 'keys-get-record'
  | 'silence-3'
  | 'welcome';

/** What an agent asks by keys about a callback. */
export type AskedByKeys = Extract<SessionEffect, { readonly do: 'agree-callback' | 'cancel-callback' }>;

export type SessionEffect =
  /** After the prompts: `spoken`, sounds of numbers and days, and `choices`, what may be pressed, by name. */
  | {
      readonly do: 'say';
      readonly prompts: readonly Prompt[];
      readonly spoken?: readonly string[];
      readonly choices?: 'dispositions' | 'pause-reasons';
    }
  | { readonly do: 'stop-saying' }
  | { readonly do: 'ring-phone' }
  | { readonly do: 'hang-up-phone' }
  /** Ready for a call: waiting people come first. */
  | { readonly do: 'offer' }
  /** The phone is up: the reserved call may be bridged into this session. */
  | { readonly do: 'take-call'; readonly attempt: AttemptId }
  /** The agent wants the conversation to end. */
  | { readonly do: 'hang-up-person'; readonly attempt: AttemptId }
  /** The agent's key for the recording: begins, pauses or resumes it. */
  | { readonly do: 'toggle-recording'; readonly attempt: AttemptId }
  /** Keys that mean something to the desk: what they do there, its state decides. `done`: the wrap-up is over. */
  | { readonly do: 'desk-key'; readonly key: string }
  /** A callback was agreed on by keys in a wrap-up that is ended at the desk; null: it was taken back. */
  | { readonly do: 'desk-callback'; readonly callback: AgreedCallback | null }
  /** The agent's keys for third parties; `key` is a destination's. */
  | {
      readonly do: 'bring-in';
      readonly attempt: AttemptId;
      readonly how: 'transfer' | 'consult' | 'join' | 'complete' | 'back';
      readonly key?: string;
    }
  /** The agent's key for hold: on hold, or back. */
  | { readonly do: 'toggle-hold'; readonly attempt: AttemptId }
  /** The phone is away: the person hears music until it is back, or is lost. */
  | { readonly do: 'keep-person'; readonly attempt: AttemptId }
  /** The phone is back in the conversation: the person hears the agent again, the agent is muted who was. */
  | { readonly do: 'renew-talk'; readonly attempt: AttemptId }
  /** The call must find somebody else. */
  | { readonly do: 'lose-call'; readonly attempt: AttemptId }
  | ({ readonly do: 'dispose'; readonly attempt: AttemptId; readonly code: string } & Remarks)
  /** A callback at the time that was typed; answered by `callback-agreed` or `callback-refused`. */
  | ({ readonly do: 'agree-callback'; readonly attempt: AttemptId; readonly typed: string } & Agreeing)
  /** Takes the callback of the record back; answered by `callback-cancelled` or `callback-refused`. */
  | { readonly do: 'cancel-callback'; readonly attempt: AttemptId }
  /** Wrap-up ended without a disposition. */
  | { readonly do: 'finish-wrap-up'; readonly attempt: AttemptId }
  | { readonly do: 'set-timer'; readonly timer: SessionTimer; readonly at: number }
  | { readonly do: 'clear-timer'; readonly timer: SessionTimer }
  | { readonly do: 'start-waiting-sound' }
  | { readonly do: 'stop-waiting-sound' }
  | { readonly do: 'close-session'; readonly reason: string };
