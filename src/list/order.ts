// In which order records that may be dialed are dialed: as a list of keys that a store turns into its index and
// ORDER BY, and as a comparison with the same meaning.
//
// Higher priority first; then the campaign's chosen field, if it has one; then fresh before retried; then what fell due
// first (at once before any instant); then the oldest record.

import type { RecordOrder } from '../campaign/definition.ts';

/** What of a record the order looks at. */
export interface OrderedRecord {
  readonly record: number;
  readonly priority: number;
  readonly attempts: number;
  readonly dueAt: number | null;
  /** `fieldSortKey` of the record's fields, kept with the record. */
  readonly sortKey: string;
}

export interface OrderKey {
  /** `retried` is 1 when attempts > 0, else 0. Absent values (`dueAt` null) come first. */
  readonly by: 'priority' | 'sortKey' | 'retried' | 'dueAt' | 'record';
  readonly descending: boolean;
}

/** Significance falls from first to last; the last one is unique, so the order is total. */
export const RECORD_ORDER: readonly OrderKey[] = [
  { by: 'priority', descending: true },
  { by: 'sortKey', descending: false },
  { by: 'retried', descending: false },
  { by: 'dueAt', descending: false },
  { by: 'record', descending: false },
];

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

/** Negative when `a` is dialed before `b`; the meaning of RECORD_ORDER. */
export function compareRecords(a: OrderedRecord, b: OrderedRecord): number {
  for (const { by, descending } of RECORD_ORDER) {
    const compared = compareKeys(keyOf(a, by), keyOf(b, by));
    if (compared !== 0) return descending ? -compared : compared;
  }
  return 0;
}

function keyOf(record: OrderedRecord, by: OrderKey['by']): string | number {
  if (by === 'retried') return record.attempts > 0 ? 1 : 0;
  if (by === 'dueAt') return record.dueAt ?? -Infinity;
  return record[by];
}

function compareKeys(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
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
