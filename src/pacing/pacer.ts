// How many lines to dial now, and which ringing ones to give up: the door of the pacing library.
// Deterministic: no clock, no I/O, no randomness of its own; everything comes in through observe and decide.

import { assemblePacer } from './assembly.ts';
import type { Json, Pacer, PacerOptions } from './contract.ts';

export type { Json, PacedAgentState, Pacer, PacerOptions, PacingDecision, PacingEvent } from './contract.ts';
export type { PacingMode } from './mode.ts';
export type { GuardState, PacingLimit, PacingReason } from './reason.ts';
export { describe } from './describe.ts';

/**
 * Makes a pacer for one campaign. `learned` is what an earlier pacer's `learned()` gave; anything else in its
 * place is a cold start, never an error.
 */
export function createPacer(options: PacerOptions, learned?: Json): Pacer {
  return assemblePacer(options, learned);
}
