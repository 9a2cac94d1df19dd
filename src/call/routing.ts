// Which of the ready agents gets a live answer. Reserving, ringing and bridging are the engine's.

export interface Candidate {
  readonly session: string;
  readonly readySince: number;
}

/** The longest-idle of the ready agents; undefined when there is none. Ties go to the smaller session id. */
export function pickAgent<C extends Candidate>(ready: Iterable<C>): C | undefined {
  let best: C | undefined;
  for (const candidate of ready) {
    const longer =
      best === undefined ||
      candidate.readySince < best.readySince ||
      (candidate.readySince === best.readySince && candidate.session < best.session);
    if (longer) best = candidate;
  }
  return best;
}
