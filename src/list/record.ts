// A record as the rules see it, and what may become of it.

import type { CampaignName, Phone, RecordState, Result } from '../terms.ts';

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
  /** When those attempts were dialed, ascending; at least those of the last two days. */
  readonly attemptsAt: readonly number[];
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
