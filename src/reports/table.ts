// A report as a table: columns that say what stands in them, rows, and a row of sums. One form for the terminal, CSV, the
// browser, paper and mail.

import type { Span, Step } from './period.ts';

export type CellKind = 'text' | 'count' | 'share' | 'duration' | 'instant' | 'yes-no';
type Cell = string | number | boolean | null;

/** `…Ms` are durations in ms, shares are 0–1, instants epoch ms. */
export interface ReportColumn {
  readonly key: string;
  readonly title: string;
  readonly kind: CellKind;
  /** A share is these columns' sum ÷ the others' (those with a minus sign are taken off): so it is in the row of sums too. */
  readonly share?: { readonly of: readonly string[]; readonly to: readonly string[] };
  /** A count or a duration that makes no sense added up. */
  readonly isAlone?: true;
}

export type ReportRow = Readonly<Record<string, Cell>>;

export interface ReportTable {
  readonly report: string;
  readonly title: string;
  readonly period: Span;
  readonly zone: string;
  readonly by?: Step;
  readonly campaign?: string;
  readonly madeAt: number;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  /** Absent: nothing in it adds up. */
  readonly sums?: ReportRow;
  /** What stands in none of the rows, and whoever reads them must know: a sentence each. */
  readonly missing?: readonly string[];
  /** What the figures are, a sentence each. */
  readonly notes: readonly string[];
}

/** Sums of counts and durations, shares of the sums; undefined without rows or without anything to add up. */
export function sumsOf(columns: readonly ReportColumn[], rows: readonly ReportRow[]): ReportRow | undefined {
  const adds = columns.filter(({ kind, isAlone }) => (kind === 'count' || kind === 'duration') && isAlone !== true);
  if (rows.length < 2 || adds.length === 0) return undefined;
  const sums: Record<string, Cell> = Object.fromEntries(columns.map(({ key }) => [key, null]));
  for (const { key } of adds) sums[key] = rows.reduce((sum, row) => sum + numberOf(row[key]), 0);
  for (const { key, share } of columns) if (share) sums[key] = shareOf(sums, share);
  return sums;
}

/** What `share` says of a row; null where there is nothing to divide by. */
export function shareOf(row: ReportRow, { of, to }: NonNullable<ReportColumn['share']>): number | null {
  const add = (keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + (key.startsWith('-') ? -numberOf(row[key.slice(1)]) : numberOf(row[key])), 0);
  const whole = add(to);
  return whole <= 0 ? null : add(of) / whole;
}

const numberOf = (cell: Cell | undefined): number => (typeof cell === 'number' ? cell : 0);
