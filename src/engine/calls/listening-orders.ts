// What a supervisor may ask: to hear an agent, and to be heard.

import type { AgentNumber } from '../../terms.ts';

/**
 * `listen`: no one hears the supervisor; `whisper`: the agent alone does; `barge`: agent and person do; `take-over`: the
 * supervisor has the person, the agent wraps up.
 */
export const LISTENING_MODES = ['listen', 'whisper', 'barge', 'take-over'] as const;
export type ListeningMode = (typeof LISTENING_MODES)[number];

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
}
