// The numbers of one cell of a phone column: one, or several as Google's contacts write them, read as numbers of the
// country that stands beside them, or of the file's.

import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import { callingCodeOf } from '../../numbers/countries.ts';
import { phoneReader } from '../../numbers/phone.ts';
import type { CountryCode, PhoneReading } from '../../numbers/phone.ts';
import type { Phone, PhoneType } from '../../terms.ts';
import { originOf, typeBeside } from './beside.ts';
import type { Beside } from './beside.ts';

/** Between several values of one cell. */
const SEVERAL = ' ::: ';
const HAS_CODE = /^[\s(\u200e\u202a]*(?:\+|\uff0b|00)/;

export interface PhoneColumn {
  readonly type: PhoneType;
  readonly beside: Beside | undefined;
  readonly country: CountryCode;
  readonly countryCode: CountryCodeUse;
  readonly headers: readonly string[];
}

/** Adds the cell's numbers to `phones`; why those that are none were left out. */
export type TakePhones = (value: string, cells: readonly string[], phones: Phone[]) => string | undefined;

export function phoneTaker({ type, beside, country, countryCode, headers }: PhoneColumn): TakePhones {
  const readers = new Map<CountryCode, (value: string) => PhoneReading>();
  const readerOf = (one: CountryCode): ((value: string) => PhoneReading) => {
    const reader = readers.get(one) ?? phoneReader(one, countryCode);
    readers.set(one, reader);
    return reader;
  };
  const home = readerOf(country);
  const read = (value: string, cells: readonly string[]): PhoneReading => {
    if (beside === undefined || value.trim() === '') return home(value);
    const origin = originOf(beside, headers, cells);
    if (origin.kind === 'unknown') return home(value);
    const isWhole = HAS_CODE.test(value);
    if (origin.kind === 'doubt') return isWhole ? home(value) : { kind: 'refused', why: origin.why };
    const reading = readerOf(origin.country)(value);
    if (!isWhole || !origin.isCode || reading.kind !== 'number') return reading;
    const agrees = reading.number.startsWith(`+${callingCodeOf(origin.country)}`);
    return agrees ? reading : { kind: 'refused', why: 'the number and its country code disagree' };
  };
  return (value, cells, phones) => {
    let why: string | undefined;
    const own = typeBeside(beside ?? {}, cells) ?? type;
    for (const part of value.includes(SEVERAL) ? value.split(SEVERAL) : [value]) {
      const reading = read(part, cells);
      if (reading.kind === 'number') phones.push({ number: reading.number, type: own });
      if (reading.kind === 'refused') why ??= reading.why;
    }
    return why;
  };
}
