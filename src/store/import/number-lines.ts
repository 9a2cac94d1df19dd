// Telephone numbers out of a file of lines, as fast as files with millions of them need: each read as any other number
// is, so that what a list or a person brings is the same one. Ten digits of North America are one number only, so that
// they are taken whether or not their area code is in use yet: registries hold such.

import { phoneReader } from '../../numbers/phone.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import type { CountryCode } from '../../numbers/phone.ts';

export type LineReading =
  /** Digits of E.164 without the plus sign. */
  | { readonly kind: 'number'; readonly digits: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly text: string; readonly why: string };

const NORTH_AMERICA = new Set<string>(['US', 'CA', 'PR', 'DO', 'JM', 'BS', 'BB', 'TT']);
const NANP = /^1?([2-9]\d{2}[2-9]\d{6})$/;
const NANP_E164 = /^\+1([2-9]\d{2}[2-9]\d{6})$/;
/** Area code and number as two values. */
const TWO_PARTS = /^(\d{3})[,;\t](\d{7})$/;
const LONGEST = 64;

/** Reads lines of a file whose national numbers belong to `country`; the first value of a line counts, `#` ends it. */
export function lineReader(country: CountryCode, use: CountryCodeUse = 'ask'): (line: string) => LineReading {
  const isNorthAmerica = NORTH_AMERICA.has(country);
  const read = phoneReader(country, use);
  return (line) => {
    const whole = withoutRemark(line).trim();
    if (whole === '') return { kind: 'nothing' };
    const parts = isNorthAmerica ? TWO_PARTS.exec(whole) : null;
    const text = parts ? `${parts[1] ?? ''}${parts[2] ?? ''}` : firstValue(whole);
    const plain = NANP_E164.exec(text) ?? (isNorthAmerica && use !== 'present' ? NANP.exec(text) : null);
    if (plain) return { kind: 'number', digits: Number(`1${plain[1] ?? ''}`) };
    const short = text.slice(0, LONGEST);
    const reading = read(short);
    if (reading.kind === 'number') return { kind: 'number', digits: Number(reading.number.slice(1)) };
    return reading.kind === 'empty' ? { kind: 'nothing' } : { kind: 'refused', text: short, why: reading.why };
  };
}

function withoutRemark(line: string): string {
  const remark = line.indexOf('#');
  return remark < 0 ? line : line.slice(0, remark);
}

function firstValue(line: string): string {
  const end = line.search(/[,;\t|]/);
  const value = end < 0 ? line : line.slice(0, end);
  return value.includes('"')
    ? value
        .replace(/^(=?)"(.*)"$/, '$2')
        .replaceAll('"', '')
        .trim()
    : value.trim();
}
