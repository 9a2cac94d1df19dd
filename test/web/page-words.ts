// What a page says, seen and spoken, and which of the catalogue's texts are of one language alone.

import type { Page } from 'playwright-core';

/** Every text of the page and every name that only a screen reader says, each once. */
export async function wordsOfPage(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const said = new Set();
    const names = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt'];
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node instanceof Text) {
        const within = node.parentElement?.closest('script, style, noscript');
        if (!within && node.data.trim() !== '') said.add(node.data.trim());
        continue;
      }
      for (const name of names) if (node.getAttribute?.(name)) said.add(node.getAttribute(name));
    }
    return [...said];
  })()`);
}

/** Stands in for any value that a text is given. */
const GAP = '\u0001';
const MOST_GAPS = 4;

/** Each text of a catalogue as a pattern: functions are asked with gaps, and left out where they want something else. */
function textsOf(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return saidWithGaps(words as (...values: readonly string[]) => unknown);
  if (typeof words !== 'object' || words === null) return [];
  return Object.values(words).flatMap(textsOf);
}

function saidWithGaps(say: (...values: readonly string[]) => unknown): readonly string[] {
  try {
    const said = say(...Array.from({ length: MOST_GAPS }, () => GAP));
    return typeof said === 'string' && !/undefined|NaN/.test(said) ? [said] : [];
  } catch {
    return [];
  }
}

/** Whether the text begins and ends as the shape does, with its other parts in between in order. */
function fits(shape: string, text: string): boolean {
  const [first = '', ...rest] = shape.split(GAP);
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= text.length;
}

const hasWords = (text: string): boolean => /\p{L}{3}/u.test(text.replaceAll(GAP, ''));

/** The texts of `words` that `others` does not have. */
export function onlyIn(words: unknown, others: unknown): (text: string) => boolean {
  const known = new Set(textsOf(others));
  const own = [...new Set(textsOf(words))].filter((text) => !known.has(text) && hasWords(text));
  const whole = new Set(own);
  const shapes = own.filter((text) => text.includes(GAP));
  return (text) => whole.has(text) || shapes.some((shape) => fits(shape, text));
}
