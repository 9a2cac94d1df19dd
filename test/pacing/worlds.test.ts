// The pacer in worlds that differ from what it assumes: each shift is lived through in the simulator.
// In every one fewer people than allowed may be abandoned, and no time be lost against one line per free agent.

import { describe as group, expect, test } from 'vitest';
import { createPacer } from '../../src/pacing/pacer.ts';
import { exponential, uniform } from '../../src/sim/pacing/draws.ts';
import { pacerOptions } from '../../src/sim/pacing/policies.ts';
import { simulate } from '../../src/sim/pacing/simulate.ts';
import { WORLDS, type Dial, type World } from '../../src/sim/pacing/worlds.ts';
import { seededRandom, type Random } from '../../src/base/random.ts';
import {
  atOtherTimes,
  forgetful,
  restarted,
  stumbling,
  withClockSet,
  type SimulatedPolicy,
} from './troubled-policies.ts';

const TARGET = 0.03;
const HOURS = 3;
const AGENTS = 8;

function base(): World {
  const world = WORLDS.get('S1');
  if (world === undefined) throw new Error('world S1 is missing');
  return world;
}

interface Shape {
  readonly answerRate?: (t: number) => number;
  readonly ringS?: (random: Random) => number;
  readonly verdictS?: (random: Random) => number;
  readonly handlingS?: number;
}

/** A world of one's own: who answers, after which ring, and how long agents need. */
function worldOf({ answerRate = () => 0.3, ringS, verdictS, handlingS = 140 }: Shape): World {
  return {
    ...base(),
    pickUpSeen: verdictS !== undefined,
    dial: (t, _half, random): Dial => {
      const person = random.next() < answerRate(t);
      const ring = ringS?.(random) ?? Math.min(25, uniform(random, 4, 20));
      return {
        end: person ? 'person' : 'no-answer',
        setUpS: 1.5,
        ringS: person ? ring : 25,
        verdictS: verdictS?.(random) ?? 0,
        mistaken: false,
      };
    },
    talkS: (_t, _half, draws) => exponential(draws.talk, handlingS * 0.9),
    wrapUpS: (draws) => uniform(draws.wrapUp, 0, handlingS * 0.2),
  };
}

interface Lived {
  readonly world: World;
  readonly target?: number;
  readonly agents?: number;
  readonly hours?: number;
  readonly trouble?: (pacer: SimulatedPolicy) => SimulatedPolicy;
}

function live(
  mode: 'predictive' | 'progressive',
  { world, target = TARGET, agents = AGENTS, hours = HOURS, trouble }: Lived,
) {
  const pacer = createPacer(pacerOptions(mode, { world, abandonTarget: target }));
  return simulate({ world, agents, policy: trouble?.(pacer) ?? pacer, seed: 7, hours, abandonTarget: target });
}

/** Lives through a shift; expects the target kept and agents at least as busy as with one line each. */
function expectGood(lived: Lived): void {
  const figures = live('predictive', lived);
  expect(figures.abandonRate).toBeLessThanOrEqual(lived.target ?? TARGET);
  const plain = live('progressive', { ...lived, trouble: (pacer) => pacer });
  expect(figures.utilisation).toBeGreaterThan(plain.utilisation - 0.005);
}

group('answer rates and handling times', () => {
  test.each([0.03, 0.1, 0.5, 0.8])('[P-01] %d of dials answered: keeps the target, agents busier', (p) => {
    expectGood({ world: worldOf({ answerRate: () => p }) });
  });

  test.each([15, 60, 900])('[P-01] calls and wrap-up of %d s: keeps the target, agents busier', (handlingS) => {
    expectGood({ world: worldOf({ handlingS }) });
  });
});

