// The one gate that every dialed number passes, wherever it came from: which kind of number it is, and whether a trunk may
// dial that. Asked when the next record is chosen, when a callback is agreed on, and once more at the dial.
// Knows no numbering plan: what a number is comes from src/numbers/.

/** What a trunk's settings may allow by name. */
export const NUMBER_CLASSES = [
  'fixed',
  'mobile',
  'fixed-or-mobile',
  'voip',
  'toll-free',
  'unknown',
  'premium',
  'shared-cost',
  'satellite',
  'personal',
  'pager',
  'uan',
  'voicemail',
  'unassigned',
] as const;
export type NumberClass = (typeof NUMBER_CLASSES)[number];

/** What no setting allows. */
type NeverClass = 'emergency' | 'short' | 'unreadable';

/** What is dialed where the settings say nothing. */
export const USUAL_CLASSES: readonly NumberClass[] = [
  'fixed',
  'mobile',
  'fixed-or-mobile',
  'voip',
  'toll-free',
  'unknown',
];

/** Stands for numbers that belong to no country: satellites, international toll-free and premium numbers. */
export const NO_COUNTRY = '001';

export interface NumberKind {
  /** ISO 3166, or NO_COUNTRY; empty: not known. */
  readonly country: string;
  readonly class: NumberClass | NeverClass;
}

/** What a trunk may dial. */
export interface Reach {
  /** ISO 3166, and NO_COUNTRY. */
  readonly countries: readonly string[];
  readonly classes: readonly NumberClass[];
}

export interface TrunkReach extends Reach {
  readonly trunk: string;
}

/** What a number is, by its plan; E.164 in. */
export type KindOf = (number: string) => NumberKind;

const WORDS: Readonly<Record<NumberKind['class'], string>> = {
  fixed: 'a number of a fixed line',
  mobile: 'a number of a mobile',
  'fixed-or-mobile': 'a number of a fixed line or mobile',
  voip: 'a number of internet telephony',
  'toll-free': 'a toll-free number',
  unknown: 'a number of a kind that is not known',
  premium: 'a premium number',
  'shared-cost': 'a shared-cost number',
  satellite: 'a number of a satellite or international network',
  personal: 'a personal number, which forwards to anywhere',
  pager: 'a pager',
  uan: 'a company number that is billed apart (UAN)',
  voicemail: 'a voicemail access',
  unassigned: 'a number of no range that its country has given out',
  emergency: 'an emergency number',
  short: 'a short code',
  unreadable: 'no telephone number',
};

const NEVER: ReadonlySet<string> = new Set<NeverClass>(['emergency', 'short', 'unreadable']);

/** `a premium number of US`, for a sentence. */
export function kindInWords({ country, class: kind }: NumberKind): string {
  const where = country === NO_COUNTRY ? ' of no country' : country === '' ? '' : ` of ${country}`;
  return `${WORDS[kind]}${where}`;
}

/** Why the trunk never dials such a number, said without it: `a premium number of US: not allowed …`; undefined: it may. */
export function gateReason(kind: NumberKind, { trunk, countries, classes }: TrunkReach): string | undefined {
  if (isNever(kind.class)) return `${kindInWords(kind)}: never dialed`;
  if (!classes.includes(kind.class)) return `${kindInWords(kind)}: not allowed on trunk ${trunk} (allow_classes)`;
  if (countries.includes(kind.country)) return undefined;
  return `${kindInWords(kind)}: not allowed on trunk ${trunk} (allow_countries)`;
}

/** The same of several trunks, any of which may be given the call: all of them must be allowed to dial it. */
export function gatesReason(kind: NumberKind, reaches: readonly TrunkReach[]): string | undefined {
  for (const reach of reaches) {
    const why = gateReason(kind, reach);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What the number is, when none of the trunks dials it, whichever campaigns use them; undefined: one of them does. */
export function neverDialed(kind: NumberKind, reaches: readonly TrunkReach[]): string | undefined {
  const isDialed = reaches.length === 0 || reaches.some((reach) => gateReason(kind, reach) === undefined);
  return isDialed ? undefined : kindInWords(kind);
}

function isNever(kind: NumberKind['class']): kind is NeverClass {
  return NEVER.has(kind);
}

/** What leaves for the trunk, as far as that is a number of its own: digits put before it make another one. */
export interface Dialed {
  /** E.164 of the person. */
  readonly number: string;
  readonly prefix: string;
  readonly plus: boolean;
}

/** Why this is never dialed on the trunk, said without the number; undefined: it is dialed. The last word, at the dial. */
export function dialReason({ number, prefix, plus }: Dialed, kindOf: KindOf, reach: TrunkReach): string | undefined {
  const why = gateReason(kindOf(number), reach);
  if (why !== undefined || prefix === '' || !plus) return why;
  // With a plus in front the digits of the prefix are the country's.
  const kind = kindOf(`+${prefix}${number.slice(1)}`);
  return isOrdinary(kind.class) ? undefined : gateReason(kind, reach);
}

/** A prefix that the carrier takes off again makes a number that nothing is known of. */
function isOrdinary(kind: NumberKind['class']): boolean {
  return (
    kind === 'unknown' || kind === 'unassigned' || kind === 'unreadable' || USUAL_CLASSES.some((one) => one === kind)
  );
}
