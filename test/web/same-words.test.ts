// A text that was left in English in the German catalogue: what is the same in both is named here.

import { expect, test } from 'vitest';
import { de } from '../../src/web/words/de.ts';
import { en } from '../../src/web/words/en.ts';

const SAME: readonly string[] = ['Name', 'Pause', 'Predictive', 'Progressive'];

function textsAt(words: unknown, place = ''): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[place, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, one]) => textsAt(one, place === '' ? key : `${place}.${key}`));
}

test('[A-22] no text of the German pages is the English one, but for words that both languages have', () => {
  const inEnglish = new Map(textsAt(en));
  const same = textsAt(de).filter(([place, text]) => /\p{L}{3}/u.test(text) && inEnglish.get(place) === text);
  expect([...new Set(same.map(([, text]) => text))].toSorted()).toEqual(SAME);
});
