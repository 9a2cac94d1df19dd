// The schedule of a campaign's file, and whether it can be kept: cron expressions that are right and fire, a window that
// opens, holidays that are dates; and the holidays themselves, from the campaign's file or from a file of their own.

import { z } from 'zod';
import { isTimeZone } from '../../base/local-time.ts';
import { parseCron } from '../../campaign/cron.ts';
import type { Schedule } from '../../campaign/definition.ts';
import { isOpenAt, nextChangeAt } from '../../campaign/schedule.ts';
import type { ConfigFault } from '../faults.ts';
import { keyOf, readSource } from '../source.ts';
import type { Path, Source } from '../source.ts';
import { valueAt } from '../validate.ts';
import { text, timeZone } from '../values.ts';

const cron = (): z.ZodType<string, string> => text();

export const scheduleSchema = z.strictObject({
  timezone: timeZone().describe('IANA time zone of the hours, days and holidays'),
  start: cron().describe('cron expression (minute hour day month weekday) at which dialing may begin'),
  stop: cron().describe('cron expression at which it ends'),
  holidays: z
    .union([z.array(text()), text()])
    .prefault([])
    .describe('days without dialing: dates such as 2026-12-25, or the name of a file in holidays/'),
});

export function toSchedule(written: z.output<typeof scheduleSchema>, holidays: readonly string[]): Schedule {
  return { timezone: written.timezone, start: written.start, stop: written.stop, holidays };
}

/** Text of a file named in a campaign, or where it was looked for in vain. */
export type ReadNamed = (
  name: string,
) => { readonly file: string; readonly text: string } | { readonly lookedAt: readonly string[] };

export interface CheckedSchedule {
  /** Dates such as `2026-12-25`. */
  readonly holidays: readonly string[];
  readonly faults: readonly ConfigFault[];
}

/** Checks the source's `schedule` and reads its holidays. */
export function checkSchedule(source: Source, readNamed: ReadNamed): CheckedSchedule {
  const crons = (['start', 'stop'] as const).map((part) => cronFault(source, ['schedule', part]));
  const { holidays, faults } = readHolidays(source, readNamed);
  const faulty = [...crons.flatMap((fault) => fault ?? []), ...faults];
  return { holidays, faults: faulty.length > 0 ? faulty : neverOpens(source, holidays) };
}

function cronFault(source: Source, path: Path): ConfigFault | undefined {
  const text = valueAt(source.value, path);
  if (typeof text !== 'string' || text === '') return undefined;
  const parsed = parseCron(text);
  if (parsed.ok) return undefined;
  const place = source.placeWithin(path, parsed.column - 1);
  const hint = 'Cron: minute hour day-of-month month day-of-week, such as "0 9 * * 1-5".';
  return { ...place, severity: 'fault', message: `"${text}": ${parsed.message}.`, hint };
}

function neverOpens(source: Source, holidays: readonly string[]): readonly ConfigFault[] {
  const [timezone, start, stop] = ['timezone', 'start', 'stop'].map((key) => valueAt(source.value, ['schedule', key]));
  if (typeof timezone !== 'string' || typeof start !== 'string' || typeof stop !== 'string') return [];
  if (start === '' || stop === '' || !isTimeZone(timezone)) return [];
  const schedule = { timezone, start, stop, holidays };
  // Any instant does: a schedule repeats itself.
  const someDay = Date.UTC(2026, 0, 1);
  if (isOpenAt(schedule, someDay) || nextChangeAt(schedule, someDay) !== undefined) return [];
  const message = 'The campaign would never dial: start never fires without stop firing at the same time.';
  return [{ ...source.placeOf(['schedule', 'start']), severity: 'fault', message, hint: 'Let stop come after start.' }];
}

function readHolidays(source: Source, readNamed: ReadNamed): CheckedSchedule {
  const path: Path = ['schedule', 'holidays'];
  const written = valueAt(source.value, path);
  if (Array.isArray(written)) return datesOf(source, path, written);
  if (typeof written !== 'string' || written === '') return { holidays: [], faults: [] };
  const named = readNamed(written);
  if ('lookedAt' in named) {
    const hint = `Put it into the folder holidays beside the campaigns folder, or write the dates here. Looked at ${named.lookedAt.join(' and ')}.`;
    const message = `There is no holiday file ${written}.`;
    return { holidays: [], faults: [{ ...source.placeOf(path), severity: 'fault', message, hint }] };
  }
  const { holidays, faults } = readHolidayFile(named);
  if (faults.length === 0) return { holidays, faults };
  const message = `The holiday file ${named.file} has faults.`;
  const hint = 'They are reported beside this one.';
  return { holidays: [], faults: [...faults, { ...source.placeOf(path), severity: 'fault', message, hint }] };
}

function readHolidayFile({ file, text }: { readonly file: string; readonly text: string }): CheckedSchedule {
  const { source, faults } = readSource(text, file);
  if (!source) return { holidays: [], faults };
  const dates = valueAt(source.value, ['holidays']);
  if (Array.isArray(dates)) return datesOf(source, ['holidays'], dates);
  const message = 'The file has no list of holidays.';
  const hint = 'Write: holidays: [2026-12-25, 2026-12-26].';
  return { holidays: [], faults: [{ ...source.placeOf(['holidays']), severity: 'fault', message, hint }] };
}

function datesOf(source: Source, path: Path, dates: readonly unknown[]): CheckedSchedule {
  const faults = dates.flatMap((date, index): readonly ConfigFault[] => {
    if (typeof date === 'string' && isDate(date)) return [];
    const place = { ...source.placeOf([...path, index]), key: keyOf([...path, index]) };
    const message = `"${String(date)}" is no date.`;
    return [{ ...place, severity: 'fault', message, hint: 'Write year-month-day, such as 2026-12-25.' }];
  });
  return { holidays: faults.length > 0 ? [] : dates.map(String), faults };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
