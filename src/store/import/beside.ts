// What stands beside a column of phones and belongs to its numbers: their country's calling code, their country, their
// type. VICIdial's leads, Google's contacts and our own exports have such columns.

import { defined } from '../../base/defined.ts';
import { callingCodeOf, countryCalled, countryNamed } from '../../numbers/countries.ts';
import type { CountryCode } from '../../numbers/phone.ts';
import type { PhoneType } from '../../terms.ts';
import { plainWords, typeByWords } from './column-words.ts';

export interface Beside {
  /** Places of the columns. */
  readonly code?: number;
  readonly country?: number;
  readonly type?: number;
}

const CODE =
  /^(?:phone |tel |telephone |mobile |dial )?(?:phone code|country code|calling code|dial code|dialing code|country calling code|isd code|landesvorwahl|landervorwahl|indicatif)(?: \d+)?$/;
const COUNTRY = new Set([
  'country',
  'country name',
  'country iso',
  'iso country',
  'land',
  'pays',
  'pais',
  'paese',
  'kraj',
]);
const TYPE = /\b(?:type|typ|label)\b/;

/** For the phone at a place, the columns that belong to it. `isUsed` says which may be looked at. */
export function columnsBeside(
  headers: readonly string[],
  isUsed: (place: number) => boolean,
): (place: number) => Beside {
  const plain = headers.map(plainWords);
  const placesOf = (fits: (words: string) => boolean): readonly number[] =>
    plain.flatMap((words, at) => (isUsed(at) && fits(words) ? [at] : []));
  const codes = placesOf((words) => CODE.test(words));
  const countries = placesOf((words) => COUNTRY.has(words));
  const types = new Map<string, number[]>();
  for (const at of placesOf((words) => TYPE.test(words))) {
    const of = stem(plain[at] ?? '');
    types.set(of, [...(types.get(of) ?? []), at]);
  }
  return (place) => {
    const code = nearest(codes, place);
    const country = nearest(countries, place);
    const type = nearest(types.get(stem(plain[place] ?? '')) ?? [], place);
    return { ...defined({ code, country, type }) };
  };
}

/** The place nearest to another, the first of two that are as near. */
function nearest(places: readonly number[], to: number): number | undefined {
  let found: number | undefined;
  for (const at of places)
    if (at !== to && (found === undefined || Math.abs(at - to) < Math.abs(found - to))) found = at;
  return found;
}

/** What is left of `phone 1 value` and `type 1`: which of several phones it is. */
function stem(words: string): string {
  return words
    .replace(/\b(?:phone|telephone|tel|value|type|typ|label|number)\b/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

export type Origin =
  | { readonly kind: 'country'; readonly country: CountryCode; readonly isCode: boolean }
  | { readonly kind: 'unknown' }
  /** It cannot be read, or code and country say different things. */
  | { readonly kind: 'doubt'; readonly why: string };

/** Whose numbers those of a row are, by what stands beside them. */
export function originOf(beside: Beside, headers: readonly string[], cells: readonly string[]): Origin {
  const [codeText, countryText] = [valueAt(cells, beside.code), valueAt(cells, beside.country)];
  const name = (place: number | undefined): string => headers[place ?? -1] ?? '';
  const code = countryCalled(codeText) ?? countryNamed(codeText);
  if (codeText !== '' && !code) return { kind: 'doubt', why: `${name(beside.code)} is no country code` };
  const country = countryNamed(countryText) ?? countryCalled(countryText);
  if (countryText !== '' && !country && !code) return { kind: 'doubt', why: `${name(beside.country)} is no country` };
  if (code && country && callingCodeOf(code) !== callingCodeOf(country))
    return { kind: 'doubt', why: `${name(beside.code)} and ${name(beside.country)} disagree` };
  // Of countries that share a code, the one that is named knows its own trunk prefix.
  if (country) return { kind: 'country', country, isCode: code !== undefined };
  return code ? { kind: 'country', country: code, isCode: true } : { kind: 'unknown' };
}

/** The type that the row names for the number; undefined when it names none. */
export function typeBeside(beside: Beside, cells: readonly string[]): PhoneType | undefined {
  const text = valueAt(cells, beside.type);
  if (text === 'other') return 'other';
  return text === '' ? undefined : typeByWords(plainWords(text));
}

function valueAt(cells: readonly string[], place: number | undefined): string {
  return place === undefined ? '' : (cells[place] ?? '').trim().replace(/^'/, '');
}
