// What usually becomes of a simulated call: somebody picks up and talks, or the line is busy, or it rings on.

import { REFUSALS, type CallPlan } from '../../src/sim/call-plan.ts';

/** A person who picks up after `ringsMs` and talks for so long. */
export const talks = (talksMs: number, ringsMs = 1_000): CallPlan => ({
  setUpMs: 100,
  before: 'ringing',
  afterMs: ringsMs,
  outcome: { type: 'person', talksMs },
});

/** A person who talks for 20 s. */
export const answers = (): CallPlan => ({ ...talks(20_000, 3_000), setUpMs: 200 });

/** A person who talks for as long as a test wants. */
export const stays = (): CallPlan => ({ ...talks(120_000, 2_000), setUpMs: 200 });

export const busy = (): CallPlan => ({ setUpMs: 200, before: 'nothing', afterMs: 500, outcome: REFUSALS.busy });
export const rings = (): CallPlan => ({ setUpMs: 200, before: 'ringing', afterMs: 600_000, outcome: REFUSALS.busy });
