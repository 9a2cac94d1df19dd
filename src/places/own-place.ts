// Where the contact's own fields say that the person is. What is written and cannot be read may mean any place: it adds
// every zone and state of the number's country, and `record explain` says what was understood and what was not.

import { own } from '../base/own.ts';
import { defined } from '../base/defined.ts';
import type { PersonFields } from '../campaign/definition.ts';
import { isTimeZone } from '../base/local-time.ts';
import { countryCodeOf, nameOfCountry } from './countries.ts';
import { zonesOfCountry } from './number-areas.ts';
import type { NumberArea, Place } from './number-areas.ts';
import { lettersOf, nameOfState, plainText, stateCode, zonesOfState, zonesOfStates } from './us-states.ts';
import { placeOfZip } from './zips.ts';
import type { PlaceOfZip } from './zips.ts';

/** What the fields hold, as text; empty: nothing. */
export interface Written {
  readonly zone: string;
  readonly country: string;
  readonly state: string;
  readonly zip: string;
}

export interface OwnPlace {
  /** Certain: the contact's own zone, in a column that is trusted; else empty. */
  readonly certain: readonly string[];
  /** Zones that the person may be in besides the number's. */
  readonly zones: readonly string[];
  /** Whether `zones` may narrow the number's: they come from a place that was read. */
  readonly narrows: boolean;
  readonly places: readonly Place[];
  /** One sentence for each field that says something. */
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Countries whose states are looked through when the number's country has no such state. */
const WITH_STATES = ['US', 'CA', 'AU', 'DE', 'BR', 'MX'];
const NORTH_AMERICA = ['US', 'CA'];

/** Territories that are countries by ISO 3166 and of which the law of the United States holds. */
const US_TERRITORIES = ['AS', 'GU', 'MP', 'PR', 'VI'];

/** Clocks that people name by letters: those that move with summer time, and those that the letters mean all year. */
const CLOCKS: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  EST: 'America/New_York EST',
  EDT: 'America/New_York',
  EASTERN: 'America/New_York',
  CT: 'America/Chicago',
  CST: 'America/Chicago Etc/GMT+6',
  CDT: 'America/Chicago',
  CENTRAL: 'America/Chicago',
  MT: 'America/Denver',
  MST: 'America/Denver MST',
  MDT: 'America/Denver',
  MOUNTAIN: 'America/Denver',
  PT: 'America/Los_Angeles',
  PST: 'America/Los_Angeles Etc/GMT+8',
  PDT: 'America/Los_Angeles',
  PACIFIC: 'America/Los_Angeles',
  AKST: 'America/Anchorage',
  AST: 'America/Halifax America/Puerto_Rico',
  NST: 'America/St_Johns',
  HST: 'Pacific/Honolulu',
  HAST: 'Pacific/Honolulu',
  BST: 'Europe/London',
  CET: 'Europe/Berlin',
  CEST: 'Europe/Berlin',
  AEST: 'Australia/Sydney Australia/Brisbane',
  IST: 'Asia/Kolkata',
};

export function writtenIn(fields: Fields, { zone, country, state, zip }: PersonFields): Written {
  return {
    zone: textOf(fields, zone),
    country: textOf(fields, country),
    state: textOf(fields, state),
    zip: textOf(fields, zip),
  };
}

/** What stands in a field; empty for what people write when they have nothing to say. */
function textOf(fields: Fields, field: string | undefined): string {
  const value = field === undefined ? undefined : own(fields, field);
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = String(value).trim();
  return /^([^\p{L}\p{N}]*|n\/a|null|none|unknown|undefined)$/iu.test(text) ? '' : text;
}

/** What the written fields come to for a number of that area. */
export function ownPlace(written: Written, person: PersonFields, area: NumberArea): OwnPlace {
  const country = readCountry(written.country, area);
  const state = readState(written, country.codes);
  const zip = readZip(written, country.codes);
  const codes = [...new Set([...country.states, ...(zip.place?.states ?? []), ...state.codes])];
  const zone = readZone(written.zone, person.zoneTrusted === true);
  // A ZIP code or a state alone is enough: what the other of them was meant to say lies within it.
  const isDoubtful =
    country.isDoubtful || zone.isDoubtful || (codes.length === 0 && (state.isDoubtful || zip.isDoubtful));
  const anywhere = isDoubtful ? country.codes : [];
  const read = [
    ...zonesRead(codes, zip.place, [...country.states, ...state.codes]),
    ...wholeCountry(codes, country.other),
  ];
  return {
    certain: zone.certain,
    zones: [...new Set([...read, ...zone.zones, ...anywhere.flatMap(everyZone)])],
    narrows: read.length > 0 && zone.zones.length === 0 && !isDoubtful,
    places: [
      ...codes.map((code) => ({ country: code.slice(0, 2), state: code.slice(3) })),
      ...anywhere.map(anyState),
      ...(codes.length === 0 && country.other !== undefined ? [anyState(country.other)] : []),
    ],
    notes: [...country.notes, ...state.notes, ...zip.notes, ...zone.notes],
  };
}

function anyState(country: string): Place {
  return { country, state: null };
}

function everyZone(country: string): readonly string[] {
  return zonesOfStates(country) ?? zonesOfCountry(country);
}

/** Zones of the ZIP code, and of a state that it is not in. */
function zonesRead(
  codes: readonly string[],
  zip: PlaceOfZip | undefined,
  states: readonly string[],
): readonly string[] {
  if (zip === undefined) return codes.flatMap((code) => zonesOfState(code) ?? []);
  const others = states.filter((code) => !zip.states.includes(code));
  return [...zip.zones, ...others.flatMap((code) => zonesOfState(code) ?? [])];
}

