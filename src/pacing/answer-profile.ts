// What earlier days say of the answer rate at this time of day: people are at home at other hours than at work.
//
// Half-hours of working days, Saturdays and Sundays, in the campaign's zone, each with the dials of earlier days (a day
// counts ¾ of the next) and of today, and how many reached a person. Entering half-hour b from half-hour a,
//   expected rate = h(b)·r,   h(x) the share of earlier days in x,   r = (L + 10) ÷ (E + 10),
// L the live answers of today, E those that earlier days would have had for today's dials: today may be better or worse
// as a whole. Reported only when a and b differ by three standard errors and by a tenth: else the pacer knows better by itself.

import { localTime } from '../base/local-time.ts';
import type { Json, PacingEvent } from './pacer.ts';

const SLOT_MS = 900_000;
const HALF_HOUR_MIN = 30;
const DAY_MS = 86_400_000;
/** A day's weight in the eyes of the next. */
const DAY_FADES = 0.75;
/** Half-hours with fewer dials of earlier days say nothing. */
const LEAST_DIALS = 40;
/** What is expected is worth at most so many dials: today's own soon count for more. */
const MOST_WORTH = 100;
const TODAY_PRIOR = 10;
const TODAY_RANGE = [0.4, 2.5] as const;
const LEAST_DIFFERENCE = 0.1;
const SPREADS = 3;

interface Answers {
  dials: number;
  live: number;
}

interface HalfHour {
  /** Number of the local day that `today` is about. */
  day: number;
  readonly earlier: Answers;
  readonly today: Answers;
}

interface NamedHalfHour {
  readonly name: string;
  /** Number of its local day. */
  readonly day: number;
}

export interface Expectation {
  /** Share of dials that should reach a person, 0–1. */
  readonly answerRate: number;
  /** How many dials of experience that is worth. */
  readonly dials: number;
}

export class AnswerProfile {
  readonly #zone: string;
  readonly #halfHours = new Map<string, HalfHour>();
  /** Calls that are out, and whether each has reached a person. */
  readonly #calls = new Map<string, boolean>();
  #slot = { number: Number.NaN, name: '', day: 0 };
  /** The half-hour that the pacer has been learning in, and its day. */
  #current: NamedHalfHour | undefined;

  /** `saved` is what `save` gave; anything else is a profile of nothing. */
  constructor(zone: string, saved?: Json) {
    this.#zone = zone;
    this.#restore(saved);
  }

