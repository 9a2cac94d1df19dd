// Does a condition written in CEL hold for this contact or this outcome? Checks conditions with their place of fault
// and compiles them to predicates that never throw. The only file that knows the CEL library.
//
// Fields come from files and are text. A field that a condition compares with a number (true/false, a date) is read as
// a number (true/false, a date) there; one that cannot be read so counts as missing. A missing field makes the condition
// false, with a note, unless the condition does not depend on it (`has(fields.x)`, `empty(fields.x)`, `a || b`).

import { defined } from '../base/defined.ts';
import { Environment } from '@marcbachmann/cel-js';
import type { ParseResult } from '@marcbachmann/cel-js';
import { celFault, noteOf } from './cel-faults.ts';
import { costFault, MAX_TEXT } from './condition-cost.ts';
import { predicateOf } from './condition-tree.ts';
import type { Predicate } from './condition-tree.ts';
import { answerName, questionOf, shownName } from './names.ts';
import {
  emptyCalls,
  fieldUses,
  isEmptyValue,
  matchCalls,
  readAs,
  readDate,
  readList,
  wordFaults,
} from './field-uses.ts';
import type { ConditionFault, FieldSchema, FieldUse } from './terms.ts';
import { matchesPattern } from './text-pattern.ts';

interface ConditionOutcome {
  readonly holds: boolean;
  /** Why it could not be worked out, when it could not. */
  readonly note?: string;
}

/** Answers of scripts by their questions: codes, texts, numbers, days; several codes with commas between them. */
type ConditionAnswers = Readonly<Record<string, string | number>>;

export interface FilterContext {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The latest that the person ever gave; absent: none. */
  readonly answers?: ConditionAnswers;
  readonly contact: { readonly name: string };
}

export interface CallAgainContext {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Those of this conversation; absent: none. */
  readonly answers?: ConditionAnswers;
  readonly result: string;
  /** Empty when the agent gave none. */
  readonly disposition: string;
  /** Attempts that count, with this one. */
  readonly attempts: number;
  readonly connected: boolean;
  readonly phone_type: string;
}

export interface NamedField {
  readonly field: string;
  /** Counts from 1. */
  readonly column: number;
}

export type Compiled<Context> =
  | {
      readonly ok: true;
      readonly test: (context: Context) => ConditionOutcome;
      /** The fields that it asks for, each at its first place. */
      readonly named: readonly NamedField[];
      /** The questions whose answers it asks for. */
      readonly questions: readonly NamedField[];
      /** The same condition for translation to SQL; absent when it needs what SQL cannot say. */
      readonly predicate?: Predicate;
    }
  | { readonly ok: false; readonly faults: readonly ConditionFault[] };

export interface CheckOptions {
  readonly fields?: FieldSchema;
  /** The only values that a variable can have, such as the results: comparing it with another is a fault. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

interface Kind {
  readonly environment: Environment;
  readonly names: readonly string[];
}

const INSTANT = 'google.protobuf.Timestamp';
/** The fields that hold something, for `empty(fields.x)`, which would fail on a field that is missing. */
const FILLED = 'filled_fields';

/** `matches` as it is carried out: the library's own can take years for one text. */
const MATCHES = 'matches_re2';

const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 10 };

const FILTER: Kind = {
  environment: environment().registerVariable({ name: 'contact', schema: { name: 'string' } }),
  names: ['fields', 'answers', 'contact'],
};

const CALL_AGAIN: Kind = {
  environment: environment()
    .registerVariable('result', 'string')
    .registerVariable('disposition', 'string')
    .registerVariable('attempts', 'int')
    .registerVariable('connected', 'bool')
    .registerVariable('phone_type', 'string'),
  names: ['fields', 'answers', 'result', 'disposition', 'attempts', 'connected', 'phone_type'],
};

/** A campaign's `filter`, over `fields.*`, `answers.*` and `contact.name`. */
export function compileFilter(source: string, options: CheckOptions = {}): Compiled<FilterContext> {
  return compile(FILTER, source, options, (context) => ({ contact: { name: context.contact.name } }));
}

/** The `when` of a call-again rule. */
export function compileCallAgain(source: string, options: CheckOptions = {}): Compiled<CallAgainContext> {
  return compile(CALL_AGAIN, source, options, ({ result, disposition, attempts, connected, phone_type }) => ({
    result,
    disposition,
    attempts: BigInt(Math.trunc(attempts)),
    connected,
    phone_type,
  }));
}

/** CEL numbers of two kinds do not add up by themselves; here a field may be calculated with like any number. */
function environment(): Environment {
  return new Environment({ limits: LIMITS })
    .registerVariable('fields', 'map<string, dyn>')
    .registerVariable('answers', 'map<string, dyn>')
    .registerVariable(FILLED, 'map<string, dyn>')
    .registerFunction('empty(dyn): bool', isEmptyValue)
    .registerFunction(`string.${MATCHES}(string): bool`, matchesPattern)
    .registerFunction(`date(string): ${INSTANT}`, (text: string) => readDate(text) ?? new Date(NaN))
    .registerFunction(`date(${INSTANT}): ${INSTANT}`, (instant: Date) => instant)
    .registerFunction(`timestamp(${INSTANT}): ${INSTANT}`, (instant: Date) => instant)
    .registerOperator('double + int', (a: number, b: bigint) => a + Number(b))
    .registerOperator('int + double', (a: bigint, b: number) => Number(a) + b)
    .registerOperator('double - int', (a: number, b: bigint) => a - Number(b))
    .registerOperator('int - double', (a: bigint, b: number) => Number(a) - b)
    .registerOperator('double * int', (a: number, b: bigint) => a * Number(b))
    .registerOperator('int * double', (a: bigint, b: number) => Number(a) * b)
    .registerOperator('double / int', (a: number, b: bigint) => a / Number(b))
    .registerOperator('int / double', (a: bigint, b: number) => Number(a) / b);
}

