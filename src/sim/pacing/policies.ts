// The policies of the benchmark by name, each made for one world and one team.
// A policy with a knob is tuned in hindsight by the benchmark; here it only takes the knob.

import { createPacer, type PacerOptions, type PacingMode } from '../../pacing/pacer.ts';
import { issabel, power, predictPi } from './baselines.ts';
import { knowsCompletions } from './foresight.ts';
import { impact } from './impact.ts';
import type { SimulatedPolicy } from './shift.ts';
import { vicidialAdaptive, vicidialRatio } from './vicidial.ts';
import type { World } from './worlds.ts';

export interface PolicySetting {
  readonly world: World;
  readonly abandonTarget: number;
  /** For policies with a knob: ratio or level. */
  readonly knob?: number;
}

const SOLVABLE_RING_MS = 45_000;

/** The pacer's options in a simulated world: lines without limit, cancelling after 15 s of ringing. */
export function pacerOptions(mode: PacingMode, { world, abandonTarget }: PolicySetting): PacerOptions {
  return {
    mode,
    abandonTarget,
    answerLimitMs: world.patienceS * 1000,
    ringTimeoutMs: world.patienceS > 0 ? 25_000 : SOLVABLE_RING_MS,
    minRingMs: world.patienceS > 0 ? 15_000 : Number.POSITIVE_INFINITY,
    maxLines: 1e6,
    maxCallsPerSecond: 20_000,
  };
}

type Make = (setting: PolicySetting) => SimulatedPolicy;

/** Every policy by its name; those of `TUNED` need a knob. */
export const POLICIES: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['outdial', (setting) => createPacer(pacerOptions('predictive', setting))],
  ['progressive', (setting) => createPacer(pacerOptions('progressive', setting))],
  ['power', ({ knob }) => power(knob ?? 1)],
  ['vicidial-ratio', ({ knob }) => vicidialRatio(knob ?? 1)],
  ['vicidial-hard', (setting) => vicidialAdaptive('hard', setting.abandonTarget, endOf(setting.world))],
  ['vicidial-average', (setting) => vicidialAdaptive('average', setting.abandonTarget, endOf(setting.world))],
  ['vicidial-tapered', (setting) => vicidialAdaptive('tapered', setting.abandonTarget, endOf(setting.world))],
  ['issabel', () => issabel(false)],
  ['issabel-overcommit', () => issabel(true)],
  ['impact', ({ abandonTarget }) => impact(abandonTarget)],
  ['knows-completions', (setting) => knowsCompletions(pacerOptions('predictive', setting))],
  ['pi', ({ abandonTarget }) => predictPi(abandonTarget)],
]);

export const TUNED: readonly string[] = ['power', 'vicidial-ratio'];

function endOf(world: World): number {
  return (world.warmUpS + world.shiftS) * 1000;
}
