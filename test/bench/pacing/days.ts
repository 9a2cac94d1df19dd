// One simulated day of a policy in a world with a team, or several on end as one window, and the file in which days are kept so that a long run can be
// stopped, gone on with, and put together from parts.
// Days with the same seed are the same for every policy.

import { defined } from '../../../src/base/defined.ts';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { POLICIES } from '../../../src/sim/pacing/policies.ts';
import { simulate } from '../../../src/sim/pacing/simulate.ts';
import { WORLDS, type World } from '../../../src/sim/pacing/worlds.ts';

export const TARGET = 0.03;

export interface CellId {
  readonly world: string;
  readonly agents: number;
  readonly policy: string;
}

export interface Day extends CellId {
  readonly seed: number;
  /** Ratio or level, for policies that have one. */
  readonly knob?: number;
  readonly utilisation: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly dials: number;
  readonly cancelled: number;
}

export function keyOf({ world, agents, policy }: CellId): string {
  return `${world} ${agents} ${policy}`;
}

/** `S1 x30` is world S1 lived through for thirty shifts on end, with one abandonment window over all of them. */
const ON_END = /^(.+) x(\d+)$/;

/** The name of the same world with one window over so many days. */
export function onEnd(world: string, days: number): string {
  return `${world} x${days}`;
}

/** The name of the world of which this one is many days on end; its own if it is one day. */
export function plainName(world: string): string {
  return ON_END.exec(world)?.[1] ?? world;
}

function worldNamed(name: string): World | undefined {
  const world = WORLDS.get(plainName(name));
  return world && { ...world, shiftS: world.shiftS * Number(ON_END.exec(name)?.[2] ?? 1) };
}

/** Lives through one day, or those on end. */
export function runDay(id: CellId, seed: number, knob?: number): Day {
  const world = worldNamed(id.world);
  const make = POLICIES.get(id.policy);
  if (world === undefined || make === undefined) throw new Error(`no such world or policy: ${keyOf(id)}`);
  const policy = make({ world, abandonTarget: TARGET, ...defined({ knob }) });
  const figures = simulate({ world, agents: id.agents, policy, seed, abandonTarget: TARGET });
  const { utilisation, liveAnswers, abandoned, dials, cancelled } = figures;
  return {
    ...id,
    seed,
    ...defined({ knob }),
    utilisation,
    liveAnswers,
    abandoned,
    dials,
    cancelled,
  };
}

/** The days of a benchmark run by cell and seed, kept in a file of JSON lines if there is one. */
export class DayBook {
  readonly #file: string | undefined;
  readonly #days = new Map<string, Map<number, Day>>();

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line.trim() !== '') this.#enter(JSON.parse(line) as Day);
    }
  }

  cell(id: CellId): ReadonlyMap<number, Day> {
    return this.#days.get(keyOf(id)) ?? new Map<number, Day>();
  }

  add(day: Day): void {
    this.#enter(day);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(day)}\n`);
  }

  #enter(day: Day): void {
    const key = keyOf(day);
    const cell = this.#days.get(key) ?? new Map<number, Day>();
    cell.set(day.seed, day);
    this.#days.set(key, cell);
  }
}
