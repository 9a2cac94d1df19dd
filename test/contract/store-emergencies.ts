// Emergencies declared for every campaign: what a store keeps of them.

import { expect, test } from 'vitest';
import { HOUR_MS, NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeEmergencies(desk: () => Desk): void {
  test('[X-04] an emergency is in force until its end, or until it is ended; declared again, the last word counts', async () => {
    const { emergencies } = desk().store;
    const flood = { pack: 'us-louisiana', untilAt: NOON + HOUR_MS, by: 'ann', at: NOON, reason: 'flood' };
    const snow = { ...flood, pack: 'us-new-york', untilAt: NOON + 3 * HOUR_MS, reason: '' };
    expect(await emergencies.inForce(NOON)).toEqual([]);
    await emergencies.declare(flood);
    await emergencies.declare(snow);
    expect(await emergencies.inForce(NOON)).toEqual([flood, snow]);
    expect(await emergencies.inForce(flood.untilAt - 1)).toEqual([flood, snow]);
    expect(await emergencies.inForce(flood.untilAt)).toEqual([snow]);

    const longer = { ...flood, untilAt: NOON + 2 * HOUR_MS, by: 'ben', at: NOON + 1 };
    await emergencies.declare(longer);
    expect(await emergencies.inForce(NOON + 1)).toEqual([longer, snow]);

    const ending = { pack: 'us-new-york', by: 'ben', at: NOON + 2 };
    expect(await emergencies.end(ending)).toBe(true);
    expect(await emergencies.end(ending)).toBe(false);
    expect(await emergencies.inForce(NOON + 2)).toEqual([longer]);
    expect(await emergencies.history(10)).toEqual([
      { ...longer, endedAt: null, endedBy: null },
      { ...snow, endedAt: NOON + 2, endedBy: 'ben' },
      { ...flood, endedAt: NOON + 1, endedBy: 'ben' },
    ]);
  });
}
