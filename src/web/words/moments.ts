// Moments and hours as the page's language writes them, on the clocks of the zone that they were said in.

import type { Hours } from '../../http/wire/reasons.ts';

const HOUR_MS = 3_600_000;
const DAY_MINUTES = 24 * 60;
/** A Monday, UTC. */
const MONDAY = Date.UTC(2026, 0, 5);

/** `Mo., 30. Nov., 09:00`, with the place where clocks differ from the agent's. */
export function moment(at: number, zone: string, locale: string): string {
  const isHere = new Intl.DateTimeFormat().resolvedOptions().timeZone === zone;
  return isHere ? dayAndTime(at, zone, locale) : `${dayAndTime(at, zone, locale)} (${placeOf(zone)})`;
}

const dayAndTime = (at: number, zone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);

/** `14:05:30`, on the agent's clock. */
export const clockTime = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at);

/** `America/New_York` as people say it: New York. */
const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** `30.11.2026`, of a day as the server writes it. */
export const dayOf = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));

/** What the hours of a campaign are made of. */
export interface HourWords {
  readonly noSchedule: string;
  readonly anyTime: string;
  readonly never: string;
  readonly cron: (start: string, stop: string) => string;
  readonly notOnHolidays: (holidays: number) => string;
  readonly openUntil: (when: string) => string;
  readonly nextOpen: (when: string) => string;
  readonly neverOpen: string;
}

/** `Mo–Fr 09:00–18:00 New York, nicht an Feiertagen; wieder ab …` */
export function hoursIn(hours: Hours, words: HourWords, locale: string): string {
  if (hours.kind === 'no-schedule') return words.noSchedule;
  const { week, zone, holidays, isOpen, changeAt } = hours;
  const except = holidays === 0 ? '' : `, ${words.notOnHolidays(holidays)}`;
  const standing =
    changeAt === null
      ? isOpen
        ? undefined
        : words.neverOpen
      : (isOpen ? words.openUntil : words.nextOpen)(dayAndTime(changeAt, zone, locale));
  return `${weekIn(week, words, locale)} ${placeOf(zone)}${except}${standing === undefined ? '' : `; ${standing}`}`;
}

type Week = Extract<Hours, { readonly kind: 'scheduled' }>['week'];
type Days = Extract<Week, { readonly kind: 'days' }>['days'][number];

function weekIn(week: Week, words: HourWords, locale: string): string {
  if (week.kind === 'cron') return words.cron(week.start, week.stop);
  if (week.kind === 'days') return week.days.map((days) => daysIn(days, locale)).join('; ');
  return week.kind === 'never' ? words.never : words.anyTime;
}

function daysIn({ first, last, spans }: Days, locale: string): string {
  const days = first === last ? weekday(first, locale) : `${weekday(first, locale)}–${weekday(last, locale)}`;
  const hours = spans.map(({ from, to }) => {
    if (to - from <= DAY_MINUTES) return `${clock(from)}–${to % DAY_MINUTES === 0 ? '24:00' : clock(to % DAY_MINUTES)}`;
    return `${clock(from)} – ${weekday(first + Math.floor(to / DAY_MINUTES), locale)} ${clock(to % DAY_MINUTES)}`;
  });
  return `${days} ${hours.join(', ')}`;
}

/** Monday is 0. */
const weekday = (day: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + day * 24 * HOUR_MS);

function clock(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `1 call`, `1,200 calls` */
export const counted = (count: number, one: string, many: string, locale: string): string =>
  `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`;
