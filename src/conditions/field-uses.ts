// What a condition takes each contact field for (text, number, yes or no, date), read off its syntax tree; and whether it
// compares a variable with a word that the variable can never be, or with a date that is none.

import type { ASTNode } from '@marcbachmann/cel-js';
import { nearestWord } from '../base/nearest.ts';
import { answerName, questionOf, shownName } from './names.ts';
import type { ConditionFault, FieldKind, FieldSchema, FieldUse } from './terms.ts';
import { isMatch, patternFault } from './text-pattern.ts';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
const ARITHMETIC = new Set(['-', '*', '/', '%']);
const KIND_OF_VARIABLE: Readonly<Record<string, FieldKind>> = { attempts: 'number', connected: 'bool' };
const KIND_OF_CALL: Readonly<Record<string, FieldKind>> = {
  int: 'number',
  double: 'number',
  size: 'number',
  timestamp: 'date',
  date: 'date',
};
const TRUE_WORDS = new Set(['true', 'yes', 'y', '1']);
const FALSE_WORDS = new Set(['false', 'no', 'n', '0']);

type PlainKind = Exclude<FieldKind, 'list'>;

/** Several answers, as they stand with commas between them. */
export function readList(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' ? value.split(',') : undefined;
}

/** A field's value as the kind that the condition takes it for; undefined when it cannot be read so. */
export function readAs(kind: PlainKind, value: unknown): string | number | boolean | Date | undefined {
  if (kind === 'text') return isPlain(value) ? String(value) : undefined;
  if (typeof value === 'number') return kind === 'number' ? value : undefined;
  if (typeof value === 'boolean') return kind === 'bool' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (kind === 'date') return readDate(value);
  const text = value.trim().toLowerCase();
  if (kind === 'bool') return TRUE_WORDS.has(text) ? true : FALSE_WORDS.has(text) ? false : undefined;
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const DATE =
  /^([1-9]\d{3})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(?:Z|([+-])(\d\d):?(\d\d))?)?$/i;

/** An instant of `2026-03-01`, `2026-03-01 14:30` or with seconds and zone; without a zone it is UTC. */
export function readDate(text: string): Date | undefined {
  const parts = DATE.exec(text.trim());
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part || 0));
  const ms = Number((parts[7] ?? '').padEnd(3, '0'));
  const zoneMinutes = (parts[8] === '-' ? -1 : 1) * (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
  const isReal =
    local.getUTCMonth() === month - 1 && local.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? new Date(local.getTime() - zoneMinutes * 60_000) : undefined;
}

/** Whether a field holds nothing: it is missing, or a text of nothing but spaces. */
export function isEmptyValue(value: unknown): boolean {
  return !isPlain(value) || (typeof value === 'string' && /^ *$/.test(value));
}

/** Fields that the condition names, with what it takes them for; a field taken for two things is a fault. */
export function fieldUses(
  tree: ASTNode,
  schema: FieldSchema,
): {
  readonly uses: ReadonlyMap<string, FieldUse>;
  /** Columns of the fields that the condition names. */
  readonly named: ReadonlyMap<string, number>;
  readonly faults: readonly ConditionFault[];
} {
  const uses = new Map<string, FieldUse>();
  const faults: ConditionFault[] = [];
  const named = new Map<string, number>();
  const note = (node: ASTNode, kind: FieldKind | undefined): void => {
    const field = fieldOf(node);
    if (field === undefined || kind === undefined) return;
    const known = (Object.hasOwn(schema, field) ? schema[field] : undefined) ?? uses.get(field)?.kind;
    if (known === undefined) uses.set(field, { kind, column: node.start + 1 });
    else if (known !== kind) faults.push(mixedKinds({ field, column: node.start + 1 }, known, kind));
  };
  for (const [field, kind] of Object.entries(schema)) uses.set(field, { kind, column: 1 });
  note(tree, 'bool');
  walk(tree, (node) => {
    for (const [operand, kind] of expectations(node)) note(operand, kind);
    faults.push(...dateFaults(node));
    const badPattern = patternFault(node);
    if (badPattern) faults.push(badPattern);
    const field = fieldOf(node);
    if (field === undefined) return;
    if (!named.has(field)) named.set(field, node.start + 1);
    faults.push(...unknownField({ field, column: node.start + 1 }, schema));
  });
  // What nothing speaks of is text, as it came from a file.
  for (const [field, column] of named) if (!uses.has(field)) uses.set(field, { kind: 'text', column });
  return { uses, named, faults };
}

