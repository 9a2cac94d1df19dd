// What is remembered of a trunk, and when it rests because the network refuses its calls.
//
// Trouble in a row makes it rest, twice as long each time, and the network's own word (`Retry-After`) as long as it says.
// After a rest it gets a few probe calls; the first one that the network takes brings it back, a failing one makes it rest
// again.
//
// A call that rings has been taken, but may still fail: that disturbs people, so failures after the ringing are counted
// apart, and only a call that ends well ends their row.

import { backoffMs } from '../base/backoff.ts';
import type { Heard, Trouble } from './reasons.ts';

/** What is remembered of a trunk; everything else is counted by the caller. */
export interface TrunkState {
  /** When its latest lines were dialed, ascending; as many as its rate looks back on. */
  readonly dialedAt: readonly number[];
  readonly reachable: boolean;
  /** Troubles and refusals in a row since the network last took a call. */
  readonly troubles: number;
  readonly rejections: number;
  /** Calls in a row that failed after they rang, or could carry no sound, since one last ended well. */
  readonly lateTroubles: number;
  readonly rest?: TrunkRest;
}

interface TrunkRest {
  readonly untilAt: number;
  /** Rests in a row. */
  readonly count: number;
  /** Calls rang and failed: a probe that rings has proved nothing yet. */
  readonly afterRinging: boolean;
  /** Probe calls dialed after its end and not yet heard of, and when the latest was. */
  readonly probes: number;
  readonly probedAt: number;
  readonly trouble: Trouble;
}

export interface TrunkNews {
  readonly heard: Heard;
  readonly dialedAt: number;
  /** It had rung, or was picked up. */
  readonly rang?: boolean;
  /** It was picked up and could carry no sound: no codec in common. */
  readonly mute?: boolean;
  /** How long the network asked to be left alone. */
  readonly retryAfterMs?: number;
}

const TROUBLES_BEFORE_REST = 3;
const REJECTIONS_BEFORE_REST = 10;
/** Probes that nothing is heard of for so long were never dialed: others may follow. */
const PROBE_PATIENCE_MS = 120_000;
const REST = { firstMs: 5000, maxMs: 300_000 };
/** The network is left alone for at most so long because it says so. */
const RETRY_AFTER_MOST_MS = 3_600_000;

/** A trunk that nothing is known of yet. */
export const freshTrunk: TrunkState = { dialedAt: [], reachable: true, troubles: 0, rejections: 0, lateTroubles: 0 };

/** Whether the call's end is the trunk's trouble and not the called person's. */
const isTrunkTrouble = ({ heard, mute }: TrunkNews): boolean =>
  mute === true || heard === 'congestion' || heard === 'failed';

/** Without what happened in the future, by a clock that has been set back since: it neither limits nor lets rest. */
export function asOf(state: TrunkState, now: number): TrunkState {
  const { rest } = state;
  if (rest && rest.probedAt > now)
    return asOf({ ...state, rest: { ...rest, untilAt: now, probes: 0, probedAt: now } }, now);
  if (!state.dialedAt.some((dialedAt) => dialedAt > now)) return state;
  return { ...state, dialedAt: state.dialedAt.filter((dialedAt) => dialedAt <= now) };
}

/**
 * What the trunk's state becomes by what was heard of one of its calls. Ringing or any result of the called side says
 * that the network takes calls; `cancelled` says nothing. Late news of calls dialed before a rest began does not
 * lengthen it, unless the network itself asks for longer.
 */
export function noteTrunkOutcome(known: TrunkState, news: TrunkNews, now: number): TrunkState {
  const state = asOf(known, now);
  const { heard, dialedAt } = news;
  const { rest } = state;
  const asked = askedRest(state, news, now);
  if (asked) return asked;
  if (rest && dialedAt < rest.untilAt) return state;
  if (heard === 'cancelled') return rest ? { ...state, rest: fewerProbes(rest) } : state;
  if (heard === 'ringing') return takenSoFar(state);
  if (isTrunkTrouble(news)) return noteTrouble(state, news, now);
  if (heard === 'rejected' && news.rang !== true) return noteRejection(state, now);
  return { ...freshTrunk, dialedAt: state.dialedAt, reachable: state.reachable };
}

