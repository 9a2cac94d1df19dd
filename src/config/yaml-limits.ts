// Is a text small and flat enough to be read as YAML at once? Looked at token by token, in time that grows with the text
// alone: the reader itself takes minutes for some texts of a few kilobytes, and nothing else is done meanwhile.

import { CST, Lexer } from 'yaml';

/** Where a text goes beyond what a configuration file needs, and what to do. */
export interface Excess {
  /** Of the character, from 0. */
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

const MOST_CHARACTERS = 250_000;
const MOST_TOKENS = 60_000;
/** Brackets within brackets, and keys and lists that begin within each other on one line. */
const MOST_NESTED = 20;
const MOST_INDENT = 200;
/** Parts that are named to be repeated. */
const MOST_ANCHORS = 100;

/** The first thing that is too much; undefined for every file that somebody would write. */
export function excessOf(text: string): Excess | undefined {
  if (text.length > MOST_CHARACTERS) {
    return { offset: 0, message: 'The file is too large.', hint: `At most ${MOST_CHARACTERS} characters.` };
  }
  const count = { tokens: 0, anchors: 0, open: 0, onLine: 0 };
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    const found = tooMuch(count, token);
    if (found) return { offset, ...found };
    // Marks of the reader itself stand for no text.
    if (!MARKS.has(token)) offset += token.length;
  }
  return undefined;
}

const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

interface Count {
  tokens: number;
  anchors: number;
  open: number;
  onLine: number;
}

type Found = Pick<Excess, 'message' | 'hint'> | undefined;

function tooMuch(count: Count, token: string): Found {
  count.tokens += 1;
  if (count.tokens > MOST_TOKENS) return { message: 'The file has too many parts.', hint: 'Split it into several.' };
  const deep = { message: `Nested more than ${MOST_NESTED} deep.`, hint: 'No key of a configuration file needs that.' };
  switch (CST.tokenType(token)) {
    case 'newline':
    case 'comma':
      count.onLine = 0;
      return undefined;
    case 'space':
      return token.length > MOST_INDENT
        ? { message: 'Indented too far.', hint: 'Two spaces a level are enough.' }
        : undefined;
    case 'flow-map-start':
    case 'flow-seq-start':
      count.open += 1;
      return count.open > MOST_NESTED ? deep : undefined;
    case 'flow-map-end':
    case 'flow-seq-end':
      count.open -= 1;
      return undefined;
    case 'seq-item-ind':
    case 'map-value-ind':
      count.onLine += 1;
      return count.onLine > MOST_NESTED ? deep : undefined;
    case 'explicit-key-ind':
      return { message: 'A key is written with a question mark.', hint: 'Write "key: value".' };
    case 'anchor':
      count.anchors += 1;
      return count.anchors > MOST_ANCHORS
        ? { message: `More than ${MOST_ANCHORS} anchors.`, hint: 'Write the values out.' }
        : undefined;
    default:
      return undefined;
  }
}
