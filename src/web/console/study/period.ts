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
export function dayStart(text: string, after = 0): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(day) + after).getTime();
  return Number.isNaN(at) ? undefined : at;
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
