// What a supervisor may ask: to hear an agent, and to be heard.

import type { ListeningMode } from '../../agent/listening-mode.ts';
import type { AgentNumber, LegId } from '../../terms.ts';

/** As `phone` of who listens by the browser in which they have signed in; no number is like it. */
export const browserOf = (user: string): string => `browser:${user}`;
export const isBrowser = (phone: string): boolean => phone.startsWith(browserOf(''));

export interface ListeningOrder {
  readonly mode: ListeningMode;
  /** The agent's number whose phone the supervisor listens by; the phone is rung. With `browser` any word for it. */
  readonly phone: AgentNumber;
  /** The supervisor's browser is the phone: it is waited for, and dials in. */
  readonly browser?: true;
  /** Goes on to the agent's next call; else it ends with the call. */
  readonly stays?: boolean;
  /** Who asks, as the audit log has them. */
  readonly by: string;
}

export interface Listening {
  readonly agent: AgentNumber;
  readonly phone: AgentNumber;
  readonly mode: ListeningMode;
  /** `ringing`: the supervisor's phone has not been answered yet, or the browser has not dialed in. */
  readonly state: 'ringing' | 'on';
  readonly since: number;
  readonly stays: boolean;
  readonly by: string;
  /** The supervisor has dialed in and shown number and PIN: `phone` is that number, whatever phone it was dialed from. */
  readonly isDialed?: true;
}

/** A phone from which a supervisor has dialed in, and shown number and PIN. */
export interface DialedSupervisor {
  readonly leg: LegId;
  /** The number that was typed; as `Listening` has it. */
  readonly phone: AgentNumber;
  readonly by: string;
}
