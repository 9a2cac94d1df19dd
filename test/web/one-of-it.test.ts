// One of something is said in the singular, in both languages: every text of the pages that is given figures is asked with 1
// in each place, as a number and as the text that the console writes.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { de } from '../../src/web/words/de.ts';
import { en } from '../../src/web/words/en.ts';

const CONSOLE = path.resolve(import.meta.dirname, '../../src/web/console');
const PLACES = 3;
const MANY_EN =
  'agents|calls|records|rows|lines|numbers|people|seconds|minutes|hours|days|events|messages|decisions|fields';
const MANY_DE =
  'Agenten|Anrufe|Anrufen|Gespräche|Datensätze|Zeilen|Leitungen|Nummern|Menschen|Personen|Sekunden|Minuten|Stunden|Tage|Tagen|Ereignisse|Ereignissen|Nachrichten|Entscheidungen|Felder';
const WRONG = new RegExp(String.raw`(?<![\d.,:])1 (?:more )?(?:${MANY_EN}|${MANY_DE}|draws|fit)\b`, 'u');

/** What a function says of 1; it is given the number, or the text that the console writes, and knows only one of them. */
function said(words: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof words === 'function') {
    const say = words as (...values: readonly unknown[]) => unknown;
    const texts = [1, '1'].flatMap((value) => {
      try {
        const text = say(...Array.from({ length: PLACES }, () => value));
        return typeof text === 'string' ? [text] : [];
      } catch {
        return [];
      }
    });
    const text = texts.find((one) => !WRONG.test(one)) ?? texts[0];
    return text === undefined ? [] : [[name, text]];
  }
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, one]) => said(one, `${name}.${key}`));
}

async function consoleWords(): Promise<readonly (readonly [string, unknown])[]> {
  // The console's words ask the browser for its language.
  const localStorage = { getItem: () => null, setItem: () => undefined };
  Object.assign(globalThis, { localStorage, location: { search: '' }, navigator: { languages: ['en'] } });
  const files = readdirSync(CONSOLE, { recursive: true }).map(String);
  const found = files.filter((file) => /(^|[-/])words\.ts$/.test(file));
  return Promise.all(found.map(async (file) => [file, await import(path.join(CONSOLE, file))] as const));
}

test('[A-22] [S-01] one agent, one call, one second: in the singular', async () => {
  const all = [['en', en], ['de', de], ...(await consoleWords())] as const;
  const texts = all.flatMap(([name, words]) => said(words, name));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter(([, text]) => WRONG.test(text))).toEqual([]);
});
