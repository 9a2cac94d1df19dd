// When calls are allowed by the clauses on hours, in every zone in which the called person may be: open or closed at an
// instant, and until when. Right over DST changes and holidays; knows no records.

import { firstInstantAt, zoneOffsetMs } from '../base/local-time.ts';
import type { Holiday, HoursDemand, MinuteSpan } from '../campaign/rule-pack.ts';
import { holidayDates } from './holidays.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What does not open within this is closed for good: it covers every weekday, holiday and change of clocks. */
const HORIZON_MS = 400 * DAY_MS;
/** Remembered stretches of one set of hours: those around now, and those that put-off records fall due in. */
const MOST_STRETCHES = 16;

/** One clause in one zone. */
export interface PlaceHours {
  readonly demand: HoursDemand;
  readonly holidays: readonly Holiday[];
  readonly zone: string;
}

/** From `fromAt` to before `toAt` (Infinity: for good) the hours do not change. */
export interface Stretch {
  readonly open: boolean;
  readonly fromAt: number;
  readonly toAt: number;
}

/** The stretch that `at` is in, or the part of it from `at` on. */
export function hoursAt(hours: PlaceHours, at: number): Stretch {
  const midnight = localMidnight(hours.zone, at);
  for (let day = midnight; day < midnight + HORIZON_MS; day += DAY_MS) {
    for (const { fromAt, toAt } of rangesOf(hours, day)) {
      if (at >= toAt) continue;
      return at >= fromAt ? { open: true, fromAt: at, toAt } : { open: false, fromAt: at, toAt: fromAt };
    }
  }
  return { open: false, fromAt: at, toAt: Infinity };
}

/** Hours that must all be open at once; remembers what it has worked out. */
export class JointHours {
  readonly #parts: readonly PlaceHours[];
  #stretches: Stretch[] = [];

  constructor(parts: readonly PlaceHours[]) {
    this.#parts = parts;
  }

  /** The stretch of all together that `at` is in, or the part of it from `at` on. */
  at(at: number): Stretch {
    for (const stretch of this.#stretches) if (at >= stretch.fromAt && at < stretch.toAt) return stretch;
    const stretch = this.#workOut(at);
    if (this.#stretches.length >= MOST_STRETCHES) this.#stretches = [];
    this.#stretches.push(stretch);
    return stretch;
  }

  #workOut(at: number): Stretch {
    const opensAt = this.#opensAt(at);
    if (opensAt > at) return { open: false, fromAt: at, toAt: opensAt };
    const toAt = this.#parts.reduce((soonest, part) => Math.min(soonest, hoursAt(part, at).toAt), Infinity);
    return { open: true, fromAt: at, toAt };
  }

  /** The first moment from `at` on at which all are open: past the latest opening of those that are closed, again. */
  #opensAt(at: number): number {
    let opensAt = at;
    while (opensAt < at + HORIZON_MS) {
      const moment = opensAt;
      const latest = this.#parts.reduce((last, part) => {
        const { open, toAt } = hoursAt(part, moment);
        return open ? last : Math.max(last, toAt);
      }, moment);
      if (latest === moment) return moment;
      opensAt = latest;
    }
    return Infinity;
  }
}

interface Range {
  readonly fromAt: number;
  readonly toAt: number;
}

type ByZone = Map<string, Map<number, readonly Range[]>>;
const knownRanges = new WeakMap<HoursDemand, WeakMap<readonly Holiday[], ByZone>>();

/** Open ranges of the local day whose midnight is written as if it were UTC, in order; remembered. */
function rangesOf(hours: PlaceHours, midnight: number): readonly Range[] {
  let places = knownRanges.get(hours.demand);
  if (!places) {
    places = new WeakMap();
    knownRanges.set(hours.demand, places);
  }
  let zones = places.get(hours.holidays);
  if (!zones) {
    zones = new Map();
    places.set(hours.holidays, zones);
  }
  let days = zones.get(hours.zone);
  if (!days || days.size > 2000) {
    days = new Map();
    zones.set(hours.zone, days);
  }
  let ranges = days.get(midnight);
  if (!ranges) {
    ranges = workOutRanges(hours, midnight);
    days.set(midnight, ranges);
  }
  return ranges;
}

function workOutRanges({ demand, holidays, zone }: PlaceHours, midnight: number): readonly Range[] {
  const spans = spansOn({ demand, holidays }, midnight);
  return spans
    .map(({ from, to }) => ({
      fromAt: firstInstantAt(zone, midnight + from * MINUTE_MS),
      toAt: firstInstantAt(zone, midnight + to * MINUTE_MS),
    }))
    .filter(({ fromAt, toAt }) => fromAt < toAt);
}

/** The open times of a day: of a holiday, of the day before one, else of its weekday. */
function spansOn(
  { demand, holidays }: Pick<PlaceHours, 'demand' | 'holidays'>,
  midnight: number,
): readonly MinuteSpan[] {
  const { onHolidays, onEves, week } = demand;
  const weekday = week[new Date(midnight).getUTCDay()] ?? [];
  if (onHolidays !== null && isHoliday(holidays, midnight)) return onHolidays;
  if (onEves === undefined || !isHoliday(holidays, midnight + DAY_MS)) return weekday;
  // On a Sunday the Sunday's hours hold as well.
  return both(weekday, onEves);
}

function isHoliday(holidays: readonly Holiday[], midnight: number): boolean {
  const day = new Date(midnight);
  return holidayDates(holidays, day.getUTCFullYear()).has(day.toISOString().slice(0, 10));
}

function both(some: readonly MinuteSpan[], others: readonly MinuteSpan[]): readonly MinuteSpan[] {
  return some
    .flatMap((one) => others.map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) })))
    .filter(({ from, to }) => from < to);
}

function localMidnight(zone: string, at: number): number {
  return Math.floor((at + zoneOffsetMs(zone, at)) / DAY_MS) * DAY_MS;
}
