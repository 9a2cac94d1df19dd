// What is kept of agreed callbacks, and of people who were missed and are to be called back by themselves.

import type { LookedAfter, UnknownCallerLimits } from '../../records/missed.ts';
import type { AgentNumber, AttemptId, CampaignName, Phone } from '../../terms.ts';

/** `due` is a pending one whose time has come. */
export const CALLBACK_STATES = ['pending', 'due', 'done', 'cancelled', 'expired'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

/** Stands where an agent's number would: whichever agent is engaged for the call. */
export const ANY_ENGAGED_AGENT = '*';

export interface CallbackStore {
  /**
   * Agrees on a time for a record. A record has one callback to keep: a pending one is moved, and one that is being kept
   * by the call under way counts as done. A number that the contact does not have becomes one more phone of the contact.
   * A record in a call stays with the call; any other waits for its time from now on. Refused with `record-unknown`,
   * `callback-record-removed`.
   */
  set(callback: SetCallback): Promise<CallbackRow>;
  /**
   * Takes a pending callback back; its record is finished, or with `again` an ordinary one that is due at once. Undefined
   * when there is no such callback; one that is over already stays as it is.
   */
  cancel(cancelling: CancelCallback): Promise<CallbackRow | undefined>;
  /**
   * The agent's personal callbacks that are still to be kept become any agent's; how many. Those that wait are due at
   * their time; one whose record is in a call goes on after it.
   */
  handOver(handing: HandOver): Promise<number>;
  show(id: number, now: number): Promise<CallbackRow | undefined>;
  /** By their time, earliest first. */
  list(query: CallbackQuery): Promise<readonly CallbackRow[]>;
  steps(id: number): Promise<readonly CallbackStep[]>;
  /**
   * Personal callbacks that wait, by campaign and agent, when the first is tried next; under ANY_ENGAGED_AGENT the records
   * that wait for an agent who is engaged for their call, because the law wants one.
   */
  personal(query: { readonly campaign?: CampaignName; readonly agent?: AgentNumber }): Promise<readonly PersonalDue[]>;
  /**
   * A person who was missed becomes a record of an auto-callback campaign (and, when unknown, a contact on its first
   * list), and what became of that: the record rests ("do not call back"), is in a call, was removed, or waits for an
   * earlier moment already; or the limits for callers whom no list holds are reached, which the call's row says.
   */
  addMissed(missed: MissedPerson): Promise<AddedMissed>;
  /** The person has been talked with: records that wait only because of a missed call are finished; how many. */
  dropMissed(reached: ReachedPerson): Promise<number>;
}

export interface SetCallback {
  readonly record: number;
  readonly at: number;
  readonly zone: string;
  readonly phone: Phone;
  readonly agent: AgentNumber | null;
  readonly by: string;
  readonly now: number;
  /** The call in which it is agreed. */
  readonly call?: AttemptId;
  readonly note?: string;
  /** When the record is looked at for whoever is free. */
  readonly dueAt: number;
  readonly why: string;
}

export interface HandOver {
  readonly campaign: CampaignName;
  readonly agent: AgentNumber;
  readonly by: string;
  readonly now: number;
  /** In the words of the record. */
  readonly why: string;
}

export interface CancelCallback {
  readonly id: number;
  readonly by: string;
  readonly now: number;
  readonly again: boolean;
}

export interface CallbackQuery {
  readonly campaign?: CampaignName;
  readonly agent?: AgentNumber;
  readonly record?: number;
  /** Absent: those that are still to be kept; `all`: every one. */
  readonly state?: CallbackState | 'all';
  readonly fromAt?: number;
  readonly toAt?: number;
  readonly limit: number;
  readonly now: number;
}

export interface CallbackRow {
  readonly id: number;
  readonly campaign: CampaignName;
  readonly record: number;
  readonly contact: number;
  /** The contact's name. */
  readonly name: string;
  readonly at: number;
  readonly zone: string;
  readonly number: string;
  readonly phoneType: Phone['type'];
  /** Null: any agent. */
  readonly agent: AgentNumber | null;
  readonly state: CallbackState;
  readonly setBy: string;
  readonly setAt: number;
  readonly setIn: AttemptId | null;
  readonly keptIn: AttemptId | null;
  readonly endedAt: number | null;
  readonly note: string;
}

export interface CallbackStep {
  readonly what: string;
  readonly at: number;
  readonly by: string;
  readonly detail: string;
}

/** `limit`: the caller is on no list, and such callers are called back no more for now. */
export type AddedMissed = 'added' | 'limit' | LookedAfter;

export interface PersonalDue {
  readonly campaign: CampaignName;
  readonly agent: AgentNumber;
  readonly at: number;
}

export interface MissedPerson {
  /** The auto-callback campaign. */
  readonly campaign: CampaignName;
  /** The list that unknown people are put on. */
  readonly list: string;
  readonly number: string;
  /** Known contact; else it is found by the number, or made. */
  readonly contact?: number;
  /** When the person was missed. */
  readonly missedAt: number;
  readonly at: number;
  readonly dueAt: number;
  readonly why: string;
  /** A person who called: the call, and how often such callers are called back when no list holds them. */
  readonly called?: { readonly call: AttemptId; readonly limits: UnknownCallerLimits };
}

export interface ReachedPerson {
  /** The auto-callback campaigns. */
  readonly campaigns: readonly CampaignName[];
  readonly number: string;
  /** What the records wait for, in the words of `MissedPerson.why`; what waits for anything else is left alone. */
  readonly waitingFor: readonly string[];
  readonly why: string;
}
