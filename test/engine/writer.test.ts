// Writes that the store refuses are tried again until it takes them.

import { describe, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { Writer } from '../../src/engine/writer.ts';
import { VirtualClock } from '../../src/sim/clock.ts';

/** A writer over a store that refuses while `full`. */
function desk() {
  const clock = new VirtualClock();
  const reported: boolean[] = [];
  const writer = new Writer(clock, silentLog, (failing) => reported.push(failing));
  const disk = { full: false, rows: [] as string[], tries: 0 };
  const write = (row: string): void =>
    writer.write(async () => {
      await Promise.resolve();
      disk.tries += 1;
      if (disk.full) throw new Error('disk full');
      disk.rows.push(row);
    });
  return { clock, writer, reported, disk, write };
}

describe('[O-06] the disk is full', () => {
  test('nothing is lost: rows are written in order once there is room, and dialing is informed of both', async () => {
    const { clock, writer, reported, disk, write } = desk();
    disk.full = true;
    write('a');
    await clock.runFor(10);
    write('b');
    write('c');
    await clock.runFor(5_000);
    expect(disk.rows).toEqual([]);
    expect(writer.failing).toBe(true);
    expect(reported).toEqual([true]);

    disk.full = false;
    await clock.runFor(1_500);

    expect(disk.rows).toEqual(['a', 'b', 'c']);
    expect(writer.failing).toBe(false);
    expect(reported).toEqual([true, false]);
  });

  test('the store is asked about once a second, not as fast as it refuses', async () => {
    const { clock, disk, write } = desk();
    disk.full = true;
    write('a');
    await clock.runFor(60_000);
    expect(disk.tries).toBeGreaterThan(50);
    expect(disk.tries).toBeLessThan(70);
  });

  test('one write that the store can never take: given up after five tries, the others go on', async () => {
    const { clock, writer, reported, disk, write } = desk();
    writer.write(() => Promise.reject(new OperationalError('attempt-unknown', 'no such attempt', { hint: '' })));
    await clock.runFor(10);
    write('b');
    await clock.runFor(3_500);
    expect(disk.rows).toEqual([]);
    await clock.runFor(3_000);
    expect(disk.rows).toEqual(['b']);
    expect(reported).toEqual([true, false]);
  });

  test('several writes in flight are refused together: each is written once, one complaint', async () => {
    const { clock, reported, disk, write } = desk();
    disk.full = true;
    for (const row of ['a', 'b', 'c']) write(row);
    await clock.runFor(500);
    disk.full = false;
    await clock.runFor(2_000);
    expect(disk.rows).toEqual(['a', 'b', 'c']);
    expect(reported).toEqual([true, false]);
  });

  test('writes in flight are refused in another order than they were handed in: they are written in the first order', async () => {
    const { clock, writer, disk } = desk();
    disk.full = true;
    const refuse: (() => void)[] = [];
    for (const row of ['a', 'b', 'c']) {
      writer.write(() => {
        if (!disk.full) {
          disk.rows.push(row);
          return Promise.resolve();
        }
        return new Promise((_resolve, reject) => {
          refuse.push(() => reject(new Error('the server is away')));
        });
      });
    }
    refuse[2]?.();
    refuse[1]?.();
    disk.full = false;
    await clock.runFor(5_000);
    expect(disk.rows).toEqual([]);
    refuse[0]?.();
    await clock.runFor(2_000);
    expect(disk.rows).toEqual(['a', 'b', 'c']);
    expect(writer.failing).toBe(false);
  });

  test('a write handed in while the waiting ones are tried again keeps its place', async () => {
    const { clock, writer, disk, write } = desk();
    disk.full = true;
    write('a');
    await clock.runFor(10);
    writer.write(() => {
      disk.rows.push('b');
      write('c');
      return Promise.resolve();
    });
    disk.full = false;
    await clock.runFor(2_000);
    expect(disk.rows).toEqual(['a', 'b', 'c']);
  });

  test('it fails, works and fails again: dialing is informed each time', async () => {
    const { clock, reported, disk, write } = desk();
    for (let round = 0; round < 2; round += 1) {
      disk.full = true;
      write(`row ${round}`);
      await clock.runFor(500);
      disk.full = false;
      await clock.runFor(2_000);
    }
    expect(reported).toEqual([true, false, true, false]);
  });
});

describe('[O-01] settled', () => {
  test('at once when nothing is under way', async () => {
    await expect(desk().writer.settled()).resolves.toBeUndefined();
  });

  test('only when everything handed in is durable, refused writes included', async () => {
    const { clock, writer, disk, write } = desk();
    disk.full = true;
    write('a');
    let isSettled = false;
    const settled = writer.settled().then(() => {
      isSettled = true;
    });
    await clock.runFor(3_000);
    expect(isSettled).toBe(false);

    disk.full = false;
    await clock.settle(settled, 3_000);

    expect(disk.rows).toEqual(['a']);
  });
});
