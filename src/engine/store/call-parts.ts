// Who talked with whom in a call, and for how long, as the store keeps it: one row for each stretch. Only of calls in which
// a control was used; of any other the attempt's own times say it all.

import type { PartNow } from '../../call/parts.ts';
import type { AttemptId } from '../../terms.ts';

/**
 * `talk`: the agent with the person; `held`: the person on hold; `muted`: the agent not heard. `person-line`, `agent-line`:
 * how well the sound of each was carried, in words, of every conversation that lasted.
 */
type Part = PartNow | 'listen' | 'person-line' | 'agent-line';

export interface CallPart {
  readonly attempt: AttemptId;
  readonly part: Part;
  /** Number of the agent, or the third party; of a listener how they listened; of a line its figures. */
  readonly who: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface CallPartStore {
  begun(part: Omit<CallPart, 'endedAt'>): Promise<void>;
  ended(part: Omit<CallPart, 'endedAt'>, at: number): Promise<void>;
  /** Parts that are known when they are over; each once. */
  over(parts: readonly (CallPart & { readonly endedAt: number })[]): Promise<void>;
  /** Oldest first. */
  of(attempt: AttemptId): Promise<readonly CallPart[]>;
  /** Those without an end, oldest first; where recovery starts. */
  unfinished(): Promise<readonly CallPart[]>;
}