  /** Counts what became of each dial; hears everything that the pacer hears. */
  observe(event: PacingEvent): void {
    switch (event.type) {
      case 'dialed':
        if (!this.#calls.has(event.call)) this.#calls.set(event.call, false);
        return;
      case 'live':
      case 'connected':
      case 'abandoned':
        if (this.#calls.has(event.call)) this.#calls.set(event.call, true);
        return;
      case 'ended': {
        const live = this.#calls.get(event.call);
        this.#calls.delete(event.call);
        if (live === undefined || (!live && saysNothing(event.result))) return;
        this.#count(event.at, live);
        return;
      }
      default:
    }
  }

  /** What to expect when a half-hour has just begun for the pacer; undefined when there is nothing new to report. */
  enter(now: number): Expectation | undefined {
    const { name, day } = this.#slotAt(now);
    const before = this.#current;
    if (name === before?.name && day === before.day) return undefined;
    this.#current = { name, day };
    return this.#expectation(before, this.#current);
  }

  save(): Json {
    const halfHours = [...this.#halfHours].map(([name, { day, earlier, today }]) => [
      name,
      day,
      round(earlier.dials),
      round(earlier.live),
      today.dials,
      today.live,
    ]);
    return { current: this.#current ? [this.#current.name, this.#current.day] : null, halfHours };
  }

  #expectation(before: NamedHalfHour | undefined, { name, day }: NamedHalfHour): Expectation | undefined {
    const now = this.#earlierAt(name);
    if (now.dials < LEAST_DIALS) return undefined;
    const [least, most] = TODAY_RANGE;
    const answerRate = Math.min(
      0.95,
      Math.max(0.005, rateOf(now) * Math.min(most, Math.max(least, this.#todayRatio()))),
    );
    const expected = { answerRate, dials: Math.min(MOST_WORTH, now.dials) };
    if (before === undefined) return expected;
    const then = this.#earlierAt(before.name);
    // Of a half-hour without a past the pacer knows what it has learned today; of another day that says little.
    if (then.dials < LEAST_DIALS) return before.day === day ? undefined : expected;
    return differ(then, now) ? expected : undefined;
  }

  /** How today compares with earlier days, as a factor on the answer rate. */
  #todayRatio(): number {
    let live = TODAY_PRIOR;
    let expected = TODAY_PRIOR;
    for (const halfHour of this.#halfHours.values()) {
      const { day, earlier, today } = halfHour;
      if (day !== this.#slot.day || earlier.dials < LEAST_DIALS) continue;
      live += today.live;
      expected += today.dials * rateOf(earlier);
    }
    return live / expected;
  }

  #earlierAt(name: string): Answers {
    const halfHour = this.#halfHours.get(name);
    if (!halfHour) return { dials: 0, live: 0 };
    this.#turnDay(halfHour);
    return halfHour.earlier;
  }

  #count(at: number, live: boolean): void {
    const { name, day } = this.#slotAt(at);
    const halfHour = this.#halfHours.get(name) ?? { day, earlier: { dials: 0, live: 0 }, today: { dials: 0, live: 0 } };
    this.#halfHours.set(name, halfHour);
    this.#turnDay(halfHour);
    halfHour.today.dials += 1;
    if (live) halfHour.today.live += 1;
  }

  /** On a new day what was today joins the earlier days. */
  #turnDay(halfHour: HalfHour): void {
    const { earlier, today } = halfHour;
    if (halfHour.day === this.#slot.day) return;
    halfHour.day = this.#slot.day;
    earlier.dials = earlier.dials * DAY_FADES + today.dials;
    earlier.live = earlier.live * DAY_FADES + today.live;
    today.dials = 0;
    today.live = 0;
  }

  #slotAt(at: number): { readonly name: string; readonly day: number } {
    const number = Math.floor(at / SLOT_MS);
    if (number === this.#slot.number) return this.#slot;
    const { year, month, day, weekday, hour, minute } = localTime(this.#zone, number * SLOT_MS);
    const part = weekday === 0 ? 'sunday' : weekday === 6 ? 'saturday' : 'workday';
    const half = String(Math.floor(minute / HALF_HOUR_MIN) * HALF_HOUR_MIN).padStart(2, '0');
    const name = `${part} ${String(hour).padStart(2, '0')}:${half}`;
    this.#slot = { number, name, day: Date.UTC(year, month - 1, day) / DAY_MS };
    return this.#slot;
  }

  #restore(saved: Json | undefined): void {
    if (saved === undefined || saved === null || typeof saved !== 'object' || !('halfHours' in saved)) return;
    const { halfHours, current } = saved;
    this.#current = halfHourOf(current);
    if (!Array.isArray(halfHours)) return;
    for (const row of halfHours as readonly Json[]) {
      if (!Array.isArray(row)) continue;
      const [name, day, ...counts] = row as readonly Json[];
      if (typeof name !== 'string' || typeof day !== 'number' || !counts.every(isCount)) continue;
      const [dials = 0, live = 0, dialsToday = 0, liveToday = 0] = counts;
      if (live > dials || liveToday > dialsToday) continue;
      this.#halfHours.set(name, { day, earlier: { dials, live }, today: { dials: dialsToday, live: liveToday } });
    }
  }
}

function halfHourOf(saved: Json | undefined): NamedHalfHour | undefined {
  if (!Array.isArray(saved)) return undefined;
  const [name, day] = saved as readonly Json[];
  return typeof name === 'string' && typeof day === 'number' ? { name, day } : undefined;
}

function isCount(value: Json): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function saysNothing(result: string): boolean {
  return result === 'cancelled' || result === 'congestion' || result === 'failed';
}

function rateOf({ dials, live }: Answers): number {
  return live / Math.max(1, dials);
}

/** Whether two half-hours differ by more than chance, and by enough to matter. */
function differ(a: Answers, b: Answers): boolean {
  const [pa, pb] = [rateOf(a), rateOf(b)];
  const pooled = (a.live + b.live) / (a.dials + b.dials);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / a.dials + 1 / b.dials));
  return Math.abs(pa - pb) > SPREADS * spread && Math.abs(pa - pb) > LEAST_DIFFERENCE * Math.max(pa, pb);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
