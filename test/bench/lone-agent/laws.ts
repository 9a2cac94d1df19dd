// When a dial is answered or over, and when a wrap-up ends, in steps of a second, drawn from a world as the simulator
// draws them: all that a policy that knows everything would know of them.

import { Draws } from '../../../src/sim/pacing/draws.ts';
import type { World } from '../../../src/sim/pacing/worlds.ts';

/** Ages of a call in whole seconds from its dialing; nothing lasts longer. */
export const AGES = 32;
/** A wrap-up's ages, two seconds each. */
export const WRAP_UP_AGES = 30;
const WRAP_UP_STEP_S = 2;
const SAMPLES = 1_000_000;

/** By age: the chance that a person answers in the next second, and that the call is over without one. */
export interface RingLaw {
  readonly answered: Float64Array;
  readonly over: Float64Array;
}

export function ringLaw(world: World): RingLaw {
  const { dial: random } = new Draws(1);
  const answers = new Float64Array(AGES);
  const others = new Float64Array(AGES);
  for (let i = 0; i < SAMPLES; i += 1) {
    const { end, setUpS, ringS, verdictS } = world.dial(0, 1, random);
    const age = Math.min(AGES - 1, Math.floor(setUpS + ringS + verdictS));
    const kind = end === 'person' ? answers : others;
    kind[age] = (kind[age] ?? 0) + 1;
  }
  let open = SAMPLES;
  const law = { answered: new Float64Array(AGES), over: new Float64Array(AGES) };
  for (let age = 0; age < AGES; age += 1) {
    const [a, b] = [answers[age] ?? 0, others[age] ?? 0];
    law.answered[age] = open > 0 ? a / open : 0;
    law.over[age] = open > 0 && age < AGES - 1 ? b / open : 1 - (law.answered[age] ?? 0);
    open -= a + b;
  }
  return law;
}

/** The chance that a wrap-up of each age ends in the next second. */
export function wrapUpLaw(world: World): Float64Array {
  const draws = new Draws(1);
  const ended = new Float64Array(WRAP_UP_AGES);
  for (let i = 0; i < SAMPLES; i += 1) {
    const age = Math.min(WRAP_UP_AGES - 1, Math.floor(world.wrapUpS(draws) / WRAP_UP_STEP_S));
    ended[age] = (ended[age] ?? 0) + 1;
  }
  let open = SAMPLES;
  return ended.map((count) => {
    const share = open > 0 ? Math.min(0.999, count / open) : 0.5;
    open -= count;
    return 1 - (1 - share) ** (1 / WRAP_UP_STEP_S);
  });
}
