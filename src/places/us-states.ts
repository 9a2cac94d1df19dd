// States, provinces and territories by what people write for them: `Calif.`, `Québec`, `Washington, D.C.`, `FL 33101`.
// What is not one for certain is none. Which states there are is state-data.ts.

import { STATES } from './us-state-data.ts';

interface State {
  /** `US-FL` */
  readonly code: string;
  readonly name: string;
  readonly zones: readonly string[];
}

const BY_CODE = new Map<string, State>();
/** By country and spelling, letters alone: `US NEWYORK`. */
const BY_SPELLING = new Map<string, State>();
for (const line of STATES.trim().split('\n')) {
  const [code = '', name = '', zones = '', others = ''] = line.split('|');
  const state: State = { code, name, zones: zones.split(' ') };
  BY_CODE.set(code, state);
  const [country, own = ''] = code.split('-');
  for (const spelling of [own, code, name, ...others.split('/')]) {
    if (spelling !== '') BY_SPELLING.set(`${country ?? ''} ${lettersOf(spelling)}`, state);
  }
}

/** No place is written longer than this; what is may be anything. */
export const MOST_LETTERS = 120;

/** What may stand before or behind a state. */
const WORDS_AROUND =
  /^(THE )?(STATE|COMMONWEALTH|PROVINCE|PROVINCIA|ESTADO) (OF|DE) |,? ?(USA|US|UNITED STATES|CANADA)$/g;

/** The letters of a text, without accents and signs, in capitals: `Hawaiʻi` as `HAWAII`. */
export function lettersOf(text: string): string {
  return plainText(text).replace(/[^A-Z]/g, '');
}

/** In capitals and without accents; signs are gone, or a space where words would run together. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e.'`´’‘ʻʼ"]/g, '')
    .replace(/ß/g, 'ss')
    .toUpperCase()
    .replace(/&/g, ' AND ')
    .replace(/[\s_]+/g, ' ')
    .trim();
}

/** Zones of a state by its code, such as `US-FL`; undefined when it is not known. */
export function zonesOfState(code: string): readonly string[] | undefined {
  return BY_CODE.get(code)?.zones;
}

/** `Florida` for `US-FL`; the code itself when it is not known. */
export function nameOfState(code: string): string {
  return BY_CODE.get(code)?.name ?? code;
}

/** Zones of all states of a country that is listed here; undefined for others. */
export function zonesOfStates(country: string): readonly string[] | undefined {
  const states = [...BY_CODE.values()].filter(({ code }) => code.startsWith(`${country}-`));
  return states.length === 0 ? undefined : [...new Set(states.flatMap(({ zones }) => zones))];
}

/** Code of a state of the country as people write it; undefined when it cannot be read for certain. */
export function stateCode(country: string, written: string): string | undefined {
  if (written.length > MOST_LETTERS) return undefined;
  const text = plainText(written);
  const whole = spelled(country, text);
  if (whole !== undefined) return whole;
  const bare = text
    .replace(/[\d-]+$/, '')
    .replace(WORDS_AROUND, '')
    .trim();
  const own = spelled(country, bare);
  if (own !== undefined) return own;
  const parts = bare.split(/[,;:/|()[\]]| - /).map((part) => part.trim());
  const read = new Set(parts.flatMap((part) => spelled(country, part) ?? []));
  const [only] = read;
  return read.size === 1 ? only : undefined;
}

function spelled(country: string, text: string): string | undefined {
  const letters = text.replace(/[^A-Z]/g, '');
  // A text that is more than letters is not a state's name.
  if (letters === '' || /\d/.test(text)) return undefined;
  return BY_SPELLING.get(`${country} ${letters}`)?.code;
}
