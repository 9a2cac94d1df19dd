// Countries by what people write for them: two or three letters, the name in English, in their own language or in another
// great one of their lists. What is not one for certain is none.

import { MOST_LETTERS, plainText } from './us-states.ts';

/** ISO 3166: three letters by two, where two do not begin them. */
const THREE_LETTERS = `
AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AQ ATA AR ARG AS ASM AT AUT AU AUS AW ABW AX ALA AZ AZE BA BIH BB BRB
BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BL BLM BM BMU BN BRN BO BOL BQ BES BR BRA BS BHS BT BTN BW BWA BY BLR
BZ BLZ CA CAN CC CCK CD COD CF CAF CG COG CH CHE CI CIV CK COK CL CHL CM CMR CN CHN CO COL CR CRI CU CUB CV CPV CW CUW
CX CXR CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST EG EGY EH ESH ER ERI ES ESP ET ETH FI FIN
FJ FJI FK FLK FM FSM FO FRO FR FRA GA GAB GB GBR GD GRD GE GEO GF GUF GG GGY GH GHA GI GIB GL GRL GM GMB GN GIN GP GLP
GQ GNQ GR GRC GT GTM GU GUM GW GNB GY GUY HK HKG HN HND HR HRV HT HTI HU HUN ID IDN IE IRL IL ISR IM IMN IN IND IO IOT
IQ IRQ IR IRN IS ISL IT ITA JE JEY JM JAM JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR KM COM KN KNA KP PRK KR KOR KW KWT
KY CYM KZ KAZ LA LAO LB LBN LC LCA LI LIE LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE
MF MAF MG MDG MH MHL MK MKD ML MLI MM MMR MN MNG MO MAC MP MNP MQ MTQ MR MRT MS MSR MT MLT MU MUS MV MDV MW MWI MX MEX
MY MYS MZ MOZ NA NAM NC NCL NE NER NF NFK NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NU NIU NZ NZL OM OMN PA PAN PE PER
PF PYF PG PNG PH PHL PK PAK PL POL PM SPM PN PCN PR PRI PS PSE PT PRT PW PLW PY PRY QA QAT RE REU RO ROU RS SRB RU RUS
RW RWA SA SAU SB SLB SC SYC SD SDN SE SWE SG SGP SH SHN SI SVN SJ SJM SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD
ST STP SV SLV SX SXM SY SYR SZ SWZ TC TCA TD TCD TG TGO TH THA TJ TJK TK TKL TL TLS TM TKM TN TUN TO TON TR TUR TT TTO
TV TUV TW TWN TZ TZA UA UKR UG UGA US USA UY URY UZ UZB VA VAT VC VCT VE VEN VG VGB VI VIR VN VNM VU VUT WF WLF WS WSM
XK XKX YE YEM YT MYT ZA ZAF ZM ZMB ZW ZWE
`;

/** What the tables of languages do not have. */
const OTHER_SPELLINGS = `
US:United States of America/The United States/America/Estados Unidos/Etats-Unis/EE UU/EEUU/EUA/Vereinigte Staaten/U S/U S A
GB:UK/Great Britain/Britain/England/Scotland/Wales/Northern Ireland/Großbritannien/Grossbritannien/Vereinigtes Königreich/GBR/N Ireland
NL:Holland/The Netherlands/Nederland/Niederlande CZ:Czech Republic/Ceska republika TR:Turkey/Turkiye KR:Korea/South Korea/Republic of Korea
KP:North Korea RU:Russian Federation/Rossiya AE:UAE/Emirates CI:Ivory Coast MM:Burma CV:Cape Verde IE:Eire/Republic of Ireland/Irish Republic
CH:Schweiz/Suisse/Svizzera/Svizra/Helvetia DE:BRD/Federal Republic of Germany/Bundesrepublik Deutschland CN:PRC/Mainland China TW:Taiwan
HK:Hong Kong MO:Macau/Macao MK:Macedonia SZ:Swaziland VA:Vatican CD:DRC TL:East Timor LA:Laos SY:Syria VN:Viet Nam IR:Iran BO:Bolivia
VE:Venezuela TZ:Tanzania MD:Moldova BN:Brunei PS:Palestine FK:Falklands RE:La Réunion/Reunion Island VI:US Virgin Islands/USVI VG:BVI
BS:Bahamas GM:Gambia PH:Philippines IT:Italia ES:Espagne BR:Brasil MX:Mejico AT:Oesterreich NZ:Aotearoa
`;

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];

let spellings: ReadonlyMap<string, string> | undefined;

/** ISO 3166 code of a country as people write it; undefined when it cannot be read for certain. */
export function countryCodeOf(written: string): string | undefined {
  if (written.length > MOST_LETTERS) return undefined;
  spellings ??= readSpellings();
  const known = spellings;
  const text = plainText(written);
  const whole = known.get(keyOf(text));
  if (whole !== undefined) return whole;
  const parts = text.split(/[,;:/|()[\]]| - /).map(keyOf);
  const read = new Set(parts.filter((part) => part !== '').map((part) => known.get(part)));
  const [only] = read;
  return read.size === 1 ? only : undefined;
}

/** `Germany` for `DE`. */
export function nameOfCountry(code: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
}

function keyOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').replace(/^THE(?=.)/, '');
}

function readSpellings(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const words = THREE_LETTERS.trim().split(/\s+/);
  const codes = words.filter((_, index) => index % 2 === 0);
  for (const language of LANGUAGES) addNames(found, language, codes);
  for (const code of codes) addNames(found, new Intl.Locale(`und-${code}`).maximize().language, [code]);
  for (const [, code = '', names = ''] of OTHER_SPELLINGS.matchAll(/([A-Z]{2}):(.*?)(?=\s[A-Z]{2}:|\s*$)/gm)) {
    for (const name of names.split('/')) found.set(keyOf(plainText(name)), code);
  }
  for (const [index, code] of codes.entries()) {
    found.set(code, code);
    found.set(words[index * 2 + 1] ?? code, code);
  }
  return found;
}

/** The first country to have a spelling keeps it. */
function addNames(found: Map<string, string>, language: string, codes: readonly string[]): void {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  for (const code of codes) {
    const key = keyOf(plainText(names.of(code) ?? ''));
    if (key !== '' && !found.has(key)) found.set(key, code);
  }
}
