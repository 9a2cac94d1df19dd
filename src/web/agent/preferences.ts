// What an agent likes, remembered on this machine: language, colours, keys. Nothing of any person.

import { Value } from '../live/value.ts';
import { readOwnKeys, type OwnKeys } from './keys/keys.ts';
import { languageOf, type Language } from '../words/language.ts';

export interface Preferences {
  readonly language: Language;
  /** Null: as on this machine. */
  readonly theme: 'light' | 'dark' | null;
  readonly singleKeys: boolean;
  /** Keys that the agent has put in the place of others. */
  readonly keys: OwnKeys;
  /** With which phone a session is begun. */
  readonly phone: 'account' | 'browser' | 'number';
  /** Of the phone that is any other. */
  readonly number: string;
}

const PLACE = 'outdial';

function remembered(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Preferences>;
  } catch {
    // Browsers may forbid it: then nothing is remembered.
    return {};
  }
}

function readPreferences(): Preferences {
  const { language, theme, singleKeys, keys, phone = offeredPhone(), number } = remembered();
  return {
    language: languageOf(language ?? null, navigator.languages),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    singleKeys: singleKeys !== false,
    keys: readOwnKeys(keys),
    phone: phone === 'browser' || phone === 'number' ? phone : 'account',
    number: number ?? '',
  };
}

/** Whoever hands out the address may propose a phone: /agent?phone=browser. */
const offeredPhone = (): string | null => new URLSearchParams(location.search).get('phone');

export const preferences = new Value(readPreferences());

export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.get(), ...change };
  preferences.set(next);
  try {
    localStorage.setItem(PLACE, JSON.stringify(next));
  } catch {
    // As above: it holds until the page is closed.
  }
}

/** Languages and colours are the document's. */
export function dress({ language, theme }: Preferences, root: HTMLElement): void {
  root.lang = language;
  if (theme === null) delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
