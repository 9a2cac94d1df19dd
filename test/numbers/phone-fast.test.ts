// The short way to read a number gives the library's answer or none.

import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quickReader } from '../../src/numbers/phone-fast.ts';
import type { CountryCode } from '../../src/numbers/phone.ts';

const COUNTRIES = getCountries();
const READERS = new Map(COUNTRIES.map((country) => [country, quickReader(country)]));

function library(text: string, country: CountryCode): string | undefined {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return parsed?.isValid() === true ? parsed.number : undefined;
}

/** Digits near to real numbers of a country: an example with some of its last digits changed, and prefixes before it. */
const number = fc
  .record({
    country: fc.constantFrom(...COUNTRIES),
    home: fc.constantFrom(...COUNTRIES),
    tail: fc.stringMatching(/^\d{0,5}$/),
    more: fc.stringMatching(/^\d{0,1}$/),
    prefix: fc.constantFrom('', '', '', '0', '1', '8', '00', '011', '44', '90', '15'),
    form: fc.constantFrom('plus', 'national', 'national', 'bare'),
    marks: fc.constantFrom('', ' ', '-', '(0)', '.'),
  })
  .map(({ country, home, tail, more, prefix, form, marks }) => {
    const example = getExampleNumber(country, examples)?.nationalNumber ?? '2125550100';
    const digits = example.slice(0, Math.max(2, example.length - tail.length)) + tail + more;
    const code = getCountryCallingCode(country);
    if (form === 'plus') return { text: `+${code}${prefix}${digits}`, country: home };
    if (form === 'bare') return { text: `${code}${digits}`, country };
    return { text: `${prefix}${digits.slice(0, 3)}${marks}${digits.slice(3)}`, country };
  });

describe('[L-01] numbers by the short way', () => {
  test('whatever it gives is what the library gives', () => {
    let quick = 0;
    fc.assert(
      fc.property(number, ({ text, country }) => {
        const given = READERS.get(country)?.(text);
        if (given === undefined) return;
        quick += 1;
        expect(given).toBe(library(text, country));
      }),
      { numRuns: 20_000 },
    );
    expect(quick).toBeGreaterThan(1500);
  });

  test.each<[string, CountryCode, string]>([
    ['+12125550100', 'DE', '+12125550100'],
    ['(212) 555-0100', 'US', '+12125550100'],
    ['1-212-555-0100', 'US', '+12125550100'],
    ['416 555 0123', 'US', '+14165550123'],
    ['030 901820-31', 'DE', '+493090182031'],
    ['0151 23456789', 'DE', '+4915123456789'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['01 42 68 53 00', 'FR', '+33142685300'],
    ['06 12345678', 'IT', '+390612345678'],
  ])('%s in %s is read by it', (text, country, expected) => {
    expect(READERS.get(country)?.(text)).toBe(expected);
  });
});
