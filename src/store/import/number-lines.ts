// Telephone numbers out of a file of lines, as fast as files with millions of them need: what is plainly E.164, or a
// national number of North America, is taken as it stands; everything else is read like any telephone number.

import { readPhone } from './phone.ts';
import type { CountryCode } from './phone.ts';

export type LineReading =
  /** Digits of E.164 without the plus sign. */
  | { readonly kind: 'number'; readonly digits: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly text: string };

const E164 = /^\+([1-9]\d{6,14})$/;
const NORTH_AMERICA = new Set<string>(['US', 'CA', 'PR', 'DO', 'JM', 'BS', 'BB', 'TT']);
const NANP = /^1?([2-9]\d{2}[2-9]\d{6})$/;
/** Area code and number as two values. */
const TWO_PARTS = /^(\d{3})[,;\t](\d{7})$/;
const LONGEST = 64;

/** Reads lines of a file whose national numbers belong to `country`; the first value of a line counts, `#` ends it. */
export function lineReader(country: CountryCode): (line: string) => LineReading {
  const isNorthAmerica = NORTH_AMERICA.has(country);
  return (line) => {
    const whole = withoutRemark(line).trim();
    if (whole === '') return { kind: 'nothing' };
    const parts = isNorthAmerica ? TWO_PARTS.exec(whole) : null;
    const text = parts ? `${parts[1] ?? ''}${parts[2] ?? ''}` : firstValue(whole);
    const plain = E164.exec(text);
    if (plain) return { kind: 'number', digits: Number(plain[1]) };
    const national = isNorthAmerica ? NANP.exec(text) : null;
    if (national) return { kind: 'number', digits: Number(`1${national[1] ?? ''}`) };
    const reading = readPhone(text.slice(0, LONGEST), country);
    if (reading.kind === 'number') return { kind: 'number', digits: Number(reading.number.slice(1)) };
    return reading.kind === 'empty' ? { kind: 'nothing' } : { kind: 'refused', text: text.slice(0, LONGEST) };
  };
}

function withoutRemark(line: string): string {
  const remark = line.indexOf('#');
  return remark < 0 ? line : line.slice(0, remark);
}

function firstValue(line: string): string {
  const end = line.search(/[,;\t|]/);
  return (end < 0 ? line : line.slice(0, end)).replaceAll('"', '').trim();
}
