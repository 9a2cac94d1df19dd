// The words of the language that was chosen, for every view.

import { createContext, useContext } from 'react';
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import type { Language } from './language.ts';

const ALL: Readonly<Record<Language, Words>> = { en, de };

const Current = createContext<Words>(en);
export const WordsProvider = Current.Provider;
export const useWords = (): Words => useContext(Current);

/** Days and times are written as in the browser's own country, where it speaks the language. */
export function wordsOf(language: Language): Words {
  const locale = navigator.languages.find((one) => one.toLowerCase().startsWith(language)) ?? language;
  return { ...ALL[language], locale };
}
