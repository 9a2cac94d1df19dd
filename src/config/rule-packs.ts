// Reads files of calling rules, with every fault at its place; finds those that a campaign names: in the folder rules
// beside the campaigns, else among those that come with outdial.

import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RulePack } from '../campaign/rule-pack.ts';
import { graveFaults } from './faults.ts';
import type { ConfigFault } from './faults.ts';
import { spansOf, toRulePack } from './rule-pack-mapping.ts';
import { readRegularFile } from './regular-file.ts';
import { demandSchemas, rulePackSchema } from './rule-pack-schema.ts';
import { readSource } from './source.ts';
import type { Path, Source } from './source.ts';
import { validate, valueAt } from './validate.ts';

export interface ReadPack {
  readonly file: string;
  /** Absent when there is a grave fault. */
  readonly pack?: RulePack;
  readonly faults: readonly ConfigFault[];
}

/** The packs that come with outdial, in the sources as in the built program. */
export const SHIPPED_RULES = fileURLToPath(new URL('../../config/rules', import.meta.url));

/** Where a campaign's packs are looked for, in this order. */
export function ruleFolders(campaignFile: string): readonly string[] {
  const own = join(dirname(dirname(resolve(campaignFile))), 'rules');
  return own === SHIPPED_RULES ? [own] : [own, SHIPPED_RULES];
}

/** Names of the packs that are there. */
export function packNames(folders: readonly string[]): readonly string[] {
  return [...new Set(folders.flatMap(namesIn))].sort();
}

/** The pack of that name; undefined when no folder has it. */
export function findPack(name: string, folders: readonly string[]): ReadPack | undefined {
  for (const folder of folders) {
    const file = namesIn(folder).includes(name) ? join(folder, `${name}.yaml`) : undefined;
    if (file === undefined) continue;
    const text = readText(file);
    if (text !== undefined) return readRulePack(text, file);
  }
  return undefined;
}

/** Faults of every pack in the folder, whether a campaign names it or not. */
export function packFaults(folder: string): readonly ConfigFault[] {
  return namesIn(folder).flatMap((name) => findPack(name, [folder])?.faults ?? []);
}

/** Reads a pack from the text of `file`, with all its faults. */
export function readRulePack(text: string, file: string): ReadPack {
  const { source, faults: syntaxFaults } = readSource(text, file);
  if (!source) return { file, faults: syntaxFaults };
  const { value, faults: schemaFaults } = validate(source, rulePackSchema);
  const faults = [...schemaFaults, ...checkPack(source)];
  if (!value || graveFaults(faults).length > 0) return { file, faults };
  return { file, pack: toRulePack(value), faults };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^([a-z0-9][\w-]*)\.yaml$/i.exec(file)?.[1] ?? []);
  } catch {
    return []; // no such folder: the packs that come with outdial are enough
  }
}

function readText(file: string): string | undefined {
  try {
    return readRegularFile(file);
  } catch {
    return undefined; // gone since the folder was read, or no file that can be read
  }
}

type Report = (path: Path, message: string, hint: string) => void;

/** What the schema cannot say. */
function checkPack(source: Source): readonly ConfigFault[] {
  const faults: ConfigFault[] = [];
  const report: Report = (path, message, hint) => {
    faults.push({ ...source.placeOf(path), severity: 'fault', message, hint });
  };
  const name = source.file.replace(/^.*[/\\]|\.ya?ml$/g, '');
  const written = valueAt(source.value, ['pack']);
  if (typeof written === 'string' && written !== '' && written !== name) {
    report(['pack'], `The pack ${written} is in the file ${name}.yaml.`, 'Give both the same name.');
  }
  const clauses = valueAt(source.value, ['clauses']);
  const ids = new Map<unknown, number>();
  for (const [index, clause] of (Array.isArray(clauses) ? clauses : []).entries()) {
    const path: Path = ['clauses', index];
    checkClause(clause, path, report);
    const id = valueAt(clause, ['id']);
    if (typeof id === 'string' && ids.has(id))
      report([...path, 'id'], `The clause ${id} is there already.`, 'Give each its own id.');
    ids.set(id, index);
  }
  return faults;
}

function checkClause(clause: unknown, path: Path, report: Report): void {
  const demands = Object.keys(demandSchemas).filter((key) => valueAt(clause, [key]) !== undefined);
  const known = Object.keys(demandSchemas).join(', ');
  if (demands.length === 0) report(path, 'The clause demands nothing.', `Write one of ${known}.`);
  const [, second] = demands;
  if (second !== undefined)
    report([...path, second], `The clause demands ${demands.join(' and ')}.`, 'Make each a clause of its own.');
  const isChecked = valueAt(clause, ['checked']) !== undefined;
  const isUnverified = ['yes', 'true'].includes(String(valueAt(clause, ['unverified'])));
  if (isChecked === isUnverified) {
    report(path, 'The clause must say either checked or unverified.', 'Write checked: DATE or unverified: yes.');
  }
  for (const [key, time] of [
    ['attempts', 'within'],
    ['quiet', 'for'],
  ] as const)
    checkSpan({ clause, path, report }, key, time);
  checkWindow(clause, path, report);
  checkHours(clause, path, report);
}

function checkSpan(
  { clause, path, report }: { clause: unknown; path: Path; report: Report },
  key: string,
  time: string,
): void {
  if (valueAt(clause, [key]) === undefined) return;
  const both = [time, 'days'].filter((part) => valueAt(clause, [key, part]) !== undefined);
  if (both.length !== 1)
    report([...path, key], `Either ${time} or days is needed.`, `Write ${time}: 24h, or days: 1 for the local day.`);
}

function checkWindow(clause: unknown, path: Path, report: Report): void {
  const window = valueAt(clause, ['abandonment', 'window']);
  const hasLength = valueAt(clause, ['abandonment', 'length']) !== undefined;
  const needsLength = window === 'rolling' || window === 'periods';
  if (needsLength && !hasLength)
    report([...path, 'abandonment'], `The window ${window} needs a length.`, 'Write length: 30d.');
  if (hasLength && (window === 'day' || window === 'month')) {
    report([...path, 'abandonment', 'length'], `A ${window} has no length of its own.`, 'Leave it out.');
  }
}

function checkHours(clause: unknown, path: Path, report: Report): void {
  const hours = valueAt(clause, ['hours']);
  if (typeof hours !== 'object' || hours === null) return;
  for (const [key, written] of Object.entries(hours)) {
    if (typeof written !== 'string') continue;
    let last = 0;
    for (const { from, to } of spansOf(written)) {
      if (from < last || to <= from || to > 1440) {
        report(
          [...path, 'hours', key],
          `"${written}" is not in order.`,
          'Write spans from early to late, within 0:00-24:00.',
        );
        break;
      }
      last = to;
    }
  }
}
