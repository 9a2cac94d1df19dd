// A list that runs dry hours before the schedule closes: no more answers come to pay back what was abandoned, so the day
// must be under its target when the last one has been dialed.

import { describe as group, expect, test } from 'vitest';
import { createPacer, type PacingDecision, type PacingEvent } from '../../src/pacing/pacer.ts';
import { pacerOptions } from '../../src/sim/pacing/policies.ts';
import { simulate, type SimulatedPolicy } from '../../src/sim/pacing/simulate.ts';
import { WORLDS, type World } from '../../src/sim/pacing/worlds.ts';

const TARGET = 0.03;

/** A pacer with so many dials to make in a window that is reported to last eight hours. */
class Dry implements SimulatedPolicy {
  readonly #pacer;
  readonly #reported: { readonly dialsLeft?: number };
  #left: number;
  #open = 0;
  #last: PacingDecision | undefined;
  liveAnswers = 0;
  abandoned = 0;

  constructor(world: World, { dials, isReported }: { readonly dials: number; readonly isReported: boolean }) {
    this.#pacer = createPacer(pacerOptions('predictive', { world, abandonTarget: TARGET }));
    this.#left = dials;
    this.#reported = isReported ? { dialsLeft: dials } : {};
  }

  observe(event: PacingEvent): void {
    if (event.type === 'dialed') this.#left -= 1;
    if (event.type === 'dialed') this.#open += 1;
    if (event.type === 'ended') this.#open -= 1;
    if (event.type === 'live') this.liveAnswers += 1;
    if (event.type === 'abandoned') this.abandoned += 1;
    this.#pacer.observe(event.type === 'window' ? { ...event, ...this.#reported } : event);
  }

  decide(now: number): ReturnType<SimulatedPolicy['decide']> {
    // Hours in which no pacer could do anything.
    if (this.#last && this.#left === 0 && this.#open === 0) return { ...this.#last, dial: 0, cancel: [] };
    this.#last = this.#pacer.decide(now);
    return { ...this.#last, dial: Math.min(this.#last.dial, this.#left) };
  }

  get isAbove(): boolean {
    return this.abandoned > TARGET * this.liveAnswers;
  }
}

function base(): World {
  const world = WORLDS.get('S1');
  if (world === undefined) throw new Error('world S1 is missing');
  return { ...world, warmUpS: 0 };
}

function daysOf(agents: number, days: number, list: { readonly dials: number; readonly isReported: boolean }): Dry[] {
  const world = base();
  return Array.from({ length: days }, (_, day) => {
    const policy = new Dry(world, list);
    simulate({ world, agents, policy, seed: 9001 + day, abandonTarget: TARGET });
    return policy;
  });
}

group('a list that runs dry after one to three hours of eight', () => {
  test.each([
    [1, 150, 10],
    [3, 450, 8],
    [10, 600, 8],
    [10, 2000, 4],
  ])(
    '[P-04] [P-05] %d agents, %d dials left: no day above the target, and more is dialed ahead than none',
    { timeout: 120_000 },
    (agents, dials, days) => {
      const lived = daysOf(agents, days, { dials, isReported: true });

      expect(lived.filter((day) => day.isAbove)).toHaveLength(0);
      expect(lived.reduce((sum, day) => sum + day.abandoned, 0)).toBeGreaterThan(0);
    },
  );

  const unknown = 'no one counts the records: the same days end above the target, for what was borrowed stays owed';
  test(`[P-04] ${unknown}`, { timeout: 120_000 }, () => {
    const lived = daysOf(10, 8, { dials: 600, isReported: false });

    expect(lived.filter((day) => day.isAbove).length).toBeGreaterThan(1);
  });
});
