// A record as the rules see it, and what may become of it.

import type { AgentNumber, AttemptId, CampaignName, Phone, RecordState, Result } from '../terms.ts';

/** An attempt of the past, or one that is in flight, as the rules on frequency and quiet see it. */
export interface PastAttempt {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly record: number;
  readonly contact: number;
  /** E.164. */
  readonly number: string;
  readonly dialedAt: number;
  readonly endedAt: number | null;
  /** Null: it is being dialed or talked on at this moment. */
  readonly result: Result | null;
  /** A person was bridged to an agent. */
  readonly talked: boolean;
  /** False when the trouble was ours or the trunk's. */
  readonly counts: boolean;
  readonly disposition: string | null;
}

export interface RecordFacts {
  readonly record: number;
  readonly campaign: CampaignName;
  readonly contact: number;
  /** The campaign's list that it comes from; null: that list is there no more. */
  readonly list: string | null;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The person's latest answers to the questions of scripts, as conditions see them; absent: none. */
  readonly answers?: Readonly<Record<string, string | number>>;
  readonly phones: readonly Phone[];
  readonly state: RecordState;
  /** When a waiting record falls due; null: at once. */
  readonly dueAt: number | null;
  /** Index into `phones` of the phone to dial next. */
  readonly phoneIndex: number;
  readonly priority: number;
  /** Attempts that count, over the record's life. */
  readonly attempts: number;
  /** Attempts in a row, up to now, that did not count. */
  readonly uncounted: number;
  /**
   * Every attempt of the contact, and every other to one of its numbers, over all campaigns, ascending by `dialedAt`, but
   * the one that is under way for this very record; reaches back at least `historyMs` of the campaign.
   */
  readonly history: readonly PastAttempt[];
  /** How often each call-again rule (by its place in the campaign) has applied. */
  readonly ruleUses: Readonly<Record<number, number>>;
  readonly lastResult: Result | null;
  /** The agreed time to call again that is still to be kept, also while it is being dialed. */
  readonly callback: CallbackFacts | null;
  /** Until when it rests because an agent said "do not call back". */
  readonly heldUntil: number | null;
}

/** The same of whoever is called or calls: record and contact are absent of somebody of whom the campaign knows nothing. */
export interface PersonFacts extends Omit<RecordFacts, 'record' | 'contact'> {
  readonly record?: number;
  readonly contact?: number;
}

/** An agreed time to call again. */
export interface CallbackFacts {
  readonly callback: number;
  /** The time agreed, epoch ms. */
  readonly at: number;
  /** Personal: this agent's; null: any agent's. */
  readonly agent: AgentNumber | null;
  /** IANA zone in which the time was agreed. */
  readonly zone: string;
  /** One of the contact's numbers, E.164. */
  readonly number: string;
  readonly by: string;
  readonly setAt: number;
}

/** What becomes of a record after an attempt. */
export type RecordNext =
  | DecidedNext
  /** Not decided yet: an agent is talking or in wrap-up; the record stays `dialing`. */
  | { readonly state: 'dialing' };

export type DecidedNext = WaitingNext | OverNext;

/** Done with, or, removed, taken out of the campaign for good. */
export interface OverNext {
  readonly state: 'finished' | 'removed';
  readonly why: string;
  readonly rule?: number;
  /** As of one that waits. */
  readonly priority?: number;
  readonly takesBack?: true;
}

export interface WaitingNext {
  readonly state: 'waiting';
  readonly dueAt: number;
  readonly phoneIndex: number;
  /** The call-again rule that decided, by its place in the campaign; absent when no rule did. */
  readonly rule?: number;
  readonly why: string;
  /** Its priority from now on; absent: as before. */
  readonly priority?: number;
  /** When due it comes before all others. */
  readonly first?: boolean;
  /** Rests until then because of "do not call back". */
  readonly heldUntil?: number;
  /** What is dialed from now on for the phone at `phoneIndex`, for this record alone; E.164. */
  readonly number?: string;
  /** The record's callback goes on and is tried next at this moment; absent: it is over. */
  readonly callbackAt?: number;
  /** The callback that is over was agreed in this very call: it is taken back, not kept. */
  readonly takesBack?: true;
}
