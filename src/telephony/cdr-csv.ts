// Asterisk's call records (CDR) as its module cdr_csv writes them: found by attempt from the end of the file, or read
// through for the audit. The carrier's file can be read the same way. Reads only; a line half written is left alone.

import { defined } from '../base/defined.ts';
import { createReadStream } from 'node:fs';
import { access, open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import type { CallRecord, CallRecords } from '../engine/ports.ts';
import type { AttemptId } from '../terms.ts';

/** A line of the file. */
export interface CdrLine extends CallRecord {
  /** Attempt of the leg that this one was bridged to: the record is an agent's side of that conversation. */
  readonly bridgedAttempt: AttemptId;
}

const CHUNK_BYTES = 256 * 1024;
/** Records older than this are not looked for: attempts are closed within hours, also after an outage. */
const HORIZON_MS = 48 * 3_600_000;
/** Asterisk writes whole seconds. */
const ROUNDING_MS = 2000;

/** Call records of the CSV file (`Master.csv`) and of the one rotated away last (`Master.csv.1`). */
export function csvCallRecords(file: string, now: () => number = Date.now): CallRecords {
  return { find: (attempts) => findFromEnd(file, attempts, now() - HORIZON_MS) };
}

/**
 * Records that began from `fromAt` to before `toAt` (epoch ms), in the order of their ends, the rotated file's first.
 * Rejects with `call-records-unreadable` when there is no such folder or no right to read; no file yet means no records.
 */
export async function* readCallRecords(
  file: string,
  window: { readonly fromAt: number; readonly toAt: number },
): AsyncGenerator<CallRecord> {
  await assertFolder(file);
  for (const part of [`${file}.1`, file]) {
    const lastWrittenAt = await writtenAt(part);
    if (lastWrittenAt === undefined || lastWrittenAt < window.fromAt) continue;
    for await (const line of wholeLines(part)) {
      const record = parseCdrLine(line);
      if (!record || record.startedAt < window.fromAt || record.startedAt >= window.toAt) continue;
      const { bridgedAttempt: _bridged, ...callRecord } = record;
      yield callRecord;
    }
  }
}

/** One line of the file; undefined when it is no whole record. */
export function parseCdrLine(line: string): CdrLine | undefined {
  const fields = fieldsOf(line);
  const field = (index: number): string => fields[index] ?? '';
  const startedAt = instantOf(field(9));
  const endedAt = instantOf(field(11));
  const disposition = DISPOSITIONS[field(14)];
  if (startedAt === undefined || endedAt === undefined || disposition === undefined) return undefined;
  const answeredAt = instantOf(field(10));
  // In a bridge Asterisk writes the other leg's user field behind a semicolon.
  const [attempt = '', bridgedAttempt = ''] = field(17).split(';');
  return {
    attempt,
    bridgedAttempt,
    leg: field(16),
    number: /^\+?\d{3,}$/.test(field(0)) ? field(0) : field(2),
    startedAt,
    ...defined({ answeredAt }),
    endedAt,
    disposition,
  };
}

const DISPOSITIONS: Readonly<Record<string, CallRecord['disposition']>> = {
  ANSWERED: 'answered',
  'NO ANSWER': 'no-answer',
  BUSY: 'busy',
  FAILED: 'failed',
  CONGESTION: 'congestion',
};

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
  );
}

