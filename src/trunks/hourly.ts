// How many calls a trunk has placed within the hour, in all and to each country abroad: what a bill or a fraud costs at
// most. Exact in every window of an hour. Knows no clock and no store; whoever asks says when it is.

import { saidOfTrunk, type TrunkSaid } from './reasons.ts';

const HOUR_MS = 3_600_000;

/** A trunk's limits on calls in any hour. */
export interface HourlyLimits {
  /** The country whose calls count for `perHour` alone. */
  readonly home: string;
  /** Absent: no limit. */
  readonly perHour?: number;
  /** To each country but `home`. */
  readonly perHourAbroad: number;
}

/** What is left of the calls to countries abroad: what the choice of records goes by. Plain data. */
export interface AbroadQuota {
  readonly trunk: string;
  readonly home: string;
  readonly most: number;
  /** Calls of the past hour by country, and when the oldest of them no longer counts. */
  readonly used: Readonly<Record<string, HourUse>>;
}

export interface HourUse {
  readonly calls: number;
  readonly freeAt: number;
}

/** The quotas after one more call to that country at `now`. */
export function afterCall(quotas: readonly AbroadQuota[], country: string, now: number): readonly AbroadQuota[] {
  return quotas.map((quota) => {
    if (country === quota.home) return quota;
    const { calls = 0, freeAt = now + HOUR_MS } = quota.used[country] ?? {};
    return { ...quota, used: { ...quota.used, [country]: { calls: calls + 1, freeAt } } };
  });
}

/** When the oldest calls are forgotten in one go. */
const MOST_GONE = 1024;

/** The calls of the past hour, oldest first. */
export class HourOfCalls {
  #dialedAt: number[] = [];
  /** So many of them are older than an hour. */
  #gone = 0;

  note(at: number): void {
    this.#notAfter(at);
    this.#dialedAt.push(at);
  }

  /** Calls that count at `now`, and when the oldest no longer does. */
  use(now: number): HourUse {
    this.#notAfter(now);
    while ((this.#dialedAt[this.#gone] ?? Infinity) <= now - HOUR_MS) this.#gone += 1;
    if (this.#gone > MOST_GONE) this.#forget();
    return { calls: this.#dialedAt.length - this.#gone, freeAt: (this.#dialedAt[this.#gone] ?? now) + HOUR_MS };
  }

  #forget(): void {
    this.#dialedAt = this.#dialedAt.slice(this.#gone);
    this.#gone = 0;
  }

  /** By a clock that was set back, calls of the future were just now. */
  #notAfter(now: number): void {
    if ((this.#dialedAt.at(-1) ?? now) > now) this.#dialedAt = this.#dialedAt.map((at) => Math.min(at, now));
  }
}

/** Why the trunk places no more calls for now; undefined: it does. */
export function hourRefusal(
  trunk: string,
  { perHour }: HourlyLimits,
  { calls, freeAt }: HourUse,
): (TrunkSaid & { readonly untilAt: number }) | undefined {
  if (perHour === undefined || calls < perHour) return undefined;
  return { ...saidOfTrunk({ kind: 'hour-used', trunk, calls }), untilAt: freeAt };
}
