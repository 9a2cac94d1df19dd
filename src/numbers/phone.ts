// The one reader of telephone numbers: makes E.164 of what somebody wrote, or says why it is none. Nothing is guessed:
// a value with letters or several numbers is refused, and so is one that is a valid number both with and without its
// country's calling code. With phone-fast.ts the only file that knows libphonenumber.

import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import type { DayOrder } from '../campaign/fields.ts';
import type { CountryCodeUse } from './country-codes.ts';
import { quickReader } from './phone-fast.ts';
import { writtenNumber } from './written.ts';

export type { CountryCode } from 'libphonenumber-js/max';

export type PhoneReading =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'empty' }
  /** With `mayBe`: a doubt between numbers, all of them valid. */
  | { readonly kind: 'refused'; readonly why: string; readonly mayBe?: readonly string[] };

const MONTH_FIRST: ReadonlySet<string> = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR', 'VI', 'AS', 'MP']);
/** Digits and what people write between them. */
const PLAIN = /^\+?[\d\s().\-\u2010-\u2015]+$/;
/** What a carrier routes to a person. */
const PERSONAL: ReadonlySet<string | undefined> = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']);

/** Part of the reason for which a number that may be two is refused. */
export const SEVERAL_NUMBERS = 'may be one of several valid numbers';

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
export function phoneReader(country: CountryCode, use: CountryCodeUse = 'ask'): (value: string) => PhoneReading {
  const quick = quickReader(country);
  return (value) => {
    const coded = use === 'present' && /^[1-9][\d ().-]*$/.test(value);
    // What ends so may be a quantity with its decimal.
    const isPlain = !value.endsWith('.0');
    const number = isPlain ? quick(coded ? `+${value.replace(/[ ().-]/g, '')}` : value) : undefined;
    return number === undefined ? readPhone(value, country, use) : { kind: 'number', number };
  };
}

/** A telephone number as E.164; national numbers belong to `country`. */
export function readPhone(value: string, country: CountryCode, use: CountryCodeUse = 'ask'): PhoneReading {
  const text = writtenNumber(value);
  if (text === '') return { kind: 'empty' };
  if (/[\r\n\u2028\u2029]/.test(value)) return { kind: 'refused', why: 'a line break in the value' };
  if (!PLAIN.test(text)) return { kind: 'refused', why: whyNotPlain(text) };
  if (text.startsWith('+')) return international(text) ?? notValid(country);
  const digits = text.replace(/\D/g, '');
  if (use === 'present' && !digits.startsWith('0'))
    return international(`+${digits}`) ?? { kind: 'refused', why: 'no valid telephone number with a country code' };
  return withoutPlus(use, { text, digits, country });
}

/** E.164 of what people of the country write, or undefined. */
export function e164Reader(country: string): (text: string) => string | undefined {
  const home = countryOf(country) ?? 'US';
  return (text) => {
    const reading = readPhone(text, home);
    return reading.kind === 'number' ? reading.number : undefined;
  };
}

/** Whether a value looks like a telephone number to a reader who does not know the country. */
export function looksLikePhone(value: string): boolean {
  const text = writtenNumber(value);
  const digits = text.replace(/\D/g, '').length;
  return PLAIN.test(text) && digits >= 7 && digits <= 15;
}

interface Valid {
  readonly number: string;
  readonly isPersonal: boolean;
  /** The digits of the number as people of its country write it. */
  readonly local: () => string;
}

/** E.164 has 15 digits at most; some plans allow more at home. */
const LONGEST = 1 + 15;
/** Until 2019 Mexico's mobiles had a 1 behind +52, and many address books still have it: the same numbers. */
const MEXICO_BEFORE_2019 = /^\+521(\d{10})$/;

function valid(text: string, country?: CountryCode): Valid | undefined {
  const options = { extract: false, ...(country ? { defaultCountry: country } : {}) };
  const old = MEXICO_BEFORE_2019.exec(text.replace(/[^\d+]/g, ''))?.[1];
  const parsed = parsePhoneNumberFromString(old === undefined ? text : `+52${old}`, options);
  if (!parsed?.isValid() || parsed.number.length > LONGEST) return undefined;
  return {
    number: parsed.number,
    isPersonal: PERSONAL.has(parsed.getType()),
    local: () => parsed.formatNational().replace(/\D/g, ''),
  };
}

function international(text: string): PhoneReading | undefined {
  const found = valid(text);
  return found && { kind: 'number', number: found.number };
}

interface Digits {
  readonly text: string;
  readonly digits: string;
  readonly country: CountryCode;
}

/** A number without a plus: one of `country`, with or without its calling code, or one behind what is dialed before. */
function withoutPlus(use: CountryCodeUse, { text, digits, country }: Digits): PhoneReading {
  const code = getCountryCallingCode(country);
  const usual = valid(text, country);
  // 00 is dialed before other countries' numbers nearly everywhere, and written where it is not.
  const outside = digits.startsWith('00') ? valid(`+${digits.slice(2)}`) : undefined;
  const national = valid(`+${code}${digits}`);
  const withoutNought = digits.startsWith('0') ? valid(`+${code}${digits.slice(1)}`) : undefined;
  const written = withoutNought?.local() === digits ? withoutNought : undefined;
  const hasCode = digits.startsWith(code);
  if (use === 'absent' && hasCode) return oneOf([national], { country, digits });
  const coded = hasCode ? valid(`+${digits}`) : undefined;
  if (coded?.isPersonal === true && national?.isPersonal === false) return oneOf([coded], { country, digits });
  return oneOf([coded ?? usual, outside, national, written], { country, digits });
}

/** What all of the readings say; a doubt where they differ. */
function oneOf(
  readings: readonly (Valid | undefined)[],
  { country, digits }: { readonly country: CountryCode; readonly digits: string },
): PhoneReading {
  const numbers = [...new Set(readings.flatMap((reading) => reading?.number ?? []))];
  const [number, ...others] = numbers;
  if (number === undefined) return notValid(country, digits);
  if (others.length === 0) return { kind: 'number', number };
  const why = `${SEVERAL_NUMBERS} (country ${country}): with or without its country code?`;
  return { kind: 'refused', why, mayBe: numbers };
}

/** With a plus it may be one of another country: said, not taken. */
function notValid(country: CountryCode, digits?: string): PhoneReading {
  const elsewhere = digits === undefined || digits.startsWith('0') ? undefined : valid(`+${digits}`);
  if (!elsewhere) return { kind: 'refused', why: `no valid telephone number (country ${country})` };
  const why = `no valid telephone number (country ${country}), but one of another country without its plus`;
  return { kind: 'refused', why, mayBe: [elsewhere.number] };
}

function whyNotPlain(text: string): string {
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) return 'a number that a spreadsheet has rounded; format the column as text';
  if (/\p{L}/u.test(text)) return 'letters in the number';
  const strange = /[^\d\s().\-\u2010-\u2015+]/u.exec(text)?.[0] ?? '+';
  return `${describe(strange)} in the number`;
}

function describe(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? `the control character ${code}` : `"${character}"`;
}
