// The latest decisions of a campaign's pacing that changed something, for people to look at.

import type { PacingView } from '../control-views.ts';

const KEPT = 8;

export class RecentDecisions {
  #kept: PacingView[] = [];
  #kind = '';

  /** True when it changes something. `kind` names what holds the dialing back: a change of that is one as well. */
  note(decision: PacingView, kind: string): boolean {
    const changes = decision.dial > 0 || decision.cancel > 0 || kind !== this.#kind;
    this.#kind = kind;
    if (changes) this.#kept = [...this.#kept.slice(1 - KEPT), decision];
    return changes;
  }

  /** Newest last. */
  latest(): readonly PacingView[] {
    return this.#kept;
  }
}
