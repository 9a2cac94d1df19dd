import { getTasks } from 'node-cron';
import { afterEach, describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/campaign/definition.ts';
import { nodeCronEdges, ScheduleWakes } from '../../src/schedule/cron.ts';
import type { Edges } from '../../src/schedule/cron.ts';
import { VirtualClock } from '../../src/sim/clock.ts';

const at = (text: string): number => Date.parse(text);
const OFFICE: Schedule = { timezone: 'Europe/Berlin', start: '0 9 * * 1-5', stop: '0 18 * * 1-5', holidays: [] };
const DAY_MS = 86_400_000;

let wakes: ScheduleWakes | undefined;
afterEach(() => wakes?.stop());

describe('wakes by schedule', () => {
  test('[C-04] a weekend: wakes at closing on Friday and at opening on Monday, and at no other time', async () => {
    const clock = new VirtualClock({ startAt: at('2026-11-20T12:00:00Z') });
    const woken: string[] = [];
    wakes = new ScheduleWakes({ clock, wake: (name) => woken.push(`${name} ${new Date(clock.now()).toISOString()}`) });
    wakes.watch([{ name: 'office', schedule: OFFICE }, { name: 'always' }]);
    await clock.runFor(3 * DAY_MS);
    expect(woken).toEqual(['office 2026-11-20T17:00:00.000Z', 'office 2026-11-23T08:00:00.000Z']);
  });

  test("[C-04] clocks go forward at night: the morning's opening comes an hour earlier in UTC", async () => {
    const clock = new VirtualClock({ startAt: at('2026-03-27T20:00:00Z') });
    const woken: number[] = [];
    wakes = new ScheduleWakes({ clock, wake: () => woken.push(clock.now()) });
    wakes.watch([{ name: 'office', schedule: OFFICE }]);
    await clock.runFor(3 * DAY_MS);
    expect(woken).toEqual([at('2026-03-30T07:00:00Z'), at('2026-03-30T16:00:00Z')]);
  });

  test('[C-04] schedules replaced or stopped: the old ones wake no one any more', async () => {
    const clock = new VirtualClock({ startAt: at('2026-11-20T12:00:00Z') });
    const woken: string[] = [];
    const edges: { readonly expression: string; wake: () => void; live: boolean }[] = [];
    const source: Edges = ({ expression }, wake) => {
      const edge = { expression, wake, live: true };
      edges.push(edge);
      return () => (edge.live = false);
    };
    wakes = new ScheduleWakes({ clock, wake: (name) => woken.push(name), edges: source });
    wakes.watch([{ name: 'old', schedule: OFFICE }]);
    wakes.watch([{ name: 'new', schedule: { ...OFFICE, stop: '0 17 * * 1-5' } }]);
    expect(edges.map(({ expression, live }) => [expression, live])).toEqual([
      ['0 9 * * 1-5', false],
      ['0 18 * * 1-5', false],
      ['0 9 * * 1-5', true],
      ['0 17 * * 1-5', true],
    ]);
    edges[3]?.wake();
    await clock.runFor(DAY_MS);
    expect(woken).toEqual(['new', 'new']);
    wakes.stop();
    await clock.runFor(7 * DAY_MS);
    expect(woken).toHaveLength(2);
    expect(edges.some(({ live }) => live)).toBe(false);
  });
});

describe('node-cron as a second source', () => {
  test('[C-04] every minute: it knows its next firing, and is gone when released', () => {
    const before = getTasks().size;
    const release = nodeCronEdges({ expression: '* * * * *', timezone: 'Europe/Berlin' }, () => undefined);
    expect(getTasks().size).toBe(before + 1);
    const task = [...getTasks().values()].at(-1);
    const next = task?.getNextRun()?.getTime() ?? 0;
    expect(next - Date.now()).toBeGreaterThan(0);
    expect(next - Date.now()).toBeLessThanOrEqual(60_000);
    release();
    expect(getTasks().size).toBe(before);
  });

  test('[C-04] expression that node-cron cannot read: no wake and no failure', () => {
    const release = nodeCronEdges({ expression: 'nonsense', timezone: 'UTC' }, () => undefined);
    expect(() => release()).not.toThrow();
  });
});
