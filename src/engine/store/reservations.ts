// What the store keeps of reservations: a record that is kept for an agent and not dialed yet. No one else takes it until
// it is dialed (AttemptStore.open), given back, or the time is over. Choosing a record and opening an attempt in two steps;
// where lines are paced, AttemptStore.open does both in one.

import type { Campaign } from '../../campaign/definition.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { AgentNumber, CampaignName, ReservationId } from '../../terms.ts';
import type { OpenedAttempts } from './attempts.ts';

export interface ReservationStore {
  /**
   * Reserves the record that the campaign dials next, personal callbacks of this agent that are due first; or the one that
   * is named, whatever the rules on dialing say of it now: they are asked when it is dialed.
   */
  reserve(request: ReserveRecord): Promise<ReserveAnswer>;
  /** The reservation lasts until then; false when it is over already. */
  renew(reservation: ReservationId, untilAt: number): Promise<boolean>;
  /**
   * Ends a reservation. A record that was dialed in it stays with what its attempt decides. Undefined when the reservation
   * was over already.
   */
  release(release: ReleaseRecord): Promise<Reservation | undefined>;
  /** Ends all reservations whose time is over: undialed records go back to the top. Those that were ended. */
  lapse(now: number): Promise<readonly Reservation[]>;
  /** Those that have not ended, the oldest first. */
  all(): Promise<readonly Reservation[]>;
}

export interface ReserveRecord {
  readonly campaign: Campaign;
  readonly reservation: ReservationId;
  readonly agent: AgentNumber;
  readonly now: number;
  /** When the reservation ends by itself. */
  readonly untilAt: number;
  /** Absent: the next one. */
  readonly record?: number;
}

export interface ReservedRecord {
  readonly reservation: ReservationId;
  readonly record: RecordFacts;
  readonly untilAt: number;
}

/** The record; or why there is none: of a named one, or of the campaign as AttemptStore.open says it. */
export type ReserveAnswer =
  | { readonly reserved: ReservedRecord }
  | ({ readonly reserved?: undefined } & (
      | { readonly refused: RecordRefusal }
      | (Omit<OpenedAttempts, 'opened' | 'refused'> & { readonly refused?: undefined })
    ));

/**
 * `record-unknown`: the campaign has no such record; `record-taken`: it is reserved for another agent, dialed or talked on;
 * `record-over`: finished or removed.
 */
export interface RecordRefusal {
  readonly code: 'record-unknown' | 'record-taken' | 'record-over';
  readonly why: string;
}

interface ReleaseRecord {
  readonly reservation: ReservationId;
  readonly now: number;
  readonly to: ReleasedTo;
}

/** Where an undialed record goes. */
export type ReleasedTo =
  /** Due at once, before all others. */
  | { readonly place: 'top'; readonly why: string }
  /** As it stood before. */
  | { readonly place: 'before' }
  /** Waits until then; `first`: when due it comes before all others, as an agreed callback does. */
  | { readonly place: 'later'; readonly dueAt: number; readonly why: string; readonly first?: boolean }
  /** Never called again in this campaign; a callback that is agreed is given up. */
  | { readonly place: 'never'; readonly why: string };

export interface Reservation {
  readonly reservation: ReservationId;
  readonly record: number;
  readonly campaign: CampaignName;
  readonly agent: AgentNumber;
  readonly sinceAt: number;
  readonly untilAt: number;
  /** An attempt was opened in it. */
  readonly isDialed: boolean;
}
