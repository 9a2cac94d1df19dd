// How far a campaign has come and how long the rest takes at this pace. Pure; the store counts.

/** The records of a campaign, each in exactly one of these. */
export interface Progress {
  /** Finished: never dialed again by themselves. */
  readonly processed: number;
  /** To be dialed as soon as it is their turn. */
  readonly waiting: number;
  /** To be dialed from a moment in the future on. */
  readonly scheduled: number;
  /** Not dialed: on a do-not-call list, resting by opt-out, or taken out. */
  readonly blocked: number;
  readonly dialing: number;
}

export interface Pace {
  readonly progress: Progress;
  /** Attempts of the processed records, and of those still to be dialed. */
  readonly attemptsOnProcessed: number;
  readonly attemptsOnRest: number;
  /** Of the last hour in which something was dialed. */
  readonly attemptsPerHour: number;
}

/**
 * Time of dialing that the rest takes, ms; null while nothing is known of the pace. Takes it that records still to be
 * dialed need as many attempts as those that are processed needed, and at least one more each.
 */
export function timeToFinishMs({
  progress,
  attemptsOnProcessed,
  attemptsOnRest,
  attemptsPerHour,
}: Pace): number | null {
  const rest = progress.waiting + progress.scheduled + progress.dialing;
  if (rest === 0) return 0;
  if (attemptsPerHour <= 0) return null;
  const perRecord = progress.processed === 0 ? 1 : Math.max(1, attemptsOnProcessed / progress.processed);
  const attempts = Math.max(rest, rest * perRecord - attemptsOnRest);
  return Math.round((attempts / attemptsPerHour) * 3_600_000);
}