group('ring times', () => {
  test.each([
    ['everybody at once', (random: Random) => uniform(random, 0, 1)],
    ['everybody late', (random: Random) => uniform(random, 20, 24)],
    ['half at once, half late', (random: Random) => (random.next() < 0.5 ? 1 : uniform(random, 18, 24))],
    ['all at the same second', () => 9],
  ] as const)('[P-01] %s: keeps the target, agents busier', (_name, ringS) => {
    expectGood({ world: worldOf({ ringS }) });
  });

  test('[P-01] a detector needs 1 to 6 s for its verdict: keeps the target, agents busier', () => {
    expectGood({ world: worldOf({ verdictS: (random) => uniform(random, 1, 6) }) });
  });
});

group('days that change', () => {
  test('[P-01] the list goes stale, from 40 to 4 % answered, and a fresh one comes: keeps the target', () => {
    const answerRate = (t: number): number => (t < 5400 ? 0.4 : t < 9000 ? 0.04 : 0.4);
    expectGood({ world: worldOf({ answerRate }) });
  });

  test('[P-04] a carrier answers everything for a minute: the day still ends under its target', () => {
    const answerRate = (t: number): number => (t > 5400 && t < 5460 ? 1 : 0.3);
    expectGood({ world: worldOf({ answerRate }), hours: 5 });
  });

  test('[P-01] all agents go on a break together, twice: keeps the target', () => {
    const world = { ...worldOf({}), leave: { share: 1, forS: 900 } };
    expectGood({ world });
  });

  test('[P-01] half of the team leaves for a while, others take breaks: keeps the target', () => {
    const world = { ...worldOf({}), leave: { share: 0.5, forS: 1800 }, breaks: { chance: 0.1, meanS: 300 } };
    expectGood({ world });
  });
});

group('events in trouble', () => {
  test('[P-01] every event 1 to 3 s late: keeps the target', () => {
    const figures = live('predictive', {
      world: worldOf({}),
      trouble: (pacer) => atOtherTimes(pacer, seededRandom(1)),
    });
    expect(figures.abandonRate).toBeLessThanOrEqual(TARGET);
  });

  test('[P-01] one event in five reported twice: keeps the target, agents busier', () => {
    expectGood({ world: worldOf({}), trouble: (pacer) => stumbling(pacer, seededRandom(2)) });
  });

  test('[P-04] one call event in fifty never reported, the ledger right each minute: keeps the target', () => {
    const figures = live('predictive', { world: worldOf({}), trouble: (pacer) => forgetful(pacer, seededRandom(3)) });
    expect(figures.abandonRate).toBeLessThanOrEqual(TARGET);
    expect(figures.utilisation).toBeGreaterThan(live('progressive', { world: worldOf({}) }).utilisation - 0.02);
  });

  test.each([-3_600_000, -20_000, 600_000])('[P-01] the clock jumps by %d ms at noon: keeps the target', (byMs) => {
    expectGood({ world: worldOf({}), trouble: (pacer) => withClockSet(pacer, 7200_000, byMs) });
  });

  test('[P-09] the daemon restarts every half hour with what it had learned: keeps the target, agents busier', () => {
    const world = worldOf({});
    const options = pacerOptions('predictive', { world, abandonTarget: TARGET });
    expectGood({ world, trouble: () => restarted(options, 1800_000) });
  });
});

group('targets', () => {
  test('[P-04] the higher the target, the busier the agents; each is kept', { timeout: 120_000 }, () => {
    const utilisations = [0, 0.01, 0.03, 0.1].map((target) => {
      const figures = live('predictive', { world: worldOf({}), target, agents: 12, hours: 2 });
      expect(figures.abandonRate).toBeLessThanOrEqual(target);
      return figures.utilisation;
    });
    for (const [i, utilisation] of utilisations.entries()) {
      expect(utilisation).toBeGreaterThan((utilisations[i - 1] ?? 0) - 0.002);
    }
    expect((utilisations.at(-1) ?? 0) - (utilisations[0] ?? 0)).toBeGreaterThan(0.15);
  });
});
