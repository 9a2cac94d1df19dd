// The latest decisions of a campaign's pacing that changed something, for people to look at.

import type { PacingView } from './control.ts';

const KEPT = 8;

export class RecentDecisions {
  #kept: PacingView[] = [];
  #kind = '';

  /** `kind` names what holds the dialing back: a decision that does nothing is told when that changes. */
  note(decision: PacingView, kind: string): void {
    const changes = decision.dial > 0 || decision.cancel > 0 || kind !== this.#kind;
    this.#kind = kind;
    if (changes) this.#kept = [...this.#kept.slice(1 - KEPT), decision];
  }

  /** Newest last. */
  latest(): readonly PacingView[] {
    return this.#kept;
  }
}
