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

/** The server's sentences on why something is dialed or not, and on hours, in the language of the page. */
export function useReasons(): (sentence: string) => string {
  return useLanguage() === 'de' ? reasonInGerman : asItIs;
}

const asItIs = (sentence: string): string => sentence;

/** One of them, as a part of a page. */
export function Reason({ children }: { readonly children: string }): string {
  return useReasons()(children);
}

/** The words that every view may need: loading, again, close, cancel, save. */
export const useFrameWords = (): (typeof frameWords)['en'] => useSayings(frameWords);
