// It is not known when dialing will end: whenever it does, the day is at or under its target.

import { describe as group, expect, test } from 'vitest';
import { createPacer, type Json, type PacingEvent } from '../../src/pacing/pacer.ts';
import { pacerOptions } from '../../src/sim/pacing/policies.ts';
import { simulate, type SimulatedPolicy } from '../../src/sim/pacing/simulate.ts';
import { WORLDS, type World } from '../../src/sim/pacing/worlds.ts';

const TARGET = 0.03;
const MINUTE_MS = 60_000;
/** When somebody may stop the campaign without warning, minutes after it began. */
const STOPS_MIN = [15, 60, 240];

interface Count {
  readonly liveAnswers: number;
  readonly abandoned: number;
}

/** A pacer that is not informed of the window's end; how the day stood at each stop. */
class Unaware implements SimulatedPolicy {
  readonly #pacer;
  #liveAnswers = 0;
  #abandoned = 0;
  readonly atStops: Count[] = [];

  constructor(world: World, learned?: Json) {
    this.#pacer = createPacer(pacerOptions('predictive', { world, abandonTarget: TARGET }), learned);
  }

  observe(event: PacingEvent): void {
    this.pass(event.at);
    if (event.type === 'live') this.#liveAnswers += 1;
    if (event.type === 'abandoned') this.#abandoned += 1;
    if (event.type !== 'window') return this.#pacer.observe(event);
    const { endsAt: _untold, ...window } = event;
    this.#pacer.observe(window);
  }

  decide(now: number): ReturnType<SimulatedPolicy['decide']> {
    return this.#pacer.decide(now);
  }

  /** Notes how things stand at the stops up to `at`. */
  pass(at: number): void {
    while (at >= (STOPS_MIN[this.atStops.length] ?? Infinity) * MINUTE_MS) {
      this.atStops.push({ liveAnswers: this.#liveAnswers, abandoned: this.#abandoned });
    }
  }

  learned(): Json {
    return this.#pacer.learned();
  }
}

function worldNamed(name: string): World {
  const world = WORLDS.get(name);
  if (world === undefined) throw new Error(`world ${name} is missing`);
  return { ...world, warmUpS: 0, shiftS: 60 * Math.max(...STOPS_MIN) };
}

function progressiveUtilisation(world: World, agents: number, seed: number): number {
  const policy = createPacer(pacerOptions('progressive', { world, abandonTarget: TARGET }));
  return simulate({ world, agents, policy, seed, abandonTarget: TARGET }).utilisation;
}

group('a campaign that cron stops', () => {
  test.each([
    ['S1', 1, 3],
    ['S1', 5, 2],
    ['S1', 20, 1],
    ['S2', 5, 2],
    ['S7', 5, 2],
  ] as const)(
    '[P-04] %s with %d agents, stopped after 15 min, 1 h or 4 h without warning: never more than one person above the target',
    { timeout: 120_000 },
    (name, agents, days) => {
      const world = worldNamed(name);
      let learned: Json | undefined;
      let gained = 0;
      for (let seed = 1; seed <= days; seed += 1) {
        const policy = new Unaware(world, learned);
        const { utilisation } = simulate({ world, agents, policy, seed, abandonTarget: TARGET });
        policy.pass(world.shiftS * 1000);
        learned = policy.learned();
        gained += (utilisation - progressiveUtilisation(world, agents, seed)) / days;
        expect(policy.atStops).toHaveLength(STOPS_MIN.length);
        for (const { liveAnswers, abandoned } of policy.atStops) {
          expect(abandoned - TARGET * liveAnswers, `seed ${seed}`).toBeLessThanOrEqual(1);
        }
        // By the end of four hours not even one.
        expect(policy.atStops.at(-1)?.abandoned).toBeLessThanOrEqual(
          TARGET * (policy.atStops.at(-1)?.liveAnswers ?? 0),
        );
      }
      expect(gained).toBeGreaterThan(agents === 1 ? 0 : 0.03);
    },
  );
});
