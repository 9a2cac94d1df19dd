// Reads files of scripts, with every fault at its place: what the schema says, and what a walk through every branch finds.

import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../base/canonical-json.ts';
import { QUESTION_TYPES, type Part, type Script, type Section } from '../script/script.ts';
import { walkScript } from '../script/walk.ts';
import { graveFaults } from './faults.ts';
import type { ConfigFault } from './faults.ts';
import { readRegularFile } from './regular-file.ts';
import { readSource } from './source.ts';
import type { Path, Source } from './source.ts';
import { validate, valueAt } from './validate.ts';
import { name, oneOf, text, yesNo } from './values.ts';

const choiceSchema = z.strictObject({
  code: name('answer').describe('stands in reports and in `when`'),
  label: text().describe('what the agent sees'),
});

const partSchema = z.strictObject({
  say: text().optional().describe('what the agent reads out; {first_name} stands for a field of the record'),
  ask: name('question').optional().describe('name of a question, unique in the script'),
  text: text().optional().describe('the question as it is read out'),
  type: oneOf(QUESTION_TYPES).optional().describe('what its answer is: one choice, several, text, number or date'),
  choices: z.array(choiceSchema).min(1).optional().describe('of choice and several: the answers'),
  required: yesNo().prefault('no').describe('whether the section can be left, and the record be done, without'),
});

const branchSchema = z.strictObject({
  when: z
    .record(z.string(), z.union([text(), z.array(text()).min(1)]))
    .prefault({})
    .describe('by question, the answer or answers that lead here; without it all do'),
  go: name('section').describe('the section that it leads to'),
});

const sectionSchema = z.strictObject({
  section: name('section').describe('its name, unique in the script'),
  title: text().optional().describe("what the agent sees above it; default: the section's name"),
  parts: z.array(partSchema).prefault([]).describe('what is said and asked, in order'),
  next: z.array(branchSchema).prefault([]).describe('where it leads: the first branch whose answers were given'),
  last: yesNo().prefault('no').describe('the script is over after it'),
});

const exitSchema = z.strictObject({
  exit: name('exit').describe('its name, such as not-interested'),
  label: text().describe('what the agent sees'),
  go: name('section').describe('the section that it leads to'),
});

/** A script's file as it is written. */
const scriptSchema = z.strictObject({
  script: name('script').describe('its name, as the file'),
  start: name('section').describe('the section that it begins with'),
  exits: z.array(exitSchema).prefault([]).describe('ways out that are open in every section'),
  sections: z.array(sectionSchema).min(1).describe('the sections'),
});

type WrittenScript = z.output<typeof scriptSchema>;

export interface ReadScript {
  readonly file: string;
  /** Absent when there is a grave fault. */
  readonly script?: Script;
  readonly faults: readonly ConfigFault[];
}

/** Faults of every script in the folder, whether a campaign names it or not. */
export function scriptFaults(folder: string): readonly ConfigFault[] {
  return [...scriptFiles(folder).values()].flatMap((file) => readScriptFile(file)?.faults ?? []);
}

/** The files of the folder by the names of their scripts. */
export function scriptFiles(folder: string): ReadonlyMap<string, string> {
  return new Map(filesIn(folder).map((file) => [nameOfFile(file), file]));
}

/** The script of a file; undefined when it is gone or cannot be read. `fields`: names that records have, if known. */
export function readScriptFile(file: string, fields?: readonly string[]): ReadScript | undefined {
  const written = readText(file);
  return written === undefined ? undefined : readScript(written, file, fields);
}

const nameOfFile = (file: string): string => file.replace(/^.*[/\\]|\.ya?ml$/g, '');

