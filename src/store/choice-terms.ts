// What both databases mean by the words of a choice: candidates that come up tier by tier, and what holds a record back.

import type { HeldReason } from '../eligibility/reasons.ts';
import type { Queue } from './open-queues.ts';

export interface WantedCandidates {
  readonly queues: readonly Queue[];
  readonly now: number;
  /** Each queue, or each pool of queues, gives no more than this. */
  readonly limit: number;
  /** Lists take turns: each has a pool of its own. */
  readonly inTurns: boolean;
}

/** Candidates of which none comes before those of the tier before. */
export interface Tier<Candidate> {
  /** By list, each in the order of dialing; one for all lists when they are dialed as one. */
  readonly pools: ReadonlyMap<string, readonly Candidate[]>;
  /** There may be more of this tier: it must be asked again before the next one. */
  readonly isCut: boolean;
}

/** Nothing more is taken before then. */
export interface Held {
  readonly heldBack: string;
  readonly heldReason: HeldReason;
  readonly untilAt: number;
}

/** Until the validation service has answered, or `untilAt`. */
export const numbersChecked = (untilAt: number): Held => ({
  heldBack: 'Numbers are being checked.',
  heldReason: { kind: 'numbers-checked' },
  untilAt,
});

/** What a store answers when more is held back. */
export const heldOutlook = ({ untilAt, heldBack, heldReason }: Held) => ({
  nextDueAt: untilAt,
  exhausted: false,
  heldBack,
  heldReason,
});
