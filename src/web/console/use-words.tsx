// How views read their words.

import { useValue } from '../agent/use-desk.tsx';
import { preferences } from '../agent/preferences.ts';
import type { Language } from '../words/language.ts';
import { reasonInGerman } from '../words/de/reasons.ts';
import { frameWords, type Sayings } from './words.ts';

export const useLanguage = (): Language => useValue(preferences).language;

export function useSayings<W>(all: Sayings<W>): W {
  return all[useLanguage()];
}

/** A sentence of the server's on why something is dialed or not, or on hours, in the language of the page. */
export function Reason({ children }: { readonly children: string }): string {
  return useLanguage() === 'de' ? reasonInGerman(children) : children;
}

/** The words that every view may need: loading, again, close, cancel, save. */
export const useFrameWords = (): (typeof frameWords)['en'] => useSayings(frameWords);
