// The instants ahead at which the forecast looks: from now to the last moment a call dialed now can be answered.

/** How many instants ahead are looked at. */
export const STEPS = 14;

/** A call needs a moment to start ringing, and a verdict after the answer may take one more. */
const SETUP_S = 3;

/** Step k covers [k·stepS, (k+1)·stepS) and stands for its middle. */
export interface Grid {
  readonly stepS: number;
  /** Middle of each step, seconds from now. */
  readonly at: readonly number[];
}

/** The grid for calls that may ring for `ringTimeoutMs`. */
export function makeGrid(ringTimeoutMs: number): Grid {
  const stepS = (ringTimeoutMs / 1000 + SETUP_S) / STEPS;
  return { stepS, at: Array.from({ length: STEPS }, (_, k) => (k + 0.5) * stepS) };
}
