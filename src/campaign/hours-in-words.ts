// A campaign's hours: as values, for pages that say them in their own language, and as a person says them in English:
// "Mon–Fri 09:00–18:00 New York; next open Mon 2026-11-30 09:00". Pure.

import { localTime } from '../base/local-time.ts';
import { parseCron } from './cron.ts';
import type { Cron } from './cron.ts';
import type { Schedule } from './definition.ts';
import { isOpenAt, nextChangeAt } from './schedule.ts';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
/** In the order in which a week is read. */
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
/** By the number that crons and clocks give them: Sunday is 0. */
const WEEKDAYS = ['Sun', ...DAYS.slice(0, 6)] as const;

interface Span {
  /** Minutes from a Monday 00:00, or of a day; `to` may lie in the next. */
  readonly from: number;
  readonly to: number;
}

/** Days one after the other with the same hours. */
interface DayHours {
  /** Monday is 0. */
  readonly first: number;
  readonly last: number;
  /** Minutes from the midnight that begins a day; `to` may lie in a later one. */
  readonly spans: readonly Span[];
}

type Week =
  | { readonly kind: 'any-time' | 'never' }
  /** A day of a month or a month makes every week another one. */
  | { readonly kind: 'cron'; readonly start: string; readonly stop: string }
  | { readonly kind: 'days'; readonly days: readonly DayHours[] };

export type Hours =
  | { readonly kind: 'no-schedule' }
  | {
      readonly kind: 'scheduled';
      readonly week: Week;
      readonly zone: string;
      readonly holidays: number;
      readonly isOpen: boolean;
      /** When that changes, epoch ms; null: never. */
      readonly changeAt: number | null;
    };

/** The hours of the week, holidays aside, and when the window opens or closes next. */
export function hoursOf(schedule: Schedule | undefined, now: number): Hours {
  if (schedule === undefined) return { kind: 'no-schedule' };
  return {
    kind: 'scheduled',
    week: weekOf(schedule),
    zone: schedule.timezone,
    holidays: schedule.holidays.length,
    isOpen: isOpenAt(schedule, now),
    changeAt: nextChangeAt(schedule, now) ?? null,
  };
}

/** The same in words. */
export function hoursInWords(hours: Hours): string {
  if (hours.kind === 'no-schedule') return 'at any time (no schedule)';
  const { week, zone, holidays, isOpen, changeAt } = hours;
  const except = holidays === 0 ? '' : `, not on ${holidays === 1 ? 'a holiday' : 'holidays'}`;
  const next = changeAt === null ? undefined : dayAndTime(zone, changeAt);
  const opens = isOpen ? 'open until' : 'next open';
  const standing = next === undefined ? (isOpen ? '' : '; never open') : `; ${opens} ${next}`;
  return `${weekInWords(week)} ${placeName(zone)}${except}${standing}`;
}

/** `America/New_York` as people say it: New York. */
function placeName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `Mon 2026-11-30 09:00`, by the clocks of the zone. */
export function dayAndTime(zone: string, at: number): string {
  const { year, month, day, weekday } = localTime(zone, at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${WEEKDAYS[weekday] ?? ''} ${year}-${two(month)}-${two(day)} ${timeOfDay(zone, at)}`;
}

/** `09:00` */
export function timeOfDay(zone: string, at: number): string {
  const { hour, minute } = localTime(zone, at);
  return clock(hour * 60 + minute);
}

/** `Mon` */
export function dayName(zone: string, at: number): string {
  return WEEKDAYS[localTime(zone, at).weekday] ?? '';
}

function weekOf({ start, stop }: Schedule): Week {
  const [opens, closes] = [parseCron(start), parseCron(stop)];
  if (!opens.ok || !closes.ok || !isWeekly(start) || !isWeekly(stop)) return { kind: 'cron', start, stop };
  const spans = spansOfWeek(opens.cron, closes.cron);
  if (spans.length === 0) return { kind: 'never' };
  if (spans.some(({ from, to }) => to - from >= WEEK)) return { kind: 'any-time' };
  const byDay = DAYS.map((_, day) =>
    spans
      .filter(({ from }) => Math.floor(from / DAY) === day)
      .map(({ from, to }) => ({ from: from - day * DAY, to: to - day * DAY })),
  );
  return { kind: 'days', days: daysTogether(byDay) };
}

/** Days one after the other with the same hours stand together; spans that end on another weekday never do. */
function daysTogether(byDay: readonly (readonly Span[])[]): readonly DayHours[] {
  const groups: { first: number; last: number; spans: readonly Span[] }[] = [];
  for (const [day, spans] of byDay.entries()) {
    const before = groups.at(-1);
    const isLong = spans.some(({ from, to }) => to - from > DAY);
    if (before && !isLong && JSON.stringify(before.spans) === JSON.stringify(spans)) before.last = day;
    else groups.push({ first: day, last: day, spans });
  }
  return groups.filter(({ spans }) => spans.length > 0);
}

function weekInWords(week: Week): string {
  if (week.kind === 'cron') return `from cron ${week.start} to cron ${week.stop},`;
  if (week.kind === 'days') return week.days.map(daysInWords).join('; ');
  return week.kind === 'never' ? 'never' : 'at any time';
}

function daysInWords({ first, last, spans }: DayHours): string {
  const days = first === last ? DAYS[first] : `${DAYS[first] ?? ''}–${DAYS[last] ?? ''}`;
  return `${days ?? ''} ${spans.map((span) => spanText(first, span)).join(', ')}`;
}

function spanText(first: number, { from, to }: Span): string {
  if (to - from > DAY) return `${clock(from)} – ${DAYS[(first + Math.floor(to / DAY)) % 7] ?? ''} ${clock(to % DAY)}`;
  return `${clock(from)}–${to % DAY === 0 ? '24:00' : clock(to % DAY)}`;
}

function clock(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const isWeekly = (cron: string): boolean => /^\s*\S+\s+\S+\s+\*\s+\*\s/.test(cron);

/** Open stretches of a week that goes on like the one before; closing wins where both fire at once. */
function spansOfWeek(start: Cron, stop: Cron): readonly Span[] {
  const closing = new Set(minutesOfWeek(stop));
  const opening = minutesOfWeek(start).filter((at) => !closing.has(at));
  const edges = [
    ...[...closing].map((at) => ({ at, opens: false })),
    ...opening.map((at) => ({ at, opens: true })),
  ].sort((a, b) => a.at - b.at);
  const spans: Span[] = [];
  let openedAt: number | undefined;
  for (const { at, opens } of [0, 1, 2].flatMap((week) =>
    edges.map((edge) => ({ ...edge, at: edge.at + week * WEEK })),
  )) {
    if (opens) openedAt ??= at;
    else if (openedAt !== undefined) {
      // The week in the middle has one before it and one after it.
      if (openedAt >= WEEK && openedAt < 2 * WEEK) spans.push({ from: openedAt - WEEK, to: at - WEEK });
      openedAt = undefined;
    }
  }
  return openedAt !== undefined && openedAt < WEEK ? [{ from: 0, to: WEEK }] : spans;
}

function minutesOfWeek(cron: Cron): readonly number[] {
  return DAYS.flatMap((_, place) => {
    // Any day of any month will do: the cron asks for weekdays alone.
    const fires = cron.firesOn({ month: 1, day: 1, weekday: (place + 1) % 7 });
    return fires ? cron.minutesOfDay.map((minute) => place * DAY + minute) : [];
  });
}
