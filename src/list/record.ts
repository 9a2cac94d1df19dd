// A record as the rules see it, and what may become of it.

import type { AttemptId, CampaignName, Phone, RecordState, Result } from '../terms.ts';

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
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly phones: readonly Phone[];
  readonly state: RecordState;
  /** When a waiting record falls due; null: at once. */
  readonly dueAt: number | null;
  /** Index into `phones` of the phone to dial next. */
  readonly phoneIndex: number;
  readonly priority: number;
  /** Attempts that count, over the record's life. */
  readonly attempts: number;
  /**
   * Every attempt of the contact, and every other to one of its numbers, over all campaigns, ascending by `dialedAt`;
   * reaches back at least `historyMs` of the campaign.
   */
  readonly history: readonly PastAttempt[];
  /** How often each call-again rule (by its place in the campaign) has applied. */
  readonly ruleUses: Readonly<Record<number, number>>;
  readonly lastResult: Result | null;
}

/** What becomes of a record after an attempt. */
export type RecordNext =
  | {
      readonly state: 'waiting';
      readonly dueAt: number;
      readonly phoneIndex: number;
      /** The call-again rule that decided, by its place in the campaign; absent when no rule did. */
      readonly rule?: number;
      readonly why: string;
    }
  | { readonly state: 'finished'; readonly why: string; readonly rule?: number }
  /** Not decided yet: an agent is talking or in wrap-up; the record stays `dialing`. */
  | { readonly state: 'dialing' };
