// In which order records that may be dialed are dialed, as a comparison; a store's indexes give the same order.
//
// First what is due before all others (an agreed callback, a record that an agent gave back), by when it fell due. Then
// by priority, the higher first; then what was never dialed before what is dialed again. Among those never dialed: fresh
// ones by the campaign's field, if it has one, and by age; after them those that were put off, and likewise those dialed
// again, by when they fell due. Lists with weights take turns within a priority (list-weights.ts).

import type { RecordOrder } from '../campaign/definition.ts';

/** What of a record the order looks at. */
export interface OrderedRecord {
  readonly record: number;
  /** When due it comes before all others. */
  readonly first: boolean;
  readonly priority: number;
  readonly attempts: number;
  /** Null: fresh. */
  readonly dueAt: number | null;
  /** `fieldSortKey` of the record's fields, kept with the record. */
  readonly sortKey: string;
}

/** Negative when `a` is dialed before `b`; never 0 for two records. */
export function compareRecords(a: OrderedRecord, b: OrderedRecord): number {
  if (a.first !== b.first) return a.first ? -1 : 1;
  if (!a.first) {
    const lane = b.priority - a.priority || laneOf(a) - laneOf(b);
    if (lane !== 0) return lane;
  }
  if (a.dueAt !== b.dueAt) return (a.dueAt ?? -Infinity) - (b.dueAt ?? -Infinity);
  if (a.dueAt === null && a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
  return a.record - b.record;
}

/** Never dialed and fresh, never dialed and put off, dialed again. */
function laneOf({ attempts, dueAt }: OrderedRecord): number {
  if (attempts > 0) return 2;
  return dueAt === null ? 0 : 1;
}

const LONGEST_TEXT_BYTES = 48;

/**
 * A text whose ascending order, byte by byte, is the chosen order of the field: numbers before other text, records
 * without the field last, descending turned around. Empty when the campaign orders by no field.
 */
export function fieldSortKey(order: RecordOrder, fields: Readonly<Record<string, unknown>>): string {
  if (order.by !== 'field') return '';
  const value = Object.hasOwn(fields, order.field) ? fields[order.field] : undefined;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (text === '') return 'z';
  const number = Number(text);
  const bytes = Number.isFinite(number) ? numberBytes(number) : textBytes(text);
  const turned = order.descending ? bytes.map((byte) => 255 - byte) : bytes;
  return `${Number.isFinite(number) ? 'n' : 't'}${Buffer.from(turned).toString('hex')}`;
}

/** IEEE 754 bits, sign turned so that bytes compare like the numbers. */
function numberBytes(number: number): number[] {
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(number === 0 ? 0 : number);
  const negative = ((bits[0] ?? 0) & 0x80) !== 0;
  return [...bits].map((byte, place) => (negative ? 255 - byte : place === 0 ? byte | 0x80 : byte));
}

/** Case does not matter; every text has the same length, so that turned around a longer one comes first. */
function textBytes(text: string): number[] {
  const bytes = [...Buffer.from(text.toLowerCase()).subarray(0, LONGEST_TEXT_BYTES)];
  return [...bytes, ...Array.from({ length: LONGEST_TEXT_BYTES - bytes.length }, () => 0)];
}
