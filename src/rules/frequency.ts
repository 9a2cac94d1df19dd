// How long past attempts count against a limit, how many count at a moment, and when the next one may be made.

import { defined } from '../base/defined.ts';
import { firstInstantAt, zoneOffsetMs } from '../base/local-time.ts';
import type { QuietDemand, Span } from '../campaign/rule-pack.ts';

const DAY_MS = 86_400_000;
/** No local day is longer than 24 hours by more than this. */
const LONGEST_SHIFT_MS = 3 * 3_600_000;

/** After this an event no longer counts, in whatever zone it is, in ms. */
export function longestMs(span: Span): number {
  return span.unit === 'time' ? span.ms : span.days * DAY_MS + LONGEST_SHIFT_MS;
}

/** How far back an attempt may matter to the clause, in ms: whoever was called without an agent is remembered for a year. */
export function quietReachMs({ for: span, thenAgentEngaged }: Pick<QuietDemand, 'for' | 'thenAgentEngaged'>): number {
  return Math.max(longestMs(span), thenAgentEngaged ? 366 * DAY_MS : 0);
}

/**
 * The moment from which an event at `eventAt` no longer counts. Local days end by the latest midnight of the zones: the
 * day of the event is the first.
 */
export function overAt(span: Span, eventAt: number, zones: readonly string[]): number {
  if (span.unit === 'time') return eventAt + span.ms;
  let latest = -Infinity;
  for (const zone of zones) {
    const midnight = Math.floor((eventAt + zoneOffsetMs(zone, eventAt)) / DAY_MS) * DAY_MS;
    latest = Math.max(latest, firstInstantAt(zone, midnight + span.days * DAY_MS));
  }
  return latest;
}

/** Whether `at` is within the span of an event at `eventAt` in every zone: whatever ends first decides. */
export function isWithin(
  span: Span,
  eventAt: number,
  { at, zones }: { readonly at: number; readonly zones: readonly string[] },
): boolean {
  if (span.unit === 'time') return at < overAt(span, eventAt, zones);
  return zones.every((zone) => at < overAt(span, eventAt, [zone]));
}

export interface Use {
  /** How many still count. */
  readonly used: number;
  /** The first moment at which fewer than `most` count; absent when that is so now, or never will be. */
  readonly freeAt?: number;
}

/** Of events that count until their moment in `overAts`: how many count at `at`, and when one more is allowed. */
export function useOf(overAts: readonly number[], most: number, at: number): Use {
  const counting = overAts.filter((over) => over > at);
  if (counting.length < most || most < 1) return { used: counting.length };
  const ordered = counting.sort((a, b) => a - b);
  const freeAt = ordered[counting.length - most];
  return { used: counting.length, ...defined({ freeAt }) };
}
