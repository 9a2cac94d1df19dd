// What a simulated shift is made of: its world, its chance, its clock, and who hears of what happens.
// Shared by what agents do (crew.ts) and what becomes of dials (lines.ts); holds no rule of its own.

import type { PacingEvent } from '../../pacing/pacer.ts';
import { Draws } from './draws.ts';
import { Meter } from './meter.ts';
import { EventQueue } from './queue.ts';
import type { World } from './worlds.ts';

/** What can be due on the shift's clock. */
export const DUE = {
  login: 0,
  ring: 1,
  answerOrEnd: 2,
  verdict: 3,
  patience: 4,
  talkEnd: 5,
  wrapUpEnd: 6,
  return: 7,
  leave: 8,
  tick: 9,
  shiftStart: 10,
} as const;

/** What the simulator asks of a policy: a pacer, or something that stands in for one. */
export interface SimulatedPolicy {
  observe(event: PacingEvent): void;
  decide(now: number): { readonly dial: number; readonly cancel: readonly string[] };
  /** For a policy that may know the future: when this agent, who just got a call, will be ready again (ms). */
  foresee?(agent: string, readyAt: number): void;
}

export class Shift {
  readonly world: World;
  readonly policy: SimulatedPolicy;
  readonly draws: Draws;
  readonly meter: Meter;
  readonly queue = new EventQueue();
  readonly startS: number;
  readonly halfS: number;
  readonly endS: number;
  /** Seconds since the first agent logged in. */
  t = 0;

  constructor(world: World, policy: SimulatedPolicy, seed: number, shiftS: number) {
    this.world = world;
    this.policy = policy;
    this.draws = new Draws(seed);
    this.startS = world.warmUpS;
    this.halfS = world.warmUpS + shiftS / 2;
    this.endS = world.warmUpS + shiftS;
    this.meter = new Meter(this.startS, this.endS);
  }

  get ms(): number {
    return this.t * 1000;
  }

  emit(event: PacingEvent): void {
    this.policy.observe(event);
  }
}
