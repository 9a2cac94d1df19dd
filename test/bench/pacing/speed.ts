// What a decision and an observation cost in time, measured while a simulated shift runs.

import { createPacer } from '../../../src/pacing/pacer.ts';
import { pacerOptions } from '../../../src/sim/pacing/policies.ts';
import { simulate } from '../../../src/sim/pacing/simulate.ts';
import { WORLDS } from '../../../src/sim/pacing/worlds.ts';
import { TARGET } from './cell.ts';

export interface Speed {
  readonly agents: number;
  /** Microseconds. */
  readonly decideP50: number;
  readonly decideP99: number;
  readonly observeP50: number;
  readonly observeP99: number;
}

const WARM_CALLS = 20_000;

/** Times every call of the pacer over `hours` of world S1. */
export function speedOf(agents: number, hours: number): Speed {
  const world = WORLDS.get('S1');
  if (world === undefined) throw new Error('world S1 is missing');
  const pacer = createPacer(pacerOptions('predictive', { world, abandonTarget: TARGET }));
  const decides: number[] = [];
  const observes: number[] = [];
  const policy = {
    observe: (event: Parameters<typeof pacer.observe>[0]) => timed(observes, () => pacer.observe(event)),
    decide: (now: number) => timed(decides, () => pacer.decide(now)),
  };
  simulate({ world, agents, policy, seed: 1, hours, abandonTarget: TARGET });
  return {
    agents,
    decideP50: quantile(decides, 0.5),
    decideP99: quantile(decides, 0.99),
    observeP50: quantile(observes, 0.5),
    observeP99: quantile(observes, 0.99),
  };
}

function timed<T>(times: number[], work: () => T): T {
  const start = process.hrtime.bigint();
  const result = work();
  times.push(Number(process.hrtime.bigint() - start) / 1000);
  return result;
}

/** Of the calls after the warm-up, when the code is compiled. */
function quantile(times: number[], q: number): number {
  const warm = times.slice(Math.min(WARM_CALLS, times.length >> 1)).sort((a, b) => a - b);
  return warm[Math.min(warm.length - 1, Math.floor(q * warm.length))] ?? 0;
}
