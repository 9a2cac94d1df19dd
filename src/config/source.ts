// A YAML file as text values with their places. Every scalar stays the text that was written, so that the schema alone
// says what it is, and a telephone number never turns into a sum.

import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair, Range, YAMLError } from 'yaml';
import type { Place } from '../base/errors.ts';
import { MOST_FAULTS } from './faults.ts';
import type { ConfigFault } from './faults.ts';
import { excessOf } from './yaml-limits.ts';

export type Path = readonly (string | number)[];

/** A file's values, all scalars as text, and where each of them stands. */
export interface Source {
  readonly file: string;
  readonly value: unknown;
  /** Of the value at `path`, or of its key; of the nearest one that is there when it is not. */
  placeOf(path: Path, part?: 'key' | 'value'): Place;
  /** Of a character (from 0) within the text value at `path`. */
  placeWithin(path: Path, offset: number): Place;
}

/** Undefined: nested so that the reader itself is at its end. */
function parsed(text: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | undefined {
  try {
    // Doubled keys are looked for afterwards: the reader's own search takes time that grows with the square of the keys.
    return parseDocument(text, {
      schema: 'failsafe',
      lineCounter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Reads YAML; a file that is none gives faults and no source. */
export function readSource(
  text: string,
  file: string,
): { readonly source?: Source; readonly faults: readonly ConfigFault[] } {
  const fileFault = (message: string, hint: string): { readonly faults: readonly ConfigFault[] } => ({
    faults: [{ file, line: 1, column: 1, severity: 'fault', message, hint }],
  });
  if (/[\0\uFFFD]/.test(text)) return fileFault('The file is not plain UTF-8 text.', 'Save it as UTF-8.');
  const excess = excessOf(text);
  if (excess) {
    const { offset, ...found } = excess;
    return { faults: [{ file, ...linePlace(text, offset), severity: 'fault', ...found }] };
  }
  const lines = new LineCounter();
  const document = parsed(text, lines);
  if (document === undefined) return fileFault('The file is nested too deep.', 'Write one key to a line.');
  const syntax = [...doubledKeys(document, place), ...syntaxFaults(document.errors, text, place)];
  if (syntax.length > 0) return { faults: syntax };
  if (!isMap(document.contents)) {
    return fileFault('The file holds no keys.', 'Write keys and values, such as "campaign: renewals".');
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // An alias of nothing, or so many of them that they would not fit into memory.
    return fileFault(
      `No valid YAML: ${error instanceof Error ? error.message : String(error)}.`,
      'Write it without aliases.',
    );
  }
  return { source: sourceOf({ document, file, value, text, place }), faults: [] };

  function place(offset: number): Place {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  }
}

/** `call_again[0].when` */
export function keyOf(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

function linePlace(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Keys that a map has twice, at the second one. */
function doubledKeys(document: Document, place: (offset: number) => Place): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  visit(document, {
    Map(_key, map) {
      const known = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (known.has(key.value) && faults.length < MOST_FAULTS) {
          const hint = 'Keep one of them; the second one is here.';
          faults.push({ ...place(key.range?.[0] ?? 0), severity: 'fault', message: 'The key is there twice.', hint });
        }
        known.add(key.value);
      }
    },
  });
  return faults;
}

/** The first fault of the syntax: what follows it follows from it. */
function syntaxFaults(
  errors: readonly YAMLError[],
  text: string,
  place: (offset: number) => Place,
): readonly ConfigFault[] {
  const [first] = errors;
  if (!first) return [];
  const sentence = first.message.endsWith('.') ? first.message : `${first.message}.`;
  const isReference = text.slice(first.pos[0] - 1, first.pos[0] + 1) === '${';
  const hint = isReference ? 'Put the value with ${…} into quotes.' : 'Check indents, quotes and brackets.';
  return [{ ...place(first.pos[0]), severity: 'fault', message: `No valid YAML: ${sentence}`, hint }];
}

interface Parts {
  readonly document: Document;
  readonly file: string;
  readonly value: unknown;
  readonly text: string;
  readonly place: (offset: number) => Place;
}

function sourceOf({ document, file, value, text, place }: Parts): Source {
  const rangeOf = (path: Path, part: 'key' | 'value'): { readonly range: Range; readonly path: Path } | undefined => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const found = find(document, path.slice(0, depth));
      // Of a part that is missing, the key that it is missing under.
      const node = (depth < path.length ? 'key' : part) === 'key' ? (found?.key ?? found?.value) : found?.value;
      if (node?.range) return { range: node.range, path: path.slice(0, depth) };
    }
    return undefined;
  };
  return {
    file,
    value,
    placeOf(path, part = 'value') {
      const found = rangeOf(path, part) ?? rangeOf(path, 'key');
      const key = keyOf(path);
      const start = found ? place(found.range[0]) : { file, line: 1, column: 1 };
      return key === '' ? start : { ...start, key };
    },
    placeWithin(path, offset) {
      const node = find(document, path)?.value;
      if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return this.placeOf(path);
      const [start, end] = node.range;
      return { ...place(start + writtenOffset(text.slice(start, end), node.value, offset)), key: keyOf(path) };
    },
  };
}

/** Where a character of the value stands in its written form: past quotes, indents and line breaks. */
function writtenOffset(written: string, value: string, offset: number): number {
  const indicator = /^[|>][^\n]*\n/.exec(written)?.[0].length ?? 0;
  let at = indicator > 0 ? indicator : /^["']/.test(written) ? 1 : 0;
  for (let index = 0; index < offset && at < written.length; index += 1) {
    at = skipSpace(written, at, value[index]);
    if (written[at] === '\\' || (written[at] === "'" && written[at + 1] === "'")) at += 1;
    at += 1;
  }
  return Math.min(skipSpace(written, at, value[offset]), written.length);
}

/** A line break of the value may be written as more space than one character. */
function skipSpace(written: string, from: number, wanted: string | undefined): number {
  let at = from;
  const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\n';
  if (isSpace(wanted)) while (isSpace(written[at]) && isSpace(written[at + 1]) && written[at] === '\n') at += 1;
  else while (isSpace(written[at])) at += 1;
  return at;
}

function find(document: Document, path: Path): { readonly key?: Node; readonly value?: Node } | undefined {
  let key: Node | undefined;
  let value: Node | undefined = isNode(document.contents) ? document.contents : undefined;
  for (const step of path) {
    if (isMap(value)) {
      const pair: Pair | undefined = value.items.find((item) => isScalar(item.key) && item.key.value === String(step));
      if (!isPair(pair)) return undefined;
      key = isNode(pair.key) ? pair.key : undefined;
      value = isNode(pair.value) ? pair.value : undefined;
    } else if (isSeq(value) && typeof step === 'number') {
      const item: unknown = value.items[step];
      key = undefined;
      value = isNode(item) ? item : undefined;
    } else {
      return undefined;
    }
  }
  return { ...(key ? { key } : {}), ...(value ? { value } : {}) };
}
