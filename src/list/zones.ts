// Where the called person may be: countries, states and time zones, from the number and from what the contact's own
// fields say. What is not certain has several candidates, and a call must be legal in all of them.

import type { PersonFields } from '../campaign/definition.ts';
import { isTimeZone } from '../base/local-time.ts';
import { numberArea, zonesOfCountry } from './number-areas.ts';
import type { NumberArea, Place } from './number-areas.ts';
import { placeOfZip, stateCode, zonesOfState, zonesOfStates } from './states.ts';

/** The same candidates are the same object. */
export interface Whereabouts {
  /** Candidate IANA zones; empty: nothing is known. */
  readonly zones: readonly string[];
  readonly places: readonly Place[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Kept for each area of numbers before starting again. */
const MOST_KEPT = 5000;

const kept = new WeakMap<NumberArea, Map<string, Whereabouts>>();

/**
 * Candidate zones and places of a person. A zone in the contact's own fields is taken for certain. A state, ZIP code or
 * country there narrows the number's zones when it fits them; else both are candidates. Jurisdictions are those of the
 * number and those of the fields together.
 */
export function whereabouts(number: string, fields: Fields, person: PersonFields): Whereabouts {
  const area = numberArea(number);
  const own = ownKey(fields, person);
  if (own === '') return area;
  let byOwn = kept.get(area);
  if (!byOwn || byOwn.size >= MOST_KEPT) {
    byOwn = new Map();
    kept.set(area, byOwn);
  }
  let found = byOwn.get(own);
  if (!found) {
    found = together(area, ownPlace(fields, person, area));
    byOwn.set(own, found);
  }
  return found;
}

/** Candidate IANA zones of a number and a contact's fields; empty when nothing is known. */
export function zonesOf(number: string, fields: Fields, person: PersonFields = {}): readonly string[] {
  return whereabouts(number, fields, person).zones;
}

/** What the fields say, as one text; empty when they say nothing. */
function ownKey(fields: Fields, person: PersonFields): string {
  const { zone, country, state, zip } = person;
  if (zone === undefined && country === undefined && state === undefined && zip === undefined) return '';
  const parts = [textOf(fields, zone), textOf(fields, country), textOf(fields, state), textOf(fields, zip)];
  return parts.every((part) => part === '') ? '' : parts.join('|');
}

function textOf(fields: Fields, field: string | undefined): string {
  const value = field === undefined ? undefined : fields[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

interface OwnPlace {
  /** Certain: the contact's own zone. */
  readonly zone?: string;
  readonly zones: readonly string[];
  readonly places: readonly Place[];
}

function ownPlace(fields: Fields, person: PersonFields, area: NumberArea): OwnPlace {
  const zone = textOf(fields, person.zone);
  const named = textOf(fields, person.country).toUpperCase();
  const countries = /^[A-Z]{2}$/.test(named) ? [named] : [...new Set(area.places.map(({ country }) => country))];
  const states = ownStates(countries, textOf(fields, person.state));
  const zip = countries.includes('US') ? placeOfZip(textOf(fields, person.zip)) : { states: [], zones: [] };
  const codes = zip.states.length > 0 ? [...new Set([...zip.states, ...(states ?? [])])] : states;
  const zones = zip.states.length > 0 ? zip.zones : zonesOfAll(codes, named);
  return { ...(zone !== '' && isTimeZone(zone) ? { zone } : {}), zones, places: placesOf(codes, countries, named) };
}

/** Codes of the state that is written; empty when it is none of them, undefined when nothing is written. */
function ownStates(countries: readonly string[], written: string): readonly string[] | undefined {
  if (written === '') return undefined;
  return countries.flatMap((country) => stateCode(country, written) ?? []);
}

function zonesOfAll(codes: readonly string[] | undefined, country: string): readonly string[] {
  if (codes !== undefined && codes.length > 0) return [...new Set(codes.flatMap((code) => zonesOfState(code) ?? []))];
  if (country === '') return [];
  return zonesOfStates(country) ?? zonesOfCountry(country);
}

function placesOf(codes: readonly string[] | undefined, countries: readonly string[], named: string): readonly Place[] {
  if (codes !== undefined && codes.length > 0) {
    return codes.map((code) => ({ country: code.slice(0, 2), state: code.slice(3) }));
  }
  // A state that cannot be read may be any; a country alone as well.
  const uncertain = codes !== undefined ? countries : named === '' ? [] : countries;
  return uncertain.map((country) => ({ country, state: null }));
}

function together(area: NumberArea, own: OwnPlace): Whereabouts {
  const places = allPlaces(area, own);
  if (own.zone !== undefined) return { zones: [own.zone], places };
  const fits = own.zones.length > 0 && own.zones.every((zone) => area.zones.includes(zone));
  return { zones: fits ? own.zones : [...new Set([...area.zones, ...own.zones])], places };
}

/** Both, each once; a number that may be in any state is where the contact's own fields say. */
function allPlaces(area: NumberArea, own: OwnPlace): readonly Place[] {
  const isAnyOf = ({ country, state }: Place): boolean =>
    state !== null && area.places.some((place) => place.country === country && place.state === null);
  if (own.places.length > 0 && own.places.every(isAnyOf)) return own.places;
  return [...area.places, ...own.places].filter(
    (place, index, all) =>
      all.findIndex(({ country, state }) => country === place.country && state === place.state) === index,
  );
}
