// What a campaign's record information may hold: typed fields, each editable or not, required or not. Reads the texts
// of files and forms as values of their type, or says what is wrong with them. Knows no store and no file.

import { own } from '../base/own.ts';
import { isTooLong, readDecimal } from './decimals.ts';
import type { DecimalMark } from './decimals.ts';

export type { DecimalMark } from './decimals.ts';

/** `date` is a day, `date-time` a day and a time without a zone, `check-box` yes or no, `choice` one of given words. */
export const FIELD_TYPES = ['text', 'number', 'date', 'date-time', 'check-box', 'choice'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** Text, choice, `2026-11-01` and `2026-11-01T09:30` are strings; a missing value is no key at all. */
export type FieldValue = string | number | boolean;

export interface FieldKind {
  readonly type: FieldType;
  /** Of a `choice`: the words that it may be. */
  readonly choices?: readonly string[];
}

/** A field as a campaign's file says. */
export interface FieldDefinition extends FieldKind {
  readonly field: string;
  /** What people see instead of the field's name. */
  readonly label: string;
  readonly editable: boolean;
  readonly required: boolean;
}

export type FieldReading =
  | { readonly kind: 'value'; readonly value: FieldValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly why: string };

/** How dates such as 03/04/2026 are to be read. */
export type DayOrder = 'day-first' | 'month-first';

/** Words for yes, in small letters. */
export const YES_WORDS: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'x', 'on', 'ja', 'oui', 'si', 'sí']);
const NO = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'non']);

/** The types of the campaign's fields by name; empty when it defines none. */
export function fieldTypes(campaign: {
  readonly fields?: readonly FieldDefinition[];
}): Readonly<Record<string, FieldType>> {
  return Object.fromEntries((campaign.fields ?? []).map(({ field, type }) => [field, type]));
}

/** A text as a value of the type; a text of blanks is empty, and text itself is kept to the letter. */
export function readFieldValue(
  kind: FieldKind,
  text: string,
  order: DayOrder = 'day-first',
  decimal?: DecimalMark,
): FieldReading {
  const plain = text.trim();
  if (plain === '') return { kind: 'empty' };
  switch (kind.type) {
    case 'text':
      return { kind: 'value', value: text };
    case 'number':
      return readNumber(plain, decimal);
    case 'check-box':
      return readYesNo(plain);
    case 'choice':
      return readChoice(plain, kind.choices ?? []);
    case 'date':
      return readDate(plain, order);
    case 'date-time':
      return readDateTime(plain, order);
  }
}

/** A value that came as JSON: of its type already, or a text to be read; null and '' are empty. */
export function readFieldJson(kind: FieldKind, value: unknown): FieldReading {
  if (value === null || value === undefined) return { kind: 'empty' };
  if (typeof value === 'string') return readFieldValue(kind, value);
  if (typeof value === 'number' && kind.type === 'number' && Number.isFinite(value)) return { kind: 'value', value };
  if (typeof value === 'boolean' && kind.type === 'check-box') return { kind: 'value', value };
  return refused(value, typeName(kind.type));
}

/** `a number`, for sentences. */
function typeName(type: FieldType): string {
  switch (type) {
    case 'text':
      return 'a text';
    case 'number':
      return 'a number';
    case 'date':
      return 'a date';
    case 'date-time':
      return 'a date with a time';
    case 'check-box':
      return 'yes or no';
    case 'choice':
      return 'one of the choices';
  }
}

/** The narrowest type that every value is of; text when they are of none, or when there are none. */
export function guessFieldType(values: readonly string[], order: DayOrder = 'day-first'): FieldType {
  const given = values.filter((value) => value.trim() !== '');
  if (given.length === 0) return 'text';
  const fits = (type: FieldType): boolean =>
    given.every((value) => readFieldValue({ type }, value, order).kind === 'value');
  const isWord = (value: string): boolean => /^(?!\d)/.test(value.trim());
  if (given.every(isWord) && fits('check-box')) return 'check-box';
  // Customer numbers and codes are no numbers: as such they would lose leading zeros, and their last digits.
  const isCode = (value: string): boolean => /^[+-]?0\d/.test(value.trim()) || isTooLong(value);
  if (!given.some(isCode) && fits('number')) return 'number';
  if (fits('date')) return 'date';
  return fits('date-time') ? 'date-time' : 'text';
}

