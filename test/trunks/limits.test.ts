import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTrunks, trunkStanding } from '../../src/trunks/limits.ts';
import { freshTrunk, noteTrunkOutcome, noteTrunkReachable, noteTrunkUnused } from '../../src/trunks/rests.ts';
import type { OfferedTrunk, TrunkCapacity } from '../../src/trunks/limits.ts';
import type { Heard } from '../../src/trunks/reasons.ts';
import type { TrunkState } from '../../src/trunks/rests.ts';

const NOW = 1_000_000;
const MAIN: TrunkCapacity = { name: 'main', maxLines: 30, maxCallsPerSecond: 10 };
const SPARE: TrunkCapacity = { name: 'spare', maxLines: 5, maxCallsPerSecond: 10 };

function offered(capacity: TrunkCapacity, linesInUse = 0, state: TrunkState = freshTrunk): OfferedTrunk {
  return { capacity, state, linesInUse };
}

function hear(state: TrunkState, heard: readonly Heard[], now = NOW): TrunkState {
  return heard.reduce((current, one) => noteTrunkOutcome(current, { heard: one, dialedAt: now - 1 }, now), state);
}

const may = (state: TrunkState, now: number): boolean => trunkStanding(MAIN, state, now).mayDial;

describe('which trunk takes a line', () => {
  test('[D-08] two trunks, the first has room for 3 of 5 lines: the rest goes over the second', () => {
    const choice = chooseTrunks([offered(MAIN, 27), offered(SPARE)], 5, NOW);
    expect(choice.lines).toEqual(['main', 'main', 'main', 'spare', 'spare']);
    expect(choice.why).toBe('');
  });

  test('[D-08] more lines asked for than are free: as many as are free, and why not more', () => {
    const choice = chooseTrunks([offered(MAIN, 30), offered(SPARE, 4)], 5, NOW);
    expect(choice.lines).toEqual(['spare']);
    expect(choice.why).toBe('All 30 lines are in use on trunk main. All 5 lines are in use on trunk spare.');
    expect(choice.moreAt).toBeUndefined();
  });

  test('[D-08] ten calls a second, 12 lines at once: ten now, the others a second later', () => {
    const first = chooseTrunks([offered(MAIN)], 12, NOW);
    expect(first.lines).toHaveLength(10);
    expect(first.moreAt).toBe(NOW + 1000);
    expect(first.why).toBe('Trunk main may place 10 calls a second.');
    const state = first.states.get('main') ?? freshTrunk;
    expect(chooseTrunks([offered(MAIN, 10, state)], 2, NOW + 999).lines).toHaveLength(0);
    expect(chooseTrunks([offered(MAIN, 10, state)], 2, NOW + 1000).lines).toHaveLength(2);
  });

  test('[D-08] any demand over time: never more calls in any second than allowed, never more lines than there are', () => {
    const demand = fc.array(fc.tuple(fc.nat(700), fc.nat(8), fc.nat(9)), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(demand, fc.constantFrom(0.5, 1, 2.5, 4, 10), (steps, maxCallsPerSecond) => {
        const capacity = { name: 'main', maxLines: 12, maxCallsPerSecond };
        const dialed: number[] = [];
        let [now, state] = [NOW, freshTrunk];
        for (const [waitMs, lines, linesInUse] of steps) {
          now += waitMs;
          const choice = chooseTrunks([{ capacity, state, linesInUse }], lines, now);
          expect(choice.lines.length).toBeLessThanOrEqual(Math.min(lines, capacity.maxLines - linesInUse));
          expect(choice.why === '').toBe(choice.lines.length === lines);
          dialed.push(...choice.lines.map(() => now));
          state = choice.states.get('main') ?? state;
        }
        for (const from of dialed) {
          const inASecond = dialed.filter((instant) => instant >= from && instant < from + 1000).length;
          expect(inASecond).toBeLessThanOrEqual(Math.max(1, Math.floor(maxCallsPerSecond)));
        }
      }),
    );
  });

  test('[D-08] no trunk at all: no line, and the sentence says so', () => {
    expect(chooseTrunks([], 1, NOW)).toMatchObject({ lines: [], why: 'The campaign has no trunk.' });
  });
});

