// The virtual clock: order, calling off, and rest between timers.

import { describe, expect, test } from 'vitest';
import { pause } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { VirtualClock } from '../../src/sim/clock.ts';

describe('virtual clock', () => {
  test('timers set in any order: fire by instant, those of one instant in the order in which they were set', async () => {
    const clock = new VirtualClock({ startAt: 1000 });
    const random = seededRandom(7);
    const due = Array.from({ length: 500 }, (_, turn) => ({ turn, delayMs: random.integer(40) }));
    const fired: { turn: number; at: number }[] = [];
    for (const { turn, delayMs } of due) clock.after(delayMs, () => fired.push({ turn, at: clock.now() }));

    await clock.runUntil(1040);

    const expected = due
      .map(({ turn, delayMs }) => ({ turn, at: 1000 + delayMs }))
      .sort((a, b) => a.at - b.at || a.turn - b.turn);
    expect(fired).toEqual(expected);
    expect(clock.now()).toBe(1040);
  });

  test('a timer called off, also by another one of the same instant: does not fire', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const fired: string[] = [];
    const callOffLater = { it: (): void => undefined };
    clock.after(5, () => callOffLater.it());
    callOffLater.it = clock.after(5, () => fired.push('second'));
    clock.after(3, () => fired.push('called off'))();

    await clock.runFor(10);

    expect(fired).toEqual([]);
  });

  test('promises set in motion by a timer: come to rest before time goes on', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const seen: number[] = [];
    clock.after(10, () => {
      void (async () => {
        for (let i = 0; i < 20; i += 1) await Promise.resolve();
        seen.push(clock.now());
        await pause(clock, 5);
        seen.push(clock.now());
      })();
    });
    clock.after(12, () => seen.push(12));

    await clock.runUntil(100);

    expect(seen).toEqual([10, 12, 15]);
  });

  test('work outside the clock: time waits for it', async () => {
    let outside = Promise.resolve();
    const clock = new VirtualClock({ startAt: 0, settle: () => outside });
    const seen: number[] = [];
    clock.after(1, () => {
      outside = new Promise<void>((resolve) => {
        setTimeout(resolve, 20);
      }).then(() => {
        seen.push(clock.now());
      });
    });

    await clock.runUntil(1000);

    expect(seen).toEqual([1]);
  });

  test('a condition that comes true: the clock stops there; one that does not: at the deadline', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    let isTrue = false;
    clock.after(7, () => {
      isTrue = true;
    });

    expect(await clock.runUntilTrue(() => isTrue, 50)).toBe(true);
    expect(clock.now()).toBe(7);
    expect(await clock.runUntilTrue(() => false, 50)).toBe(false);
    expect(clock.now()).toBe(57);
  });

  test('a promise that needs time: settles; one that needs too much: is refused', async () => {
    const clock = new VirtualClock({ startAt: 0 });

    await expect(clock.settle(pause(clock, 30).then(() => 'done'))).resolves.toBe('done');
    await expect(clock.settle(Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(clock.settle(pause(clock, 500), 100)).rejects.toThrow('not settled after 100 ms');
  });
});
