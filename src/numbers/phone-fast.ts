// The short way for numbers that are plainly valid: E.164, or national digits as people of the country write them.
// It does what libphonenumber does, with its own tables, for the cases without doubt; whatever else comes is left to the
// library. Where this gives an answer it is the library's (held to it by test).

import type { CountryCode } from 'libphonenumber-js/max';
import { COLUMN, countriesOf, rowOf } from './plan-tables.ts';
import type { PlanRow } from './plan-tables.ts';

interface Plan {
  readonly callingCode: string;
  readonly idd: RegExp;
  /** What is taken off the front of a national number; undefined: nothing. */
  readonly prefix: RegExp | undefined;
  /** Numbers of a shared calling code that begin so belong here. */
  readonly leading: RegExp | undefined;
  /** Whether it is a whole national number of a known kind. */
  isValid(national: string): boolean;
}

/** A quick E.164 for plainly valid numbers of any country, national ones of `country`; undefined: ask the library. */
export function quickReader(country: CountryCode): (text: string) => string | undefined {
  const home = planOf(rowOf(country));
  const families = new Map<string, readonly Plan[]>();
  const familyOf = (callingCode: string): readonly Plan[] => {
    const known = families.get(callingCode) ?? countriesOf(callingCode).map((code) => planOf(rowOf(code)));
    families.set(callingCode, known);
    return known;
  };
  return (text) => {
    if (text.startsWith('+')) return /^\+\d{7,15}$/.test(text) ? international(text, familyOf) : undefined;
    if (!/^[\d ().-]{5,30}$/.test(text)) return undefined;
    const digits = text.replace(/[ ().-]/g, '');
    // Behind 00 two readings are possible where something else is dialed before other countries' numbers.
    if (digits.startsWith('00') || home.idd.test(digits)) return undefined;
    if (digits.startsWith(home.callingCode)) {
      // Where the calling code is the national prefix too, both readings are the same number.
      const isBoth = home.callingCode === '1' && digits.length === 11;
      return isBoth ? international(`+${digits}`, familyOf) : undefined;
    }
    return national(digits, home, familyOf(home.callingCode));
  };
}

function international(text: string, familyOf: (callingCode: string) => readonly Plan[]): string | undefined {
  // No calling code is the beginning of another one.
  for (let end = 2; end <= 4; end += 1) {
    const family = familyOf(text.slice(1, end));
    const [main] = family;
    if (!main) continue;
    const rest = text.slice(end);
    return main.prefix?.test(rest) !== true && isValidIn(family, rest) ? text : undefined;
  }
  return undefined;
}

function national(digits: string, home: Plan, family: readonly Plan[]): string | undefined {
  const found = home.prefix?.exec(digits);
  // A prefix with groups changes the number in ways of its own; a nought that is no prefix may be one of old numbers.
  if ((found && found.length > 1) || (!found && home.prefix && digits.startsWith('0'))) return undefined;
  const rest = found ? digits.slice(found[0].length) : digits;
  // E.164 has 15 digits at most.
  if (home.callingCode.length + rest.length > 15) return undefined;
  return isValidIn(family, rest) ? `+${home.callingCode}${rest}` : undefined;
}

/** The first country of a shared calling code whose number it is decides. */
function isValidIn(family: readonly Plan[], rest: string): boolean {
  for (const plan of family) {
    if (plan.leading?.test(rest) === true) return plan.isValid(rest);
    if (!plan.leading && plan.isValid(rest)) return true;
  }
  return false;
}

function planOf(row: PlanRow): Plan {
  const text = (column: number): string | undefined => {
    const value = row[column];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const front = (pattern: string | undefined): RegExp | undefined =>
    pattern === undefined ? undefined : new RegExp(`^(?:${pattern})`);
  const whole = new RegExp(`^(?:${text(COLUMN.pattern) ?? '(?!)'})$`);
  const kinds = kindsOf(row);
  return {
    callingCode: text(COLUMN.callingCode) ?? '',
    idd: new RegExp(`^(?:${text(COLUMN.idd) ?? '(?!)'})`),
    prefix: front(text(COLUMN.prefixForParsing) ?? text(COLUMN.prefix)),
    leading: front(text(COLUMN.leading)),
    isValid: (rest) =>
      whole.test(rest) && kinds.some(({ lengths, pattern }) => lengths.has(rest.length) && pattern.test(rest)),
  };
}

interface Kind {
  readonly pattern: RegExp;
  readonly lengths: ReadonlySet<unknown>;
}

/** Fixed lines, mobiles and the other kinds of numbers that the country has. */
function kindsOf(row: PlanRow): readonly Kind[] {
  const types = row[COLUMN.types];
  const all = row[COLUMN.lengths];
  if (!Array.isArray(types)) return [];
  return types.flatMap((type: unknown): readonly Kind[] => {
    if (!Array.isArray(type) || typeof type[0] !== 'string' || type[0] === '') return [];
    const lengths: unknown = type[1] ?? all;
    return [{ pattern: new RegExp(`^(?:${type[0]})$`), lengths: new Set(Array.isArray(lengths) ? lengths : []) }];
  });
}
