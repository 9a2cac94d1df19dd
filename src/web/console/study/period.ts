// A period as a form has it: by name, or from one day to another; and how a request says it. Pure.

export const PERIODS = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month', 'days'] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface PeriodWish {
  readonly name: PeriodName;
  /** `2026-11-01`; the last day is in it. */
  readonly from: string;
  readonly to: string;
}

export const TODAY: PeriodWish = { name: 'today', from: '', to: '' };

/** What a request says of it; undefined: the days are not whole, or end before they begin. */
export function askedPeriod({ name, from, to }: PeriodWish): Readonly<Record<string, string>> | undefined {
  if (name !== 'days') return { period: name };
  const [fromAt, toAt] = [dayStart(from), dayStart(to, 1)];
  return fromAt === undefined || toAt === undefined || toAt <= fromAt
    ? undefined
    : { from: String(fromAt), to: String(toAt) };
}

/** The first moment of a day where the reader is, `after` days later. */
function dayStart(text: string, after = 0): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(day) + after).getTime();
  return Number.isNaN(at) ? undefined : at;
}

export interface Span {
  readonly from: number;
  /** Not in it. */
  readonly to: number;
}

/** From when to when where the reader is, nothing beyond now. Undefined: the days are not whole, or end before they begin. */
export function spanOf(wish: PeriodWish, now: number): Span | undefined {
  const [from, to] = wish.name === 'days' ? [dayStart(wish.from), dayStart(wish.to, 1)] : namedSpan(wish.name, now);
  if (from === undefined || to === undefined || to <= from) return undefined;
  return { from, to: Math.max(from, Math.min(to, now)) };
}

/** Weeks begin on Monday. */
function namedSpan(name: Exclude<PeriodName, 'days'>, now: number): readonly [number, number] {
  const today = new Date(now);
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const monday = date - ((today.getDay() + 6) % 7);
  const dayAt = (day: number): number => new Date(year, month, day).getTime();
  const monthAt = (after: number): number => new Date(year, month + after, 1).getTime();
  switch (name) {
    case 'today':
      return [dayAt(date), dayAt(date + 1)];
    case 'yesterday':
      return [dayAt(date - 1), dayAt(date)];
    case 'this-week':
      return [dayAt(monday), dayAt(monday + 7)];
    case 'last-week':
      return [dayAt(monday - 7), dayAt(monday)];
    case 'this-month':
      return [monthAt(0), monthAt(1)];
    case 'last-month':
      return [monthAt(-1), monthAt(0)];
  }
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
