// Broken inputs out of good ones. Deterministic: chance comes from outside.

import type { Random } from '../../src/base/random.ts';

/** What breaks parsers of anything. */
const EVIL: readonly string[] = [
  '\0',
  '\uFEFF',
  '\u202E',
  '\u200B',
  '\uD800',
  '\uFFFD',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '"',
  "'",
  '\\',
  '%00',
  '%s',
  '{{',
  '}}',
  '${HOME}',
  '../',
  '/dev/zero',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '-0',
  '0x10',
  '1e309',
  '-1',
  '9007199254740993',
  '99999999999999999999999999',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  '٣٤٥',
  '１２３',
  'ß',
  'İ',
  '👩‍👩‍👧',
  '<script>',
  '=1+1',
  '@SUM(A1)',
];

type Change = (text: string, random: Random, others: Others) => string;

interface Others {
  readonly seeds: readonly string[];
  readonly words: readonly string[];
}

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random.integer(list.length)];

/** A stretch of the text: mostly short, at times nearly all of it. */
function stretch(text: string, random: Random): readonly [from: number, to: number] {
  const from = random.integer(text.length + 1);
  const longest = random.next() < 0.9 ? 12 : text.length;
  return [from, Math.min(text.length, from + random.integer(longest + 1))];
}

const CHANGES: readonly Change[] = [
  function insertEvil(text, random) {
    const at = random.integer(text.length + 1);
    return text.slice(0, at) + (pick(EVIL, random) ?? '') + text.slice(at);
  },
  function insertWord(text, random, { words }) {
    const at = random.integer(text.length + 1);
    return text.slice(0, at) + (pick(words, random) ?? '') + text.slice(at);
  },
  function replaceByWord(text, random, { words }) {
    const [from, to] = stretch(text, random);
    return text.slice(0, from) + (pick(words, random) ?? '') + text.slice(to);
  },
  function drop(text, random) {
    const [from, to] = stretch(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  function double(text, random) {
    const [from, to] = stretch(text, random);
    return text.slice(0, to) + text.slice(from);
  },
  /** Depth and length: what is read in a loop within a loop shows it here. */
  function repeat(text, random) {
    const [from, to] = stretch(text, random);
    const times = random.next() < 0.8 ? random.integer(20) : random.integer(3000);
    return text.slice(0, from) + text.slice(from, to).repeat(times) + text.slice(to);
  },
  function anotherCharacter(text, random) {
    const at = random.integer(text.length + 1);
    const code = random.next() < 0.7 ? random.integer(128) : random.integer(0xffff);
    return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
  },
  function swap(text, random) {
    const [from, to] = stretch(text, random);
    const end = Math.min(text.length, to + (to - from));
    return text.slice(0, from) + text.slice(to, end) + text.slice(from, to) + text.slice(end);
  },
  function splice(text, random, { seeds }) {
    const other = pick(seeds, random) ?? '';
    return text.slice(0, random.integer(text.length + 1)) + other.slice(random.integer(other.length + 1));
  },
  function cut(text, random) {
    return text.slice(0, random.integer(text.length + 1));
  },
];

/** One of the seeds, broken in a few places. */
export function mutated(seeds: readonly string[], words: readonly string[], random: Random): string {
  let text = pick(seeds, random) ?? '';
  const times = 1 + random.integer(random.next() < 0.8 ? 4 : 20);
  for (let time = 0; time < times && text.length < 40_000; time += 1) {
    text = pick(CHANGES, random)?.(text, random, { seeds, words }) ?? text;
  }
  return text;
}
