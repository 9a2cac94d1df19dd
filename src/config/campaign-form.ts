// The common keys of a campaign's file as a form shows them, and the file with some of them changed: what is not changed
// stays as it was written, comments and all. Values are text, as they are typed; whether they are right the schema says.

import { isMap, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { defined } from '../base/defined.ts';
import { MODES } from '../terms.ts';
import { excessOf } from './yaml-limits.ts';

interface FormKey {
  readonly path: readonly string[];
  /** `list`: several, with commas between. */
  readonly kind: 'text' | 'list' | 'choice';
  readonly choices?: readonly string[];
}

const key = (path: string, kind: FormKey['kind'] = 'text', choices?: readonly string[]): FormKey => ({
  path: path.split('.'),
  kind,
  ...defined({ choices }),
});

/** In the order of the form. */
const FORM_KEYS: readonly FormKey[] = [
  key('description'),
  key('mode', 'choice', MODES),
  key('lists', 'list'),
  key('filter'),
  key('agents', 'list'),
  key('schedule.timezone'),
  key('schedule.start'),
  key('schedule.stop'),
  key('trunk', 'list'),
  key('caller_ids.choose', 'choice', ['fixed', 'rotate', 'local', 'agent']),
  key('caller_ids.numbers', 'list'),
  key('pacing.abandon_target'),
  key('pacing.ring'),
  key('pacing.max_lines'),
  key('pacing.max_calls_per_second'),
  key('answer.detection', 'choice', ['off', 'before-agent', 'parallel']),
  key('attempts.max'),
  key('attempts.per_day'),
  key('wrap_up.limit'),
  key('rules', 'list'),
];

interface FormField {
  /** As in the file, with dots: `pacing.ring`. */
  readonly key: string;
  readonly kind: FormKey['kind'];
  readonly choices: readonly string[];
  /** Empty: left out, and the default holds. */
  readonly value: string;
  /** More than a form can show: it is changed in the text alone. */
  readonly isTextOnly: boolean;
}

/** Undefined: the text is not read as a file of keys, so there is nothing to show. */
export function readForm(text: string): readonly FormField[] | undefined {
  const document = parsed(text);
  return document && FORM_KEYS.map((one) => fieldOf(one, document.getIn(one.path, true), isOther(document, one)));
}

function fieldOf({ path, kind, choices = [] }: FormKey, node: unknown, isInOther: boolean): FormField {
  const value = valueOf(node);
  const isTextOnly = isInOther || value === undefined || (kind !== 'list' && isSeq(node));
  return { key: path.join('.'), kind, choices, value: value ?? '', isTextOnly };
}

/** A text, or several that are not made of keys themselves; undefined: something else. */
function valueOf(node: unknown): string | undefined {
  if (node === undefined || node === null) return '';
  if (isScalar(node)) return typeof node.value === 'string' ? node.value : '';
  if (!isSeq(node)) return undefined;
  const texts = node.items.map((item) => (isScalar(item) && typeof item.value === 'string' ? item.value : undefined));
  // A comma within one of them would look like that between two.
  if (texts.some((one) => one === undefined || one.includes(','))) return undefined;
  return texts.join(', ');
}

/**
 * The text with these keys (with dots) changed; empty values take the key away. Undefined: the text cannot be read. A key
 * that no form has is passed over.
 */
export function changeForm(text: string, changes: Readonly<Record<string, string>>): string | undefined {
  let changed: string | undefined = text;
  for (const one of FORM_KEYS) {
    const value = changes[one.path.join('.')];
    if (value === undefined || changed === undefined) continue;
    changed = changeOne(changed, one, value.replaceAll(/\s+/g, ' ').trim());
  }
  return changed;
}

function changeOne(text: string, { path, kind }: FormKey, value: string): string | undefined {
  const document = parsed(text);
  if (!document) return undefined;
  if (isOther(document, { path })) return text;
  const present = document.getIn(path, true);
  const written = kind === 'list' ? listOf(value) : scalarOf(value, path.length > 1);
  if (value === '' && present === undefined) return text;
  // In the place of the old value, and of nothing else. A block of lines has no such place.
  if (isNode(present) && present.range && value !== '' && !isBlock(text, present.range)) {
    const [from, to] = present.range;
    const space = from === to && !/\s$/.test(text.slice(0, from)) ? ' ' : '';
    return `${text.slice(0, from)}${space}${written}${text.slice(to)}`;
  }
  const added = present === undefined ? withLine(text, document, { path, written }) : undefined;
  const changed = value === '' ? withoutLine(text, document, path) : added;
  if (changed !== undefined && isSet(changed, path, written)) return changed;
  if (value === '') document.deleteIn(path);
  else {
    const [parent = '', child] = path;
    if (child !== undefined && !isMap(document.get(parent))) document.set(parent, document.createNode({}));
    document.setIn(path, document.createNode(parseDocument(written, OPTIONS).contents));
  }
  // Written again by the reader of YAML: comments stay, spaces may not.
  return document.toString({ lineWidth: 0 });
}

type Parsed = NonNullable<ReturnType<typeof parsed>>;

/** With a line of its own: behind the others of its group, or at the end. Undefined: there is no such place. */
function withLine(
  text: string,
  document: Parsed,
  { path, written }: { readonly path: readonly string[]; readonly written: string },
): string | undefined {
  const [parent = '', child] = path;
  const group = child === undefined ? undefined : document.get(parent, true);
  const end = text.endsWith('\n') ? text : `${text}\n`;
  if (child === undefined) return `${end}${parent}: ${written}\n`;
  if (group === undefined) return `${end}${parent}:\n  ${child}: ${written}\n`;
  const last = isMap(group) ? group.items.at(-1) : undefined;
  if (!isMap(group) || !last || !isNode(last.key) || !last.key.range) return undefined;
  const to = isNode(last.value) && last.value.range ? last.value.range[1] : last.key.range[1];
  if (group.flow === true) return `${text.slice(0, to)}, ${child}: ${written}${text.slice(to)}`;
  const key = last.key.range[0];
  const indent = text.slice(text.lastIndexOf('\n', key - 1) + 1, key);
  const line = text.indexOf('\n', to - 1);
  const at = line === -1 ? text.length : line;
  return `${text.slice(0, at)}\n${indent}${child}: ${written}${text.slice(at)}`;
}

/** Without its line, where it has one; the last of a group goes with its group. */
function withoutLine(text: string, document: Parsed, path: readonly string[]): string | undefined {
  const [parent = '', child] = path;
  const group = child === undefined ? document.contents : document.get(parent, true);
  if (!isMap(group) || group.flow === true) return undefined;
  if (group.items.length < 2) return child === undefined ? undefined : withoutLine(text, document, [parent]);
  const pair = group.items.find(({ key }) => isScalar(key) && key.value === (child ?? parent));
  if (!pair || !isNode(pair.key) || !pair.key.range || !isNode(pair.value) || !pair.value.range) return undefined;
  const from = text.lastIndexOf('\n', pair.key.range[0] - 1) + 1;
  const line = text.indexOf('\n', pair.value.range[1] - 1);
  return text.slice(0, from) + (line === -1 ? '' : text.slice(line + 1));
}

/** Whether the text says so now; an empty value: that it says nothing. */
function isSet(text: string, path: readonly string[], written: string): boolean {
  const wanted = valueOf(parseDocument(written, OPTIONS).contents);
  const document = parsed(text);
  return document !== undefined && valueOf(document.getIn(path, true)) === wanted;
}

/** Where the form has a group of keys stands something else, which only the text can change. */
function isOther(document: { get(key: string): unknown }, { path }: Pick<FormKey, 'path'>): boolean {
  const [parent = '', child] = path;
  const there = child === undefined ? undefined : document.get(parent);
  return there !== undefined && there !== null && there !== '' && !isMap(there);
}

const isBlock = (text: string, [from, to]: readonly [number, number, number]): boolean =>
  text.slice(from, to).includes('\n');

/** A group of keys may be written in braces, where a comma or a bracket would mean something. */
function scalarOf(value: string, isWithin: boolean): string {
  if (/^\d+(\.\d+)?$/.test(value)) return value;
  return isWithin && /[,{}[\]]/.test(value) ? JSON.stringify(value) : stringify(value, { lineWidth: 0 }).trimEnd();
}

function listOf(value: string): string {
  const all = value.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  return `[${all.map((one) => (/^[\w.-]+$/.test(one) ? scalarOf(one, true) : JSON.stringify(one))).join(', ')}]`;
}

const OPTIONS = { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' } as const;

function parsed(text: string) {
  if (excessOf(text)) return undefined;
  try {
    const document = parseDocument(text, OPTIONS);
    return document.errors.length === 0 && isMap(document.contents) ? document : undefined;
  } catch {
    // Nested so deep that the reader is at its end: the check says so.
    return undefined;
  }
}
