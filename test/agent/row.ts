// How a test says what an event does to a session in a state, in telephony words.

import type { AgentSession, SessionEvent } from '../../src/agent/session.ts';
import type { AgentState } from '../../src/terms.ts';

export interface SessionRow {
  readonly state: AgentState;
  readonly on: SessionEvent;
  /** What happens, in telephony words; also the test's name. */
  readonly when: string;
  /** Feature that the row is about; default A-01. */
  readonly id?: string;
  /** Default: a nailed-up phone that is up. */
  readonly given?: AgentSession;
  readonly to: AgentState;
  /** Why paused or gone. */
  readonly reason?: string;
  /** Effects in order, in the words of `inWords`. */
  readonly does: readonly string[];
  /** What else must be so afterwards. */
  readonly leaves?: Partial<AgentSession>;
  /** What must be gone afterwards. */
  readonly drops?: readonly (keyof AgentSession)[];
}

/** A row of the machine. */
export function row(
  state: AgentState,
  on: SessionEvent,
  when: string,
  then: Omit<SessionRow, 'state' | 'on' | 'when'>,
): SessionRow {
  return { state, on, when, ...then };
}
