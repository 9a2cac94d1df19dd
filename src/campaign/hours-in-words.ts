// A campaign's hours as a person says them: "Mon–Fri 09:00–18:00 New York; next open Mon 2026-11-30 09:00". Pure.

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
  /** Minutes of the week, Monday 00:00 is 0; `to` may lie in the next week. */
  readonly from: number;
  readonly to: number;
}

/** The hours of the week, holidays aside, and when the window opens or closes next. */
export function hoursInWords(schedule: Schedule | undefined, now: number): string {
  if (schedule === undefined) return 'at any time (no schedule)';
  const { timezone, holidays } = schedule;
  const except = holidays.length === 0 ? '' : `, not on ${holidays.length === 1 ? 'a holiday' : 'holidays'}`;
  const changeAt = nextChangeAt(schedule, now);
  const next = changeAt === undefined ? undefined : dayAndTime(timezone, changeAt);
  const opens = isOpenAt(schedule, now) ? 'open until' : 'next open';
  const standing = next === undefined ? (opens === 'next open' ? '; never open' : '') : `; ${opens} ${next}`;
  return `${weekInWords(schedule)} ${placeName(timezone)}${except}${standing}`;
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

function weekInWords({ start, stop }: Schedule): string {
  const [opens, closes] = [parseCron(start), parseCron(stop)];
  // A day of a month or a month makes every week another one.
  if (!opens.ok || !closes.ok || !isWeekly(start) || !isWeekly(stop)) return `from cron ${start} to cron ${stop},`;
  const spans = spansOfWeek(opens.cron, closes.cron);
  if (spans.length === 0) return 'never';
  if (spans.some(({ from, to }) => to - from >= WEEK)) return 'at any time';
  const byDay = DAYS.map((_, day) =>
    spans
      .filter(({ from }) => Math.floor(from / DAY) === day)
      .map(({ from, to }) => spanText(from, to))
      .join(', '),
  );
  return daysTogether(byDay).join('; ');
}

/** Days one after the other with the same hours stand together. */
function daysTogether(byDay: readonly string[]): readonly string[] {
  const groups: { first: number; last: number; hours: string }[] = [];
  for (const [day, hours] of byDay.entries()) {
    const before = groups.at(-1);
    if (before?.hours === hours) before.last = day;
    else groups.push({ first: day, last: day, hours });
  }
  return groups.flatMap(({ first, last, hours }) => {
    const days = first === last ? DAYS[first] : `${DAYS[first] ?? ''}–${DAYS[last] ?? ''}`;
    return hours === '' ? [] : [`${days ?? ''} ${hours}`];
  });
}

function spanText(from: number, to: number): string {
  if (to - from > DAY) return `${clock(from % DAY)} – ${DAYS[Math.floor((to % WEEK) / DAY)] ?? ''} ${clock(to % DAY)}`;
  return `${clock(from % DAY)}–${to % DAY === 0 ? '24:00' : clock(to % DAY)}`;
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
