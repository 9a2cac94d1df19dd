// One agent's handling of one record as the interaction machine knows it: its state, what may happen to it, and what it
// asks for. The agent's desk (desk.ts) holds at most one that is open.

import type { AgentNumber, AttemptId, CampaignName, Disposition, Phone, PhoneType, Result } from '../terms.ts';
import type { InteractionKind } from './modes.ts';

export const INTERACTION_STATES = [
  'offered',
  'preview',
  'before-call',
  'dialing',
  'talking',
  'wrap-up',
  'done',
] as const;
export type InteractionState = (typeof INTERACTION_STATES)[number];

export type InteractionId = string;

/** What the campaign wants of its interactions. */
export interface InteractionPlan {
  readonly kind: InteractionKind;
  /** Records are offered first, and taken by Accept. */
  readonly accept: boolean;
  /** An offer stands for this long. */
  readonly offerMs: number;
  /** From the acceptance to the dialing, where Accept dials. */
  readonly beforeCallMs: number;
  /** How long a record is looked at; absent: for as long as the agent wants. */
  readonly previewMs?: number;
  /** What happens then. */
  readonly atPreviewEnd: 'dial' | 'nothing';
  /** The law wants a person to dial: by a click on the number, never by a timer or by Accept. */
  readonly handDialing: boolean;
  /** Numbers that the record does not have may be typed. */
  readonly newNumbers: boolean;
  /** From which the agent chooses the number that the person sees; empty: the campaign chooses. */
  readonly callerIds: readonly string[];
  /** 0: none. */
  readonly wrapUpMs: number;
  /** What the agent becomes when it is over. */
  readonly wrapUpOver: 'paused' | 'ready';
  readonly dispositionRequired: boolean;
  readonly dispositions: readonly Disposition[];
  /** After Done the agent must ask for the next within this, or the session ends; absent: need not ask. */
  readonly countdownMs?: number;
}

/** What the machine must know of the record. */
export interface HeldRecord {
  /** Absent: of somebody who called and of whom the campaign knows nothing. */
  readonly record?: number;
  readonly phones: readonly Phone[];
  /** The phone to dial next, by its place in `phones`. */
  readonly phoneIndex: number;
}

/** A number that is dialed in this interaction: who had it dialed, when, which. Kept with the attempt as proof of the click. */
export interface DialOrder {
  /** The interaction's and its place in it: what comes of an order names it, and one order is dialed once. */
  readonly id: string;
  readonly number: string;
  readonly type: PhoneType;
  /** By its place in the record's phones; absent: typed by the agent. */
  readonly phoneIndex?: number;
  readonly callerId?: string;
  readonly agent: AgentNumber;
  readonly by: 'click' | 'accept' | 'timer';
  readonly at: number;
  /** Numbers that were to be dialed before this one and must not be. */
  readonly skipped?: readonly string[];
}

/** One dialing within the interaction. */
export interface Tried {
  readonly attempt: AttemptId;
  readonly number?: string;
  /** Who or what had it dialed, and when; absent: the campaign's pacing. */
  readonly by?: DialOrder['by'];
  readonly orderedAt?: number;
  /** Absent: still out, or talked on. */
  readonly result?: Result;
  /** Everything has been said of it. */
  readonly isClosed?: true;
}

/** An agreed time to call again that Done will make. */
interface CallbackDraft {
  readonly at: number;
  readonly zone: string;
  readonly phone: Phone;
  /** Personal: this agent's; null: any agent's. */
  readonly agent: AgentNumber | null;
}

/** What an agent says besides the disposition. */
interface Remarks {
  readonly reason?: string;
  readonly phone?: string;
}

/** Why a number was not dialed, in words for the agent. */
export interface DialMessage {
  /** Name of the rule that refuses. */
  readonly rule: string;
  readonly why: string;
  /** It refuses for good. */
  readonly never?: true;
  /** The number that took its place, to be dialed or to be clicked; absent: there is none. */
  readonly instead?: string;
}

/** How an interaction ended. */
export type Outcome =
  | 'rejected'
  | 'missed'
  | 'declined-later'
  | 'declined-never'
  | 'postponed'
  | 'called'
  | 'undecided'
  | 'untouched'
  | 'blocked'
  | 'withdrawn'
  | 'stopped'
  | 'lost'
  | 'passed-on'
  | 'taken-over';

/** Where a record goes when the interaction lets go of it. `by-result`: as its attempts and the disposition decide. */
export type RecordGoes = 'top' | 'list' | 'never' | 'callback' | 'by-result' | 'with-the-call' | 'gone';

export interface Interaction {
  readonly interaction: InteractionId;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly plan: InteractionPlan;
  readonly state: InteractionState;
  readonly since: number;
  /** Counts its changes: an act that names another version was meant for what is no more. */
  readonly version: number;
  /** Absent: blank, no one is connected yet. */
  readonly record?: HeldRecord;
  readonly tried: readonly Tried[];
  /** Numbers that were to be dialed so far. */
  readonly orders: number;
  /** What is dialed, from before-call work until the call is over. */
  readonly order?: DialOrder;
  /** The attempt that is out, talked on or wrapped up. */
  readonly attempt?: AttemptId;
  /** The last attempt was a conversation. */
  readonly talked?: true;
  readonly disposition?: string;
  readonly remarks?: Remarks;
  readonly callback?: CallbackDraft;
  /** When the state is over by itself; one at a time. */
  readonly deadlineAt?: number;
  readonly message?: DialMessage;
  /** It ends as soon as its call is over, for this reason. */
  readonly closing?: 'stopped' | 'lost';
  readonly outcome?: Outcome;
}

