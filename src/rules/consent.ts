// Whether a field says that a person agreed to be called: a yes, or the day on which it was given. The one reader for
// it; what is not certainly a yes is none.

import { YES_WORDS } from '../campaign/fields.ts';
import { plainText } from '../places/us-states.ts';

const DAY_MS = 86_400_000;
/** Somewhere on Earth a day has begun so long before it does by UTC. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;
/** Earlier dates are what programs write for none. */
const FIRST_YEAR = 1990;

/** What else is written for a yes. */
const MORE_WORDS = new Set(
  (
    'T J DA ANO TAK SIM YA IGEN KYLLA NAI EVET WAHR VRAI VERO WAAR VERDADERO VERDADEIRO PRAWDA AGREED ACCEPTED CONSENT ' +
    'CONSENTED GRANTED GIVEN OPTIN OPTEDIN SUBSCRIBED CHECKED ✓ ✔ ☑ ☒ ✅ ДА ΝΑΙ はい 是'
  ).split(' '),
);

/** Months by the first three letters of their names in English, German, French, Spanish and Italian, without accents. */
const MONTHS: readonly string[] = [
  ...['JAN ENE GEN', 'FEB FEV', 'MAR MRZ', 'APR AVR ABR', 'MAY MAI MAG', 'JUN GIU', 'JUL LUG', 'AUG AOU AGO'],
  ...['SEP SET', 'OCT OKT OTT', 'NOV', 'DEC DEZ DIC'],
];

export type Consent =
  | { readonly agreed: true }
  /** From this moment on: the day that is written is still to come. */
  | { readonly agreed: false; readonly fromAt?: number };

const NONE: Consent = { agreed: false };
const YES: Consent = { agreed: true };

/** What the value of a field says at `at`, of whatever type the field is. */
export function readConsent(value: unknown, at: number): Consent {
  if (typeof value === 'boolean') return { agreed: value };
  if (typeof value === 'number') return value === 1 ? YES : NONE;
  if (typeof value !== 'string') return NONE;
  const text = plainText(value);
  const word = text.replace(/[\s!-]/g, '');
  if (YES_WORDS.has(word.toLowerCase()) || MORE_WORDS.has(word)) return YES;
  const begins = beginnings(plainText(value.replace(/^\s*(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?!\d)/, isoDay)));
  if (begins.length === 0) return NONE;
  const fromAt = Math.max(...begins) - EARLIEST_ZONE_MS;
  return fromAt <= at ? YES : { agreed: false, fromAt };
}

/** A day with full stops is day first, wherever it is written. */
function isoDay(_: string, day: string, month: string, year: string): string {
  return `${fullYear(year) ?? ''}-${month}-${day}`;
}

/** When the written day begins, as if it were UTC; several when it may be more than one; empty when it is none. */
function beginnings(text: string): readonly number[] {
  const day = text
    .replace(/(?<=\d)(?:T|,? )\d{1,2}:\d{2}(?::\d{2}(?:\d+)?)? ?(?:[AP]M)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/, '')
    .replace(/\s*([/-])\s*/g, '$1');
  const iso = /^(\d{4})([/-]?)(\d{1,2})\2(\d{1,2})$/.exec(day);
  if (iso) return dates([[iso[1], iso[3], iso[4]]]);
  const words = dayInWords(day);
  if (words) return dates([words]);
  const numbers = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(day);
  if (!numbers) return [];
  const [, first, , second, year] = numbers;
  // Either order may be meant: where both are days, both must have come.
  return dates([
    [fullYear(year), second, first],
    [fullYear(year), first, second],
  ]);
}

type WrittenDay = readonly [year: string | undefined, month: string | undefined, day: string | undefined];

/** `5 Jan 2026`, `Jan 5, 2026`, `5 Januar 2026`. */
function dayInWords(text: string): WrittenDay | undefined {
  const [, before, name = '', after, year] =
    /^(?:(\d{1,2})(?:ST|ND|RD|TH)? ?-?)?([A-Z]{3,10}) ?-?(?:(\d{1,2})(?:ST|ND|RD|TH)?)?,? ?-?(\d{4})$/.exec(text) ?? [];
  const month = MONTHS.findIndex((names) => names.split(' ').includes(monthKey(name)));
  if (month < 0 || (before === undefined) === (after === undefined)) return undefined;
  return [year, String(month + 1), before ?? after];
}

/** Three letters name a month, but June and July in French. */
function monthKey(name: string): string {
  if (name.startsWith('JUI')) return name.startsWith('JUIL') ? 'JUL' : 'JUN';
  return name.slice(0, 3);
}

function fullYear(year: string | undefined): string | undefined {
  return year?.length === 2 ? `20${year}` : year;
}

/** Those that the calendar has, each once. */
function dates(written: readonly WrittenDay[]): readonly number[] {
  const found = written.map(([year, month, day]) => dayAt(Number(year), Number(month), Number(day)));
  return [...new Set(found.filter((at) => at !== undefined))];
}

function dayAt(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && at % DAY_MS === 0;
  return isDay && year >= FIRST_YEAR && year < 10_000 ? at : undefined;
}
