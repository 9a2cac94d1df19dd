// The switch of all outbound calling: what a store remembers of it.

import { expect, test } from 'vitest';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeOutbound(desk: () => Desk): void {
  test('[C-17] no one has ever turned the switch: it is on; the last turn says how it stands, all are kept', async () => {
    const { outbound } = desk().store;
    expect(await outbound.current()).toEqual({ on: true, by: '', at: 0, reason: '' });

    const off = { on: false, by: 'ann', at: NOON, reason: 'a wrong list' };
    const on = { on: true, by: 'ben', at: NOON + 1, reason: '' };
    await outbound.turn(off);
    expect(await outbound.current()).toEqual(off);
    await outbound.turn(on);

    expect(await outbound.current()).toEqual(on);
    expect(await outbound.history(10)).toEqual([on, off]);
    expect(await outbound.history(1)).toEqual([on]);
  });
}
