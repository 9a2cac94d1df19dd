// In which countries, states and time zones a telephone number may be, by its prefix alone. The data are
// libphonenumber's (zone-data.ts); area codes of North America are the numbering plan's.

import { regionOfAreaCode } from './nanp-regions.ts';
import { sharedZones } from './overlays.ts';
import { zonesOfState } from './us-states.ts';
import { COUNTRY_CODES, PREFIX_ZONES, ZONE_NAMES } from './zone-data.ts';

/** A country, and one of its states where that is known: null means that it may be any. */
export interface Place {
  /** ISO 3166. */
  readonly country: string;
  /** Without the country: `FL`. */
  readonly state: string | null;
}

/** Numbers that may be in the same places have the same object. */
export interface NumberArea {
  readonly zones: readonly string[];
  readonly places: readonly Place[];
}

/** Area codes of North America outside the US and Canada. */
const ISLANDS =
  'BS:242 BB:246 AI:264 AG:268 VG:284 KY:345 BM:441 GD:473 TC:649 JM:658,876 MS:664 SX:721 LC:758 DM:767 VC:784 DO:809,829,849 TT:868 KN:869';

const ANY_OF_NORTH_AMERICA: readonly Place[] = ['US', 'CA'].map((country) => ({ country, state: null }));

/** Area codes that more than one province has. */
const MORE_REGIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['782', ['NS', 'PE']],
  ['902', ['NS', 'PE']],
  ['867', ['YT', 'NT', 'NU']],
]);

/** Prefixes as numbers: no prefix begins with a nought. */
const zonesByPrefix = new Map<number, readonly string[]>();
const countriesByCode = new Map<number, readonly string[]>();
const countryByAreaCode = new Map<string, string>();
const codeByCountry = new Map<string, number>();
readData();

const areas = new Map<readonly string[], Map<string, NumberArea>>();
const NO_ZONES: readonly string[] = [];
const LONGEST_PREFIX = 8;

/** Where a number in E.164 may be; without zones and places when nothing is known of it. */
export function numberArea(number: string): NumberArea {
  let prefix = 0;
  let zones = NO_ZONES;
  let code = 0;
  const end = Math.min(number.length, LONGEST_PREFIX + 1);
  for (let index = 1; index < end; index += 1) {
    prefix = prefix * 10 + number.charCodeAt(index) - 48;
    zones = zonesByPrefix.get(prefix) ?? zones;
    if (code === 0 && index <= 3 && countriesByCode.has(prefix)) code = prefix;
  }
  if (number.charCodeAt(1) === 49) return northAmerica(number.slice(2, 5), zones);
  return areaOf(zones, String(code), () => (countriesByCode.get(code) ?? []).map(anywhereIn));
}

/** Every zone of a country, by its calling code or its area codes; empty when it is not known. */
export function zonesOfCountry(country: string): readonly string[] {
  const code = codeByCountry.get(country);
  if (code !== undefined) return zonesByPrefix.get(code) ?? NO_ZONES;
  const island = [...countryByAreaCode].find(([, of]) => of === country)?.[0];
  return island === undefined ? NO_ZONES : (zonesByPrefix.get(Number(`1${island}`)) ?? NO_ZONES);
}

function northAmerica(areaCode: string, zones: readonly string[]): NumberArea {
  const region = regionOfAreaCode(areaCode);
  const island = countryByAreaCode.get(areaCode);
  if (region !== undefined) {
    // An area code that the data do not have yet stands for all of North America there.
    const own = zones === zonesByPrefix.get(1) ? (zonesOfState(region) ?? zones) : zones;
    const country = region.slice(0, 2);
    const states = MORE_REGIONS.get(areaCode) ?? [region.slice(3)];
    return areaOf(own, region, () => states.map((state) => ({ country, state })));
  }
  if (island !== undefined) return areaOf(zones, island, () => [anywhereIn(island)]);
  return areaOf(zones, 'any', () => ANY_OF_NORTH_AMERICA);
}

function anywhereIn(country: string): Place {
  return { country, state: null };
}

function areaOf(zones: readonly string[], key: string, places: () => readonly Place[]): NumberArea {
  let byKey = areas.get(zones);
  if (!byKey) {
    byKey = new Map();
    areas.set(zones, byKey);
  }
  let area = byKey.get(key);
  if (!area) {
    area = { zones, places: places() };
    byKey.set(key, area);
  }
  return area;
}

function readData(): void {
  const names = ZONE_NAMES.trim().split(/\s+/);
  for (const row of rowsOf(PREFIX_ZONES)) {
    const zones = row[0].split(',').flatMap((index) => names[Number(index)] ?? []);
    for (const prefix of row[1].trim().split(/\s+/)) zonesByPrefix.set(Number(prefix), zones);
  }
  shareGrounds();
  for (const [code, countries] of rowsOf(COUNTRY_CODES)) {
    countriesByCode.set(Number(code), countries.split(','));
    for (const country of countries.split(',')) codeByCountry.set(country, Number(code));
  }
  for (const [country, codes] of ISLANDS.split(' ').map((entry) => entry.split(':'))) {
    for (const code of (codes ?? '').split(',')) countryByAreaCode.set(code, country ?? '');
  }
}

/** An overlay may be wherever the code under it is; the same zones are the same object. */
function shareGrounds(): void {
  const same = new Map([...zonesByPrefix.values()].map((zones) => [[...zones].sort().join(' '), zones]));
  const zonesOfCode = (code: string): readonly string[] | undefined => zonesByPrefix.get(Number(`1${code}`));
  for (const [code, zones] of sharedZones(zonesOfCode)) {
    zonesByPrefix.set(Number(`1${code}`), same.get(zones.join(' ')) ?? zones);
  }
}

function rowsOf(text: string): readonly (readonly [string, string])[] {
  return text
    .split(';')
    .filter((row) => row.includes(':'))
    .map((row) => {
      const [key = '', value = ''] = row.split(':');
      return [key.trim(), value.trim()] as const;
    });
}
