// What a trunk that has just rested makes of the first calls that it is tried with.

import { expect, test } from 'vitest';
import { chooseTrunks, trunkStanding } from '../../src/trunks/limits.ts';
import { freshTrunk, noteTrunkOutcome } from '../../src/trunks/rests.ts';
import type { TrunkCapacity } from '../../src/trunks/limits.ts';
import type { Heard } from '../../src/trunks/reasons.ts';
import type { TrunkState } from '../../src/trunks/rests.ts';

const NOW = 1_000_000;
const MAIN: TrunkCapacity = { name: 'main', maxLines: 30, maxCallsPerSecond: 10 };
const RESTED_AT = NOW + 5000;

const linesOf = (state: TrunkState, now: number): number =>
  chooseTrunks([{ capacity: MAIN, state, linesInUse: 0 }], 8, now).lines.length;

/** Three calls failed, the rest is over, two probe calls are out. */
function probed(): TrunkState {
  let state = freshTrunk;
  for (let i = 0; i < 3; i += 1) state = noteTrunkOutcome(state, { heard: 'congestion', dialedAt: NOW - 1 }, NOW);
  return chooseTrunks([{ capacity: MAIN, state, linesInUse: 0 }], 8, RESTED_AT).states.get('main') ?? state;
}

const hearing = (state: TrunkState, heard: Heard, dialedAt = RESTED_AT): TrunkState =>
  noteTrunkOutcome(state, { heard, dialedAt }, RESTED_AT + 500);

test('[D-08] a probe call after the rest is rejected, perhaps by a person: no new rest, one probe more, and no more', () => {
  const rejected = hearing(probed(), 'rejected');
  expect(trunkStanding(MAIN, rejected, RESTED_AT + 500)).toMatchObject({
    mayDial: true,
    why: 'Trunk main takes calls, with up to 2 probe calls.',
  });
  expect(linesOf(rejected, RESTED_AT + 500)).toBe(1);
  expect(linesOf(hearing(rejected, 'rejected'), RESTED_AT + 500)).toBe(2);
  expect(linesOf(hearing(rejected, 'ringing'), RESTED_AT + 500)).toBe(8);
  expect(trunkStanding(MAIN, hearing(rejected, 'congestion'), RESTED_AT + 500).mayDial).toBe(false);
});

test('[D-08] late news of a call dialed before the rest: neither ends nor lengthens it, no probe is given back', () => {
  for (const heard of ['ringing', 'congestion', 'rejected', 'cancelled', 'busy'] as const) {
    const late = hearing(probed(), heard, NOW - 1);
    expect(linesOf(late, RESTED_AT + 500), heard).toBe(0);
    expect(trunkStanding(MAIN, late, RESTED_AT + 500).untilAt, heard).toBeUndefined();
  }
});

test('[D-08] a call dialed at the very end of the rest is a probe: its ringing ends the probing', () => {
  expect(linesOf(hearing(probed(), 'ringing', RESTED_AT), RESTED_AT + 500)).toBe(8);
});
