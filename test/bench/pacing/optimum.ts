// The best utilisation that any policy can reach in the solvable worlds with abandonment at the target: the optimum.
//
// Each is a constrained Markov decision process. With the multiplier λ the reward rate is
// (busy agents)/N − λ·(abandoned − target·answered per second); the gain g(λ) of its best policy comes from relative
// value iteration on the uniformised chain, and the optimum under the constraint is min over λ ≥ 0 of g(λ)
// (strong duality: Altman, Constrained Markov Decision Processes, 1999, ch. 12).

import { HANDLING_S, type Chain, type SolvableWorld } from './chain.ts';
import { PlainRing } from './plain-ring.ts';
import { StagedRing } from './staged-ring.ts';

const TOLERANCE = 2e-6;
const MOST_ROUNDS = 60_000;
const SEARCH_STEPS = 22;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** g(λ): the gain per second of the best policy; goes on from the values of the λ before. */
function gain(chain: Chain, lambda: number): number {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { lowest, highest } = chain.sweep(lambda);
    if ((highest - lowest) * chain.rate < TOLERANCE) return ((highest + lowest) / 2) * chain.rate;
  }
  throw new Error('value iteration did not converge');
}

/** min over λ of g(λ), by golden sections: g is convex. */
export function dualOptimum(chain: Chain, highestLambda: number): number {
  let low = 0;
  let high = highestLambda;
  let inner = high - GOLDEN * (high - low);
  let outer = low + GOLDEN * (high - low);
  let atInner = gain(chain, inner);
  let atOuter = gain(chain, outer);
  let best = Math.min(atInner, atOuter);
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    if (atInner < atOuter) {
      [high, outer, atOuter] = [outer, inner, atInner];
      inner = high - GOLDEN * (high - low);
      atInner = gain(chain, inner);
    } else {
      [low, inner, atInner] = [inner, outer, atOuter];
      outer = low + GOLDEN * (high - low);
      atOuter = gain(chain, outer);
    }
    best = Math.min(best, atInner, atOuter);
  }
  return best;
}

/** The optimal utilisation, 0–1, for this team, answer rate and target; w1 has one stage of ringing, w3 three. */
export function optimalUtilisation(world: SolvableWorld, ring: 'w1' | 'w3'): number {
  const chain = ring === 'w1' ? new PlainRing(world) : new StagedRing(world);
  return dualOptimum(chain, 4 * (HANDLING_S / world.agents) * (1 / world.abandonTarget) ** 0.5);
}
