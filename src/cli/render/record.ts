// One record on a page: how it stands, whose it is, what the list says of the person, what was tried. Pure.

import type { AttemptRow } from '../../engine/store/attempts.ts';
import type { RecordingRow } from '../../engine/store/recordings.ts';
import type { RecordRow } from '../../engine/store/records.ts';
import { attemptTable } from './attempt-table.ts';
import { showAge, showInstant } from './instants.ts';
import { recordingTable } from './recording-table.ts';
import { harmless, pairs } from './table.ts';

export interface RecordPage {
  readonly record: RecordRow;
  readonly attempts: readonly AttemptRow[];
  readonly recordings: readonly RecordingRow[];
  readonly now: number;
}

/** The page; what the campaign knows and what the list says of the person stand apart, whatever fields are called. */
export function renderRecord({ record, attempts, recordings, now }: RecordPage): string {
  const { contact } = record;
  const fields = Object.entries(contact.fields);
  const parts = [
    pairs([['record', `${record.id} of ${record.campaign}`], ...standing(record, now)]),
    pairs([
      ['contact', `${contact.id}  ${harmless(contact.name)}`],
      ...contact.phones.map(({ number, type }) => [type, number] as const),
    ]),
    ...(fields.length === 0 ? [] : [`fields\n${fieldLines(fields)}`]),
    attemptTable(attempts),
    ...(recordings.length === 0 ? [] : [recordingTable(recordings)]),
  ];
  return parts.join('\n\n');
}

function standing(record: RecordRow, now: number): readonly (readonly [string, string])[] {
  const { state, why, dueAt, priority, attempts, uncounted, lastResult, lastDisposition, lastAgent, lastAttemptAt } =
    record;
  const tried = [
    lastResult ?? '',
    lastDisposition === null ? '' : `disposition ${harmless(lastDisposition)}`,
    lastAgent === null ? '' : `agent ${lastAgent}`,
    lastAttemptAt === null ? '' : showInstant(lastAttemptAt),
  ].filter((part) => part !== '');
  return [
    ['state', state + (why === null || state === 'dialing' ? '' : `: ${harmless(why)}`)],
    ...(dueAt === null ? [] : [['due', dueWords(dueAt, now)] as const]),
    ...(priority === 0 ? [] : [['priority', String(priority)] as const]),
    ['attempts', `${attempts}${uncounted === 0 ? '' : `, and the last ${uncounted} in a row do not count`}`],
    ['last attempt', tried.join(', ') || 'none yet'],
  ];
}

function dueWords(dueAt: number, now: number): string {
  return dueAt <= now ? `now, since ${showInstant(dueAt)}` : `${showInstant(dueAt)}, in ${showAge(now, dueAt)}`;
}

function fieldLines(fields: readonly (readonly [string, unknown])[]): string {
  return pairs(fields.map(([key, value]) => [`  ${harmless(key)}`, harmless(String(value))]));
}
