// Values in the words of a person: counts with their noun, sizes, times, what was changed. Pure.

import { formatDuration } from '../../base/durations.ts';
import { showInstant } from './instants.ts';
import { harmless } from './table.ts';

/** `1 number`, `3 numbers`; another plural where an s does not make it. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A size as `812 bytes`, `1.2 MB`, `31 GB`. */
export function showBytes(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1] ?? ''}`;
}

/** A time in whole seconds, `0s` for none. */
export function showSeconds(ms: number): string {
  const wholeMs = Math.round(ms / 1000) * 1000;
  return wholeMs === 0 ? '0s' : formatDuration(wholeMs);
}

/** What was kept of a change as JSON, without its punctuation; a dash for nothing. */
export function showValue(value: unknown, key = ''): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return /(^at|At|^until|Until)$/.test(key) && value > 1e11 ? showInstant(value) : String(value);
  if (typeof value === 'string') return harmless(value);
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((part) => showValue(part)).join(', ');
  return showParts(value as Readonly<Record<string, unknown>>);
}

function showParts(parts: Readonly<Record<string, unknown>>): string {
  const { number, type, what, from, to } = parts;
  if (typeof number === 'string' && typeof type === 'string') return harmless(`${number} (${type})`);
  if (typeof what === 'string' && 'from' in parts && 'to' in parts)
    return `${harmless(what)}: ${showValue(from)} → ${showValue(to)}`;
  const said = Object.entries(parts).filter(([, part]) => part !== null && part !== undefined && part !== '');
  return said.map(([key, part]) => `${harmless(key)} ${showValue(part, key)}`).join(', ') || '–';
}