/** Where the condition asks `empty(fields.x)`, with the place of the whole call. */
export function emptyCalls(
  tree: ASTNode,
): readonly { readonly field: string; readonly start: number; readonly end: number }[] {
  const calls: { field: string; start: number; end: number }[] = [];
  walk(tree, (node) => {
    const field = emptyField(node);
    if (field !== undefined) calls.push({ field, start: node.start, end: node.end });
  });
  return calls;
}

/** The places of the word in each `text.matches(…)`. */
export function matchCalls(tree: ASTNode, source: string): readonly { readonly start: number; readonly end: number }[] {
  const calls: { start: number; end: number }[] = [];
  walk(tree, (node) => {
    if (!isMatch(node)) return;
    const start = source.indexOf('matches', node.args[1].end);
    calls.push({ start, end: start + 'matches'.length });
  });
  return calls;
}

/** The field of `empty(fields.x)`. */
export function emptyField(node: ASTNode): string | undefined {
  if (node.op !== 'call' || node.args[0] !== 'empty') return undefined;
  const [field] = node.args[1];
  return field && fieldOf(field);
}

/** Comparisons of a variable with a word that is not one of its own, such as `result == "bussy"`. */
export function wordFaults(tree: ASTNode, words: Readonly<Record<string, readonly string[]>>): ConditionFault[] {
  const faults: ConditionFault[] = [];
  walk(tree, (node) => {
    for (const [variable, literal] of literalPairs(node)) {
      const known = Object.hasOwn(words, variable) ? words[variable] : undefined;
      if (known === undefined || typeof literal.args !== 'string' || known.includes(literal.args)) continue;
      const nearest = nearestWord(literal.args, known);
      faults.push({
        column: literal.start + 1,
        message: `${variable} is never "${literal.args}".`,
        hint: `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}Known: ${known.join(', ') || 'none'}.`,
      });
    }
  });
  return faults;
}

interface NamedPlace {
  readonly field: string;
  readonly column: number;
}

function mixedKinds({ field, column }: NamedPlace, known: FieldKind, kind: FieldKind): ConditionFault {
  return {
    column,
    message: `${shownAs(field)} is taken for a ${kind} here, but is a ${known}.`,
    hint: `Compare it with one kind of value, or convert it: double(${inCondition(field)}).`,
  };
}

/** With the word for what it is, at the beginning of a sentence. */
function shownAs(name: string): string {
  return questionOf(name) === undefined ? `Field ${name}` : `The answer ${shownName(name)}`;
}

function inCondition(name: string): string {
  return questionOf(name) === undefined ? `fields.${name}` : shownName(name);
}

function unknownField({ field, column }: NamedPlace, schema: FieldSchema): ConditionFault[] {
  const known = Object.keys(schema);
  if (known.length === 0 || known.includes(field) || questionOf(field) !== undefined) return [];
  const nearest = nearestWord(field, known);
  const hint = `${nearest === undefined ? '' : `Did you mean ${nearest}? `}Known fields: ${known.join(', ')}.`;
  return [{ column, message: `No list of the campaign has a field ${field}.`, hint }];
}

