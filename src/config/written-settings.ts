// What a campaign's file says, as one value for each key: `pacing.abandon_target` is `3%`. For comparing two readings key
// by key; nothing is checked or understood here.

import { createHash } from 'node:crypto';
import type { Campaign } from '../campaign/definition.ts';

/** Values as they were written, by key; files that the campaign names stand there with a hash of what they hold. */
export type WrittenSettings = Readonly<Record<string, string>>;

/** Members by which an entry of a list is known: a list that gets longer in the middle is no change of all behind it. */
const NAMES = ['code', 'field', 'name', 'when', 'at'];

/** The keys of a file's values with those of the rule packs and holidays that come with it. */
export function writtenSettings(value: unknown, { rules, schedule, script }: Campaign): WrittenSettings {
  const holidays = schedule?.holidays ?? [];
  return Object.fromEntries([
    ...entriesOf('', value),
    ...rules.map((pack) => [`rules/${pack.name}.yaml`, hashOf(pack)] as const),
    ...(script === undefined ? [] : [[`scripts/${script.name}.yaml`, hashOf(script)] as const]),
    ...(holidays.length > 0 ? [['holidays', hashOf(holidays)] as const] : []),
  ]);
}

function entriesOf(key: string, value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) {
    if (value.every((part) => typeof part !== 'object')) return [[key, value.join(', ')]];
    return value.flatMap((part: unknown, index) => entriesOf(`${key}[${nameOf(part) ?? index}]`, part));
  }
  if (typeof value !== 'object' || value === null)
    return [[key, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    entriesOf(key === '' ? name : `${key}.${name}`, part),
  );
}

function nameOf(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(part));
  const names = NAMES.map((name) => members.get(name));
  return names.find((name): name is string => typeof name === 'string' && name !== '');
}

function hashOf(content: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)}`;
}
