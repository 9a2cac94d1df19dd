// What the solvable worlds have in common, and what the search for their optimum needs of each.

export interface SolvableWorld {
  readonly agents: number;
  readonly answerRate: number;
  readonly abandonTarget: number;
}

/** One sweep of value iteration over a chain of its own. */
export interface Chain {
  /** Steps of the uniformised chain per second. */
  readonly rate: number;
  /** Improves the values by one step under λ; returns the bounds of the gain per step. */
  sweep(lambda: number): { readonly lowest: number; readonly highest: number };
}

export const HANDLING_S = 140;
