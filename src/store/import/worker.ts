// The thread that reads an import's file: works out the plan, or sends the contacts in batches, no faster than they are
// taken. Only here is CSV parsed and are telephone numbers read, away from the thread that controls calls.

import { defined } from '../../base/defined.ts';
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportMark, ImportMet, NewContact } from '../../engine/store/lists.ts';
import { textOfContacts } from '../contact-batch.ts';
import { packFailure } from '../failure.ts';
import type { Failure } from '../failure.ts';
import { textChunks } from './encoding.ts';
import { makePlan } from './plan.ts';
import type { ImportOptions, ImportPlan } from './plan.ts';
import { readRows } from './csv-rows.ts';
import type { Row } from './csv-rows.ts';
import { MET_COLUMN, REJECTED_COLUMNS } from './mapping.ts';
import { countNeverDialed } from './never-dialed.ts';
import type { NeverDialed } from './never-dialed.ts';
import { Notes } from './notes.ts';
import { RowFile } from './row-file.ts';
import { rowReader } from './rows.ts';
import type { RowReading } from './rows.ts';
import { takings } from './takings.ts';
import { withInput, type Input } from './input.ts';
import { giveWay } from '../../base/thread.ts';

export type ImportTask =
  | {
      readonly task: 'plan';
      readonly file: string;
      readonly options: ImportOptions;
      readonly roots?: readonly string[];
    }
  | {
      readonly task: 'read';
      readonly plan: ImportPlan;
      readonly rejectedFile: string;
      readonly notesFile: string;
      /** Where an earlier reading stood; its lines are passed over. */
      readonly from?: ImportMark;
      readonly roots?: readonly string[];
    };

export interface ReadSoFar {
  readonly rows: number;
  readonly bytes: number;
  readonly rejected: number;
  /** Phones that are none, of contacts that have another one. */
  readonly phonesLeftOut: number;
}

export type ImportNews =
  | { readonly type: 'plan'; readonly plan: ImportPlan }
  /** The file of rejected rows is not what the earlier reading left: the import has to start over. */
  | { readonly type: 'not-resumable' }
  | {
      readonly type: 'batch';
      /** As text: the main thread passes it on as it is. */
      readonly contacts: string;
      readonly mark: ImportMark;
      readonly soFar: ReadSoFar;
    }
  | {
      readonly type: 'end';
      readonly soFar: ReadSoFar;
      readonly reasons: Readonly<Record<string, number>>;
      readonly leftOut: Readonly<Record<string, number>>;
      readonly neverDialed: NeverDialed;
      readonly rejectedFile?: string;
      readonly notesFile?: string;
    }
  | { readonly type: 'failure'; readonly failure: Failure };

/** Rows per batch; so far at most is read again after a crash. */
const BATCH = 1000;
/** Batches on their way at a time. */
const AHEAD = 3;

const port = parentPort;
if (!port) throw new Error('the thread of an import is started by planImport and runImport');
const emit = (news: ImportNews): void => port.postMessage(news);
/** What the store has met in a batch that it has taken goes to the notes. */
let onTaken: (met: readonly ImportMet[]) => void = () => undefined;
const taken = takings(port, AHEAD, (met) => onTaken(met as readonly ImportMet[]));

/** One reading of the file, from its beginning or from where an earlier one stood. */
class Reading {
  readonly #plan: ImportPlan;
  readonly #from: ImportMark | undefined;
  readonly #roots: readonly string[] | undefined;
  readonly #rejects: RowFile;
  readonly #notesFile: RowFile;
  readonly #notes: Notes;
  readonly #reasons: Record<string, number>;
  readonly #leftOut: Record<string, number>;
  readonly #neverDialed: Record<string, number>;
  readonly #soFar: { rows: number; bytes: number; rejected: number; phonesLeftOut: number };
  #batch: NewContact[] = [];
  #rowsInBatch = 0;
  #line = 0;

