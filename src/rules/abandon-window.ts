// Which stretch of time an abandonment limit looks at now, and which of several limits is the tightest.
// Counts come from the slots; what is done about them is pacing's.

import { defined } from '../base/defined.ts';
import { firstInstantAt, localDay, localTime } from '../base/local-time.ts';
import { sumOf, type AnswerCount, type AnswerSlots } from './answer-slots.ts';
import type { AbandonmentWindow } from '../campaign/rule-pack.ts';

/** At most this share of the live answers in a window may be abandoned. */
export interface AbandonLimit {
  /** Whose it is: `campaign`, or the name of a clause. */
  readonly name: string;
  /** Rate 0–1. */
  readonly most: number;
  readonly window: AbandonmentWindow;
}

/** A limit with the share of machine verdicts that it counts as abandoned people, 0–1; absent: none. */
export interface CountedLimit extends AbandonLimit {
  readonly mistaken?: number;
}

/** Where people taken for machines count, the answers are estimates and no whole numbers. */
export interface WindowNow {
  readonly name: string;
  readonly target: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  /** When the window ends and the count starts over; absent: the rate must be right at any time. */
  readonly endsAt?: number;
}

/**
 * A rolling window must also be right when good stretches of it have dropped out: it is looked at as it is, and as it will
 * be after each of these times if nothing more happens.
 */
const DROPS_OUT_MS = [0, 900_000, 1_800_000, 3_600_000];

/** Abandonments left in a window without end from which on it is looked at alone. */
const NEARLY_USED_UP = 1.5;

interface Bounds {
  readonly fromAt: number;
  readonly endsAt?: number;
}

/** The window that `now` lies in; `firstAt` is when the campaign's first call was dialed. */
export function boundsOf(
  window: AbandonmentWindow,
  zone: string,
  { now, firstAt = now }: { now: number; firstAt?: number },
): Bounds {
  switch (window.span) {
    case 'day': {
      const { startAt, endAt } = localDay(zone, now);
      return { fromAt: startAt, endsAt: endAt };
    }
    case 'month': {
      const { year, month } = localTime(zone, now);
      const startOf = (index: number): number => firstInstantAt(zone, Date.UTC(year, index, 1));
      return { fromAt: startOf(month - 1), endsAt: startOf(month) };
    }
    case 'rolling':
      return { fromAt: now - window.ms };
    case 'periods': {
      const fromAt = firstAt + Math.max(0, Math.floor((now - firstAt) / window.ms)) * window.ms;
      return { fromAt, endsAt: fromAt + window.ms };
    }
  }
}

/** How far back the answers must be known for this limit, ms. */
export function lookBackMs({ window }: AbandonLimit): number {
  if (window.span === 'day') return 25 * 3_600_000;
  return window.span === 'month' ? 32 * 86_400_000 : window.ms;
}

/**
 * Of all limits the one with the fewest abandonments left before its target is broken; undefined without limits.
 * `open` are live answers that are not in the slots yet.
 */
export function tightestWindow(
  limits: readonly CountedLimit[],
  slots: AnswerSlots,
  seen: { readonly zone: string; readonly now: number; readonly open: AnswerCount },
): WindowNow | undefined {
  const { zone, now, open } = seen;
  const { firstAt } = slots;
  let tightest: WindowNow | undefined;
  for (const { name, most, window, mistaken = 0 } of limits) {
    const { fromAt, endsAt } = boundsOf(window, zone, { now, ...defined({ firstAt }) });
    for (const soonMs of window.span === 'rolling' ? DROPS_OUT_MS : [0]) {
      const count = sumOf(slots.since(fromAt + soonMs), open);
      const people = count.machines * mistaken;
      const [liveAnswers, abandoned] = [count.liveAnswers + people, count.abandoned + people];
      const found = { name, target: most, liveAnswers, abandoned, ...defined({ endsAt }) };
      if (!tightest || isTighter(found, tightest)) tightest = found;
    }
  }
  return tightest;
}

/** A window without end cannot borrow from answers to come: nearly used up, it comes before any that can. */
function isTighter(one: WindowNow, other: WindowNow): boolean {
  const isFirst = isNearlyUsedUp(one);
  return isFirst === isNearlyUsedUp(other) ? creditOf(one) < creditOf(other) : isFirst;
}

function isNearlyUsedUp(window: WindowNow): boolean {
  return window.endsAt === undefined && creditOf(window) < NEARLY_USED_UP;
}

/** Abandonments that the live answers so far allow, less those that happened. */
function creditOf({ target, liveAnswers, abandoned }: WindowNow): number {
  return target * liveAnswers - abandoned;
}
