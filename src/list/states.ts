// States, provinces and territories of the countries whose rules differ by state: their codes, names and time zones,
// and the state of a US ZIP code. Data only.

/** `code|name|zones`: ISO 3166-2 code, English name, every IANA zone that is in use there. */
const STATES = `
US-AL|Alabama|America/Chicago
US-AK|Alaska|America/Anchorage America/Juneau America/Adak
US-AZ|Arizona|America/Phoenix America/Denver
US-AR|Arkansas|America/Chicago
US-CA|California|America/Los_Angeles
US-CO|Colorado|America/Denver
US-CT|Connecticut|America/New_York
US-DE|Delaware|America/New_York
US-DC|District of Columbia|America/New_York
US-FL|Florida|America/New_York America/Chicago
US-GA|Georgia|America/New_York
US-HI|Hawaii|Pacific/Honolulu
US-ID|Idaho|America/Boise America/Los_Angeles
US-IL|Illinois|America/Chicago
US-IN|Indiana|America/New_York America/Chicago
US-IA|Iowa|America/Chicago
US-KS|Kansas|America/Chicago America/Denver
US-KY|Kentucky|America/New_York America/Chicago
US-LA|Louisiana|America/Chicago
US-ME|Maine|America/New_York
US-MD|Maryland|America/New_York
US-MA|Massachusetts|America/New_York
US-MI|Michigan|America/New_York America/Chicago
US-MN|Minnesota|America/Chicago
US-MS|Mississippi|America/Chicago
US-MO|Missouri|America/Chicago
US-MT|Montana|America/Denver
US-NE|Nebraska|America/Chicago America/Denver
US-NV|Nevada|America/Los_Angeles America/Denver
US-NH|New Hampshire|America/New_York
US-NJ|New Jersey|America/New_York
US-NM|New Mexico|America/Denver
US-NY|New York|America/New_York
US-NC|North Carolina|America/New_York
US-ND|North Dakota|America/Chicago America/Denver
US-OH|Ohio|America/New_York
US-OK|Oklahoma|America/Chicago
US-OR|Oregon|America/Los_Angeles America/Boise
US-PA|Pennsylvania|America/New_York
US-RI|Rhode Island|America/New_York
US-SC|South Carolina|America/New_York
US-SD|South Dakota|America/Chicago America/Denver
US-TN|Tennessee|America/Chicago America/New_York
US-TX|Texas|America/Chicago America/Denver
US-UT|Utah|America/Denver
US-VT|Vermont|America/New_York
US-VA|Virginia|America/New_York
US-WA|Washington|America/Los_Angeles
US-WV|West Virginia|America/New_York
US-WI|Wisconsin|America/Chicago
US-WY|Wyoming|America/Denver
US-AS|American Samoa|Pacific/Pago_Pago
US-GU|Guam|Pacific/Guam
US-MP|Northern Mariana Islands|Pacific/Saipan
US-PR|Puerto Rico|America/Puerto_Rico
US-VI|Virgin Islands|America/St_Thomas
CA-AB|Alberta|America/Edmonton
CA-BC|British Columbia|America/Vancouver America/Edmonton America/Fort_Nelson
CA-MB|Manitoba|America/Winnipeg
CA-NB|New Brunswick|America/Halifax
CA-NL|Newfoundland and Labrador|America/St_Johns America/Halifax
CA-NS|Nova Scotia|America/Halifax
CA-NT|Northwest Territories|America/Edmonton
CA-NU|Nunavut|America/Toronto America/Winnipeg America/Edmonton
CA-ON|Ontario|America/Toronto America/Winnipeg
CA-PE|Prince Edward Island|America/Halifax
CA-QC|Quebec|America/Toronto America/Halifax
CA-SK|Saskatchewan|America/Regina America/Edmonton
CA-YT|Yukon|America/Whitehorse
AU-ACT|Australian Capital Territory|Australia/Sydney
AU-NSW|New South Wales|Australia/Sydney Australia/Adelaide Australia/Lord_Howe
AU-NT|Northern Territory|Australia/Darwin
AU-QLD|Queensland|Australia/Brisbane
AU-SA|South Australia|Australia/Adelaide
AU-TAS|Tasmania|Australia/Hobart
AU-VIC|Victoria|Australia/Melbourne
AU-WA|Western Australia|Australia/Perth Australia/Eucla
`;

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
America/New_York:320-323,326-339,341-342,344,346-347,349,374,376-379,400-418,460-462,466-468,470-474,478,480-497
America/Chicago:325,370-372,380-385,420-424,463-464,476-477,580-584,587,570-573,680-681,683-689,660-662,664-676,679
America/Chicago:750-770,772-797
America/Denver:577,693,885
America/Boise:832-834,836-837
America/Los_Angeles:838,970-978,889-891,893-895,897
America/Phoenix:850-853,855-857,863-864
`;

interface State {
  /** `US-FL` */
  readonly code: string;
  readonly zones: readonly string[];
}

const BY_CODE = new Map<string, State>();
const BY_NAME = new Map<string, State>();
for (const line of STATES.trim().split('\n')) {
  const [code = '', name = '', zones = ''] = line.split('|');
  const state: State = { code, zones: zones.split(' ') };
  BY_CODE.set(code, state);
  BY_NAME.set(`${code.slice(0, 2)} ${name.toUpperCase()}`, state);
}

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

/** Zones of a state by its code, such as `US-FL`; undefined when it is not known. */
export function zonesOfState(code: string): readonly string[] | undefined {
  return BY_CODE.get(code)?.zones;
}

/** Zones of all states of a country that is listed here; undefined for others. */
export function zonesOfStates(country: string): readonly string[] | undefined {
  const states = [...BY_CODE.values()].filter(({ code }) => code.startsWith(`${country}-`));
  return states.length === 0 ? undefined : [...new Set(states.flatMap(({ zones }) => zones))];
}

/** Code of a state written as `FL`, `US-FL` or `Florida` in any case; undefined when the country has no such state. */
export function stateCode(country: string, written: string): string | undefined {
  const text = written.trim().toUpperCase();
  return (BY_CODE.get(text) ?? BY_CODE.get(`${country}-${text}`) ?? BY_NAME.get(`${country} ${text}`))?.code;
}

/** Codes of the states that a US ZIP code may be in, and its zones; no states when it is none. */
export function placeOfZip(zip: string): { readonly states: readonly string[]; readonly zones: readonly string[] } {
  const digits = /^\s*(\d{3})\d{2}(-?\d{4})?\s*$/.exec(zip)?.[1] ?? '';
  const states = (STATES_BY_ZIP.get(digits) ?? []).map((state) => `US-${state}`);
  return { states, zones: ZONES_BY_ZIP.get(digits) ?? states.flatMap((state) => zonesOfState(state) ?? []) };
}
