import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/campaign/definition.ts';
import { describeWindow, dialsTodayUntil, dueStep, isOpenAt, nextChangeAt } from '../../src/campaign/schedule.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

function schedule(parts: Partial<Schedule> = {}): Schedule {
  return { timezone: 'Europe/Berlin', start: '0 9 * * 1-5', stop: '0 18 * * 1-5', holidays: [], ...parts };
}

describe('window of a campaign', () => {
  test.each([
    ['2026-11-20T08:00:00Z', true, '2026-11-20T17:00:00.000Z'],
    ['2026-11-20T07:59:59Z', false, '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T17:00:00Z', false, '2026-11-23T08:00:00.000Z'],
    ['2026-07-01T07:00:00Z', true, '2026-07-01T16:00:00.000Z'],
  ])('[C-03] weekdays 9 to 18 in Berlin, at %s: open %s, changes at %s', (now, open, change) => {
    expect(isOpenAt(schedule(), at(now))).toBe(open);
    expect(iso(nextChangeAt(schedule(), at(now)))).toBe(change);
  });

  test.each([
    ['in its hours', schedule(), '2026-11-20T10:00:00Z', '2026-11-20T17:00:00.000Z'],
    ['after them', schedule(), '2026-11-20T18:00:00Z', '2026-11-20T18:00:00.000Z'],
    [
      'open over midnight',
      schedule({ start: '0 22 * * *', stop: '0 6 * * *' }),
      '2026-11-20T22:00:00Z',
      '2026-11-20T23:00:00.000Z',
    ],
    ['without hours', undefined, '2026-11-20T10:00:00Z', '2026-11-21T00:00:00.000Z'],
  ])('[X-06] today’s dialing ends, %s', (_when, hours, now, end) => {
    expect(iso(dialsTodayUntil(hours, at(now)))).toBe(end);
  });

  test('[C-04] holiday on a Monday and the Tuesday after: closed from Friday evening to Wednesday morning', () => {
    const closed = schedule({ holidays: ['2026-12-29', '2026-12-28'] });
    expect(iso(nextChangeAt(closed, at('2026-12-25T17:00:00Z')))).toBe('2026-12-30T08:00:00.000Z');
    expect(isOpenAt(closed, at('2026-12-28T11:00:00Z'))).toBe(false);
  });

  test('[C-04] night shift over a holiday: closed for the whole local day and open again after its midnight', () => {
    const nights = schedule({ start: '0 22 * * *', stop: '0 6 * * *', holidays: ['2026-12-25'] });
    expect(isOpenAt(nights, at('2026-12-24T22:59:59Z'))).toBe(true);
    expect(iso(nextChangeAt(nights, at('2026-12-24T22:30:00Z')))).toBe('2026-12-24T23:00:00.000Z');
    expect(iso(nextChangeAt(nights, at('2026-12-25T12:00:00Z')))).toBe('2026-12-25T23:00:00.000Z');
  });

  test('[C-04] start and stop fire at the same times: never open, and found out quickly', () => {
    const never = schedule({ start: '*/5 * * * *', stop: '*/5 * * * *' });
    expect(isOpenAt(never, at('2026-11-20T12:01:00Z'))).toBe(false);
    expect(nextChangeAt(never, at('2026-11-20T12:01:00Z'))).toBeUndefined();
    expect(describeWindow(never, at('2026-11-20T12:01:00Z'))).toBe('The window never opens.');
  });

  test('[C-03] no schedule: always open; a schedule that cannot be read: never', () => {
    expect(isOpenAt(undefined, 0)).toBe(true);
    expect(nextChangeAt(undefined, 0)).toBeUndefined();
    expect(isOpenAt(schedule({ start: 'nonsense' }), at('2026-11-20T12:00:00Z'))).toBe(false);
  });

  test("[C-03] sentence about the window: says until when, in the campaign's own time", () => {
    expect(describeWindow(schedule(), at('2026-11-20T12:00:00Z'))).toBe(
      'The window is open until 2026-11-20 18:00 (Europe/Berlin).',
    );
    expect(describeWindow(schedule(), at('2026-11-20T19:00:00Z'))).toBe(
      'The window is closed and opens at 2026-11-23 09:00 (Europe/Berlin).',
    );
  });
});

