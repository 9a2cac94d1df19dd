// What is left of an abandonment window, for a bar and a sentence. Pure.

export interface WindowNow {
  readonly target: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
}

export interface Budget {
  /** How many more may be abandoned now; below 0: too many were. */
  readonly left: number;
  /** Used of what the limit allows, 0–1; 1 where it allows none. */
  readonly used: number;
  readonly look: 'well' | 'near' | 'over';
}

/** From this share on the budget is nearly used up. */
const NEAR = 0.8;

export function budgetOf({ target, liveAnswers, abandoned }: WindowNow): Budget {
  const allowed = target * liveAnswers;
  // Shares of whole numbers are not exact to the last digit.
  const left = Math.floor(allowed - abandoned + 1e-9);
  const used = allowed <= 0 ? (abandoned > 0 ? 1 : 0) : Math.min(1, abandoned / allowed);
  return { left, used, look: left < 0 ? 'over' : used >= NEAR ? 'near' : 'well' };
}
