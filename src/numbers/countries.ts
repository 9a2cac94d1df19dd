// The country that stands beside a number: as two letters, by name, or as its calling code.

import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import tables from 'libphonenumber-js/max/metadata';
import { countryCodeOf } from '../places/countries.ts';

/** What a file has in a million rows is read once. */
const KNOWN = new Map<string, CountryCode | undefined>();
const MOST_KNOWN = 1000;

/** The country of two or three letters or a name; undefined when it is none that numbers are known of. */
export function countryNamed(text: string): CountryCode | undefined {
  if (text === '' || KNOWN.has(text)) return KNOWN.get(text);
  const code = countryCodeOf(text);
  const country = code !== undefined && isSupportedCountry(code) ? code : undefined;
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(text, country);
  return country;
}

/** The country that a calling code (`44`, `+44`, `0044`) stands for, of several the one that it is named after. */
export function countryCalled(text: string): CountryCode | undefined {
  const digits = text.replace(/[\s()]/g, '').replace(/^(?:\+|00)/, '');
  const codes: Readonly<Record<string, readonly CountryCode[]>> = tables.country_calling_codes;
  return /^\d{1,3}$/.test(digits) ? codes[digits]?.[0] : undefined;
}

/** `49` of DE. */
export function callingCodeOf(country: CountryCode): string {
  return getCountryCallingCode(country);
}
