// What of the table of records is looked at: kept in the page's address, but for what may name a person.

import type { z } from 'zod';
import type { recordTable } from '../../../http/wire/records.ts';

export type Row = z.output<typeof recordTable>['rows'][number];
export type Page = z.output<typeof recordTable>;

/** What is chosen, by its word of the API; empty: all. */
export interface Asked {
  readonly campaign: string;
  readonly state: string;
  readonly result: string;
  readonly disposition: string;
  readonly agent: string;
  readonly list: string;
  /** Days of the last attempt, such as 2026-11-29, the last one itself included. */
  readonly from: string;
  readonly to: string;
  readonly sort: string;
  readonly order: string;
}

const NOTHING: Asked = {
  campaign: '',
  state: '',
  result: '',
  disposition: '',
  agent: '',
  list: '',
  from: '',
  to: '',
  sort: 'last-attempt',
  order: 'down',
};
const KEYS = Object.keys(NOTHING) as readonly (keyof Asked)[];

export function askedOf(query: URLSearchParams): Asked {
  return Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? NOTHING[key]])) as unknown as Asked;
}

/** For the address: only what differs from what is shown first. */
export function queryOf(asked: Asked): Readonly<Record<string, string>> {
  return Object.fromEntries(KEYS.filter((key) => asked[key] !== NOTHING[key]).map((key) => [key, asked[key]]));
}

/** How many of the filters that are folded away are in use. */
export const foldedCount = ({ disposition, agent, list, from, to }: Asked): number =>
  [disposition, agent, list, from, to].filter((value) => value !== '').length;

interface Typed {
  readonly text: string;
  readonly condition: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Midnight of a day where the reader is; undefined: no day. */
function midnight(day: string, later = 0): number | undefined {
  if (!DAY.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + later).getTime();
  return Number.isFinite(at) && at >= 0 ? at : undefined;
}

/** The address of a page of the table; `after`: the end of the page before. */
export function tablePath(asked: Asked, { text, condition }: Typed, after: string | undefined): string {
  const { from, to, ...rest } = asked;
  const wanted: Readonly<Record<string, string | number | undefined>> = {
    ...rest,
    text: text.trim(),
    condition: condition.trim(),
    from: midnight(from),
    to: midnight(to, 1),
    after,
  };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(wanted)) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  return `/api/records/table?${query.toString()}`;
}
