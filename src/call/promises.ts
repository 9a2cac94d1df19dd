// What each state of a call promises, and by when: a call that has not kept it has perhaps, and word of it was lost on the
// way. It is then looked up on the exchange. Pure; the times lie well above what a working exchange needs.

import type { CallState } from './call.ts';

/** Ms from the state's beginning; states that may last have none. */
const PROMISES: { readonly [State in CallState]?: number } = {
  /** The exchange has accepted the call: it rings, or is refused. A slow network is asked after ever less often. */
  placing: 2_000,
  /** Picked up: the leg comes into our hands. */
  answered: 400,
  /** The detector speaks within 5 s. */
  detecting: 6_500,
  /** The leg was sent into the agent's bridge: it is in there. */
  connecting: 700,
  /** The hang-up was asked for: the leg ends. */
  releasing: 1_500,
};

/** How long a call may be in a state before it is looked up; undefined: for as long as it likes. */
export const promisedWithinMs = (state: CallState): number | undefined => PROMISES[state];

const LAST_PAUSE_MS = 16_000;

/** When it is looked up again that was found to be as it should. */
export const lookAgainMs = (withinMs: number, looks: number): number => Math.min(LAST_PAUSE_MS, withinMs * 2 ** looks);
