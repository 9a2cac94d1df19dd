// Where a ZIP code or a Canadian postal code is: states and time zones. Reads what spreadsheets make of them: a lost nought,
// a lost half of ZIP+4, a state before it.

import { MOST_LETTERS, plainText, zonesOfState } from './us-states.ts';

/** First three digits of ZIP codes by state, as the postal service assigns them. */
const ZIP_STATES = `
PR:006-007,009 VI:008 MA:010-027,055 RI:028-029 NH:030-038 ME:039-049 VT:050-054,056-059 CT:060-069 NJ:070-089
NY:005,063,100-149 PA:150-196 DE:197-199 DC:200,202-205,569 VA:201,220-246 MD:206-219 WV:247-268 NC:270-289
SC:290-299 GA:300-319,398-399 FL:320-339,341-342,344,346-347,349 AL:350-352,354-369 TN:370-385 MS:386-397 KY:400-427
OH:430-459 IN:460-479 MI:480-499 IA:500-528 WI:530-532,534-535,537-549 MN:550-551,553-567 SD:570-577 ND:580-588
MT:590-599 IL:600-620,622-629 MO:630-631,633-641,644-658 KS:660-662,664-679 NE:680-681,683-693 LA:700-701,703-708,710-714
AR:716-729 OK:730-731,734-741,743-749 TX:733,750-770,772-799,885 CO:800-816 WY:820-831 ID:832-838 UT:840-847
AZ:850-853,855-857,859-860,863-865 NM:870-871,873-884 NV:889-891,893-895,897-898 CA:900-908,910-928,930-961
HI:967-968 GU:969 OR:970-979 WA:980-986,988-994 AK:995-999 AS:967 MP:969
`;

/** Where a state has two zones: the first digits of ZIP codes that lie in one of them alone. The others may be in either. */
const ZIP_ZONES = `
America/New_York:320-323,326-339,341-342,344,346-347,349,374,376,378-379,400,402-418,460-462,466-468,470-474,478,480-497
America/Chicago:325,370-372,380-385,420-424,463-464,476-477,580-584,587,570-573,680-681,683-689,660-662,664-676,679
America/Chicago:750-770,772-797
America/Denver:577,693,885
America/Boise:832-834,836-837
America/Los_Angeles:838,970-978,889-891,893-895,897
America/Phoenix:850-853,855-857,863-864
`;

/** First letters of Canadian postal codes by province. */
const POSTAL_PROVINCES = 'NL:A NS:B PE:C NB:E QC:GHJ ON:KLMNP MB:R SK:S AB:T BC:V NT:X NU:X YT:Y';

const STATES_BY_ZIP = byZip(ZIP_STATES);
const ZONES_BY_ZIP = byZip(ZIP_ZONES);

/** `what:from-to,one …`, keyed by three digits. */
function byZip(written: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const entry of written.trim().split(/\s+/)) {
    const [what = '', ranges = ''] = entry.split(':');
    for (const range of ranges.split(',')) {
      const [from = '', to = from] = range.split('-');
      for (let zip = Number(from); zip <= Number(to); zip += 1) {
        const digits = String(zip).padStart(3, '0');
        found.set(digits, [...(found.get(digits) ?? []), what]);
      }
    }
  }
  return found;
}

export interface PlaceOfZip {
  /** `02134`, `M5V` */
  readonly zip: string;
  /** `US-MA`; several where the code alone does not decide. */
  readonly states: readonly string[];
  readonly zones: readonly string[];
}

/** Where a code is, as it is written in one of the countries; undefined when it is none that is in use. */
export function placeOfZip(countries: readonly string[], written: string): PlaceOfZip | undefined {
  if (written.length > MOST_LETTERS) return undefined;
  const text = plainText(written.replace(/^(\s*\d{3,5})[.,]0+\s*$/, '$1'));
  if (countries.includes('CA') || countries.includes('US')) {
    const letter = /(?:^|[^A-Z])([A-CEGHJ-NPR-TVXY]\d[A-Z])(?: ?-?\d[A-Z]\d)?$/.exec(text)?.[1];
    if (letter !== undefined) return inCanada(letter);
  }
  return countries.includes('US') ? inTheStates(text) : undefined;
}

function inCanada(code: string): PlaceOfZip {
  const first = code.slice(0, 1);
  const provinces = POSTAL_PROVINCES.split(' ').map((entry) => entry.split(':'));
  const states = provinces.flatMap(([province = '', letters = '']) =>
    letters.includes(first) ? [`CA-${province}`] : [],
  );
  return { zip: code, states, zones: [...new Set(states.flatMap((state) => zonesOfState(state) ?? []))] };
}

function inTheStates(text: string): PlaceOfZip | undefined {
  const digits = fiveDigits(text);
  const states = (STATES_BY_ZIP.get(digits.slice(0, 3)) ?? []).map((state) => `US-${state}`);
  if (digits.length !== 5 || states.length === 0) return undefined;
  const zones = ZONES_BY_ZIP.get(digits.slice(0, 3)) ?? [...new Set(states.flatMap((one) => zonesOfState(one) ?? []))];
  return { zip: digits, states, zones };
}

/** The first half of a ZIP code, with the noughts that a spreadsheet has taken for none; empty when it is no ZIP code. */
function fiveDigits(text: string): string {
  const bare = text.replace(/^[A-Z ,:-]+(?=\d)|(?<=\d)[A-Z ,]+$/g, '');
  const [, zip = '', more] =
    /^(\d{3,9}) ?(?:[-–—] ?(\d{0,4}))?$/.exec(bare.replace(/^(\d{5}) (\d{4})$/, '$1-$2')) ?? [];
  if (zip.length <= 5) return zip === '' ? '' : zip.padStart(5, '0');
  // Nine digits in one, or eight of them after a lost nought.
  return more === undefined && zip.length >= 8 ? zip.padStart(9, '0').slice(0, 5) : '';
}
