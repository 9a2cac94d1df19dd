import { describe, expect, test } from 'vitest';
import { zoneOffsetMs } from '../../src/base/local-time.ts';
import { numberArea } from '../../src/places/number-areas.ts';
import { SHARED_GROUNDS } from '../../src/places/overlays.ts';
import { NANP_ZONES } from './nanp-codes.ts';

const HOUR_MS = 3_600_000;
const WINTER = Date.parse('2026-01-15T12:00:00Z');
const SUMMER = Date.parse('2026-07-15T12:00:00Z');

/** Hours of the clock behind UTC in winter, by the letter of the numbering plan. */
const WINTER_HOURS: Readonly<Record<string, number>> = {
  N: 3.5,
  A: 4,
  E: 5,
  C: 6,
  M: 7,
  P: 8,
  AK: 9,
  HI: 10,
  SA: 11,
  CH: -10,
};

const byCode = new Map(
  NANP_ZONES.split(';').flatMap((row) => {
    const [letters = '', codes = ''] = row.split(':');
    const hours = (letters.trim().match(/AK|HI|SA|CH|[A-Z]/g) ?? []).map((letter) => WINTER_HOURS[letter] ?? NaN);
    return codes
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map((code) => [code, hours] as const);
  }),
);

/** The zones of numbers of an area code whose exchange the data do not list. */
function zonesOfCode(code: string): readonly string[] {
  return numberArea(`+1${code}`).zones;
}

function hoursOf(code: string, at: number): readonly number[] {
  const hours = zonesOfCode(code).map((zone) => 0 - zoneOffsetMs(zone, at) / HOUR_MS);
  return [...new Set(hours)].sort((a, b) => a - b);
}

const MOUNTAINS = 'the Peace and the Kootenays keep mountain time';
const MAGDALEN = 'the Magdalen Islands keep Atlantic time';
const LABRADOR = 'Labrador keeps Atlantic time';
const ATLANTIC_ALL_YEAR = 'the island keeps Atlantic time all year';

/** Where we say something else than the administrator's letters, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  236: MOUNTAINS,
  250: MOUNTAINS,
  257: MOUNTAINS,
  672: MOUNTAINS,
  778: MOUNTAINS,
  273: MAGDALEN,
  367: MAGDALEN,
  418: MAGDALEN,
  581: MAGDALEN,
  709: LABRADOR,
  879: LABRADOR,
  829: ATLANTIC_ALL_YEAR,
  849: ATLANTIC_ALL_YEAR,
  867: 'the east of Nunavut keeps Eastern time',
  907: 'the western Aleutians keep the time of Hawaii',
  930: 'handed out wherever 812 is',
  986: 'handed out wherever 208 is',
};

describe('every area code of the numbering plan', () => {
  test('[X-03] all of them are here, and every one has zones of its own', () => {
    expect(byCode.size).toBe(457);
    const anywhere = numberArea('+1800').zones;
    expect([...byCode.keys()].filter((code) => zonesOfCode(code).length === 0)).toEqual([]);
    expect([...byCode.keys()].filter((code) => zonesOfCode(code).length >= anywhere.length)).toEqual([]);
  });

  test('[X-03] every one has the hours that the administrator names, or more for a reason', () => {
    const differing = [...byCode].filter(([code, hours]) => {
      const own = hoursOf(code, WINTER);
      return JSON.stringify(own) !== JSON.stringify([...new Set(hours)].sort((a, b) => a - b));
    });
    expect(Object.fromEntries(differing.map(([code]) => [code, DIFFERENCES[code]]))).toEqual(DIFFERENCES);
    // In no case less: but the Dominican Republic, whose overlays the administrator has on Eastern time.
    const less = differing.filter(([code, hours]) => !hours.every((hour) => hoursOf(code, WINTER).includes(hour)));
    expect(less.map(([code]) => code)).toEqual(['829', '849']);
  });

  test('[X-03] codes that share the same ground have the same zones; a ground with more than one has them all', () => {
    const groundsOf = (code: string): readonly number[] =>
      SHARED_GROUNDS.flatMap((codes, index) => (codes.includes(code) ? [index] : []));
    for (const codes of SHARED_GROUNDS) {
      const [first = ''] = codes;
      for (const code of codes) {
        expect([code, ...zonesOfCode(code)]).toEqual(expect.arrayContaining([...zonesOfCode(first)]));
        if (groundsOf(code).join() === groundsOf(first).join()) expect(zonesOfCode(code)).toEqual(zonesOfCode(first));
      }
    }
  });

  test.each([
    ['437', '416', ['America/Toronto']],
    ['474', '306', ['America/Regina']],
    ['448', '850', ['America/Chicago', 'America/New_York']],
    ['364', '270', ['America/Chicago', 'America/New_York']],
    ['930', '812', ['America/Chicago', 'America/New_York']],
    ['458', '541', ['America/Denver', 'America/Los_Angeles']],
    ['672', '250', ['America/Edmonton', 'America/Vancouver']],
    ['236', '778', ['America/Edmonton', 'America/Vancouver']],
    ['367', '418', ['America/Halifax', 'America/Toronto']],
    ['581', '273', ['America/Halifax', 'America/Toronto']],
    ['729', '423', ['America/Chicago', 'America/New_York']],
    ['689', '407', ['America/New_York']],
  ])('[X-03] %s is where %s is', (code, other, zones) => {
    expect([...zonesOfCode(code)].sort()).toEqual(zones);
    expect(zonesOfCode(other)).toEqual(zonesOfCode(code));
  });

  test('[X-03] Vancouver alone has one zone: the codes over it have those of the mountains as well', () => {
    expect(zonesOfCode('604')).toEqual(['America/Vancouver']);
  });
});

describe('elsewhere', () => {
  test.each([
    ['Juárez', '+526566123456', 'America/Ciudad_Juarez'],
    ['Nuevo Laredo', '+528677123456', 'America/Matamoros'],
    ['Cancún', '+529988123456', 'America/Cancun'],
    ['Mayotte', '+262269601234', 'Indian/Mayotte'],
    ['a mobile of Mayotte', '+262639012345', 'Indian/Mayotte'],
    ['a mobile of Réunion', '+262692123456', 'Indian/Reunion'],
    ['Lloydminster, where Saskatchewan keeps the time of Alberta', '+13068251234', 'America/Edmonton'],
    ['Dublin', '+35312345678', 'Europe/Dublin'],
  ])('[X-03] %s', (_, number, zone) => {
    expect(numberArea(number).zones).toEqual([zone]);
    expect(Number.isFinite(zoneOffsetMs(zone, SUMMER))).toBe(true);
  });
});
