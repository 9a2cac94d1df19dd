// Named timers: one of a name at a time.

import { describe, expect, test } from 'vitest';
import { Timers } from '../../src/engine/timers.ts';
import { VirtualClock } from '../../src/sim/clock.ts';

function watched() {
  const clock = new VirtualClock({ startAt: 1_000_000 });
  const timers = new Timers(clock);
  const fired: string[] = [];
  const set = (name: string, afterMs: number, says = name): void =>
    timers.set(name, clock.now() + afterMs, () => fired.push(`${says} at ${clock.now() - 1_000_000}`));
  return { clock, timers, fired, set };
}

describe('[D-01] timers of calls and sessions', () => {
  test('each fires once, at its instant', async () => {
    const { clock, fired, set } = watched();
    set('ring a', 25_000);
    set('ring b', 10_000);

    await clock.runFor(100_000);

    expect(fired).toEqual(['ring b at 10000', 'ring a at 25000']);
  });

  test('set again, only the new one fires', async () => {
    const { clock, fired, set } = watched();
    set('ring a', 10_000, 'first');
    set('ring a', 20_000, 'second');

    await clock.runFor(100_000);

    expect(fired).toEqual(['second at 20000']);
  });

  test('an instant that has passed fires at once, but not in the same turn', async () => {
    const { clock, fired, set } = watched();
    set('limit a', -500);
    expect(fired).toEqual([]);

    await clock.runFor(0);

    expect(fired).toEqual(['limit a at 0']);
  });

  test('cleared, it does not fire, and clearing what is not set is nothing', async () => {
    const { clock, timers, fired, set } = watched();
    set('limit a', 1_000);
    timers.clear('limit a');
    timers.clear('limit b');

    await clock.runFor(10_000);

    expect(fired).toEqual([]);
  });

  test('a timer that sets itself again as it fires goes on', async () => {
    const { clock, timers, fired } = watched();
    const again = (): void => {
      fired.push(String(clock.now() - 1_000_000));
      timers.set('schedules', clock.now() + 1_000, again);
    };
    timers.set('schedules', clock.now(), again);

    await clock.runFor(2_500);

    expect(fired).toEqual(['0', '1000', '2000']);
  });

  test('when the engine stops none of them fires any more', async () => {
    const { clock, timers, fired, set } = watched();
    set('ring a', 1_000);
    set('ring b', 2_000);
    await clock.runFor(1_500);

    timers.clearAll();
    await clock.runFor(10_000);

    expect(fired).toEqual(['ring a at 1000']);
  });
});
