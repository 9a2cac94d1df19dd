// Who follows the sessions of agents: each step, and what is said at a desk that others keep.

import type { AgentSession, Remarks, SessionEffect, SessionEvent } from '../../agent/session.ts';

/** Follows sessions step by step, the first of each (`before` undefined) and the last (`offline`) included. */
export interface SessionWatcher {
  sessionStepped(before: AgentSession | undefined, after: AgentSession, event?: SessionEvent): void;
  /** A callback that was agreed on by keys, or taken back, of a call that is wrapped up at the agent's desk. */
  callbackByKeys(session: AgentSession, callback: Extract<SessionEffect, { do: 'desk-callback' }>['callback']): void;
  /** What was said of a call that is wrapped up at the agent's desk. */
  disposed(session: AgentSession, disposition: { readonly code: string } & Remarks): void;
}