describe('window against a minute-by-minute walk', () => {
  // Days around clock changes, among them one at midnight, one of half an hour and one in a zone without any.
  const changes: readonly (readonly [string, string])[] = [
    ['Europe/Berlin', '2026-03-29'],
    ['Europe/Berlin', '2026-10-25'],
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Africa/Cairo', '2026-04-24'],
    ['America/Havana', '2026-11-01'],
    ['America/Santiago', '2026-09-06'],
    ['Asia/Kolkata', '2026-05-05'],
  ];
  const minute = fc.constantFrom('0', '15', '30', '59', '*/20', '5,35');
  const hour = fc.constantFrom('0', '1', '2', '3', '9', '23', '*', '1-3');
  const days = fc.constantFrom('* * *', '* * 1-5', '* * 0,6', '*/2 * *');
  const cronText = fc.tuple(minute, hour, days).map((parts) => parts.join(' '));

  test(
    '[C-04] any schedule around clock changes in ten zones: same openings and closings',
    { timeout: 240_000 },
    () => {
      const input = fc.record({
        change: fc.constantFrom(...changes),
        start: cronText,
        stop: cronText,
        holiday: fc.boolean(),
      });
      fc.assert(
        fc.property(input, ({ change: [zone, date], start, stop, holiday }) => {
          const tested = schedule({ timezone: zone, start, stop, holidays: holiday ? [date] : [] });
          const walked = walk(tested, at(`${date}T00:00:00Z`));
          for (const [index, { instant, open }] of walked.entries()) {
            const asked = index % 97 === 0 ? { ...tested } : tested;
            if (index % 7 === 0) expect([iso(instant), isOpenAt(asked, instant)]).toEqual([iso(instant), open]);
          }
          const from = walked[Math.floor(walked.length / 4)];
          const change = walked.find(({ instant, open }) => from && instant > from.instant && open !== from.open);
          if (from && change) expect(iso(nextChangeAt(tested, from.instant))).toBe(iso(change.instant));
        }),
        { numRuns: 30, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: true },
      );
    },
  );

  /** Four days around `middle`, after a run-up, from the texts alone: luxon's offsets and set membership. */
  function walk(tested: Schedule, middle: number): { readonly instant: number; readonly open: boolean }[] {
    const [HOUR, MINUTE] = [3_600_000, 60_000];
    const seen: { instant: number; open: boolean }[] = [];
    let open: boolean | undefined;
    let shownUpTo = -Infinity;
    for (let instant = middle - 96 * HOUR; instant < middle + 60 * HOUR; instant += MINUTE) {
      const shown = instant + DateTime.fromMillis(instant, { zone: tested.timezone }).offset * MINUTE;
      const passed: Date[] = [];
      for (let time = Math.max(shownUpTo + MINUTE, shown - 2 * HOUR); time <= shown; time += MINUTE)
        passed.push(new Date(time));
      shownUpTo = Math.max(shownUpTo, shown);
      if (passed.some((time) => fires(tested.start, time))) open = true;
      if (passed.some((time) => fires(tested.stop, time))) open = false;
      const isHoliday = tested.holidays.includes(new Date(shown).toISOString().slice(0, 10));
      // Before the first firing of the walk its own history is unknown.
      if (open !== undefined && instant >= middle - 36 * HOUR) seen.push({ instant, open: open && !isHoliday });
    }
    return seen;
  }

  function fires(text: string, time: Date): boolean {
    const values = [
      time.getUTCMinutes(),
      time.getUTCHours(),
      time.getUTCDate(),
      time.getUTCMonth() + 1,
      time.getUTCDay(),
    ];
    const firsts = [0, 0, 1, 1, 0];
    return text.split(' ').every((field, place) => {
      const value = values[place] ?? -1;
      if (field === '*') return true;
      if (field.startsWith('*/')) return (value - (firsts[place] ?? 0)) % Number(field.slice(2)) === 0;
      return field.split(',').some((part) => {
        const [from, to = from] = part.split('-').map(Number);
        return value >= (from ?? 0) && value <= (to ?? 0);
      });
    });
  }
});

describe('what the schedule asks of a campaign', () => {
  const NOON = at('2026-11-20T11:00:00Z');
  const EVENING = at('2026-11-20T19:00:00Z');
  const YESTERDAY = at('2026-11-19T12:00:00Z');

  test.each([
    ['stopped yesterday', 'stopped', YESTERDAY, [NOON, 'schedule-start']],
    ['approved yesterday', 'approved', YESTERDAY, [NOON, 'schedule-start']],
    ['exhausted yesterday', 'exhausted', YESTERDAY, [NOON, 'schedule-start']],
    ['paused by a person yesterday', 'paused', YESTERDAY, [NOON, undefined]],
    ['running since yesterday', 'running', YESTERDAY, [NOON, undefined]],
    ['stopped by a person an hour ago, within the window', 'stopped', NOON - 3_600_000, [NOON, undefined]],
    ['approved within the window', 'approved', NOON - 3_600_000, [NOON, undefined]],
    ['unapproved', 'unapproved', YESTERDAY, [NOON, undefined]],
    ['archived', 'archived', YESTERDAY, [NOON, undefined]],
    ['running since noon, at closing time', 'running', NOON, [EVENING, 'schedule-stop']],
    ['paused since noon, at closing time', 'paused', NOON, [EVENING, 'schedule-stop']],
    ['started by a person after closing time', 'running', EVENING - 1, [EVENING, undefined]],
  ] as const)('[C-04] %s: %s → %s', (_, state, changedAt, [now, expected]) => {
    expect(dueStep(schedule(), { state, changedAt }, now)).toBe(expected);
  });

  test('[C-04] daemon was down over closing and opening: the campaign that ran keeps running, the stopped one starts', () => {
    const friday = at('2026-11-20T12:00:00Z');
    const monday = at('2026-11-23T12:00:00Z');
    expect(dueStep(schedule(), { state: 'running', changedAt: friday }, monday)).toBeUndefined();
    expect(dueStep(schedule(), { state: 'stopped', changedAt: friday }, monday)).toBe('schedule-start');
    expect(dueStep(schedule(), { state: 'running', changedAt: friday }, at('2026-11-22T12:00:00Z'))).toBe(
      'schedule-stop',
    );
  });
});
