// A shift of a call centre on a virtual clock, straight against the pacing library: no engine, no telephony.
// Serves the benchmark and quick forecasts; the same seed gives the same shift under every policy.

import { Crew } from './crew.ts';
import { Lines } from './lines.ts';
import type { Figures } from './meter.ts';
import { DUE, Shift, type SimulatedPolicy } from './shift.ts';
import type { World } from './worlds.ts';

export type { SimulatedPolicy } from './shift.ts';

export interface Simulation {
  readonly world: World;
  readonly agents: number;
  readonly policy: SimulatedPolicy;
  readonly seed: number;
  /** Length of the measured shift; the world's own when absent. */
  readonly hours?: number;
  readonly abandonTarget: number;
}

/** From this many agents on, decisions are spaced out a little to save time. */
const SPACED_OUT = [
  { agents: 201, tickS: 0.25, gapS: 0.1 },
  { agents: 51, tickS: 0.25, gapS: 0.05 },
  { agents: 0, tickS: 0.5, gapS: 0 },
];

/** Runs one shift and returns what it came to. */
export function simulate(simulation: Simulation): Figures {
  const { world, agents, policy, seed, hours, abandonTarget } = simulation;
  const shift = new Shift(world, policy, seed, hours === undefined ? world.shiftS : hours * 3600);
  const crew = new Crew(shift, agents);
  const lines = new Lines(shift, crew);
  const { queue, startS, endS } = shift;
  const { tickS, gapS } = SPACED_OUT.find((from) => agents >= from.agents) ?? { tickS: 0.5, gapS: 0 };
  let decidedS = -1;
  crew.begin(lines);
  emitWindow(shift, startS > 0 ? startS : endS, abandonTarget);
  if (startS > 0) queue.add(startS, DUE.shiftStart, 0);
  queue.add(0, DUE.tick, 0);
  while (queue.take() && queue.at < endS) {
    shift.t = queue.at;
    const { kind, subject } = queue;
    if (kind === DUE.tick) queue.add(shift.t + tickS, DUE.tick, 0);
    else if (kind === DUE.shiftStart) emitWindow(shift, endS, abandonTarget);
    else if (kind === DUE.login || kind >= DUE.talkEnd) crew.happen(kind, subject);
    else lines.happen(kind, subject);
    if (shift.t - decidedS < gapS) continue;
    decidedS = shift.t;
    const { dial, cancel } = policy.decide(shift.ms);
    for (const id of cancel) lines.cancel(id);
    for (let i = 0; i < dial; i += 1) lines.dial();
  }
  shift.t = endS;
  crew.close();
  return shift.meter.figures();
}

function emitWindow(shift: Shift, endsS: number, target: number): void {
  shift.emit({ at: shift.ms, type: 'window', target, liveAnswers: 0, abandoned: 0, endsAt: endsS * 1000 });
}
