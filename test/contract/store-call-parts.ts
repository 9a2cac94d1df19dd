// Who talked with whom in a call: what a store keeps of it.

import { expect, test } from 'vitest';
import type { CallPart } from '../../src/engine/store/call-parts.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeCallParts(desk: () => Desk): void {
  const aPart = (parts: Partial<CallPart> = {}): Omit<CallPart, 'endedAt'> => ({
    attempt: 'at-parts',
    part: 'talk',
    who: '2001',
    startedAt: NOON,
    ...parts,
  });

  test('[D-06] begun, ended: found by the call, oldest first; open ones are found at a start', async () => {
    const { callParts } = desk().store;
    const held = aPart({ part: 'held', startedAt: NOON + 5_000 });
    await callParts.begun(aPart());
    await callParts.ended(aPart(), NOON + 5_000);
    await callParts.begun(held);

    expect(await callParts.of('at-parts')).toEqual([
      { ...aPart(), endedAt: NOON + 5_000 },
      { ...held, endedAt: null },
    ]);
    expect(await callParts.unfinished()).toContainEqual({ ...held, endedAt: null });
    await callParts.ended(held, NOON + 9_000);
    expect((await callParts.unfinished()).filter(({ attempt }) => attempt === 'at-parts')).toEqual([]);
  });

  test('[D-06] parts that are over when they are known, reported twice: kept once, none of them open', async () => {
    const { callParts } = desk().store;
    const lines = [
      { ...aPart({ attempt: 'at-lines', part: 'person-line', who: 'MOS 4.1' }), endedAt: NOON + 7_000 },
      { ...aPart({ attempt: 'at-lines', part: 'agent-line', who: 'MOS 4.3' }), endedAt: NOON + 7_000 },
    ];
    await callParts.over(lines);
    await callParts.over(lines);

    expect(await callParts.of('at-lines')).toEqual(lines.toReversed());
    expect((await callParts.unfinished()).filter(({ attempt }) => attempt === 'at-lines')).toEqual([]);
  });

  test('[D-06] what is reported twice is one stretch, and its first end stays', async () => {
    const { callParts } = desk().store;
    const part = aPart({ attempt: 'at-twice' });
    await callParts.begun(part);
    await callParts.begun(part);
    await callParts.ended(part, NOON + 1_000);
    await callParts.ended(part, NOON + 2_000);

    expect(await callParts.of('at-twice')).toEqual([{ ...part, endedAt: NOON + 1_000 }]);
    expect(await callParts.of('at-none')).toEqual([]);
  });
}
