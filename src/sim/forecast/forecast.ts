// What to expect of a campaign with so many agents: days of the simulator, each with other dice, and what they came to.

import { createPacer, type PacerOptions } from '../../pacing/pacer.ts';
import { simulate } from '../pacing/simulate.ts';
import type { World } from '../pacing/worlds.ts';
import { Probe } from './probe.ts';

export interface ForecastQuestion {
  /** The world of each day; one that remembers nothing may serve them all. */
  readonly worldOf: () => World;
  readonly agents: number;
  readonly options: PacerOptions;
  readonly days: number;
  readonly seed: number;
  /**
   * How long the abandonment window goes on from the shift's beginning; unknown: the pacer does not know when dialing ends,
   * as in a campaign without a schedule; absent: to the shift's end.
   */
  readonly windowS?: number | 'unknown';
  /** Dials until every record is done; absent: no one asks when that is. */
  readonly dialsToDo?: number;
}

/** Over days: the mean, and the days between which nine of ten lie (of few days: the least and the most). */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface Forecast {
  readonly agents: number;
  readonly abandonTarget: number;
  readonly days: number;
  readonly hoursPerDay: number;
  readonly utilisation: Spread;
  readonly abandonRate: Spread & {
    /** Share of days above the target. */
    readonly daysAbove: number;
  };
  /** How long an agent waits for the next conversation, seconds. */
  readonly waitS: { readonly p50: number; readonly p90: number };
  readonly dialsPerHour: Spread;
  readonly liveAnswersPerHour: Spread;
  readonly conversationsPerHour: Spread;
  /** Lines in use at once, the most of each day. */
  readonly peakLines: Spread;
  /** Hours of dialing until the records are done; absent without records. */
  readonly hoursToFinish?: Spread;
  /** Waits of agents, counted in equal classes from 0 on, each `stepS` seconds wide; the last has no upper edge. */
  readonly waits: { readonly stepS: number; readonly counts: readonly number[] };
}

const WAIT_CLASSES = 12;
const WAIT_STEPS_S = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300] as const;

interface Day {
  readonly utilisation: number;
  readonly abandonRate: number;
  readonly liveAnswers: number;
  readonly dials: number;
  readonly conversations: number;
  readonly mostLines: number;
}

/** Simulates one day after the other; `onDay` hears how many are done. */
export function forecast(question: ForecastQuestion, onDay: (done: number) => void = () => undefined): Forecast {
  const { worldOf, agents, options, days, seed, windowS, dialsToDo } = question;
  const found: Day[] = [];
  const waitsS: number[] = [];
  let hours = 0;
  for (let day = 0; day < days; day += 1) {
    const world = worldOf();
    hours = world.shiftS / 3600;
    const probe = new Probe(createPacer(options), {
      fromMs: world.warmUpS * 1000,
      ...(windowS === undefined ? {} : { windowMs: windowS === 'unknown' ? windowS : windowS * 1000 }),
    });
    simulate({ world, agents, policy: probe, seed: seed + day, abandonTarget: options.abandonTarget });
    found.push(dayOf(probe, (world.warmUpS + world.shiftS) * 1000));
    for (const waitS of probe.waitsS) waitsS.push(waitS);
    onDay(day + 1);
  }
  const dialsPerHour = spread(found.map(({ dials }) => dials / hours));
  const rates = found.map(({ abandonRate }) => abandonRate);
  return {
    agents,
    abandonTarget: options.abandonTarget,
    days,
    hoursPerDay: hours,
    utilisation: spread(found.map(({ utilisation }) => utilisation)),
    abandonRate: { ...spread(rates), daysAbove: rates.filter((rate) => rate > options.abandonTarget).length / days },
    waitS: quantiles(waitsS),
    dialsPerHour,
    liveAnswersPerHour: spread(found.map(({ liveAnswers }) => liveAnswers / hours)),
    conversationsPerHour: spread(found.map(({ conversations }) => conversations / hours)),
    peakLines: spread(found.map(({ mostLines }) => mostLines)),
    ...(dialsToDo === undefined ? {} : { hoursToFinish: timesOf(dialsToDo, dialsPerHour) }),
    waits: countWaits(waitsS),
  };
}

function dayOf(probe: Probe, endMs: number): Day {
  const { liveAnswers, abandoned, dials, conversations, mostLines } = probe;
  const abandonRate = abandoned / Math.max(1, liveAnswers);
  return { utilisation: probe.utilisation(endMs), abandonRate, liveAnswers, dials, conversations, mostLines };
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { mean, low: at(0.05), high: at(0.95) };
}

function quantiles(values: readonly number[]): { readonly p50: number; readonly p90: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p90: at(0.9) };
}

/** The fewer dials in an hour, the longer it takes. */
function timesOf(dials: number, perHour: Spread): Spread {
  const hours = (rate: number): number => dials / Math.max(1e-9, rate);
  return { mean: hours(perHour.mean), low: hours(perHour.high), high: hours(perHour.low) };
}

/** The narrowest classes that hold nineteen waits of twenty below the last one. */
function countWaits(waitsS: readonly number[]): Forecast['waits'] {
  const most = waitsS.toSorted((a, b) => a - b)[Math.floor(0.95 * (waitsS.length - 1))] ?? 0;
  const stepS = WAIT_STEPS_S.find((step) => step * (WAIT_CLASSES - 1) >= most) ?? 600;
  const counts = Array.from({ length: WAIT_CLASSES }, () => 0);
  for (const waitS of waitsS) {
    const place = Math.min(WAIT_CLASSES - 1, Math.floor(waitS / stepS));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return { stepS, counts };
}
