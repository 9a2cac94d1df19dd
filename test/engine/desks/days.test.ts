// Whole days of agents at desks in which everything may happen. A seed that once found a fault stays in the list.
// `OUTDIAL_DESK_DAYS=200` lives so many more, one after the other.

import { expect, test } from 'vitest';
import { deskDay } from './desk-day.ts';

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const FROM = Number(process.env.OUTDIAL_DESK_FROM ?? 100);
const MORE = Number(process.env.OUTDIAL_DESK_DAYS ?? 0);

test.each(SEEDS)(
  '[C-05] anything may happen at desks, seed %i: no record lost, in two hands, or dialed against the law',
  async (seed) => {
    const day = await deskDay(seed, 12);
    expect(day.breaches, `seed ${seed}: ${day.mode}`).toEqual([]);
    expect(day.interactions).toBeGreaterThan(3);
  },
);

test.runIf(MORE > 0)(
  '[C-05] many more days',
  async () => {
    let [interactions, attempts, kills] = [0, 0, 0];
    for (let seed = FROM; seed < FROM + MORE; seed += 1) {
      const day = await deskDay(seed, 12);
      expect(day.breaches, `seed ${seed}: ${day.mode}`).toEqual([]);
      interactions += day.interactions;
      attempts += day.attempts;
      kills += day.kills;
    }
    console.log(`${MORE} days: ${interactions} interactions, ${attempts} attempts, ${kills} kills, no breach`);
  },
  3_600_000,
);