/** It rings: the network takes calls. Whether they come to anything is for their end to say. */
function takenSoFar(state: TrunkState): TrunkState {
  if (state.rest?.afterRinging === true) return state;
  const { rest: _rest, ...awake } = state;
  return { ...awake, troubles: 0, rejections: 0 };
}

function noteTrouble(state: TrunkState, news: TrunkNews, now: number): TrunkState {
  const { rest } = state;
  const isLate = news.rang === true;
  const troubles = state.troubles + (isLate ? 0 : 1);
  const lateTroubles = state.lateTroubles + (isLate ? 1 : 0);
  const inARow = isLate ? lateTroubles : troubles;
  if (!rest && inARow < TROUBLES_BEFORE_REST) return { ...state, troubles, lateTroubles };
  const how = { heard: news.mute === true ? null : news.heard, rang: isLate };
  const trouble: Trouble = rest
    ? { what: 'failed-probe', calls: 1, ...how }
    : { what: 'failed-calls', calls: inARow, ...how };
  return resting(state, { afterRinging: isLate || rest?.afterRinging === true, trouble }, now);
}

/** A rejected probe may be a person's own refusal: it ends neither the rest nor the probing. */
function noteRejection(state: TrunkState, now: number): TrunkState {
  const rejections = state.rejections + 1;
  if (state.rest) return { ...state, rejections, rest: fewerProbes(state.rest) };
  if (rejections < REJECTIONS_BEFORE_REST) return { ...state, rejections };
  return resting(state, { afterRinging: false, trouble: { what: 'refused-calls', calls: rejections } }, now);
}

/** The network said how long it wants to be left alone, with whatever call it was (RFC 3261, 21.5.4). */
function askedRest(state: TrunkState, { retryAfterMs = 0, rang }: TrunkNews, now: number): TrunkState | undefined {
  const untilAt = now + Math.min(retryAfterMs, RETRY_AFTER_MOST_MS);
  if (retryAfterMs <= 0 || untilAt <= (state.rest?.untilAt ?? 0)) return undefined;
  const afterRinging = rang === true || state.rest?.afterRinging === true;
  const rested = resting(state, { afterRinging, trouble: { what: 'retry-after', forMs: retryAfterMs } }, now);
  const isUnderWay = state.rest !== undefined && now < state.rest.untilAt;
  const count = isUnderWay ? state.rest.count : rested.rest.count;
  return { ...rested, rest: { ...rested.rest, count, untilAt: Math.max(untilAt, rested.rest.untilAt) } };
}

/** A line that was chosen and not dialed after all (no record was left) takes up neither rate nor probe. */
export function noteTrunkUnused(state: TrunkState, chosenAt: number): TrunkState {
  const place = state.dialedAt.lastIndexOf(chosenAt);
  const dialedAt = state.dialedAt.filter((_, index) => index !== place);
  return state.rest ? { ...state, dialedAt, rest: fewerProbes(state.rest) } : { ...state, dialedAt };
}

/** The trunk's registration or qualification was lost or came back: no line is dialed on an unreachable trunk. */
export function noteTrunkReachable(state: TrunkState, reachable: boolean): TrunkState {
  return state.reachable === reachable ? state : { ...state, reachable };
}

export function probesOut({ probes, probedAt }: TrunkRest, now: number): number {
  return now - probedAt < PROBE_PATIENCE_MS ? probes : 0;
}

function fewerProbes(rest: TrunkRest): TrunkRest {
  return { ...rest, probes: Math.max(0, rest.probes - 1) };
}

function resting(
  state: TrunkState,
  { afterRinging, trouble }: Pick<TrunkRest, 'afterRinging' | 'trouble'>,
  now: number,
): TrunkState & { readonly rest: TrunkRest } {
  const count = (state.rest?.count ?? 0) + 1;
  const rest = { untilAt: now + backoffMs(REST, count - 1), count, afterRinging, probes: 0, probedAt: now, trouble };
  return { ...state, troubles: 0, rejections: 0, lateTroubles: 0, rest };
}
