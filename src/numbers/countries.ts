// The country that stands beside a number: as two letters, by name, or as its calling code.

import { getCountries, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import tables from 'libphonenumber-js/max/metadata';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
const OTHER_NAMES: Readonly<Record<string, CountryCode>> = {
  ...{ usa: 'US', 'u s a': 'US', 'u s': 'US', 'united states of america': 'US', uk: 'GB', 'u k': 'GB' },
  ...{ 'great britain': 'GB', england: 'GB', scotland: 'GB', wales: 'GB', gbr: 'GB', deu: 'DE', fra: 'FR', esp: 'ES' },
  ...{
    ita: 'IT',
    nld: 'NL',
    holland: 'NL',
    aut: 'AT',
    che: 'CH',
    pol: 'PL',
    can: 'CA',
    aus: 'AU',
    mex: 'MX',
    bra: 'BR',
  },
};

let names: ReadonlyMap<string, CountryCode> | undefined;

/** The country of two letters or a name; undefined when it is none that is known. */
export function countryNamed(text: string): CountryCode | undefined {
  const plain = plainName(text);
  const code = plain.toUpperCase();
  if (isSupportedCountry(code)) return code;
  names ??= allNames();
  return OTHER_NAMES[plain] ?? names.get(plain);
}

/** The country that a calling code (`44`, `+44`, `0044`) stands for, of several the one that it is named after. */
export function countryCalled(text: string): CountryCode | undefined {
  const digits = text.replace(/[\s()]/g, '').replace(/^(?:\+|00)/, '');
  const codes: Readonly<Record<string, readonly CountryCode[]>> = tables.country_calling_codes;
  return /^\d{1,3}$/.test(digits) ? codes[digits]?.[0] : undefined;
}

function plainName(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\d]+/gu, ' ').trim();
}

function allNames(): ReadonlyMap<string, CountryCode> {
  return new Map(
    LANGUAGES.flatMap((language) => {
      const display = new Intl.DisplayNames([language], { type: 'region' });
      return getCountries().map((code) => [plainName(display.of(code) ?? code), code] as const);
    }),
  );
}

/** `49` of DE. */
export function callingCodeOf(country: CountryCode): string {
  return getCountryCallingCode(country);
}
