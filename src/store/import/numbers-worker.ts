// The thread that reads a file of telephone numbers: all of them are read, put in order and then sent in batches, no
// faster than they are taken. In order, because then a store writes each of its pages once.

import { parentPort, workerData } from 'node:worker_threads';
import { packFailure } from '../failure.ts';
import type { Failure } from '../failure.ts';
import { giveWay } from '../../base/thread.ts';
import { emptyFile } from './faults.ts';
import { NumberHeap } from './number-heap.ts';
import { lineReader } from './number-lines.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import type { CountryCode } from '../../numbers/phone.ts';
import { takings } from './takings.ts';
import { textLines } from './text-lines.ts';
import { withInput, type Input } from './input.ts';

export interface NumbersTask {
  readonly file: string;
  readonly country: CountryCode;
  readonly countryCode: CountryCodeUse;
  readonly roots?: readonly string[];
}

interface RefusedLine {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

export interface NumbersRead {
  readonly lines: number;
  /** Different numbers. */
  readonly numbers: number;
  readonly refused: number;
  /** The first of them. */
  readonly refusedLines: readonly RefusedLine[];
}

export type NumbersNews =
  | { readonly type: 'reading'; readonly bytes: number }
  | { readonly type: 'batch'; readonly numbers: Float64Array; readonly sent: number; readonly total: number }
  | { readonly type: 'end'; readonly read: NumbersRead }
  | { readonly type: 'failure'; readonly failure: Failure };

/** Numbers per batch, and batches on their way at a time. */
const BATCH = 10_000;
const AHEAD = 2;
const SHOWN_REFUSED = 100;

const port = parentPort;
if (!port) throw new Error('the thread of an import is started by runNumberImport');
const emit = (news: NumbersNews, transfer: ArrayBuffer[] = []): void => port.postMessage(news, transfer);
const taken = takings(port, AHEAD);

giveWay();
try {
  await sendAll(workerData as NumbersTask);
} catch (error) {
  emit({ type: 'failure', failure: packFailure(error) });
}
port.close();

async function sendAll(task: NumbersTask): Promise<void> {
  const { numbers, ...read } = await withInput(task.file, task.roots, (input) => readAll(input, task));
  if (read.lines === 0) throw emptyFile(task.file);
  for (let start = 0; start < numbers.length; start += BATCH) {
    await taken.next();
    const batch = numbers.slice(start, start + BATCH);
    emit({ type: 'batch', numbers: batch, sent: start + batch.length, total: numbers.length }, [batch.buffer]);
  }
  emit({ type: 'end', read: { ...read, numbers: numbers.length } });
}

interface Everything extends Omit<NumbersRead, 'numbers'> {
  /** Ascending, each once. */
  readonly numbers: Float64Array<ArrayBuffer>;
}

async function readAll(input: Input, { country, countryCode }: NumbersTask): Promise<Everything> {
  const read = lineReader(country, countryCode);
  const found = new NumberHeap();
  const refusedLines: RefusedLine[] = [];
  let lines = 0;
  let refused = 0;
  for await (const line of textLines(input, (bytes) => emit({ type: 'reading', bytes }))) {
    lines += 1;
    const reading = read(line);
    if (reading.kind === 'number') found.add(reading.digits);
    // A first line without any digit names the column.
    if (reading.kind !== 'refused' || (lines === 1 && !/\d/.test(reading.text))) continue;
    refused += 1;
    if (refusedLines.length < SHOWN_REFUSED) refusedLines.push({ line: lines, text: reading.text, why: reading.why });
  }
  return { numbers: found.sorted(), lines, refused, refusedLines };
}
