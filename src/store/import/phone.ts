// Makes a telephone number of what stands in a file, or says why it is none. Nothing is guessed: a value with letters
// or several numbers is refused. With phone-fast.ts the only file that knows libphonenumber.

import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import type { DayOrder } from '../../list/fields.ts';
import { quickReader } from './phone-fast.ts';

export type { CountryCode } from 'libphonenumber-js/max';

export type PhoneReading =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'refused'; readonly why: string };

const MONTH_FIRST: ReadonlySet<string> = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR', 'VI', 'AS', 'MP']);
/** Digits and what people write between them. */
const PLAIN = /^\+?[\d\s().\-\u2010-\u2015\u00a0\u202f]+$/;

/** How people of the country write 3/4/2026: in the United States and some others the month comes first. */
export function dayOrderOf(country: CountryCode): DayOrder {
  return MONTH_FIRST.has(country) ? 'month-first' : 'day-first';
}

/** The country as libphonenumber knows it; undefined when there is no such country. */
export function countryOf(code: string): CountryCode | undefined {
  const upper = code.toUpperCase();
  return isSupportedCountry(upper) ? upper : undefined;
}

/** Reads many numbers; the same answers as `readPhone`, most of them far sooner. */
export function phoneReader(country: CountryCode): (value: string) => PhoneReading {
  const quick = quickReader(country);
  return (value) => {
    const number = quick(value);
    return number === undefined ? readPhone(value, country) : { kind: 'number', number };
  };
}

/** 089/2180-0 and +49 89/2180: a slash behind an area code, as people of many countries write it. */
const AREA_SLASH = /^(\(?0[\d ]{1,6}\)?|\+[\d ]{3,9}) ?\/ ?(?=\d[\d .-]{3,}$)/;

/** A value of a phone column as E.164; national numbers belong to `country`. */
export function readPhone(value: string, country: CountryCode): PhoneReading {
  const text = value.trim().replace(AREA_SLASH, '$1 ');
  if (text === '') return { kind: 'empty' };
  if (/[\r\n]/.test(value)) return { kind: 'refused', why: 'a line break in the value' };
  if (!PLAIN.test(text)) return { kind: 'refused', why: whyNotPlain(text) };
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  if (!parsed?.isValid()) return { kind: 'refused', why: `no valid telephone number (country ${country})` };
  return { kind: 'number', number: parsed.number };
}

/** Whether a value looks like a telephone number to a reader who does not know the country. */
export function looksLikePhone(value: string): boolean {
  const text = value.trim();
  const digits = text.replace(/\D/g, '').length;
  return PLAIN.test(text) && digits >= 7 && digits <= 15;
}

function whyNotPlain(text: string): string {
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) return 'a number that a spreadsheet has rounded; format the column as text';
  if (/\p{L}/u.test(text)) return 'letters in the number';
  const strange = /[^\d\s().\-\u2010-\u2015\u00a0\u202f+]/u.exec(text)?.[0] ?? '+';
  return `${describe(strange)} in the number`;
}

function describe(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? `the control character ${code}` : `"${character}"`;
}
