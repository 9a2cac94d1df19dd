// What shows who a person is or was: names, numbers, addresses and notes, out of everything that was ever kept of them.
// Pure: the stores say what they have, and look for what comes out.

import { plainText } from '../places/us-states.ts';

/** Everything that was kept of a person. */
export interface PersonalValues {
  readonly names: ReadonlySet<string>;
  /** E.164. */
  readonly numbers: ReadonlySet<string>;
  /** Values of fields and notes, a line each. */
  readonly texts: ReadonlySet<string>;
  /** Ids of contacts that were merged into this one. */
  readonly merged: ReadonlySet<number>;
}

/** A line of at least so many letters or signs is looked for. */
const SHORTEST_TEXT = 12;
/** So short a part of a name identifies no person. */
const SHORTEST_WORD = 3;
const SHORTEST_NUMBER = 7;

/** What JSON values show: of contacts as they are, of edits, of merges. */
export function personalValues(values: readonly unknown[]): PersonalValues {
  const personal = {
    names: new Set<string>(),
    numbers: new Set<string>(),
    texts: new Set<string>(),
    merged: new Set<number>(),
  };
  for (const value of values) gather(value, '', personal);
  return personal;
}

interface Gathering {
  readonly names: Set<string>;
  readonly numbers: Set<string>;
  readonly texts: Set<string>;
  readonly merged: Set<number>;
}

/** `key`: what the value is the value of; an edit says it beside its `from` and `to`. */
function gather(value: unknown, key: string, personal: Gathering): void {
  if (typeof value === 'number' && key === 'contact') personal.merged.add(value);
  if (typeof value === 'string') gatherText(value, key, personal);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) gather(one, key, personal);
    return;
  }
  const what = 'what' in value && typeof value.what === 'string' ? value.what : undefined;
  for (const [name, part] of Object.entries(value)) {
    if (name === 'what') continue;
    const isSide = name === 'from' || name === 'to';
    gather(part, isSide ? (what ?? key) : name, personal);
  }
}

function gatherText(text: string, key: string, personal: Gathering): void {
  if (text.trim() === '') return;
  if (/^\+\d{7,15}$/.test(text)) personal.numbers.add(text);
  else if (key === 'name') personal.names.add(text.trim());
  else for (const line of text.split(/[\r\n]+/)) if (line.trim() !== '') personal.texts.add(line.trim());
}

/** Whether the text holds a name, a number or an address of the person. */
export function namesPerson(personal: PersonalValues, text: string): boolean {
  const words = new Set(wordsOf(text));
  const isNamed = [...personal.names].some((name) => wordsOf(name).some((word) => words.has(word)));
  if (isNamed) return true;
  const digits = text.replace(/[\s()./-]/g, '');
  const ends = [...personal.numbers].map((number) => number.slice(-SHORTEST_NUMBER));
  if (ends.some((end) => digits.includes(end))) return true;
  const small = text.toLowerCase();
  return [...personal.texts].some((one) => one.includes('@') && small.includes(one.toLowerCase()));
}

function wordsOf(text: string): readonly string[] {
  return plainText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST_WORD);
}

/** Names that identify a person by themselves: a first name alone does not. */
export function personalNames({ names }: PersonalValues): readonly string[] {
  return [...names].filter((name) => name.includes(' '));
}

/** Lines that may identify a person by themselves: addresses, notes, long values; and whatever names the person. */
export function personalTexts(personal: PersonalValues): readonly string[] {
  return [...personal.texts].filter((text) => {
    const isLong = text.length >= SHORTEST_TEXT && /\p{L}/u.test(text);
    const isAddress = /^\S+@\S+\.\S+$/.test(text);
    return isAddress || isLong || (text.length > SHORTEST_WORD && text.includes(' ') && namesPerson(personal, text));
  });
}

/** The ways in which a text stands in files: as it is, and within JSON; numbers without their plus sign as well. */
export function formsOf(needle: string): readonly string[] {
  const inJson = JSON.stringify(needle).slice(1, -1);
  const bare = /^\+\d+$/.test(needle) ? [needle.slice(1)] : [];
  return [...new Set([needle, inJson, ...bare])].filter((form) => form !== '');
}

/** The text without the names of the person. */
export function withoutNames(personal: PersonalValues, text: string): string {
  const all = [...personal.names, ...personal.numbers].sort((a, b) => b.length - a.length);
  const plain = all.reduce((rest, one) => rest.replaceAll(one, '…'), text);
  return namesPerson(personal, plain) ? '…' : plain;
}
