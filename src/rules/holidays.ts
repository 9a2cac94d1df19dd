// On which dates a place's holidays fall in a year. Gregorian; knows no time zones.

import type { Holiday } from '../campaign/rule-pack.ts';

const DAY_MS = 86_400_000;

const known = new WeakMap<readonly Holiday[], Map<number, ReadonlySet<string>>>();

/** Dates (`2026-12-25`) of the holidays that fall in `year`, substitute days included; remembered. */
export function holidayDates(holidays: readonly Holiday[], year: number): ReadonlySet<string> {
  let years = known.get(holidays);
  if (!years) {
    years = new Map();
    known.set(holidays, years);
  }
  let dates = years.get(year);
  if (!dates) {
    dates = datesIn(holidays, year);
    years.set(year, dates);
  }
  return dates;
}

function datesIn(holidays: readonly Holiday[], year: number): ReadonlySet<string> {
  const days = new Set(holidays.flatMap((holiday) => dayOf(holiday, year)));
  // New Year's Day on a Saturday is observed on the last day of the year before.
  for (const one of [year, year + 1]) for (const holiday of holidays) addMoved(holiday, one, days);
  return new Set([...days].map(asDate).filter((date) => date.startsWith(String(year))));
}

function addMoved(holiday: Holiday, year: number, days: Set<number>): void {
  if (holiday.on !== 'date' || holiday.moves === 'no') return;
  const [day] = dayOf(holiday, year);
  if (day === undefined || !isWeekend(day)) return;
  if (holiday.moves === 'substitute') days.add(nextFree(day, days));
  else days.add(weekdayOf(day) === 6 ? day - 1 : day + 1);
}

/** Days since 1970; none when the holiday has no such day in the year. */
function dayOf(holiday: Holiday, year: number): readonly number[] {
  switch (holiday.on) {
    case 'date': {
      const at = Date.UTC(year, holiday.month - 1, holiday.day);
      return new Date(at).getUTCMonth() === holiday.month - 1 ? [at / DAY_MS] : [];
    }
    case 'weekday':
      return weekdaysOf(holiday, year);
    case 'easter':
      return [easterSunday(year) + holiday.offsetDays];
    case 'once':
      return [Date.parse(`${holiday.date}T00:00:00Z`) / DAY_MS];
  }
}

function weekdaysOf(
  { month, weekday, which, offsetDays }: Extract<Holiday, { on: 'weekday' }>,
  year: number,
): readonly number[] {
  const first = Date.UTC(year, month - 1, 1) / DAY_MS;
  const end = 'before' in which ? first + which.before - 1 : Date.UTC(year, month, 1) / DAY_MS;
  if ('before' in which || which.nth < 0) {
    const last = end - 1;
    return [last - ((weekdayOf(last) - weekday + 7) % 7) + offsetDays];
  }
  const day = first + ((weekday - weekdayOf(first) + 7) % 7) + (which.nth - 1) * 7;
  return day < end ? [day + offsetDays] : [];
}

function nextFree(from: number, taken: ReadonlySet<number>): number {
  let day = from + 1;
  while (isWeekend(day) || taken.has(day)) day += 1;
  return day;
}

function isWeekend(day: number): boolean {
  return weekdayOf(day) === 0 || weekdayOf(day) === 6;
}

/** 0 Sunday. */
function weekdayOf(day: number): number {
  return new Date(day * DAY_MS).getUTCDay();
}

function asDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Days since 1970 of Easter Sunday (the method of Gauss as corrected by Lichtenberg, PTB). */
function easterSunday(year: number): number {
  const century = Math.floor(year / 100);
  const solar = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const secular = 2 - Math.floor((3 * century + 3) / 4);
  const moon = year % 19;
  const seed = (19 * moon + solar) % 30;
  const correction = Math.floor((seed + Math.floor(moon / 11)) / 29);
  const fullMoon = 21 + seed - correction;
  const firstSunday = 7 - ((year + Math.floor(year / 4) + secular) % 7);
  const distance = 7 - ((fullMoon - firstSunday) % 7);
  return Date.UTC(year, 2, 1) / DAY_MS + fullMoon + distance - 1;
}
