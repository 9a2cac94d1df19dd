// Periods as people name them: today, last week, this month, in a time zone; and a period cut into days, weeks or months.
// Weeks begin on Monday. Days are those of the zone, also when clocks change. Pure.

import { localDay } from '../base/local-time.ts';

export const NAMED_PERIODS = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month'] as const;
export type NamedPeriod = (typeof NAMED_PERIODS)[number];

export const STEPS = ['day', 'week', 'month'] as const;
export type Step = (typeof STEPS)[number];

/** A period with both its ends; the end is not in it. */
export interface Span {
  readonly fromAt: number;
  readonly toAt: number;
}

export interface NamedSpan extends Span {
  /** `2026-11-02`, for weeks and months their first day. */
  readonly label: string;
}

/** No period is cut into more parts. */
export const MOST_PARTS = 400;

/** The period of that name at `now`; those of now end with its end, also where that lies ahead. */
export function namedPeriod(name: NamedPeriod, zone: string, now: number): NamedSpan {
  switch (name) {
    case 'today':
      return around('day', zone, now);
    case 'yesterday':
      return around('day', zone, localDay(zone, now).startAt - 1);
    case 'this-week':
      return around('week', zone, now);
    case 'last-week':
      return around('week', zone, around('week', zone, now).fromAt - 1);
    case 'this-month':
      return around('month', zone, now);
    case 'last-month':
      return around('month', zone, around('month', zone, now).fromAt - 1);
  }
}

/** The parts of a period, in order; the first and the last may be shorter. Undefined: more than `MOST_PARTS`. */
export function partsOf({ fromAt, toAt }: Span, step: Step, zone: string): readonly NamedSpan[] | undefined {
  const parts: NamedSpan[] = [];
  for (let at = fromAt; at < toAt;) {
    if (parts.length === MOST_PARTS) return undefined;
    const whole = around(step, zone, at);
    parts.push({ label: whole.label, fromAt: Math.max(fromAt, whole.fromAt), toAt: Math.min(toAt, whole.toAt) });
    at = whole.toAt;
  }
  return parts;
}

/** The day, week or month that `at` lies in. */
function around(step: Step, zone: string, at: number): NamedSpan {
  let first = localDay(zone, at);
  while (!isFirst(step, first.date)) first = localDay(zone, first.startAt - 1);
  let { endAt } = first;
  while (step !== 'day' && !isFirst(step, localDay(zone, endAt).date)) ({ endAt } = localDay(zone, endAt));
  return { label: first.date, fromAt: first.startAt, toAt: endAt };
}

function isFirst(step: Step, date: string): boolean {
  if (step === 'day') return true;
  return step === 'month' ? date.endsWith('-01') : new Date(`${date}T12:00:00Z`).getUTCDay() === 1;
}
