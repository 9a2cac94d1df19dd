// Records and attempts of a campaign as text, piece by piece, so that a million of them take neither memory nor the loop.

import { own } from '../base/own.ts';
import { csvLine } from '../base/csv.ts';
import type { AttemptQuery, AttemptRow } from '../engine/store/attempts.ts';
import type { RecordQuery, RecordRow } from '../engine/store/records.ts';
import type { NoteRow } from '../engine/store/notes.ts';
import type { Store } from '../engine/store/store.ts';
import type { Answer } from '../script/script.ts';
import { RECORD_COLUMNS } from '../records/record-columns.ts';
import { callTookPlace } from '../records/record-steps.ts';
import { attemptPages } from './attempt-pages.ts';

export type ExportFormat = 'csv' | 'jsonl';

const PAGE = 500;

/** Every record that the query asks for, oldest first; as CSV with a column for each field that any of them has. */
export async function* exportRecords(
  store: Pick<Store, 'records' | 'notes'>,
  query: Omit<RecordQuery, 'limit' | 'text' | 'after'>,
  format: ExportFormat,
): AsyncGenerator<string> {
  const pages = (): AsyncGenerator<readonly RecordRow[]> => recordPages(store, query);
  if (format === 'jsonl') {
    for await (const rows of pages()) {
      const notes = await notesOfRecords(store, rows);
      const lines = rows.map((row) => ({ ...recordLine(row), notes: (notes.get(row.id) ?? []).map(noteLine) }));
      yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    }
    return;
  }
  const fields = new Set<string>();
  let phones = 0;
  for await (const rows of pages()) {
    for (const { contact } of rows) {
      for (const field of Object.keys(contact.fields)) fields.add(field);
      phones = Math.max(phones, contact.phones.length);
    }
  }
  const places = Array.from({ length: phones }, (_, place) => place);
  const head = places.flatMap((place) => [`phone ${place + 1}`, `type ${place + 1}`]);
  yield csvLine([...RECORD_COLUMNS, 'name', ...head, ...[...fields].map((field) => `field ${field}`), 'notes']);
  for await (const rows of pages()) {
    const notes = await notesOfRecords(store, rows);
    const lines = rows.map((row) => {
      const { contact, ...line } = recordLine(row);
      const numbers = places.flatMap((place) => [contact.phones[place]?.number, contact.phones[place]?.type]);
      const values = [...fields].map((field) => own(contact.fields, field));
      const columns = RECORD_COLUMNS.map((column) => line[column]);
      return csvLine([...columns, contact.name, ...numbers, ...values, notesInCell(notes.get(row.id))]);
    });
    yield lines.join('');
  }
}

function recordLine(row: RecordRow) {
  const { id, dueAt, lastAttemptAt, contact, ...rest } = row;
  return {
    ...rest,
    record: id,
    contactId: contact.id,
    dueAt: isoOf(dueAt),
    lastAttemptAt: isoOf(lastAttemptAt),
    tookPlace: callTookPlace(row.lastResult),
    contact,
  };
}

async function* recordPages(
  store: Pick<Store, 'records'>,
  query: Omit<RecordQuery, 'limit' | 'text' | 'after'>,
): AsyncGenerator<readonly RecordRow[]> {
  for (let after = 0; ;) {
    const rows = await store.records.find({ ...query, text: '', after, limit: PAGE });
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? 0;
  }
}

const ATTEMPT_COLUMNS = [
  ...(['attempt', 'campaign', 'record', 'contact', 'number', 'trunk', 'callerId'] as const),
  ...(['dialedAt', 'ringingAt', 'answeredAt', 'liveAt', 'bridgedAt', 'endedAt'] as const),
  ...(['result', 'sipCode', 'cause', 'verdict', 'verdictCause', 'endedBy', 'why'] as const),
  ...(['agent', 'disposition', 'reason', 'counts'] as const),
] as const;

/**
 * Every attempt that the query asks for, oldest first, with what was answered to the script in it and what its agent noted:
 * the notes of a record in hand stand with the last attempt that was made meanwhile.
 */