/** `2026-11-22 06:39:41` in UTC (`usegmtime = yes`), epoch ms. */
function instantOf(text: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

// ---- from the end

async function findFromEnd(
  file: string,
  attempts: readonly AttemptId[],
  horizonAt: number,
): Promise<ReadonlyMap<AttemptId, CallRecord>> {
  await assertFolder(file);
  const search = new Search(attempts);
  for (const part of [file, `${file}.1`]) {
    if (search.isOver(horizonAt) || (await writtenAt(part)) === undefined) continue;
    const handle = await open(part, 'r');
    try {
      for await (const line of linesFromEnd(handle)) {
        const record = parseCdrLine(line);
        if (record) search.see(record);
        if (search.isOver(horizonAt)) break;
      }
    } finally {
      await handle.close();
    }
  }
  return search.found;
}

/** Collects the records of some attempts, newest first; one leg may have left several, which become one. */
class Search {
  readonly found = new Map<AttemptId, CallRecord>();
  readonly #wanted: ReadonlySet<AttemptId>;
  /** Ends of the agents' sides of conversations whose own record comes further up. */
  readonly #talkedUntil = new Map<AttemptId, number>();
  #seenUntil = Infinity;
  #firstStartAt = Infinity;

  constructor(attempts: readonly AttemptId[]) {
    this.#wanted = new Set(attempts.filter((attempt) => attempt !== ''));
  }

  see(line: CdrLine): void {
    this.#seenUntil = line.endedAt;
    const { bridgedAttempt, ...record } = line;
    if (this.#wanted.has(bridgedAttempt)) this.#noteTalk(bridgedAttempt, record.endedAt);
    if (!this.#wanted.has(record.attempt)) return;
    const known = this.found.get(record.attempt);
    const talkedUntil = this.#talkedUntil.get(record.attempt) ?? 0;
    const whole = known ? mergeRecords(record, known) : record;
    this.found.set(record.attempt, { ...whole, endedAt: Math.max(whole.endedAt, talkedUntil) });
    this.#firstStartAt = Math.min(this.#firstStartAt, record.startedAt);
  }

  /** Nothing further up can matter: all are found from their beginning, or the rest is too old. */
  isOver(horizonAt: number): boolean {
    if (this.#wanted.size === 0 || this.#seenUntil < horizonAt) return true;
    return this.found.size === this.#wanted.size && this.#seenUntil < this.#firstStartAt - ROUNDING_MS;
  }

  #noteTalk(attempt: AttemptId, endedAt: number): void {
    this.#talkedUntil.set(attempt, Math.max(endedAt, this.#talkedUntil.get(attempt) ?? 0));
    const known = this.found.get(attempt);
    if (known && known.endedAt < endedAt) this.found.set(attempt, { ...known, endedAt });
  }
}

function mergeRecords(earlier: CallRecord, later: CallRecord): CallRecord {
  const answers = [earlier.answeredAt, later.answeredAt].filter((at) => at !== undefined);
  return {
    ...earlier,
    startedAt: Math.min(earlier.startedAt, later.startedAt),
    ...(answers.length === 0 ? {} : { answeredAt: Math.min(...answers) }),
    endedAt: Math.max(earlier.endedAt, later.endedAt),
    disposition: answers.length === 0 ? later.disposition : 'answered',
  };
}

/** Whole lines of a file, the last one first; what stands behind the last line break is not whole yet. */
async function* linesFromEnd(handle: FileHandle): AsyncGenerator<string> {
  let position = (await handle.stat()).size;
  // Begins with the end of a line whose beginning is in the chunk before.
  let rest: Buffer = Buffer.alloc(0);
  while (position > 0) {
    const size = Math.min(CHUNK_BYTES, position);
    position -= size;
    const chunk = Buffer.alloc(size);
    await handle.read(chunk, 0, size, position);
    const block = Buffer.concat([chunk, rest]);
    const cut = position === 0 ? -1 : block.indexOf(0x0a);
    if (cut < 0 && position > 0) {
      rest = block;
      continue;
    }
    rest = block.subarray(0, cut + 1);
    const lines = block.toString('utf8', cut + 1).split('\n');
    lines.pop();
    yield* lines.reverse();
  }
}

/** Whole lines of a file in order. */
async function* wholeLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

// ---- the file

/** When a file was last written to; undefined when there is no such file. */
async function writtenAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(file, error);
  }
}

async function assertFolder(file: string): Promise<void> {
  try {
    await access(dirname(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

function unreadable(file: string, cause: unknown): OperationalError {
  return new OperationalError('call-records-unreadable', `the call records in ${file} cannot be read`, {
    hint: 'Does `asterisk.cdr_file` name the Master.csv of cdr_csv, and may this user read it?',
    cause,
    places: [{ file }],
  });
}
