// What the benchmark asks of either store: the next ten records, as the engine asks for them.

import type { OpenAttempts } from '../../../src/engine/store/attempts.ts';
import type { Store } from '../../../src/engine/store/store.ts';
import { CAMPAIGN, nowFor } from './world.ts';
import type { Obstacle } from './world.ts';

export const BATCH = 10;

/** Attempts with names of their own, at the time of the obstacle. */
export function claimRequest(attempt: string, obstacle: Obstacle): OpenAttempts {
  const lines = Array.from({ length: BATCH }, (_, turn) => ({ attempt: `${attempt}-${turn}`, trunk: 'main', turn }));
  return { campaign: CAMPAIGN, now: nowFor(obstacle), lines };
}

/** Milliseconds until each of so many requests was answered, one after the other; closes the store. */
export async function claimThroughStore(store: Store, claims: number, obstacle: Obstacle): Promise<readonly number[]> {
  const answered: number[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    const request = claimRequest(`answered-${obstacle}-${claim}`, obstacle);
    const start = performance.now();
    const { opened } = await store.attempts.open(request);
    answered.push(performance.now() - start);
    if (opened.length < BATCH) throw new Error(`only ${opened.length} records were chosen`);
  }
  await store.close();
  return answered;
}