function refused(value: unknown, wanted: string): FieldReading {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return { kind: 'refused', why: `"${shown.length > 40 ? `${shown.slice(0, 39)}…` : shown}" is not ${wanted}` };
}

/** Point or comma before the decimals, groups of three parted by the other one or blanks; what may be both is refused. */
function readNumber(text: string, decimal?: DecimalMark): FieldReading {
  const reading = readDecimal(text, decimal);
  if ('value' in reading) return { kind: 'value', value: reading.value };
  switch (reading.why) {
    case 'none':
      return refused(text, 'a number');
    case 'too-long':
      return refused(text, 'a number of at most 15 digits; make the field a text');
    case 'ambiguous':
      return { kind: 'refused', why: `"${text}" may be a thousand or a fraction; say which mark is before decimals` };
  }
}

function readYesNo(text: string): FieldReading {
  const word = text.toLowerCase();
  if (YES_WORDS.has(word)) return { kind: 'value', value: true };
  return NO.has(word) ? { kind: 'value', value: false } : refused(text, 'yes or no');
}

function readChoice(text: string, choices: readonly string[]): FieldReading {
  const exact = choices.find((choice) => choice === text);
  const choice = exact ?? choices.find((one) => one.toLowerCase() === text.toLowerCase());
  return choice === undefined ? refused(text, `one of ${choices.join(', ')}`) : { kind: 'value', value: choice };
}

function readDate(text: string, order: DayOrder): FieldReading {
  const date = dateOf(text, order);
  return date === undefined ? refused(text, 'a date such as 2026-11-01') : { kind: 'value', value: date };
}

function readDateTime(text: string, order: DayOrder): FieldReading {
  const [, day = '', hour = '', minute = ''] = /^(\S+?)[T ]\s*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text) ?? [];
  const date = dateOf(day, order);
  if (date === undefined || Number(hour) > 23 || Number(minute) > 59) {
    return refused(text, 'a date with a time such as 2026-11-01 09:30');
  }
  return { kind: 'value', value: `${date}T${hour.padStart(2, '0')}:${minute}` };
}

/** `2026-11-01`, `1.11.2026`, and `1/11/2026` or `11/1/2026` by the order; a day that the calendar has. */
function dateOf(text: string, order: DayOrder): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return calendarDay(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return calendarDay(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (!slashed) return undefined;
  const [, first, second, year] = slashed;
  return order === 'month-first' ? calendarDay(year, first, second) : calendarDay(year, second, first);
}

function calendarDay(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return undefined;
  return text;
}

export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: FieldValue | null;
}

/**
 * What becomes of a contact's fields when somebody edits them; the definitions are those of every campaign that has
 * the contact. Every fault is reported; a field that no campaign defines is a text that may be edited.
 */
export function editFields(
  before: Readonly<Record<string, unknown>>,
  edits: Readonly<Record<string, unknown>>,
  definitions: readonly FieldDefinition[],
): {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly changes: readonly FieldChange[];
  readonly faults: readonly string[];
} {
  const fields: Record<string, unknown> = { ...before };
  const changes: FieldChange[] = [];
  const faults: string[] = [];
  for (const [field, given] of Object.entries(edits)) {
    const known = definitions.filter((one) => one.field === field);
    const reading = readAll(known, given);
    const to = reading.kind === 'value' ? reading.value : null;
    const from = own(before, field) ?? null;
    if (reading.kind === 'refused') faults.push(`${field}: ${reading.why}`);
    else if (from === to) continue;
    else if (known.some(({ editable }) => !editable)) faults.push(`${field}: it may not be edited`);
    else if (to === null && known.some(({ required }) => required)) faults.push(`${field}: it is required`);
    else {
      if (to === null) Reflect.deleteProperty(fields, field);
      else fields[field] = to;
      changes.push({ field, from, to });
    }
  }
  return { fields, changes, faults };
}

/** The value as the first definition reads it; refused as soon as one refuses it. */
function readAll(definitions: readonly FieldDefinition[], value: unknown): FieldReading {
  if (definitions.length === 0) {
    if (value === null || value === undefined || value === '') return { kind: 'empty' };
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return { kind: 'value', value };
    return refused(value, 'a text, a number, or yes or no');
  }
  const readings = definitions.map((definition) => readFieldJson(definition, value));
  return readings.find(({ kind }) => kind === 'refused') ?? readings[0] ?? { kind: 'empty' };
}
