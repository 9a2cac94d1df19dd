// What a number is: its country and its class, by libphonenumber's tables, in a microsecond. Where the tables say nothing
// of a number its neighbours do: what begins as premium numbers do is one, what begins as ordinary numbers do is of a kind
// that is not known yet, for plans change faster than tables. Decides nothing about what may be dialed.

import { NO_COUNTRY } from '../campaign/number-gate.ts';
import type { NumberClass, NumberKind } from '../campaign/number-gate.ts';
import { COLUMN, countriesOf, rowOf } from './plan-tables.ts';
import type { PlanRow } from './plan-tables.ts';

/** Calling codes of no country. */
const WORLDWIDE: Readonly<Record<string, NumberClass>> = {
  800: 'toll-free',
  808: 'shared-cost',
  870: 'satellite',
  878: 'personal',
  881: 'satellite',
  882: 'satellite',
  883: 'satellite',
  888: 'uan',
  979: 'premium',
};

/** Numbers that reach help somewhere. */
const EMERGENCY: ReadonlySet<string> = new Set(
  '000 060 065 066 08 100 101 102 103 104 105 106 107 108 110 111 112 113 114 115 116 117 118 119 120 122 123 125 127 128 129 130 131 132 133 140 144 150 155 156 158 160 166 180 190 191 192 193 194 195 197 198 199 911 912 993 994 995 997 998 999 1122'.split(
    ' ',
  ),
);

/** Fewer digits than this are no number with a country code, and at home no subscriber's that the tables do not know. */
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;

/** By their places in the tables; those that cost come first: where a number is of two classes it is of the dearer. */
const PLACES: readonly (readonly [NumberClass, number])[] = [
  ['premium', 3],
  ['shared-cost', 9],
  ['personal', 4],
  ['pager', 7],
  ['uan', 6],
  ['voicemail', 5],
  ['toll-free', 2],
  ['voip', 8],
];
const FIXED = 0;
const MOBILE = 1;

interface Kind {
  readonly class: NumberClass;
  readonly pattern: RegExp;
  readonly lengths: ReadonlySet<unknown>;
}

interface Plan {
  readonly country: string;
  readonly whole: RegExp;
  readonly lengths: ReadonlySet<unknown>;
  /** Numbers of a shared calling code that begin so belong here. */
  readonly leading: RegExp | undefined;
  readonly kinds: readonly Kind[];
  readonly fixed: Kind | undefined;
  readonly mobile: Kind | undefined;
  /** A fixed line and a mobile cannot be distinguished. */
  readonly isMixed: boolean;
}

const families = new Map<string, readonly Plan[]>();
/** By calling code, first digits and length. */
const neighbours = new Map<string, NumberKind | undefined>();
const MOST_NEIGHBOURS = 20_000;

/** The country and class of a number in E.164; total, never throws. */
export function kindOf(number: string): NumberKind {
  const digits = number.slice(1);
  if (!number.startsWith('+') || !/^\d+$/.test(digits)) return { country: '', class: 'unreadable' };
  if (digits.length < FEWEST_DIGITS) return { country: '', class: shortClass(digits) };
  if (digits.length > MOST_DIGITS) return { country: '', class: 'unreadable' };
  for (let end = 1; end <= 3; end += 1) {
    const code = digits.slice(0, end);
    const worldwide = WORLDWIDE[code];
    if (worldwide !== undefined) return { country: NO_COUNTRY, class: worldwide };
    const family = familyOf(code);
    if (family.length > 0) return kindIn(family, code, digits.slice(end));
  }
  return { country: '', class: 'unreadable' };
}

function shortClass(digits: string): 'emergency' | 'short' {
  if (EMERGENCY.has(digits)) return 'emergency';
  for (let end = 1; end <= 3; end += 1) {
    if (familyOf(digits.slice(0, end)).length > 0 && EMERGENCY.has(digits.slice(end))) return 'emergency';
  }
  return 'short';
}

function kindIn(family: readonly Plan[], code: string, rest: string): NumberKind {
  const known = exactKind(family, rest);
  if (known) return known;
  const [main] = family;
  const country = main?.country ?? '';
  if (rest.length < FEWEST_DIGITS) return { country, class: EMERGENCY.has(rest) ? 'emergency' : 'short' };
  if (!family.some(({ lengths }) => lengths.has(rest.length))) return { country, class: 'unreadable' };
  return neighbourly(family, code, rest) ?? { country, class: 'unassigned' };
}

