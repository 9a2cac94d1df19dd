// Reading a snapshot of the exchange: who lives, who is together; and what a call record says of a leg that is gone. Pure.

import type { CallEvent } from '../../call/call.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { AttemptId, BridgeId, LegId, SessionId } from '../../terms.ts';
import type { CallRecord, SnapshotLeg, TelephonySnapshot } from '../ports.ts';
import type { UnfinishedAttempt } from '../store/attempts.ts';
import type { CallPart } from '../store/call-parts.ts';
import type { ThirdCallRow } from '../store/third-parties.ts';
import type { Reservation } from '../store/reservations.ts';

/** What a start of ours finds: what the store has left open, and what the exchange shows. */
export interface Found {
  readonly attempts: readonly UnfinishedAttempt[];
  readonly reservations: readonly Reservation[];
  /** What went on in calls in which a control was used. */
  readonly parts: readonly CallPart[];
  /** Third parties whose calls have no end yet. */
  readonly thirds: readonly ThirdCallRow[];
  readonly snapshot: TelephonySnapshot;
  /** By session. */
  readonly desks: ReadonlyMap<SessionId, Desk>;
}

/** What lives on the exchange after an outage of the link. */
export interface Reconciled {
  readonly snapshot: TelephonySnapshot;
  /** Calls without a leg there, with what their call records say. */
  readonly lost: readonly AttemptId[];
  readonly records: ReadonlyMap<AttemptId, CallRecord>;
  /** Legs of phones that were known before the look. */
  readonly before: ReadonlySet<LegId>;
}

export const liveLegs = (snapshot: TelephonySnapshot): Set<LegId> => new Set(snapshot.legs.map((leg) => leg.leg));

/** Legs in a bridge; undefined when the exchange has no such bridge. */
export const legsIn = (snapshot: TelephonySnapshot, bridge: BridgeId): readonly LegId[] | undefined =>
  snapshot.bridges.find((candidate) => candidate.bridge === bridge)?.legs;

export const isIn = (snapshot: TelephonySnapshot, bridge: BridgeId, leg: LegId): boolean =>
  legsIn(snapshot, bridge)?.includes(leg) === true;

/** Who is in the bridge with that leg, the first of them. */
export const besides = (snapshot: TelephonySnapshot, bridge: BridgeId, leg: LegId): LegId | undefined =>
  legsIn(snapshot, bridge)?.find((other) => other !== leg);

/** Up, under our control, and in no bridge. */
export const isApart = (snapshot: TelephonySnapshot, leg: LegId): boolean =>
  snapshot.legs.some((other) => other.leg === leg && other.state === 'up' && other.ours) &&
  !snapshot.bridges.some(({ legs }) => legs.includes(leg));

const causeByDisposition = { answered: 16, 'no-answer': 19, busy: 17, failed: 38, congestion: 34 } as const;

/** What became of a leg whose end was not seen: its call record's word; without one the INVITE never left. */
export function lostEvent(record: CallRecord | undefined): Extract<CallEvent, { type: 'vanished' }> {
  if (record === undefined) return { type: 'vanished', answered: false, cause: 0 };
  return {
    type: 'vanished',
    answered: record.answeredAt !== undefined,
    cause: causeByDisposition[record.disposition],
    recorded: true,
  };
}

/**
 * When a leg whose end was not seen did so, by our clock: its call record's word, which is the exchange's. `seenAt` is the
 * exchange's time of the look at it, `now` ours.
 */
export function endOf(record: CallRecord | undefined, seenAt: number, now: number): number {
  return record === undefined ? now : now - Math.max(0, seenAt - record.endedAt);
}

/** When a leg was picked up, by our clock; undefined where the exchange does not say. `seenAt`: its time of the look at it. */
export function answerOf({ answeredAt }: SnapshotLeg, seenAt: number, now: number): number | undefined {
  return answeredAt === undefined ? undefined : now - Math.max(0, seenAt - answeredAt);
}