function wholeCountry(codes: readonly string[], other: string | undefined): readonly string[] {
  return codes.length > 0 || other === undefined ? [] : everyZone(other);
}

interface Reading {
  readonly isDoubtful: boolean;
  readonly notes: readonly string[];
}

interface ReadCountry extends Reading {
  readonly codes: readonly string[];
  /** Of a territory that is a state by its law. */
  readonly states: readonly string[];
  /** A country that the number does not name already. */
  readonly other?: string;
}

/** The country that is written; of the number when there is none or it cannot be read. */
function readCountry(written: string, { places }: NumberArea): ReadCountry {
  const ofNumber = [...new Set(places.map(({ country }) => country))];
  if (written === '') return { codes: ofNumber, states: [], isDoubtful: false, notes: [] };
  const code = countryCodeOf(written);
  if (code !== undefined) {
    const notes = understood('country', written, nameOfCountry(code));
    if (US_TERRITORIES.includes(code)) return { codes: ['US'], states: [`US-${code}`], isDoubtful: false, notes };
    const isSame = ofNumber.length === 1 && ofNumber[0] === code;
    return { codes: [code], states: [], isDoubtful: false, notes, ...(isSame ? {} : { other: code }) };
  }
  return {
    codes: ofNumber,
    states: [],
    isDoubtful: true,
    notes: [`The country \`${written}\` could not be read: ${anywhereIn(ofNumber)}.`],
  };
}

function readState(
  { state: written, country }: Written,
  countries: readonly string[],
): Reading & { readonly codes: readonly string[] } {
  if (written === '') return { codes: [], isDoubtful: false, notes: [] };
  const own = countries.flatMap((one) => stateCode(one, written) ?? []);
  const codes = own.length > 0 || country !== '' ? own : elsewhere(written, countries);
  if (codes.length > 0) {
    return { codes, isDoubtful: false, notes: understood('state', written, codes.map(nameOfState).join(' or ')) };
  }
  return { codes, isDoubtful: true, notes: [`The state \`${written}\` could not be read: ${anywhereIn(countries)}.`] };
}

/** A state of another country: of the neighbour by its letters, of others by a name of more than three. */
function elsewhere(written: string, countries: readonly string[]): readonly string[] {
  const isNear = countries.some((country) => NORTH_AMERICA.includes(country));
  const near = isNear ? NORTH_AMERICA.flatMap((country) => stateCode(country, written) ?? []) : [];
  if (near.length > 0 || lettersOf(written).length <= 3) return near;
  return WITH_STATES.flatMap((country) => stateCode(country, written) ?? []);
}

/** The ZIP code, wherever it stands: some write it behind the state, or the state before it. */
function readZip({ zip, state }: Written, countries: readonly string[]): Reading & { readonly place?: PlaceOfZip } {
  const isRead = countries.some((country) => country === 'US' || country === 'CA');
  const behind = /\d{5}/.test(state) ? placeOfZip(countries, state) : undefined;
  if (zip === '' || !isRead) return { isDoubtful: false, notes: [], ...defined({ place: behind }) };
  const place = placeOfZip(countries, zip);
  if (place !== undefined) {
    const where = place.states.map(nameOfState).join(' or ');
    return { place, isDoubtful: false, notes: understood('ZIP', zip, `${place.zip}, ${where}`) };
  }
  const [named] = countries.flatMap((country) => stateCode(country, zip) ?? []);
  if (named !== undefined) {
    const states = [named];
    const note = `The ZIP \`${zip}\` is none; read as the state ${nameOfState(named)}.`;
    return { place: { zip, states, zones: zonesOfState(named) ?? [] }, isDoubtful: false, notes: [note] };
  }
  return { isDoubtful: true, notes: [`The ZIP \`${zip}\` could not be read: ${anywhereIn(countries)}.`] };
}

/** A zone is proof in a column that is trusted; else it is one more that the person may be in. */
function readZone(
  written: string,
  isTrusted: boolean,
): Reading & { readonly certain: readonly string[]; readonly zones: readonly string[] } {
  if (written === '') return { certain: [], zones: [], isDoubtful: false, notes: [] };
  const zones = CLOCKS[lettersOf(written)]?.split(' ') ?? (isTimeZone(written) ? [written] : zoneOfOffset(written));
  if (zones.length === 0) {
    const note = `The time zone \`${written}\` could not be read: any zone of the number's country.`;
    return { certain: [], zones: [], isDoubtful: true, notes: [note] };
  }
  if (isTrusted) {
    return {
      certain: zones,
      zones: [],
      isDoubtful: false,
      notes: [`The time zone \`${written}\` is taken for certain.`],
    };
  }
  const note = `The time zone \`${written}\` is no proof: it counts beside those of the number (person.zone_trusted is not set).`;
  return { certain: [], zones, isDoubtful: false, notes: [note] };
}

/** `GMT-5`, `UTC+05:30`: whole hours have a zone of their own. */
function zoneOfOffset(written: string): readonly string[] {
  const [, sign, hours] = /^(?:UTC|GMT)? ?([+-−])0?(\d{1,2})(?::?00)?$/.exec(plainText(written)) ?? [];
  if (hours === undefined || Number(hours) > 12) return [];
  return [`Etc/GMT${sign === '+' ? '-' : '+'}${hours}`];
}

function understood(what: string, written: string, meaning: string): readonly string[] {
  const same = meaning.toUpperCase() === written.toUpperCase();
  return [same ? `The ${what} is ${meaning}.` : `The ${what} \`${written}\` was read as ${meaning}.`];
}

function anywhereIn(countries: readonly string[]): string {
  if (countries.length === 0) return 'nothing else is known of the place';
  return `any zone and state of ${countries.map(nameOfCountry).join(' and ')}`;
}
