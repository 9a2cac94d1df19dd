// How views read their words.

import { useMemo } from 'react';
import type { Hours, Reason, TrunkReason } from '../../http/wire/reasons.ts';
import { useValue } from '../agent/use-desk.tsx';
import { preferences } from '../agent/preferences.ts';
import type { Language } from '../words/language.ts';
import { reasonWords as german } from '../words/de/reasons.ts';
import { reasonWords as english } from '../words/en/reasons.ts';
import { frameWords, localeOf, type Sayings } from './words.ts';

const reasonWords = { en: english, de: german };

export const useLanguage = (): Language => useValue(preferences).language;

export function useSayings<W>(all: Sayings<W>): W {
  return all[useLanguage()];
}

interface Reasons {
  readonly reason: (reason: Reason) => string;
  readonly trunk: (reason: TrunkReason) => string;
  readonly hours: (hours: Hours) => string;
}

/** Why something is dialed or not, and hours, in the language of the page. */
export function useReasons(): Reasons {
  const language = useLanguage();
  return useMemo(() => reasonsIn(language), [language]);
}

function reasonsIn(language: Language): Reasons {
  const words = reasonWords[language];
  const locale = localeOf();
  // Supervisors want to know what happened; in English it stands in the sentence.
  const detailOf = (reason: Reason): string =>
    language === 'de' && reason.kind === 'halted' ? ` (${reason.what})` : '';
  return {
    reason: (reason) => `${words.reason(reason, locale)}${detailOf(reason)}`,
    trunk: (reason) => words.trunk(reason, locale),
    hours: (hours) => words.hours(hours, locale),
  };
}

/** The words that every view may need: loading, again, close, cancel, save. */
export const useFrameWords = (): (typeof frameWords)['en'] => useSayings(frameWords);
