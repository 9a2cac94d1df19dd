// Where the called person may be: countries, states and time zones, from the number and from what the contact's own
// fields say. What is not certain has several candidates, and a call must be legal in all of them.

import { own } from '../base/own.ts';
import type { PersonFields } from '../campaign/definition.ts';
import { numberArea } from './number-areas.ts';
import type { NumberArea, Place } from './number-areas.ts';
import { ownPlace, writtenIn } from './own-place.ts';
import type { OwnPlace } from './own-place.ts';

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
/** By their zones and places: people of many ZIP codes are where the same law holds. */
const alike = new Map<string, Whereabouts>();

/**
 * Candidate zones and places of a person. A state, ZIP code or country of the contact's own fields narrows the number's
 * zones when it fits them; else both are candidates, and what cannot be read may be any. A zone is certain only in a
 * column that is trusted. Jurisdictions are those of the number and those of the fields together.
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
    found = together(area, ownPlace(writtenIn(fields, person), person, area));
    byOwn.set(own, found);
  }
  return found;
}

/** Candidate IANA zones of a number and a contact's fields; empty when nothing is known. */
export function zonesOf(number: string, fields: Fields, person: PersonFields = {}): readonly string[] {
  return whereabouts(number, fields, person).zones;
}

/** What was understood of the fields that say where the person is, and what was not: a sentence each. */
export function placeNotes(number: string, fields: Fields, person: PersonFields): readonly string[] {
  return ownPlace(writtenIn(fields, person), person, numberArea(number)).notes;
}

/** What the fields say, as one text; empty when they say nothing. */
function ownKey(fields: Fields, person: PersonFields): string {
  const { zone, country, state, zip, zoneTrusted } = person;
  if (zone === undefined && country === undefined && state === undefined && zip === undefined) return '';
  const parts = [keyOf(fields, zone), keyOf(fields, country), keyOf(fields, state), keyOf(fields, zip)];
  return parts.every((part) => part === '') ? '' : `${parts.join('|')}${zoneTrusted === true ? '|!' : ''}`;
}

function keyOf(fields: Fields, field: string | undefined): string {
  const value = field === undefined ? undefined : own(fields, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function together(area: NumberArea, own: OwnPlace): Whereabouts {
  const fits = own.narrows && own.zones.every((zone) => area.zones.includes(zone));
  const zones = own.certain.length > 0 ? own.certain : fits ? own.zones : [...area.zones, ...own.zones];
  return sameAs({ zones: [...new Set(zones)], places: allPlaces(area, own) });
}

function sameAs(found: Whereabouts): Whereabouts {
  const places = found.places.map(({ country, state }) => `${country}-${state ?? ''}`);
  const key = `${found.zones.join(' ')}|${places.join(' ')}`;
  if (alike.size >= MOST_KEPT) alike.clear();
  const known = alike.get(key) ?? found;
  alike.set(key, known);
  return known;
}

/** Both, each once; a number that may be in any state is where the contact's own fields say. */
function allPlaces(area: NumberArea, own: OwnPlace): readonly Place[] {
  const isAnyOf = ({ country }: Place): boolean =>
    area.places.some((place) => place.country === country && place.state === null);
  if (own.places.length > 0 && own.places.every(isAnyOf)) return own.places;
  return [...area.places, ...own.places].filter(
    (place, index, all) =>
      all.findIndex(({ country, state }) => country === place.country && state === place.state) === index,
  );
}