/** A date written in the condition itself that is none. */
function dateFaults(node: ASTNode): ConditionFault[] {
  if (node.op !== 'call' || KIND_OF_CALL[node.args[0]] !== 'date') return [];
  const [text] = node.args[1];
  if (text?.op !== 'value' || typeof text.args !== 'string' || readDate(text.args) !== undefined) return [];
  const hint = 'Write 2026-12-31 or 2026-12-31T18:00:00Z.';
  return [{ column: text.start + 1, message: `"${text.args}" is not a date.`, hint }];
}

/** Operands of a node with the kind of value that the node takes them for. */
function expectations(node: ASTNode): readonly (readonly [ASTNode, FieldKind | undefined])[] {
  if (node.op === '&&' || node.op === '||') return node.args.map((operand) => [operand, 'bool'] as const);
  if (node.op === '!_') return [[node.args, 'bool']];
  if (node.op === '-_') return [[node.args, 'number']];
  if (node.op === '?:') return [[node.args[0], 'bool']];
  if (node.op === 'call' && KIND_OF_CALL[node.args[0]] === 'date') return node.args[1].map((date) => [date, 'date']);
  const pair = operands(node);
  if (!pair) return [];
  const [left, right] = pair;
  if (ARITHMETIC.has(node.op)) return pair.map((operand) => [operand, 'number'] as const);
  if (node.op === 'in') return right.op === 'list' ? [[left, kindOf(right.args[0])]] : [[right, listIn(right)]];
  return [
    [left, kindOf(right)],
    [right, kindOf(left)],
  ];
}

/** `"glass" in answers.wishes`: several answers; a field is no list. */
function listIn(node: ASTNode): FieldKind | undefined {
  const name = fieldOf(node);
  return name !== undefined && questionOf(name) !== undefined ? 'list' : undefined;
}

function kindOf(node: ASTNode | undefined): FieldKind | undefined {
  if (!node) return undefined;
  if (node.op === 'value') return kindOfValue(node.args);
  if (node.op === '-_' || ARITHMETIC.has(node.op)) return 'number';
  if (node.op === '+') return kindOf(node.args[0]) ?? kindOf(node.args[1]);
  if (node.op === 'id') return KIND_OF_VARIABLE[node.args] ?? 'text';
  if (node.op === 'call') return KIND_OF_CALL[node.args[0]];
  return undefined;
}

function kindOfValue(value: unknown): FieldKind | undefined {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'boolean' ? 'bool' : undefined;
}

/** `fields.x` or `fields["x"]`: the field's name; `answers.x`: the answer's (names.ts). */
export function fieldOf(node: ASTNode): string | undefined {
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [object, key] = node.args;
  if (object.op !== 'id' || (object.args !== 'fields' && object.args !== 'answers')) return undefined;
  const written = typeof key === 'string' ? key : key.op === 'value' ? key.args : undefined;
  if (typeof written !== 'string') return undefined;
  return object.args === 'answers' ? answerName(written) : written;
}

/** Both sides of a comparison, of `in`, or of a calculation. */
function operands(node: ASTNode): readonly [ASTNode, ASTNode] | undefined {
  if (COMPARISONS.has(node.op) || ARITHMETIC.has(node.op) || node.op === '+' || node.op === 'in') {
    const [left, right] = node.args as [ASTNode, ASTNode];
    return [left, right];
  }
  return undefined;
}

/** Variables with the literals that they are compared with by `==`, `!=` or `in`. */
function literalPairs(node: ASTNode): readonly (readonly [string, ASTNode])[] {
  const pair = node.op === '==' || node.op === '!=' || node.op === 'in' ? operands(node) : undefined;
  if (!pair) return [];
  const [left, right] = pair;
  if (left.op === 'id') {
    const literals = right.op === 'list' ? right.args : [right];
    return literals.map((literal) => [left.args, literal] as const);
  }
  return right.op === 'id' ? [[right.args, left]] : [];
}

function walk(value: unknown, visit: (node: ASTNode) => void): void {
  if (Array.isArray(value)) for (const part of value) walk(part, visit);
  if (!isNode(value)) return;
  visit(value);
  walk(value.args, visit);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'start' in value;
}
