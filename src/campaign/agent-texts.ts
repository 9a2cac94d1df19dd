// What a campaign gives its agents to read, and the address of an outside page about the person in hand.

import type { AgentNumber, CampaignName } from '../terms.ts';

export interface AgentTexts {
  /** Read before the first call and during it; plain text. */
  readonly instructions?: string;
  /** About the company that is called for: plain text, or the http(s) address of a page. */
  readonly companyPage?: string;
  /** http(s) address with places such as `{number}` for the person in hand. */
  readonly screenPop?: string;
}

/** Words that stand in braces in a screen-pop address, beside `fields.NAME`. */
export const SCREEN_POP_WORDS = ['number', 'name', 'record', 'contact', 'campaign', 'agent'] as const;
type ScreenPopWord = (typeof SCREEN_POP_WORDS)[number];

export interface PersonInHand extends Readonly<Record<ScreenPopWord, string | number | undefined>> {
  readonly campaign: CampaignName;
  readonly agent: AgentNumber;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The first place that names nothing known; undefined: all are known. Places stand behind the host alone. */
export function wrongPlace(template: string): string | undefined {
  const [, host = ''] = /^https?:\/\/([^/?#]*)/.exec(template) ?? [];
  if (/[{}]/.test(host)) return host;
  const places = template.match(/\{[^}]*\}?/g) ?? [];
  return places.find((place) => !/^\{fields\.[^{}.]+\}$/.test(place) && !isWord(place.slice(1, -1)));
}

function isWord(word: string): word is ScreenPopWord {
  return SCREEN_POP_WORDS.some((known) => known === word);
}

/** The address for this person; each value is encoded, so that it stays one value whatever is in it. */
export function screenPopOf(template: string, person: PersonInHand): string {
  return template.replace(/\{([^{}]*)\}/g, (_whole, word: string) => {
    if (isWord(word)) return encoded(person[word]);
    return encoded(person.fields[word.replace(/^fields\./, '')]);
  });
}

function encoded(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const text = String(value);
  // Dots alone would lead elsewhere in the path; half a character cannot be encoded.
  return /^\.+$/.test(text) ? '' : encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
