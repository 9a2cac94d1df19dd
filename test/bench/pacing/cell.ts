// One cell of the benchmark: what the days of a policy in a world with a team come to.
// Knobs are tuned in hindsight on seeds below 1000; scored days have seeds from 5001.

import { defined } from '../../../src/base/defined.ts';
import { TUNED } from '../../../src/sim/pacing/policies.ts';
import { runDay, TARGET, type CellId, type Day, type DayBook } from './days.ts';

const FIRST_SCORED_SEED = 5001;
const FIRST_TUNING_SEED = 1;
const TUNING_AGENT_DAYS = 60;
const TUNING_STEPS = 9;
const HIGHEST_KNOB = 9;

export interface Cell extends CellId {
  readonly days: number;
  readonly utilisation: number;
  /** Half the width of the 95 % confidence interval of the mean over days. */
  readonly plusMinus: number;
  readonly abandonRate: number;
  readonly daysAboveTarget: number;
  /** The highest abandon rate of a day. */
  readonly worstDay: number;
  readonly dialsPerAnswer: number;
  readonly knob?: number;
}

/** The highest knob at which abandonment stays at or under the target, found on the tuning seeds. */
function tuned(id: CellId): number {
  const days = Math.max(2, Math.ceil(TUNING_AGENT_DAYS / id.agents));
  let low = 0.8;
  let high = HIGHEST_KNOB;
  for (let step = 0; step < TUNING_STEPS; step += 1) {
    const knob = (low + high) / 2;
    let over = 0;
    for (let i = 0; i < days; i += 1) {
      const { liveAnswers, abandoned } = runDay(id, FIRST_TUNING_SEED + i, knob);
      over += abandoned - TARGET * liveAnswers;
    }
    if (over > 0) high = knob;
    else low = knob;
  }
  return low;
}

/** Lives through what is missing of the first `days` scored days of a cell; a policy with a knob is tuned first. */
export function scoreCell(book: DayBook, id: CellId, days: number): void {
  const done = book.cell(id);
  const known = [...done.values()].find(({ knob }) => knob !== undefined)?.knob;
  let knob = known;
  for (let i = 0; i < days; i += 1) {
    const seed = FIRST_SCORED_SEED + i;
    if (done.has(seed) || book.cell(id).has(seed)) continue;
    if (knob === undefined && TUNED.includes(id.policy)) knob = tuned(id);
    book.add(runDay(id, seed, knob));
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
}

/** Half the width of the 95 % confidence interval of the mean. */
function plusMinus(values: readonly number[]): number {
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1);
  return 1.96 * Math.sqrt(variance / Math.max(1, values.length));
}

/** What the days of a cell come to; undefined without any. */
export function cellOf(days: readonly Day[]): Cell | undefined {
  const [first] = days;
  if (first === undefined) return undefined;
  const { world, agents, policy, knob } = first;
  const liveAnswers = days.reduce((sum, day) => sum + day.liveAnswers, 0);
  const rates = days.map(({ abandoned, liveAnswers: answers }) => abandoned / Math.max(1, answers));
  const utilisations = days.map(({ utilisation }) => utilisation);
  return {
    world,
    agents,
    policy,
    days: days.length,
    utilisation: mean(utilisations),
    plusMinus: plusMinus(utilisations),
    abandonRate: days.reduce((sum, day) => sum + day.abandoned, 0) / Math.max(1, liveAnswers),
    daysAboveTarget: rates.filter((rate) => rate > TARGET).length,
    worstDay: Math.max(...rates),
    dialsPerAnswer: days.reduce((sum, day) => sum + day.dials, 0) / Math.max(1, liveAnswers),
    ...defined({ knob }),
  };
}