  constructor({ plan, rejectedFile, notesFile, from, roots }: Extract<ImportTask, { readonly task: 'read' }>) {
    this.#plan = plan;
    this.#from = from;
    this.#roots = roots;
    this.#rejects = new RowFile(rejectedFile, REJECTED_COLUMNS, plan);
    this.#notesFile = new RowFile(notesFile, [...REJECTED_COLUMNS, MET_COLUMN], plan);
    this.#notes = new Notes(this.#notesFile);
    this.#reasons = { ...from?.reasons };
    this.#leftOut = { ...from?.leftOut };
    this.#neverDialed = { ...from?.neverDialed };
    const phonesLeftOut = Object.values(this.#leftOut).reduce((sum, count) => sum + count, 0);
    this.#soFar = { rows: from?.rows ?? 0, bytes: 0, rejected: from?.rejected ?? 0, phonesLeftOut };
    onTaken = (met) => this.#notes.taken(met);
  }

  async run(): Promise<void> {
    if (this.#from && !(await this.#resume(this.#from))) {
      emit({ type: 'not-resumable' });
      return;
    }
    try {
      await withInput(this.#plan.file, this.#roots, (input) => this.#readAll(input));
      if (this.#rowsInBatch > 0) await this.#send();
      await taken.all();
      await this.#notes.written();
      const [rejectedFile, notesFile] = [await this.#rejects.finish(), await this.#notesFile.finish()];
      const files = {
        ...defined({ rejectedFile, notesFile }),
      };
      const counts = { reasons: this.#reasons, leftOut: this.#leftOut, neverDialed: this.#neverDialed };
      emit({ type: 'end', soFar: this.#soFar, ...counts, ...files });
    } catch (error) {
      await this.#rejects.discard();
      await this.#notesFile.discard();
      throw error;
    }
  }

  async #resume({ rejectedBytes, notesBytes = 0 }: ImportMark): Promise<boolean> {
    return (await this.#rejects.resume(rejectedBytes)) && this.#notesFile.resume(notesBytes);
  }

  async #readAll(input: Input): Promise<void> {
    const { encoding, delimiter, headerLine } = this.#plan;
    const read = rowReader(this.#plan);
    const text = textChunks(input, encoding, (bytes) => {
      this.#soFar.bytes = bytes;
    });
    const doneLine = Math.max(headerLine, this.#from?.line ?? 0);
    for await (const row of readRows(text, delimiter)) {
      if (row.line <= doneLine) continue;
      const reading = read(row);
      this.#soFar.rows += 1;
      this.#line = row.line;
      if (reading.kind === 'contact') this.#take(row, reading);
      else await this.#reject(row, reading.reason);
      this.#rowsInBatch += 1;
      if (this.#rowsInBatch === BATCH) await this.#send();
    }
  }

  #take(row: Row, { contact, dropped = [] }: Extract<RowReading, { readonly kind: 'contact' }>): void {
    this.#batch.push(contact);
    this.#notes.keep(row, dropped);
    this.#soFar.phonesLeftOut += dropped.length;
    countNeverDialed(contact.phones, this.#plan.reaches, this.#neverDialed);
    for (const why of dropped) this.#leftOut[why] = (this.#leftOut[why] ?? 0) + 1;
  }

  async #reject(row: Row, reason: string): Promise<void> {
    this.#soFar.rejected += 1;
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    await this.#rejects.add([String(row.line), reason], row.cells);
  }

  async #send(): Promise<void> {
    await taken.next();
    await this.#notes.written();
    const { rows, rejected } = this.#soFar;
    const [rejectedBytes, notesBytes] = [await this.#rejects.flushed(), await this.#notesFile.flushed()];
    const counts = { reasons: this.#reasons, leftOut: this.#leftOut, neverDialed: this.#neverDialed };
    const mark = { line: this.#line, rows, rejected, rejectedBytes, notesBytes, ...counts };
    this.#notes.sent();
    emit({ type: 'batch', contacts: textOfContacts(this.#batch), mark, soFar: this.#soFar });
    this.#batch = [];
    this.#rowsInBatch = 0;
  }
}

giveWay();
try {
  const task = workerData as ImportTask;
  if (task.task === 'plan') emit({ type: 'plan', plan: await makePlan(task.file, task.options, task.roots) });
  else await new Reading(task).run();
} catch (error) {
  emit({ type: 'failure', failure: packFailure(error) });
}
port.close();