/** The first country of a shared calling code whose number it is decides. */
function exactKind(family: readonly Plan[], rest: string): NumberKind | undefined {
  for (const plan of family) {
    const isOwn = plan.leading?.test(rest) === true;
    if (plan.leading && !isOwn) continue;
    const kind = classIn(plan, rest);
    if (kind !== undefined) return { country: plan.country, class: kind };
    if (isOwn) return undefined;
  }
  return undefined;
}

function classIn(plan: Plan, rest: string): NumberClass | undefined {
  if (!plan.whole.test(rest)) return undefined;
  const found = plan.kinds.find((kind) => isOf(kind, rest));
  if (found) return found.class;
  const isFixed = plan.fixed !== undefined && isOf(plan.fixed, rest);
  const isMobile = plan.mobile !== undefined && isOf(plan.mobile, rest);
  if (isFixed) return isMobile || plan.isMixed ? 'fixed-or-mobile' : 'fixed';
  return isMobile ? 'mobile' : undefined;
}

function isOf({ lengths, pattern }: Kind, rest: string): boolean {
  return lengths.has(rest.length) && pattern.test(rest);
}

const LONGEST_FRONT = 5;
const SHORTEST_FRONT = 2;

/** What the numbers are that begin as this one does, looked for from the longest common front on; the dearest wins. */
function neighbourly(family: readonly Plan[], code: string, rest: string): NumberKind | undefined {
  const key = `${code} ${rest.slice(0, LONGEST_FRONT)}`;
  if (neighbours.has(key)) return neighbours.get(key);
  let found: NumberKind | undefined;
  for (let end = LONGEST_FRONT; end >= SHORTEST_FRONT && !found; end -= 1) found = dearest(family, rest.slice(0, end));
  if (neighbours.size >= MOST_NEIGHBOURS) neighbours.clear();
  neighbours.set(key, found);
  return found;
}

const FILLS = Array.from({ length: 10 }, (_, digit) => String(digit).repeat(MOST_DIGITS));

function dearest(family: readonly Plan[], front: string): NumberKind | undefined {
  let found: NumberKind | undefined;
  const lengths = new Set(family.flatMap((plan) => [...plan.lengths]));
  for (const length of lengths) {
    if (typeof length !== 'number' || length <= front.length) continue;
    for (const fill of FILLS) {
      const kind = exactKind(family, front + fill.slice(0, length - front.length));
      if (!kind) continue;
      if (PLACES.some(([dear]) => dear === kind.class && dear !== 'toll-free' && dear !== 'voip')) return kind;
      found ??= { country: kind.country, class: 'unknown' };
    }
  }
  return found;
}

function familyOf(callingCode: string): readonly Plan[] {
  const known = families.get(callingCode) ?? countriesOf(callingCode).map((country) => planOf(country, rowOf(country)));
  families.set(callingCode, known);
  return known;
}

function planOf(country: string, row: PlanRow): Plan {
  const all = row[COLUMN.lengths];
  const lengths = new Set<unknown>(Array.isArray(all) ? all : []);
  const types = row[COLUMN.types];
  const kindAt = (place: number, of: NumberClass): Kind | undefined => {
    const type: unknown = Array.isArray(types) ? types[place] : undefined;
    if (!Array.isArray(type) || typeof type[0] !== 'string' || type[0] === '') return undefined;
    const own: unknown = type[1];
    return { class: of, pattern: entire(type[0]), lengths: Array.isArray(own) ? new Set<unknown>(own) : lengths };
  };
  const leading = row[COLUMN.leading];
  const mobile = kindAt(MOBILE, 'mobile');
  return {
    country,
    whole: entire(row[COLUMN.pattern]),
    lengths,
    leading: typeof leading === 'string' && leading !== '' ? new RegExp(`^(?:${leading})`) : undefined,
    kinds: PLACES.flatMap(([of, place]) => kindAt(place, of) ?? []),
    fixed: kindAt(FIXED, 'fixed'),
    mobile,
    isMixed: mobile === undefined,
  };
}

function entire(pattern: unknown): RegExp {
  return new RegExp(`^(?:${typeof pattern === 'string' && pattern !== '' ? pattern : '(?!)'})$`);
}
