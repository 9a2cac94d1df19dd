// A condition as rows of a form: field, comparison, value; all of them or any of them. What is written is CEL, which is what
// counts; a condition that is no such row of comparisons is shown as its text alone.

import type { z } from 'zod';
import type { filterFields } from '../../../http/wire/filters.ts';

export type Field = z.output<typeof filterFields>[number];

export const COMPARISONS = ['==', '!=', '>', '>=', '<', '<=', 'startsWith', 'contains', 'empty', 'given'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Clause {
  readonly field: string;
  readonly by: Comparison;
  readonly value: string;
}

export interface Rows {
  readonly joined: 'all' | 'any';
  readonly clauses: readonly Clause[];
}

/** The person's name is asked for like a field. */
export const NAME = 'contact.name';

const PLAIN = /^[A-Za-z_]\w*$/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const quoted = (text: string): string => JSON.stringify(text);

function operand(field: string): string {
  if (field === NAME) return NAME;
  return PLAIN.test(field) ? `fields.${field}` : `fields[${quoted(field)}]`;
}

/** A value as CEL: numbers and days where they look like it, or where the field is one; else a text. */
function literal(value: string, type: Field['type'] | undefined, by: Comparison): string {
  const plain = value.trim();
  if (type === 'check-box') return plain === 'true' ? 'true' : 'false';
  const isOrdered = by !== '==' && by !== '!=';
  if (NUMBER.test(plain) && (type === 'number' || (type === undefined && isOrdered))) return plain;
  if (DAY.test(plain) && (type === 'date' || type === 'date-time' || (type === undefined && isOrdered)))
    return `date(${quoted(plain)})`;
  return quoted(value);
}

export function celOfClause({ field, by, value }: Clause, known: readonly Field[]): string {
  const name = operand(field);
  switch (by) {
    case 'empty':
      return field === NAME ? `${NAME} == ""` : `empty(${name})`;
    case 'given':
      return field === NAME ? `${NAME} != ""` : `!empty(${name})`;
    case 'startsWith':
    case 'contains':
      return `${name}.${by}(${quoted(value)})`;
    default: {
      const type = known.find((one) => one.field === field)?.type;
      return `${name} ${by} ${literal(value, type, by)}`;
    }
  }
}

export function celOf({ joined, clauses }: Rows, known: readonly Field[]): string {
  return clauses.map((clause) => celOfClause(clause, known)).join(joined === 'all' ? ' && ' : ' || ');
}

const PARTS =
  /^(?<not>!)?(?:empty\((?<emptied>[^()]+)\)|(?<called>.+?)\.(?<part>startsWith|contains)\((?<text>"(?:[^"\\]|\\.)*")\)|(?<name>fields\["(?:[^"\\]|\\.)*"\]|\S+) (?<by>[=!<>]=|[<>]) (?<value>.+))$/s;

/** The rows that make the condition; undefined: no rows of this form do. */
export function rowsOf(cel: string): Rows | undefined {
  const ands = split(cel, '&&');
  const ors = split(cel, '||');
  if (ands.length > 1 && ors.length > 1) return undefined;
  const clauses = (ors.length > 1 ? ors : ands).map(clauseOf);
  if (clauses.some((clause) => clause === undefined)) return undefined;
  return { joined: ors.length > 1 ? 'any' : 'all', clauses: clauses as readonly Clause[] };
}

/** At the places that are in no text and no parentheses. */
function split(cel: string, joint: string): readonly string[] {
  const parts: string[] = [];
  let [depth, isText, from] = [0, false, 0];
  for (let at = 0; at < cel.length; at += 1) {
    const sign = cel[at];
    if (isText) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isText = false;
      continue;
    }
    if (sign === '"') isText = true;
    if (sign === '(' || sign === '[') depth += 1;
    if (sign === ')' || sign === ']') depth -= 1;
    if (depth === 0 && cel.startsWith(joint, at)) {
      parts.push(cel.slice(from, at).trim());
      from = at + joint.length;
    }
  }
  return [...parts, cel.slice(from).trim()];
}

function clauseOf(text: string): Clause | undefined {
  const { not, emptied, called, part, text: sought, name, by, value } = PARTS.exec(text)?.groups ?? {};
  if (emptied !== undefined) return asked(emptied, not === undefined ? 'empty' : 'given', '');
  if (not !== undefined) return undefined;
  if (called !== undefined) return asked(called, part as Comparison, unquoted(sought));
  return name === undefined ? undefined : asked(name, by as Comparison, unquoted(value));
}

function asked(name: string, by: Comparison, value: string | undefined): Clause | undefined {
  const field =
    name === NAME ? NAME : (/^fields\.(\w+)$/.exec(name)?.[1] ?? unquoted(/^fields\[(".*")\]$/s.exec(name)?.[1]));
  return field === undefined || value === undefined ? undefined : { field, by, value };
}

/** What a literal says; undefined: it is none. */
function unquoted(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const plain = /^date\((.*)\)$/.exec(text)?.[1] ?? text;
  if (NUMBER.test(plain) || plain === 'true' || plain === 'false') return plain;
  try {
    const value: unknown = JSON.parse(plain);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
