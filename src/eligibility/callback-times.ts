// When may a person be called back: the times that are wanted most, and the half-hours of a day, each with what forbids it.
// Judged as the time itself is when it is agreed on (callbacks.ts). Pure.

import { defined } from '../base/defined.ts';
import { firstInstantAt, formatLocal, localTime } from '../base/local-time.ts';
import { judgeCallback, type CallbackInput, type CallbackRefusal, type WantedCallbackTime } from './callbacks.ts';

/** As agents say them, on the person's clock. */
export const QUICK_TIMES = ['in-1-h', 'in-3-h', 'same-time', 'tomorrow-10', 'monday-10'] as const;
type QuickTime = (typeof QUICK_TIMES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const SLOT_MS = 30 * MINUTE_MS;

interface JudgedTime {
  readonly at: number;
  /** What the clock in the zone shows: `2026-12-01T10:30`. */
  readonly local: string;
  /** Absent: it may be agreed on. */
  readonly forbidden?: {
    readonly code: CallbackRefusal;
    /** Name of the rule, where one forbids it. */
    readonly rule?: string;
    readonly why: string;
  };
}

export interface CallbackTimes {
  readonly zone: string;
  /** The day of the half-hours, `2026-12-01`. */
  readonly date: string;
  readonly quick: readonly (JudgedTime & { readonly quick: QuickTime })[];
  readonly slots: readonly JudgedTime[];
}

interface CallbackTimesInput extends Omit<CallbackInput, 'wanted'> {
  readonly wanted: Omit<WantedCallbackTime, 'at'>;
  /** Absent: the day that it is now in that zone. */
  readonly date?: string;
}

export function callbackTimes({ wanted, date, ...input }: CallbackTimesInput): CallbackTimes {
  const { zone } = wanted;
  const judge = (at: number): JudgedTime => judgedAt({ ...input, wanted: { ...wanted, at } });
  const day = date ?? localOf(zone, input.now).slice(0, 10);
  return {
    zone,
    date: day,
    quick: QUICK_TIMES.map((quick) => ({ quick, ...judge(quickTimeAt(quick, input.now, zone)) })),
    slots: slotsOf(day, zone).map(judge),
  };
}

function judgedAt(input: CallbackInput): JudgedTime {
  const { at, zone } = input.wanted;
  const ruling = judgeCallback(input);
  const time = { at, local: localOf(zone, at) };
  if (ruling.ok) return time;
  const { code, why, rule } = ruling;
  return { ...time, forbidden: { code, why, ...defined({ rule }) } };
}

/** On whole minutes. */
export function quickTimeAt(quick: QuickTime, now: number, zone: string): number {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const { year, month, day, weekday, hour, minute: past } = localTime(zone, minute);
  const today = Date.UTC(year, month - 1, day);
  switch (quick) {
    case 'in-1-h':
      return minute + HOUR_MS;
    case 'in-3-h':
      return minute + 3 * HOUR_MS;
    case 'same-time':
      return firstInstantAt(zone, today + DAY_MS + hour * HOUR_MS + past * MINUTE_MS);
    case 'tomorrow-10':
      return firstInstantAt(zone, today + DAY_MS + 10 * HOUR_MS);
    case 'monday-10':
      return firstInstantAt(zone, today + ((8 - weekday) % 7 || 7) * DAY_MS + 10 * HOUR_MS);
  }
}

/** A time that clocks skip is none; one that they show twice is its first. */
function slotsOf(date: string, zone: string): readonly number[] {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const shown = Array.from({ length: DAY_MS / SLOT_MS }, (_, place) =>
    firstInstantAt(zone, midnight + place * SLOT_MS),
  );
  return [...new Set(shown)];
}

const localOf = (zone: string, at: number): string => formatLocal(zone, at).slice(0, 16).replace(' ', 'T');
