// How views read their words.

import { useValue } from '../agent/use-desk.tsx';
import { preferences } from '../agent/preferences.ts';
import type { Language } from '../words/language.ts';
import { frameWords, type Sayings } from './words.ts';

export const useLanguage = (): Language => useValue(preferences).language;

export function useSayings<W>(all: Sayings<W>): W {
  return all[useLanguage()];
}

/** The words that every view may need: loading, again, close, cancel, save. */
export const useFrameWords = (): (typeof frameWords)['en'] => useSayings(frameWords);
