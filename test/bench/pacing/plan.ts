// Which cells the pacing benchmark measures, over how many days, and which of them every change is held to.

import { readFileSync } from 'node:fs';
import { onEnd, plainName, TARGET, type CellId } from './days.ts';
import { optimalUtilisation } from './optimum.ts';

export interface PlannedCell extends CellId {
  readonly days: number;
}

/** What outdial is compared with. */
export const BASELINES = [
  'progressive',
  'power',
  'vicidial-hard',
  'vicidial-average',
  'vicidial-tapered',
  'vicidial-ratio',
  'issabel',
  'issabel-overcommit',
  'pi',
  'impact',
] as const;

/** Days of each team: of the pacer itself in S1 and S2, and in the other worlds; of what it is compared with. */
const TEAMS = [
  { agents: 1, days: 100, otherDays: 100, comparedDays: 100 },
  { agents: 3, days: 100, otherDays: 60, comparedDays: 60 },
  { agents: 5, days: 100, otherDays: 40, comparedDays: 40 },
  { agents: 10, days: 100, otherDays: 30, comparedDays: 24 },
  { agents: 20, days: 100, otherDays: 20, comparedDays: 16 },
  { agents: 50, days: 100, otherDays: 10, comparedDays: 8 },
  { agents: 100, days: 100, otherDays: 8, comparedDays: 6 },
  { agents: 300, days: 100, otherDays: 4, comparedDays: 3 },
] as const;

/** Shifts of one hour instead of eight: this many times as many of them. */
const COLD_WORLD = 'S8';
const COLD_TIMES = 5;

const WHOLE_RANGE = ['S1', 'S2'];
const OTHER_WORLDS = ['S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9'];
const OTHER_TEAMS: readonly number[] = [5, 20, 100];

const SOLVABLE: ReadonlyMap<string, { ring: 'w1' | 'w3'; answerRate: number; teams: readonly number[] }> = new Map([
  ['w1-15', { ring: 'w1', answerRate: 0.15, teams: [1, 3, 5, 10, 20, 50] }],
  ['w1-30', { ring: 'w1', answerRate: 0.3, teams: [1, 3, 5, 10, 20, 50, 100] }],
  ['w1-60', { ring: 'w1', answerRate: 0.6, teams: [1, 3, 5, 10, 20, 50, 100] }],
  ['w3-15', { ring: 'w3', answerRate: 0.15, teams: [1, 3, 5] }],
  ['w3-30', { ring: 'w3', answerRate: 0.3, teams: [1, 3, 5, 10] }],
]);
const SOLVABLE_TIMES = 2;

/**
 * The same worlds with one window over so many days: the optimum is an average over all time and has no day to keep, and
 * the law's window is 30 days in places.
 */
export const LONG_DAYS = { solvable: 10, S1: 30 };

/** How many such windows. */
const LONG_TEAMS = [
  { agents: 1, solvable: 20, S1: 12 },
  { agents: 3, solvable: 12, S1: 6 },
  { agents: 5, solvable: 8, S1: 4 },
  { agents: 10, solvable: 4, S1: 2 },
] as const;

/** Everything: the cheap cells first, so that a run cut short has reported the most. */
export function fullPlan(): readonly PlannedCell[] {
  const plan: PlannedCell[] = [];
  for (const { agents, days, otherDays, comparedDays } of TEAMS) {
    const add = (world: string, policies: readonly string[], planned: number): void => {
      for (const policy of policies) plan.push({ world, agents, policy, days: planned });
    };
    for (const world of WHOLE_RANGE) {
      if (world === 'S2' && agents > 100) continue;
      add(world, BASELINES, comparedDays);
      add(world, ['outdial'], days);
      if (world === 'S1') add(world, ['knows-completions'], comparedDays);
    }
    for (const world of OTHER_WORLDS) {
      if (!OTHER_TEAMS.includes(agents)) continue;
      const times = world === COLD_WORLD ? COLD_TIMES : 1;
      add(world, BASELINES, comparedDays * times);
      add(world, ['outdial'], otherDays * times);
    }
    for (const [world, { teams }] of SOLVABLE) {
      if (teams.includes(agents)) add(world, ['outdial'], otherDays * SOLVABLE_TIMES);
    }
  }
  return [...plan, ...longPlan()];
}

function longPlan(): readonly PlannedCell[] {
  return LONG_TEAMS.flatMap(({ agents, solvable, S1 }) => {
    const worlds = [...SOLVABLE].filter(([, { teams }]) => teams.includes(agents)).map(([world]) => world);
    return [
      { world: onEnd('S1', LONG_DAYS.S1), agents, policy: 'outdial', days: S1 },
      ...worlds.map((world) => ({
        world: onEnd(world, LONG_DAYS.solvable),
        agents,
        policy: 'outdial',
        days: solvable,
      })),
    ];
  });
}

/** What every change is held to, on the same days each time. */
export const SHORT_PLAN: readonly PlannedCell[] = [
  { world: 'S1', agents: 1, policy: 'outdial', days: 15 },
  { world: 'S1', agents: 3, policy: 'outdial', days: 6 },
  { world: 'S1', agents: 10, policy: 'outdial', days: 4 },
  { world: 'S2', agents: 5, policy: 'outdial', days: 5 },
  { world: 'S7', agents: 5, policy: 'outdial', days: 5 },
  { world: 'S8', agents: 20, policy: 'outdial', days: 5 },
  { world: 'w1-30', agents: 5, policy: 'outdial', days: 6 },
  { world: 'S1', agents: 10, policy: 'progressive', days: 3 },
  { world: 'S1', agents: 10, policy: 'pi', days: 3 },
];

/** Optima as solved, 0–1, by world and team: the largest take minutes. */
function solved(file: string): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return JSON.parse(text) as Record<string, Record<string, number>>;
}

/** The exact optimum of a cell, 0–1, where the world can be solved: as kept, or solved now. */
export function optimumOf({ world: name, agents }: CellId): number | undefined {
  const world = plainName(name);
  const solvable = SOLVABLE.get(world);
  if (solvable === undefined || !solvable.teams.includes(agents)) return undefined;
  const kept = solved('./optima.json')[world]?.[String(agents)];
  return kept ?? optimalUtilisation({ agents, answerRate: solvable.answerRate, abandonTarget: TARGET }, solvable.ring);
}

/** The exact optimum with every day to keep, 0–1 (day-optimum.ts): as kept, for single days. */
export function dayOptimumOf({ world, agents }: CellId): number | undefined {
  return solved('./day-optima.json')[world]?.[String(agents)];
}

/** The exact optimum with `rate` of the live answers abandoned; undefined where the world cannot be solved, or only slowly. */
export function optimumAt({ world, agents }: CellId, rate: number): number | undefined {
  const solvable = SOLVABLE.get(plainName(world));
  if (solvable === undefined || (solvable.ring === 'w3' && solvable.answerRate < 0.3)) return undefined;
  return optimalUtilisation({ agents, answerRate: solvable.answerRate, abandonTarget: rate }, solvable.ring);
}