export async function* exportAttempts(
  store: Pick<Store, 'attempts' | 'scripts' | 'notes'>,
  query: AttemptQuery,
  format: ExportFormat,
): AsyncGenerator<string> {
  const questions = format === 'csv' ? await questionsAnswered(store, query) : [];
  if (format === 'csv') {
    yield csvLine([...ATTEMPT_COLUMNS, ...questions.map((question) => `answer ${question}`), 'notes']);
  }
  for await (const rows of attemptPages(store, query)) {
    const answers = await answersOf(store, rows);
    const notes = await notesOfAttempts(store, rows);
    const lines = rows.map((row) => {
      const line = attemptLine(row);
      const noted = notesInCell(notes.get(row.attempt));
      const answered = answers.get(row.attempt) ?? {};
      if (format === 'jsonl') return `${JSON.stringify({ ...line, answers: answered, notes: noted ?? null })}\n`;
      return csvLine([
        ...ATTEMPT_COLUMNS.map((column) => line[column]),
        ...questions.map((question) => inCell(own(answered, question))),
        noted,
      ]);
    });
    yield lines.join('');
  }
}

/** Questions that any of the attempts answers, each a column. */
async function questionsAnswered(
  store: Pick<Store, 'attempts' | 'scripts'>,
  query: AttemptQuery,
): Promise<readonly string[]> {
  const questions = new Set<string>();
  for await (const rows of attemptPages(store, query)) {
    for (const answers of (await answersOf(store, rows)).values()) {
      for (const question of Object.keys(answers)) questions.add(question);
    }
  }
  return [...questions].sort();
}

type AnswersOfCall = Readonly<Record<string, Answer>>;

async function answersOf(
  store: Pick<Store, 'scripts'>,
  rows: readonly AttemptRow[],
): Promise<ReadonlyMap<string, AnswersOfCall>> {
  const talked = rows.filter(({ bridgedAt }) => bridgedAt !== null).map(({ attempt }) => attempt);
  const found = new Map<string, Record<string, Answer>>();
  if (talked.length === 0) return found;
  for (const { attempt, question, answer } of await store.scripts.find({ attempts: talked })) {
    found.set(attempt, { ...found.get(attempt), [question]: answer });
  }
  return found;
}

/** Several choices stand with commas between them. */
const inCell = (answer: Answer | undefined): string | number | undefined =>
  typeof answer === 'object' ? answer.join(', ') : answer;

async function notesOfRecords(
  store: Pick<Store, 'notes'>,
  rows: readonly RecordRow[],
): Promise<ReadonlyMap<number, readonly NoteRow[]>> {
  return grouped(await store.notes.list(rows.map(({ contact }) => contact.id)), ({ record }) => record);
}

async function notesOfAttempts(
  store: Pick<Store, 'notes'>,
  rows: readonly AttemptRow[],
): Promise<ReadonlyMap<string, readonly NoteRow[]>> {
  const notes = await store.notes.list([...new Set(rows.map(({ contact }) => contact))]);
  return grouped(notes, ({ attempt }) => attempt ?? '');
}

function grouped<K>(notes: readonly NoteRow[], keyOf: (note: NoteRow) => K): ReadonlyMap<K, readonly NoteRow[]> {
  const groups = new Map<K, NoteRow[]>();
  for (const note of notes) groups.set(keyOf(note), [...(groups.get(keyOf(note)) ?? []), note]);
  return groups;
}

const noteLine = ({ begunAt, agent, text }: NoteRow) => ({ at: isoOf(begunAt), agent, text });

/** One below the other. */
const notesInCell = (notes: readonly NoteRow[] | undefined): string | undefined =>
  notes?.map(({ text }) => text).join('\n');

function attemptLine(row: AttemptRow) {
  const { dialedAt, ringingAt, answeredAt, liveAt, bridgedAt, endedAt } = row;
  const instants = { dialedAt, ringingAt, answeredAt, liveAt, bridgedAt, endedAt };
  const shown = Object.fromEntries(Object.entries(instants).map(([key, at]) => [key, isoOf(at)]));
  return { ...row, ...(shown as Record<keyof typeof instants, string | null>) };
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
