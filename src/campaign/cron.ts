// Cron expressions of five fields (minute, hour, day of month, month, day of week), and when they fire in a time zone.
//
// Fields take `*`, numbers, names (JAN–DEC, SUN–SAT; 0 and 7 are Sunday), ranges, lists and steps. Where day of month
// and day of week are both restricted, either suffices. A time that clocks skip fires at the first moment after the
// jump; one that they show twice fires at the first.

import { firstInstantAt, localTime } from '../base/local-time.ts';

export interface Cron {
  /** Minutes of the day at which it fires, ascending. */
  readonly minutesOfDay: readonly number[];
  firesOn(date: { readonly month: number; readonly day: number; readonly weekday: number }): boolean;
}

export type ParsedCron =
  | { readonly ok: true; readonly cron: Cron }
  /** Columns count from 1. */
  | { readonly ok: false; readonly message: string; readonly column: number };

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const DAY_MS = 86_400_000;
/** 29 February is at most eight years away. */
const LONGEST_WAIT_DAYS = 8 * 366 + 1;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 7, names: WEEKDAYS },
];

class CronFault extends Error {}

/** The expression, or what is wrong with it and where; one that can never fire is wrong. */
export function parseCron(text: string): ParsedCron {
  const words = [...text.matchAll(/\S+/g)];
  if (words.length !== FIELDS.length) {
    const message = `has ${words.length} fields instead of 5 (minute hour day-of-month month day-of-week)`;
    return { ok: false, message, column: 1 };
  }
  const sets: ReadonlySet<number>[] = [];
  for (const [place, field] of FIELDS.entries()) {
    const word = words[place];
    try {
      sets.push(parseField(word?.[0] ?? '', field));
    } catch (error) {
      if (!(error instanceof CronFault)) throw error;
      return { ok: false, message: error.message, column: (word?.index ?? 0) + 1 };
    }
  }
  const cron = cronOf(sets, words[2]?.[0] !== '*', words[4]?.[0] !== '*');
  if (cron) return { ok: true, cron };
  return { ok: false, message: 'never fires: no such day exists', column: (words[2]?.index ?? 0) + 1 };
}

/** The first firing after `at`; undefined when there is none within eight years. */
export function nextFireAt(cron: Cron, zone: string, at: number): number | undefined {
  for (const date of dates(zone, at, 1)) {
    const fireAt = search(cron, zone, date, (instant) => instant > at);
    if (fireAt !== undefined) return fireAt;
  }
  return undefined;
}

/** The last firing at or before `at`; undefined when there is none within eight years. */
export function lastFireAt(cron: Cron, zone: string, at: number): number | undefined {
  for (const date of dates(zone, at, -1)) {
    if (!firesOnDate(cron, date)) continue;
    const after = search(cron, zone, date, (instant) => instant > at);
    const place = after === undefined ? cron.minutesOfDay.length : placeOf(cron, zone, date, after);
    const minute = cron.minutesOfDay[place - 1];
    if (minute !== undefined) return firstInstantAt(zone, date + minute * 60_000);
  }
  return undefined;
}

/** Dates (as midnight written in UTC) around the local date of `at`, from the one before in the direction of search. */
function* dates(zone: string, at: number, direction: 1 | -1): Generator<number> {
  const { year, month, day } = localTime(zone, at);
  const today = Date.UTC(year, month - 1, day);
  for (let days = -1; days < LONGEST_WAIT_DAYS; days += 1) yield today + direction * days * DAY_MS;
}

function firesOnDate(cron: Cron, date: number): boolean {
  const shown = new Date(date);
  return cron.firesOn({ month: shown.getUTCMonth() + 1, day: shown.getUTCDate(), weekday: shown.getUTCDay() });
}

/** The day's first firing that `wanted` (false, then true over the day) accepts. */
function search(cron: Cron, zone: string, date: number, wanted: (at: number) => boolean): number | undefined {
  if (!firesOnDate(cron, date)) return undefined;
  const place = firstPlace(cron, (minute) => wanted(firstInstantAt(zone, date + minute * 60_000)));
  const minute = cron.minutesOfDay[place];
  return minute === undefined ? undefined : firstInstantAt(zone, date + minute * 60_000);
}

function placeOf(cron: Cron, zone: string, date: number, at: number): number {
  return firstPlace(cron, (minute) => firstInstantAt(zone, date + minute * 60_000) >= at);
}

function firstPlace(cron: Cron, wanted: (minute: number) => boolean): number {
  let from = 0;
  let to = cron.minutesOfDay.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (wanted(cron.minutesOfDay[middle] ?? 0)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function cronOf(sets: readonly ReadonlySet<number>[], byDay: boolean, byWeekday: boolean): Cron | undefined {
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const exists = [...months].some((month) => Math.min(...days) <= (MONTH_DAYS[month - 1] ?? 0));
  if (!exists && !byWeekday) return undefined;
  const ascending = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);
  return {
    minutesOfDay: ascending(hours).flatMap((hour) => ascending(minutes).map((minute) => hour * 60 + minute)),
    firesOn({ month, day, weekday }) {
      if (!months.has(month)) return false;
      const onWeekday = weekdays.has(weekday) || (weekday === 0 && weekdays.has(7));
      return byDay && byWeekday ? days.has(day) || onWeekday : days.has(day) && onWeekday;
    },
  };
}

function parseField(text: string, field: Field): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...rest] = part.split('/');
    if (rest.length > 0) throw new CronFault(`${field.name} "${part}" has more than one step`);
    const every = step === undefined ? 1 : parseStep(step, field);
    const [from, to] = parseRange(range, field, step !== undefined);
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return values;
}

function parseStep(text: string, field: Field): number {
  const step = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (step < 1 || step > field.max) throw new CronFault(`${field.name} step "${text}" is not 1 to ${field.max}`);
  return step;
}

function parseRange(text: string, field: Field, open: boolean): readonly [number, number] {
  if (text === '*') return [field.min, field.max === 7 ? 6 : field.max];
  const [first = '', last, ...rest] = text.split('-');
  if (rest.length > 0) throw new CronFault(`${field.name} "${text}" is no range`);
  const from = parseValue(first, field);
  if (last === undefined) return [from, open ? field.max : from];
  const to = parseValue(last, field);
  // SAT-SUN: Sunday closes the week.
  const end = field.max === 7 && to === 0 && from > 0 ? 7 : to;
  if (end < from) throw new CronFault(`${field.name} range "${text}" runs backwards`);
  return [from, end];
}

function parseValue(text: string, field: Field): number {
  const named = field.names.indexOf(text.toUpperCase());
  if (named >= 0) return named + field.min;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  if (value >= field.min && value <= field.max) return value;
  const names = field.names.length === 0 ? '' : ` or ${field.names[0] ?? ''} to ${field.names.at(-1) ?? ''}`;
  throw new CronFault(`${field.name} "${text}" is not ${field.min} to ${field.max}${names}`);
}