describe('trunk trouble', () => {
  test('[D-08] congestion three times in a row: the trunk rests 5 s, the sentence counts the seconds', () => {
    const two = hear(freshTrunk, ['congestion', 'failed']);
    expect(may(two, NOW)).toBe(true);
    const three = hear(two, ['congestion']);
    expect(trunkStanding(MAIN, three, NOW)).toMatchObject({
      mayDial: false,
      why: 'Trunk main rests for another 5s because of 3 calls that ended in congestion in a row.',
      untilAt: NOW + 5000,
    });
    expect(chooseTrunks([offered(MAIN, 0, three), offered(SPARE)], 2, NOW).lines).toEqual(['spare', 'spare']);
  });

  test.each(['busy', 'no-answer', 'connected', 'machine', 'ringing', 'invalid-number'] as const)(
    '[D-08] congestion, congestion, %s, congestion: the network took a call between, no rest',
    (heard) => {
      expect(may(hear(freshTrunk, ['congestion', 'congestion', heard, 'congestion', 'congestion']), NOW)).toBe(true);
    },
  );

  test('[D-08] our own cancelled call between troubles says nothing of the trunk: it rests', () => {
    expect(may(hear(freshTrunk, ['congestion', 'cancelled', 'congestion', 'cancelled', 'congestion']), NOW)).toBe(
      false,
    );
  });

  test('[D-08] nine rejections may be nine people; the tenth in a row is the trunk', () => {
    const nine = hear(
      freshTrunk,
      Array.from({ length: 9 }, () => 'rejected' as const),
    );
    expect(may(nine, NOW)).toBe(true);
    expect(trunkStanding(MAIN, hear(nine, ['rejected']), NOW).why).toContain('10 refused calls in a row');
  });

  test('[D-08] burst of 40 calls all meet congestion: one rest, not forty', () => {
    const state = hear(
      freshTrunk,
      Array.from({ length: 40 }, () => 'congestion' as const),
    );
    expect(trunkStanding(MAIN, state, NOW).untilAt).toBe(NOW + 5000);
  });

  test('[D-08] after the rest: two probe calls and no more until one of them is heard of', () => {
    const resting = hear(freshTrunk, ['congestion', 'congestion', 'congestion']);
    const later = NOW + 5000;
    const choice = chooseTrunks([offered(MAIN, 0, resting)], 10, later);
    expect(choice.lines).toHaveLength(2);
    expect(choice.why).toBe('Trunk main is being tried with 2 calls after 3 calls that ended in congestion in a row.');
    const probing = choice.states.get('main') ?? freshTrunk;
    const ringing = noteTrunkOutcome(probing, { heard: 'ringing', dialedAt: later }, later + 100);
    expect(chooseTrunks([offered(MAIN, 2, ringing)], 8, later + 100).lines).toHaveLength(8);
    const cancelled = noteTrunkOutcome(probing, { heard: 'cancelled', dialedAt: later }, later + 100);
    expect(chooseTrunks([offered(MAIN, 1, cancelled)], 8, later + 100).lines).toHaveLength(1);
  });

  test("[D-08] probes keep failing: rests double up to five minutes, the second probe's failure does not count twice", () => {
    let [state, now] = [hear(freshTrunk, ['congestion', 'congestion', 'congestion']), NOW];
    const rests: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const untilAt = trunkStanding(MAIN, state, now).untilAt ?? 0;
      rests.push(untilAt - now);
      const dialedAt = untilAt;
      state = chooseTrunks([offered(MAIN, 0, state)], 5, dialedAt).states.get('main') ?? state;
      now = dialedAt + 200;
      state = noteTrunkOutcome(state, { heard: 'congestion', dialedAt }, now);
      state = noteTrunkOutcome(state, { heard: 'congestion', dialedAt }, now);
    }
    expect(rests).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  });

  test('[D-08] recovered trunk that fails again later: starts with the short rest', () => {
    const once = hear(freshTrunk, ['failed', 'failed', 'failed']);
    const recovered = noteTrunkOutcome(once, { heard: 'connected', dialedAt: NOW + 6000 }, NOW + 9000);
    const again = hear(recovered, ['failed', 'failed', 'failed'], NOW + 60_000);
    expect(trunkStanding(MAIN, again, NOW + 60_000).untilAt).toBe(NOW + 65_000);
  });

  test('[D-08] probe that was never dialed: given back at once, or forgotten after two minutes', () => {
    const resting = hear(freshTrunk, ['congestion', 'congestion', 'congestion']);
    const later = NOW + 5000;
    const probing = chooseTrunks([offered(MAIN, 0, resting)], 2, later).states.get('main') ?? freshTrunk;
    expect(may(probing, later)).toBe(false);
    expect(may(noteTrunkUnused(probing, later), later)).toBe(true);
    expect(may(probing, later + 119_999)).toBe(false);
    expect(may(probing, later + 120_000)).toBe(true);
  });

  test('[D-08] line that was chosen and not dialed: does not use up the calls of the second', () => {
    const state = chooseTrunks([offered(MAIN)], 10, NOW).states.get('main') ?? freshTrunk;
    expect(chooseTrunks([offered(MAIN, 0, state)], 3, NOW).lines).toHaveLength(0);
    expect(chooseTrunks([offered(MAIN, 0, noteTrunkUnused(state, NOW))], 3, NOW).lines).toHaveLength(1);
  });

  test('[D-08] registration lost: no line until it is back', () => {
    const lost = noteTrunkReachable(freshTrunk, false);
    expect(trunkStanding(MAIN, lost, NOW)).toMatchObject({ mayDial: false, why: 'Trunk main is not reachable.' });
    expect(may(noteTrunkReachable(lost, true), NOW)).toBe(true);
  });

  const late = (state: TrunkState, count: number, now = NOW): TrunkState => {
    let current = state;
    for (let i = 0; i < count; i += 1) {
      current = noteTrunkOutcome(current, { heard: 'ringing', dialedAt: now }, now);
      current = noteTrunkOutcome(current, { heard: 'congestion', dialedAt: now, rang: true }, now);
    }
    return current;
  };

  test('[D-08] calls that ring and then fail: three in a row and the trunk rests, for all its ringing', () => {
    expect(may(late(freshTrunk, 2), NOW)).toBe(true);
    expect(trunkStanding(MAIN, late(freshTrunk, 3), NOW)).toMatchObject({
      mayDial: false,
      why: 'Trunk main rests for another 5s because of 3 calls that ended in congestion after ringing in a row.',
      untilAt: NOW + 5000,
    });
    const between = hear(late(freshTrunk, 2), ['busy']);
    expect(may(late(between, 2), NOW)).toBe(true);
  });

  test('[D-08] trunk that rests for such calls: a probe that rings is none yet, one that ends well is', () => {
    const rested = late(freshTrunk, 3);
    const later = NOW + 5000;
    const probing = chooseTrunks([offered(MAIN, 0, rested)], 5, later).states.get('main') ?? freshTrunk;
    const ringing = noteTrunkOutcome(probing, { heard: 'ringing', dialedAt: later }, later + 100);
    expect(chooseTrunks([offered(MAIN, 2, ringing)], 5, later + 100).lines).toHaveLength(0);
    const failing = noteTrunkOutcome(ringing, { heard: 'failed', dialedAt: later, rang: true }, later + 200);
    expect(trunkStanding(MAIN, failing, later + 200).untilAt).toBe(later + 200 + 10_000);
    const well = noteTrunkOutcome(ringing, { heard: 'no-answer', dialedAt: later, rang: true }, later + 200);
    expect(chooseTrunks([offered(MAIN, 1, well)], 5, later + 200).lines).toHaveLength(5);
  });

  test('[D-08] calls that are picked up and can carry no sound: the trunk rests, and the sentence says so', () => {
    let state = freshTrunk;
    const news = { heard: 'abandoned', dialedAt: NOW, rang: true } as const;
    for (let i = 0; i < 3; i += 1) state = noteTrunkOutcome(state, { ...news, mute: true }, NOW);
    expect(trunkStanding(MAIN, state, NOW).why).toContain('3 calls that could carry no sound in a row');
    for (let i = 0; i < 3; i += 1) state = noteTrunkOutcome(freshTrunk, news, NOW);
    expect(may(state, NOW)).toBe(true);
  });

  test('[D-08] people who put down as soon as they have picked up, ten of them: the trunk takes calls', () => {
    let state = freshTrunk;
    const news = { heard: 'rejected', dialedAt: NOW, rang: true } as const;
    for (let i = 0; i < 12; i += 1) state = noteTrunkOutcome(state, news, NOW);
    expect(may(state, NOW)).toBe(true);
  });

  test('[D-08] Retry-After: the first such call makes the trunk rest for as long, an hour at most; later ones lengthen it', () => {
    const asked = (state: TrunkState, retryAfterMs: number, now = NOW): TrunkState =>
      noteTrunkOutcome(state, { heard: 'congestion', dialedAt: NOW, retryAfterMs }, now);
    expect(trunkStanding(MAIN, asked(freshTrunk, 120_000), NOW)).toMatchObject({
      mayDial: false,
      untilAt: NOW + 120_000,
      why: 'Trunk main rests for another 2m because of its own word (Retry-After 2m).',
    });
    expect(trunkStanding(MAIN, asked(freshTrunk, 1e9), NOW).untilAt).toBe(NOW + 3_600_000);
    expect(trunkStanding(MAIN, asked(freshTrunk, 0), NOW).mayDial).toBe(true);
    const longer = asked(asked(freshTrunk, 120_000), 180_000, NOW + 1000);
    expect(trunkStanding(MAIN, longer, NOW + 1000).untilAt).toBe(NOW + 181_000);
    const shorter = asked(asked(freshTrunk, 120_000), 1000, NOW + 1000);
    expect(trunkStanding(MAIN, shorter, NOW + 1000).untilAt).toBe(NOW + 120_000);
  });

  test('[D-08] any news in any order: the trunk always takes calls again in the end', () => {
    const heard = fc.constantFrom<Heard>('congestion', 'failed', 'rejected', 'busy', 'ringing', 'cancelled');
    fc.assert(
      fc.property(fc.array(fc.tuple(heard, fc.nat(9000)), { maxLength: 60 }), (news) => {
        let [state, now] = [freshTrunk, NOW];
        for (const [one, waitMs] of news) {
          now += waitMs;
          const choice = chooseTrunks([offered(MAIN, 0, state)], 1, now);
          state = choice.states.get('main') ?? state;
          if (choice.lines.length > 0) state = noteTrunkOutcome(state, { heard: one, dialedAt: now }, now + 1);
        }
        expect(chooseTrunks([offered(MAIN, 0, state)], 1, now + 400_000).lines).toEqual(['main']);
      }),
    );
  });
});

describe('[O-09] the clock is set back by an hour', () => {
  const HOUR = 3_600_000;

  test('calls of the future do not take up the rate of now', () => {
    const busy = chooseTrunks([offered(MAIN)], 10, NOW + HOUR).states.get('main') ?? freshTrunk;
    expect(chooseTrunks([offered(MAIN, 10, busy)], 4, NOW).lines).toHaveLength(4);
  });

  test('a rest that began in the future is over: the trunk is tried with probe calls', () => {
    const resting = ['congestion', 'congestion', 'congestion'].reduce<TrunkState>(
      (state) => noteTrunkOutcome(state, { heard: 'congestion', dialedAt: NOW + HOUR }, NOW + HOUR),
      freshTrunk,
    );
    expect(may(resting, NOW + HOUR)).toBe(false);
    expect(may(resting, NOW)).toBe(true);
    expect(chooseTrunks([offered(MAIN, 0, resting)], 10, NOW).lines.length).toBeLessThan(10);
  });
});