interface Asked {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly answers?: ConditionAnswers;
}

function compile<Context extends Asked>(
  kind: Kind,
  source: string,
  options: CheckOptions,
  variables: (context: Context) => Record<string, unknown>,
): Compiled<Context> {
  const parsed = parse(kind, source);
  if ('fault' in parsed) return { ok: false, faults: [parsed.fault] };
  const tree = parsed.program.ast;
  const uses = fieldUses(tree, options.fields ?? {});
  const faults = [...uses.faults, ...wordFaults(tree, options.words ?? {})];
  const tooLong = faults.length === 0 ? costFault(tree) : undefined;
  if (tooLong) faults.push(tooLong);
  if (faults.length > 0) return { ok: false, faults };
  const evaluate: (context: Record<string, unknown>) => unknown = rewritten(kind, source, parsed.program);
  const predicate = predicateOf(tree, uses.uses);
  // What SQL can say looks at each text once, however long it is.
  const maxText = predicate ? Infinity : MAX_TEXT;
  const test = (context: Context): ConditionOutcome => {
    const long = longField(uses.uses, context, maxText);
    if (long !== undefined)
      return { holds: false, note: `field ${shownName(long)} is longer than ${MAX_TEXT} characters` };
    const { fields, answers = {} } = context;
    const read = {
      fields: readFields(uses.uses, fields, asField),
      answers: readFields(uses.uses, answers, questionOf),
    };
    try {
      const value = evaluate({ ...variables(context), ...read, [FILLED]: filledOf(context) });
      return typeof value === 'boolean' ? { holds: value } : { holds: false, note: 'the condition gives no yes or no' };
    } catch (error) {
      return { holds: false, note: noteOf(error) };
    }
  };
  const places = (asked: (name: string) => string | undefined): NamedField[] =>
    [...uses.named].flatMap(([name, column]) => {
      const field = asked(name);
      return field === undefined ? [] : [{ field, column }];
    });
  return { ok: true, test, named: places(asField), questions: places(questionOf), ...defined({ predicate }) };
}

const asField = (name: string): string | undefined => (questionOf(name) === undefined ? name : undefined);

/** The program with `empty(fields.x)` asking for the fields that hold something, and `matches` in linear time. */
function rewritten(kind: Kind, source: string, program: ParseResult): ParseResult {
  const changes = [
    ...emptyCalls(program.ast).map(({ field, ...at }) => ({ ...at, to: `!(${JSON.stringify(field)} in ${FILLED})` })),
    ...matchCalls(program.ast, source).map((at) => ({ ...at, to: MATCHES })),
  ];
  if (changes.length === 0) return program;
  let text = source;
  for (const { start, end, to } of changes.sort((a, b) => b.start - a.start)) {
    text = `${text.slice(0, start)}${to}${text.slice(end)}`;
  }
  return kind.environment.parse(text);
}

/** A field of the condition that holds a text of more than `maxText` characters. */
function longField(
  uses: ReadonlyMap<string, FieldUse>,
  { fields, answers = {} }: Asked,
  maxText: number,
): string | undefined {
  if (maxText === Infinity) return undefined;
  return [...uses.keys()].find((name) => {
    const question = questionOf(name);
    const [values, key] = question === undefined ? [fields, name] : [answers, question];
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return typeof value === 'string' && value.length > maxText;
  });
}

function filledOf({ fields, answers = {} }: Asked): Record<string, unknown> {
  const named = Object.entries(answers).map(([question, value]) => [answerName(question), value] as const);
  return Object.fromEntries([...Object.entries(fields), ...named].filter(([, value]) => !isEmptyValue(value)));
}

function parse(kind: Kind, source: string): { program: ParseResult } | { fault: ConditionFault } {
  if (source.trim() === '') {
    return { fault: { column: 1, message: 'The condition is empty.', hint: 'Write one, or leave the key out.' } };
  }
  let program: ParseResult;
  try {
    program = kind.environment.parse(source);
  } catch (error) {
    return { fault: celFault(error, kind.names, source) };
  }
  const checked = program.check();
  if (!checked.valid) return { fault: celFault(checked.error, kind.names, source) };
  if (checked.type === 'bool' || checked.type === 'dyn') return { program };
  const message = `The condition gives a value of type ${checked.type ?? 'unknown'} and not a yes or no.`;
  return { fault: { column: 1, message, hint: 'Compare it with something, such as attempts >= 3.' } };
}

function readFields(
  uses: ReadonlyMap<string, FieldUse>,
  fields: Readonly<Record<string, unknown>>,
  keyOf: (name: string) => string | undefined,
): Record<string, unknown> {
  const read: Record<string, unknown> = { ...fields };
  for (const [name, { kind }] of uses) {
    const field = keyOf(name);
    if (field === undefined || !Object.hasOwn(fields, field)) continue;
    const value = kind === 'list' ? readList(fields[field]) : readAs(kind, fields[field]);
    if (value === undefined) Reflect.deleteProperty(read, field);
    else read[field] = value;
  }
  return read;
}

/** The conditions of a filter that must all hold, as they are written, each with the fields it looks at. */
export function partsOfFilter(
  source: string,
): readonly { readonly text: string; readonly fields: readonly string[] }[] {
  const parsed = parse(FILTER, source);
  if ('fault' in parsed) return [];
  const walk = (node: ParseResult['ast']): readonly ParseResult['ast'][] =>
    node.op === '&&' ? node.args.flatMap(walk) : [node];
  return walk(parsed.program.ast).map((node) => ({
    text: source.slice(node.start, node.end),
    fields: [...fieldUses(node, {}).uses.keys()],
  }));
}
