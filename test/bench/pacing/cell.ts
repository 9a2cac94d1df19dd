// One cell of the pacing benchmark: a policy in a world with a team over many simulated days.
// Days with the same seed are the same for every policy; tuning uses seeds below 1000, scoring those from 1001.

import { POLICIES, TUNED } from '../../../src/sim/pacing/policies.ts';
import { simulate } from '../../../src/sim/pacing/simulate.ts';
import { WORLDS } from '../../../src/sim/pacing/worlds.ts';

export const TARGET = 0.03;
const FIRST_SCORED_SEED = 1001;
const TUNING_STEPS = 9;

export interface CellId {
  readonly world: string;
  readonly agents: number;
  readonly policy: string;
}

export interface Cell extends CellId {
  readonly days: number;
  readonly utilisation: number;
  /** Half the width of the 95 % confidence interval of the mean. */
  readonly plusMinus: number;
  readonly abandonRate: number;
  readonly daysAboveTarget: number;
  readonly dialsPerAnswer: number;
  readonly knob?: number;
}

interface Days {
  readonly utilisations: number[];
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly dials: number;
  readonly above: number;
}

function runDays(id: CellId, firstSeed: number, days: number, knob: number | undefined): Days {
  const world = WORLDS.get(id.world);
  const make = POLICIES.get(id.policy);
  if (world === undefined || make === undefined) throw new Error(`no such world or policy: ${id.world} ${id.policy}`);
  const setting = { world, abandonTarget: TARGET, ...(knob === undefined ? {} : { knob }) };
  const sum = { utilisations: [] as number[], liveAnswers: 0, abandoned: 0, dials: 0, above: 0 };
  for (let day = 0; day < days; day += 1) {
    const policy = make(setting);
    const figures = simulate({ world, agents: id.agents, policy, seed: firstSeed + day, abandonTarget: TARGET });
    sum.utilisations.push(figures.utilisation);
    sum.liveAnswers += figures.liveAnswers;
    sum.abandoned += figures.abandoned;
    sum.dials += figures.dials;
    if (figures.abandonRate > TARGET) sum.above += 1;
  }
  return sum;
}

/** The highest knob at which abandonment stays at or under the target, found on the tuning seeds. */
function tuned(id: CellId, days: number): number {
  let low = 1;
  let high = 8;
  for (let step = 0; step < TUNING_STEPS; step += 1) {
    const knob = (low + high) / 2;
    const { liveAnswers, abandoned } = runDays(id, 1, days, knob);
    if (abandoned > TARGET * liveAnswers) high = knob;
    else low = knob;
  }
  return low;
}

/** Measures a cell over `days` scored days; a policy with a knob is tuned first. */
export function measure(id: CellId, days: number): Cell {
  const knob = TUNED.includes(id.policy) ? tuned(id, Math.max(2, Math.ceil(days / 4))) : undefined;
  const { utilisations, liveAnswers, abandoned, dials, above } = runDays(id, FIRST_SCORED_SEED, days, knob);
  const mean = utilisations.reduce((a, b) => a + b, 0) / days;
  const variance = utilisations.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, days - 1);
  return {
    ...id,
    days,
    utilisation: mean,
    plusMinus: 1.96 * Math.sqrt(variance / days),
    abandonRate: abandoned / Math.max(1, liveAnswers),
    daysAboveTarget: above,
    dialsPerAnswer: dials / Math.max(1, liveAnswers),
    ...(knob === undefined ? {} : { knob }),
  };
}
