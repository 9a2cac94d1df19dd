// How many calls a trunk has placed within the hour, in all and to each country abroad: what a bill or a fraud costs at
// most. Exact in every window of an hour. Knows no clock and no store; whoever asks says when it is.

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

/** The calls of the past hour. */
export class HourOfCalls {
  #dialedAt: number[] = [];

  note(at: number): void {
    this.#dialedAt.push(at);
  }

  /** Calls that count at `now`, and when the oldest no longer does. By a clock that was set back they were just now. */
  use(now: number): HourUse {
    if (this.#dialedAt.some((at) => at > now)) this.#dialedAt = this.#dialedAt.map((at) => Math.min(at, now));
    const first = this.#dialedAt.findIndex((at) => at > now - HOUR_MS);
    if (first !== 0) this.#dialedAt = first < 0 ? [] : this.#dialedAt.slice(first);
    return { calls: this.#dialedAt.length, freeAt: (this.#dialedAt[0] ?? now) + HOUR_MS };
  }
}

/** Why the trunk places no more calls for now; undefined: it does. */
export function hourRefusal(
  trunk: string,
  { perHour }: HourlyLimits,
  { calls, freeAt }: HourUse,
): { readonly why: string; readonly untilAt: number } | undefined {
  if (perHour === undefined || calls < perHour) return undefined;
  const why = `Trunk ${trunk} has placed ${calls} calls within the hour, which is its limit (max_calls_per_hour).`;
  return { why, untilAt: freeAt };
}