/** Reads a script from the text of `file`, with all its faults. */
export function readScript(written: string, file: string, fields?: readonly string[]): ReadScript {
  const { source, faults: syntaxFaults } = readSource(written, file);
  if (!source) return { file, faults: syntaxFaults };
  const { value, faults: schemaFaults } = validate(source, scriptSchema);
  const faults = [...schemaFaults, ...checkParts(source)];
  if (!value || graveFaults(faults).length > 0) return { file, faults };
  const script = toScript(value);
  const walked = walkScript(script, fields).map(({ path, offset, severity, message, hint }): ConfigFault => {
    const place = offset === undefined ? source.placeOf(path) : source.placeWithin(path, offset);
    return { ...place, severity, message, hint };
  });
  return graveFaults(walked).length > 0 ? { file, faults: [...faults, ...walked] } : { file, script, faults: walked };
}

function filesIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((one) => /^[^.].*\.ya?ml$/.test(one));
    return names.sort().map((one) => join(folder, one));
  } catch {
    return []; // no such folder: there are no scripts
  }
}

function readText(file: string): string | undefined {
  try {
    return readRegularFile(file);
  } catch {
    return undefined; // gone since the folder was read, or no file that can be read
  }
}

/** What the schema cannot say: a part says or asks, a question has what its type needs. */
function checkParts(source: Source): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  const report = (path: Path, message: string, hint: string): void => {
    faults.push({ ...source.placeOf(path), severity: 'fault', message, hint });
  };
  const own = nameOfFile(source.file);
  const written = valueAt(source.value, ['script']);
  if (typeof written === 'string' && written !== '' && written !== own) {
    report(['script'], `The script ${written} is in the file ${own}.yaml.`, 'Give both the same name.');
  }
  for (const [index, section] of list(valueAt(source.value, ['sections'])).entries()) {
    for (const [place, part] of list(valueAt(section, ['parts'])).entries()) {
      checkPart(part, ['sections', index, 'parts', place], report);
    }
  }
  return faults;
}

function checkPart(part: unknown, path: Path, report: (path: Path, message: string, hint: string) => void): void {
  const has = (key: string): boolean => valueAt(part, [key]) !== undefined;
  if (has('say') === has('ask')) {
    report(path, 'A part either says or asks something.', 'Write `say: TEXT`, or `ask: NAME` with text and type.');
    return;
  }
  if (has('say')) {
    for (const key of ['text', 'type', 'choices', 'required']) {
      if (has(key)) report([...path, key], `What is only said has no ${key}.`, 'Leave it out, or ask.');
    }
    return;
  }
  for (const key of ['text', 'type']) if (!has(key)) report(path, `The question has no ${key}.`, `Add ${key}.`);
  const type = valueAt(part, ['type']);
  const isClosed = type === 'choice' || type === 'several';
  if (isClosed && !has('choices')) report(path, 'The question has no choices.', 'List its answers under choices.');
  if (!isClosed && has('choices')) report([...path, 'choices'], `A ${String(type)} has no choices.`, 'Leave them out.');
  const codes = new Set<unknown>();
  for (const [index, choice] of list(valueAt(part, ['choices'])).entries()) {
    const code = valueAt(choice, ['code']);
    if (codes.has(code))
      report([...path, 'choices', index, 'code'], `${String(code)} is there already.`, 'Give each its own.');
    codes.add(code);
  }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function toScript(written: WrittenScript): Script {
  const content = { start: written.start, exits: written.exits, sections: written.sections.map(toSection) };
  const version = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 12);
  return { name: written.script, version, ...content };
}

function toSection({ section, title = section, parts, next, last }: WrittenScript['sections'][number]): Section {
  return {
    section,
    title,
    parts: parts.map(toPart),
    next: next.map(({ when, go }) => ({
      when: Object.fromEntries(Object.entries(when).map(([key, value]) => [key, [value].flat()])),
      go,
    })),
    isLast: last,
  };
}

function toPart(written: WrittenScript['sections'][number]['parts'][number]): Part {
  if (written.say !== undefined) return { say: written.say };
  const { ask = '', text: asked = '', type = 'text', choices = [], required } = written;
  return { ask, text: asked, type, choices, required };
}
