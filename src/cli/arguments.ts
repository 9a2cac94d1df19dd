// Arguments and options out of their text: numbers, instants, zones, columns; anything else is wrong usage.

import { InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../base/durations.ts';
import { isTimeZone } from '../base/local-time.ts';
import type { ColumnUse } from '../imports/list-imports.ts';
import { FIELD_TYPES } from '../campaign/fields.ts';
import { COUNTRY_CODE_USES } from '../numbers/country-codes.ts';
import { parseInstant } from './render/instants.ts';
import { PHONE_TYPES } from '../terms.ts';

const MAX_GRACE_MS = 24 * 3_600_000;

/** A whole number from 1 on. */
export function asCount(text: string): number {
  const value = Number(text);
  if (/^\d{1,15}$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError('A whole number from 1 on is needed.');
}

/** A priority of records: a whole number from -1000 to 1000. */
export function asPriority(text: string): number {
  const value = Number(text);
  if (/^-?\d{1,4}$/.test(text) && Math.abs(value) <= 1000) return value;
  throw new InvalidArgumentError('A whole number from -1000 to 1000 is needed.');
}

/** An instant as people write it, epoch ms. */
export function asInstant(text: string): number {
  try {
    return parseInstant(text, Date.now());
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** A time of at most a day, such as 10m, in milliseconds. */
export function asGrace(text: string): number {
  const graceMs = parseDuration(text);
  if (graceMs !== undefined && graceMs <= MAX_GRACE_MS) return graceMs;
  throw new InvalidArgumentError('A time such as 10m is needed, at most 24h.');
}

/** How long something holds, such as 90d, in milliseconds. */
export function asValidity(text: string): number {
  const forMs = parseDuration(text);
  if (forMs !== undefined && forMs >= 60_000 && forMs <= 3660 * 86_400_000) return forMs;
  throw new InvalidArgumentError('A time such as 90d is needed, at least 1m.');
}

/** An IANA time zone. */
export function asTimeZone(text: string): string {
  if (isTimeZone(text)) return text;
  throw new InvalidArgumentError('An IANA time zone such as Europe/Berlin is needed.');
}

/** Gathers an option that may be given several times. */
export function gather(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

/** What columns of a file are, by their header. */
export type ColumnUses = Readonly<Record<string, ColumnUse>>;

/** `column=target`: `name`, `ignore`, or a field's name (also as `fields.NAME`), with its type behind a colon. */
export function asColumnMap(text: string, before: ColumnUses): ColumnUses {
  const cutAt = text.lastIndexOf('=');
  const [column, target] = [text.slice(0, cutAt), text.slice(cutAt + 1)];
  if (cutAt < 1 || target === '')
    throw new InvalidArgumentError('Write column=target, such as "Full name=name" or "Open=balance:number".');
  if (target === 'name' || target === 'ignore') return { ...before, [column]: { as: target } };
  const [, named = '', type] = /^(.*?)(?::([a-z-]+))?$/.exec(target.replace(/^fields\./, '')) ?? [];
  if (type === undefined) return { ...before, [column]: { as: 'field', field: named } };
  const known = FIELD_TYPES.find((one) => one === type);
  if (known === undefined || known === 'choice' || named === '')
    throw new InvalidArgumentError(
      'Types are text, number, date, date-time and check-box; a choice is written in a mapping file.',
    );
  return { ...before, [column]: { as: 'field', field: named, type: known } };
}

/** `column:type`, or `column` alone for type `other`. */
export function asPhoneColumn(text: string, before: ColumnUses): ColumnUses {
  const cutAt = text.lastIndexOf(':');
  const column = cutAt < 0 ? text : text.slice(0, cutAt);
  const type = PHONE_TYPES.find((one) => one === (cutAt < 0 ? 'other' : text.slice(cutAt + 1)));
  if (column === '' || type === undefined)
    throw new InvalidArgumentError('Write column:type with mobile, home, work or other.');
  return { ...before, [column]: { as: 'phone', type } };
}

/** An ISO 3166 country of two letters. */
export function asCountry(text: string): string {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('Two letters such as DE are needed.');
}

/** Whether numbers without a plus sign begin with their country's calling code. */
export function countryCodeOption(): Option {
  const what = 'numbers without a plus begin with their country code, or do not (default: ask, doubts are refused)';
  return new Option('--country-code <choice>', what).choices(COUNTRY_CODE_USES);
}
