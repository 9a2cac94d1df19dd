// What the store keeps of attempts: opened before their INVITE, closed with one result, disposed of by the agent.

import type { Campaign } from '../../campaign/definition.ts';
import type { HeldReason, Wait } from '../../eligibility/reasons.ts';
import type { AbroadQuota } from '../../trunks/hourly.ts';
import type { PersonFacts, RecordFacts, RecordNext } from '../../records/record.ts';
import type { ValidationOutcome } from '../../rules/validation.ts';
import type {
  AgentNumber,
  AttemptId,
  CampaignName,
  Phone,
  ReservationId,
  Result,
  SessionId,
  Verdict,
} from '../../terms.ts';

export interface AttemptStore {
  /**
   * Chooses up to `lines.length` records that may be dialed now, writes one attempt for each and marks the record
   * `dialing`, in one durable transaction. The first line goes to the first record. With `reserved` the record is that of
   * the reservation, and the rules are asked about it as about any other, but for when it is due.
   */
  open(request: OpenAttempts): Promise<OpenedAttempts>;
  /** Notes how far an attempt has come (bridged to an agent, verdict); for recovery and reports. */
  progress(progress: AttemptProgress): Promise<void>;
  /**
   * Ends an attempt: its one result, and what next for its record. A second call for the same attempt changes nothing,
   * except that it decides on a record which the first left `dialing`.
   */
  close(closing: CloseAttempt): Promise<void>;
  /**
   * The agent's disposition and what it makes of the record; overrides what was decided before, unless the record has
   * been dialed again since. Given before the end of the call, it is held until the close.
   */
  dispose(disposing: DisposeAttempt): Promise<void>;
  /** Wrap-up ended without a disposition: what becomes of the record of a closed attempt still `dialing`. */
  settle(attempt: AttemptId, next: RecordNext): Promise<void>;
  /** Attempts without a result, and closed ones whose record is still `dialing`, of every campaign, oldest first. */
  unfinished(): Promise<readonly UnfinishedAttempt[]>;
  /** Attempts dialed from `fromAt` to before `toAt`, oldest first. */
  list(query: AttemptQuery): Promise<readonly AttemptRow[]>;
}

export interface OpenAttempts {
  readonly campaign: Campaign;
  readonly now: number;
  /** One entry per line that may be dialed: where the call would go out. */
  readonly lines: readonly OpenLine[];
  /** Only the personal callbacks of this agent that are due; `nextDueAt` is then when the next one is. */
  readonly agent?: AgentNumber;
  /** Only the record of this reservation; `agent` says whose it is. */
  readonly reserved?: DialReserved;
  /** What is left of calls to countries abroad; absent: nothing limits them. */
  readonly quotas?: readonly AbroadQuota[];
}

export interface DialReserved {
  readonly reservation: ReservationId;
  /** The number to dial, and no other; one that the contact does not have becomes its last phone. Absent: the next. */
  readonly phone?: Phone;
}

/** Why a reserved record is not dialed; it stays reserved. */
export interface DialRefusal {
  /** Name of the rule that refuses, or `reservation-over`, `in-call`, `caller-ids`, `validation-pending`. */
  readonly rule: string;
  readonly why: string;
  /** When it may be dialed, if nothing else changes. */
  readonly notBeforeAt?: number;
  /** It will never be, unless someone changes record, lists, rules or campaign. */
  readonly never?: true;
  /** The phone that may be dialed instead, by its place. */
  readonly otherPhone?: number;
  /** Numbers that the validation service must be asked about first. */
  readonly unchecked?: readonly string[];
}

export interface OpenLine {
  readonly attempt: AttemptId;
  readonly trunk: string;
  /** Counts the campaign's lines: caller IDs take turns by it. */
  readonly turn: number;
  /** The caller ID that the agent has chosen. */
  readonly chosenCallerId?: string;
}

