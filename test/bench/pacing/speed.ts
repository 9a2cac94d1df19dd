// What a decision and an observation cost in time and garbage, measured while a simulated shift runs.

import { createPacer } from '../../../src/pacing/pacer.ts';
import { pacerOptions } from '../../../src/sim/pacing/policies.ts';
import { simulate } from '../../../src/sim/pacing/simulate.ts';
import { WORLDS } from '../../../src/sim/pacing/worlds.ts';
import { TARGET } from './days.ts';

export interface Speed {
  readonly agents: number;
  /** Microseconds. */
  readonly decideP50: number;
  readonly decideP99: number;
  readonly observeP50: number;
  readonly observeP99: number;
  /** Bytes of memory that a decision leaves to be collected. */
  readonly garbageBytes: number;
}

const WARM_CALLS = 20_000;
const BATCHES = 21;
const BATCH = 1000;

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
    garbageBytes: garbageOf(() => pacer.decide(hours * 3_600_000)),
  };
}

function timed<T>(times: number[], work: () => T): T {
  const start = process.hrtime.bigint();
  const result = work();
  times.push(Number(process.hrtime.bigint() - start) / 1000);
  return result;
}

/** Bytes allocated by one call of `work`: the median over batches, for a collection may fall into some. */
function garbageOf(work: () => unknown): number {
  const perCall: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < BATCH; i += 1) work();
    perCall.push((process.memoryUsage().heapUsed - before) / BATCH);
  }
  return perCall.sort((a, b) => a - b)[BATCHES >> 1] ?? 0;
}

/** Of the calls after the warm-up, when the code is compiled. */
function quantile(times: number[], q: number): number {
  const warm = times.slice(Math.min(WARM_CALLS, times.length >> 1)).sort((a, b) => a - b);
  return warm[Math.min(warm.length - 1, Math.floor(q * warm.length))] ?? 0;
}
