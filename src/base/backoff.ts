// How long to wait before the next try of something that keeps failing.

export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Delay before try number `tries` (0 = first repeat): doubles up to `maxMs`, with ±20 % by `chance` in [0, 1). */
export function backoffMs(options: BackoffOptions, tries: number, chance = 0.5): number {
  const plain = Math.min(options.maxMs, options.firstMs * 2 ** Math.min(tries, 30));
  return Math.round(plain * (0.8 + 0.4 * chance));
}