/** What the agent may do with an interaction. */
export type Act =
  | { readonly do: 'accept' | 'reject' | 'cancel-callback' }
  /** A phone of the record by its place, or a number that was typed; neither: the next phone. */
  | {
      readonly do: 'call';
      readonly phoneIndex?: number;
      readonly typed?: Phone;
      readonly callerId?: string;
    }
  | { readonly do: 'decline'; readonly until: 'later' | 'never' }
  /** Names the attempt, so that a late one cuts no other call; absent: none is out yet. */
  | { readonly do: 'cancel-dial'; readonly attempt?: AttemptId }
  | { readonly do: 'hang-up'; readonly attempt: AttemptId }
  | ({ readonly do: 'dispose'; readonly code: string } & Remarks)
  | { readonly do: 'set-callback'; readonly callback: CallbackDraft }
  /** `unmet`: what other parts still miss, such as a required answer of the script; `stop`: no more records after it. */
  | { readonly do: 'done'; readonly stop?: boolean; readonly unmet?: readonly Missing[] };

export const ACTS = [
  'accept',
  'reject',
  'call',
  'decline',
  'cancel-dial',
  'hang-up',
  'dispose',
  'set-callback',
  'cancel-callback',
  'done',
] as const satisfies readonly Act['do'][];

/** What must be there before Done. */
export interface Missing {
  readonly code: string;
  readonly message: string;
  /** The field or the question that it is about. */
  readonly about?: string;
}

/** What happens to it from outside. */
export const HAPPENINGS = [
  'time-over',
  'attempt-placed',
  'dial-refused',
  'connected',
  'call-over',
  'record-changed',
  'record-gone',
  'campaign-stopped',
  'agent-gone',
  'lease-lost',
] as const;

export type Happening =
  | { readonly type: 'time-over' | 'record-gone' | 'campaign-stopped' | 'lease-lost' }
  /** The session is over: by the agent's wish, or because the phone is gone for too long. */
  | { readonly type: 'agent-gone' }
  /** The attempt is durable; its INVITE is about to leave. */
  | { readonly type: 'attempt-placed'; readonly order: string; readonly attempt: AttemptId }
  /** Law, do-not-call list or validation forbid the number; `next`: the phone that may be dialed instead. */
  | {
      readonly type: 'dial-refused';
      readonly order: string;
      readonly rule: string;
      readonly why: string;
      readonly never?: true;
      readonly next?: number;
    }
  /** Person and agent are in one bridge; `record` fills a blank interaction. */
  | { readonly type: 'connected'; readonly attempt: AttemptId; readonly record?: HeldRecord }
  /** `talked`: there was a conversation to wrap up. */
  | { readonly type: 'call-over'; readonly attempt: AttemptId; readonly result: Result; readonly talked: boolean }
  /** `message`: why the phone that came next must not be dialed any more. */
  | { readonly type: 'record-changed'; readonly record: HeldRecord; readonly message?: DialMessage };

export type InteractionEvent = Happening | { readonly type: 'act'; readonly act: Act };

/** Why an act was not done; the state is as it was. */
export interface Refusal {
  readonly code:
    | 'not-now'
    | 'stale-version'
    | 'other-interaction'
    | 'key-used'
    | 'agent-busy'
    | 'campaign-stopped'
    | 'not-in-this-mode'
    | 'no-such-phone'
    | 'new-number-forbidden'
    | 'choose-number'
    | 'choose-caller-id'
    | 'no-such-caller-id'
    | 'no-such-disposition'
    | 'incomplete';
  readonly message: string;
  readonly missing?: readonly Missing[];
}

/**
 * What an interaction asks for. `release-record` and `close-attempt` belong into the transaction that writes the state;
 * everything else comes once that is durable, and is asked for again after a crash.
 */
export type InteractionEffect =
  /** To be carried out only once the state is durable. */
  | { readonly do: 'dial'; readonly order: DialOrder }
  /** The agent waits, engaged, for whoever picks up. */
  | { readonly do: 'engage' }
  | { readonly do: 'disengage' }
  | { readonly do: 'cancel-dial'; readonly attempt?: AttemptId }
  | { readonly do: 'hang-up'; readonly attempt: AttemptId }
  /** The agent is gone, the person is not: another agent may take the call. */
  | { readonly do: 'pass-on'; readonly attempt: AttemptId }
  /** Nothing more is said of this attempt; comes once for each. */
  | ({
      readonly do: 'close-attempt';
      readonly attempt: AttemptId;
      readonly disposition?: string;
    } & Remarks)
  /** Comes once for each record that was held. */
  | {
      readonly do: 'release-record';
      readonly record?: number;
      readonly to: RecordGoes;
      readonly callback?: CallbackDraft;
    }
  | { readonly do: 'set-not-ready'; readonly why: 'offer-missed' | 'offer-rejected' | 'wrap-up-over' }
  | { readonly do: 'set-timer'; readonly at: number }
  | { readonly do: 'clear-timer' }
  /** After a restart: what has become of this dialing is not known here. */
  | { readonly do: 'find-call'; readonly order?: DialOrder; readonly attempt?: AttemptId };