export interface OpenedAttempts {
  readonly opened: readonly OpenedAttempt[];
  /** Nothing may be dialed now: when the next record falls due, epoch ms; absent when none ever will. */
  readonly nextDueAt?: number;
  /** What keeps that record back until then, in a few words; absent: not known. */
  readonly nextBecause?: string;
  readonly nextWait?: Wait;
  /** No record can ever be dialed again (none waiting, none being dialed, none fresh). */
  readonly exhausted: boolean;
  /** Why no more are dialed before `nextDueAt` although records may be: no caller ID is left today. */
  readonly heldBack?: string;
  readonly heldReason?: HeldReason;
  /** Of a reserved record that may not be dialed. */
  readonly refused?: DialRefusal;
}

export interface OpenedAttempt extends OpenedCall {
  readonly record: RecordFacts;
}

/** An attempt that was opened, or a call that came in. */
export interface OpenedCall {
  readonly attempt: AttemptId;
  readonly trunk: string;
  readonly callerId: string;
  readonly record: PersonFacts;
  /** The phone being dialed: index into `record.phones`. */
  readonly phoneIndex: number;
  /** What validation made of it; absent: it stood in the way of nothing. */
  readonly validation?: ValidationOutcome;
}

export interface AttemptProgress {
  readonly attempt: AttemptId;
  readonly answeredAt?: number;
  readonly bridgedAt?: number;
  readonly agent?: AgentNumber;
  readonly session?: SessionId;
  readonly verdict?: Verdict;
  readonly verdictCause?: string;
  readonly messageLeft?: boolean;
  /** Whether no agent was ready at the answer. */
  readonly waited?: boolean;
}

export interface CloseAttempt extends AttemptProgress {
  readonly result: Result;
  readonly endedAt: number;
  readonly ringingAt?: number;
  readonly liveAt?: number;
  readonly sipCode?: number;
  readonly cause?: number;
  readonly endedBy?: 'person' | 'agent' | 'dialer' | 'network';
  /** False when the trouble was ours or the trunk's: the attempt does not count against the record. */
  readonly counts: boolean;
  readonly next: RecordNext;
}

export interface DisposeAttempt {
  readonly attempt: AttemptId;
  readonly disposition: string;
  readonly agent: AgentNumber;
  readonly at: number;
  readonly next: RecordNext;
  /** What the agent said besides: why, and another phone of the contact. */
  readonly reason?: string;
  readonly phone?: Phone;
}

export interface UnfinishedAttempt extends OpenedCall {
  readonly campaign: CampaignName;
  readonly dialedAt: number;
  readonly answeredAt?: number;
  readonly bridgedAt?: number;
  readonly agent?: AgentNumber;
  readonly session?: SessionId;
  readonly verdict?: Verdict;
  /** Set when the attempt was closed already and only its record waits for what the agent says. */
  readonly result?: Result;
  readonly endedAt?: number;
}

export interface AttemptQuery {
  readonly attempt?: AttemptId;
  readonly campaign?: CampaignName;
  readonly record?: number;
  readonly number?: string;
  readonly fromAt?: number;
  readonly toAt?: number;
  /** At most this many; default all. */
  readonly limit?: number;
}

export interface AttemptRow {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly record: number;
  readonly contact: number;
  readonly number: string;
  readonly trunk: string;
  readonly callerId: string;
  readonly validation: ValidationOutcome | null;
  readonly dialedAt: number;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly liveAt: number | null;
  readonly bridgedAt: number | null;
  readonly endedAt: number | null;
  readonly result: Result | null;
  readonly sipCode: number | null;
  readonly cause: number | null;
  readonly verdict: Verdict | null;
  readonly verdictCause: string | null;
  /** The campaign's message was left on the machine that picked up. */
  readonly messageLeft: boolean;
  /** Whether the person had to wait for the agent; null: got none, or not known. */
  readonly waited: boolean | null;
  readonly endedBy: string | null;
  readonly agent: AgentNumber | null;
  readonly disposition: string | null;
  /** Why, as the agent said with the disposition. */
  readonly reason: string | null;
  readonly counts: boolean;
  /** Why it ended so, in a few words; empty while it is under way. */
  readonly why: string;
  /** The call-again rule that decided on its record, by its place in the campaign. */
  readonly rule: number | null;
}
