// The thread that reads an import's file: works out the plan, or sends the contacts in batches, no faster than they are
// taken. Only here is CSV parsed and are telephone numbers read, away from the thread that controls calls.

import { parentPort, workerData } from 'node:worker_threads';
import type { ImportMark, NewContact } from '../../engine/store-lists.ts';
import { packFailure } from '../failure.ts';
import type { Failure } from '../failure.ts';
import { textChunks } from './encoding.ts';
import { makePlan } from './plan.ts';
import type { ImportOptions, ImportPlan } from './plan.ts';
import { RejectedFile } from './rejected.ts';
import { readRows, rowReader } from './rows.ts';
import { takings } from './takings.ts';
import { giveWay } from '../../base/thread.ts';

export type ImportTask =
  | { readonly task: 'plan'; readonly file: string; readonly options: ImportOptions }
  | {
      readonly task: 'read';
      readonly plan: ImportPlan;
      readonly rejectedFile: string;
      /** Where an earlier reading stood; its lines are passed over. */
      readonly from?: ImportMark;
    };

export interface ReadSoFar {
  readonly rows: number;
  readonly bytes: number;
  readonly rejected: number;
}

export type ImportNews =
  | { readonly type: 'plan'; readonly plan: ImportPlan }
  /** The file of rejected rows is not what the earlier reading left: the import has to begin anew. */
  | { readonly type: 'not-resumable' }
  | {
      readonly type: 'batch';
      /** As JSON text: the main thread passes it on as it is. */
      readonly contacts: string;
      readonly mark: ImportMark;
      readonly soFar: ReadSoFar;
    }
  | { readonly type: 'end'; readonly soFar: ReadSoFar; readonly reasons: Readonly<Record<string, number>> }
  | { readonly type: 'failure'; readonly failure: Failure };

/** Rows per batch; so far at most is read again after a crash. */
const BATCH = 1000;
/** Batches on their way at a time. */
const AHEAD = 3;

const port = parentPort;
if (!port) throw new Error('the thread of an import is started by planImport and runImport');
const tell = (news: ImportNews): void => port.postMessage(news);
const taken = takings(port, AHEAD);

/** One reading of the file, from its beginning or from where an earlier one stood. */
class Reading {
  readonly #plan: ImportPlan;
  readonly #from: ImportMark | undefined;
  readonly #rejects: RejectedFile;
  readonly #reasons: Record<string, number>;
  readonly #soFar: { rows: number; bytes: number; rejected: number };
  #batch: NewContact[] = [];
  #rowsInBatch = 0;
  #line = 0;

  constructor(plan: ImportPlan, rejectedFile: string, from: ImportMark | undefined) {
    this.#plan = plan;
    this.#from = from;
    this.#rejects = new RejectedFile(rejectedFile, plan);
    this.#reasons = { ...from?.reasons };
    this.#soFar = { rows: from?.rows ?? 0, bytes: 0, rejected: from?.rejected ?? 0 };
  }

  async run(): Promise<void> {
    if (this.#from && !(await this.#rejects.resume(this.#from.rejectedBytes))) {
      tell({ type: 'not-resumable' });
      return;
    }
    try {
      await this.#readAll();
      if (this.#rowsInBatch > 0) await this.#send();
      await this.#rejects.finish();
    } catch (error) {
      await this.#rejects.discard();
      throw error;
    }
    tell({ type: 'end', soFar: this.#soFar, reasons: this.#reasons });
  }

  async #readAll(): Promise<void> {
    const { file, encoding, delimiter } = this.#plan;
    const read = rowReader(this.#plan);
    const text = textChunks(file, encoding, (bytes) => {
      this.#soFar.bytes = bytes;
    });
    const doneLine = this.#from?.line ?? 0;
    let isHeader = true;
    for await (const row of readRows(file, text, delimiter)) {
      if (!isHeader && row.line > doneLine) {
        const reading = read(row);
        this.#soFar.rows += 1;
        this.#line = row.line;
        if (reading.kind === 'contact') this.#batch.push(reading.contact);
        else await this.#reject(row, reading.reason);
        this.#rowsInBatch += 1;
        if (this.#rowsInBatch === BATCH) await this.#send();
      }
      isHeader = false;
    }
  }

  async #reject(row: { readonly line: number; readonly cells: readonly string[] }, reason: string): Promise<void> {
    this.#soFar.rejected += 1;
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
    await this.#rejects.add(row, reason);
  }

  async #send(): Promise<void> {
    await taken();
    const { rows, rejected } = this.#soFar;
    const rejectedBytes = await this.#rejects.flushed();
    const mark = { line: this.#line, rows, rejected, rejectedBytes, reasons: this.#reasons };
    tell({ type: 'batch', contacts: JSON.stringify(this.#batch), mark, soFar: this.#soFar });
    this.#batch = [];
    this.#rowsInBatch = 0;
  }
}

giveWay();
try {
  const task = workerData as ImportTask;
  if (task.task === 'plan') tell({ type: 'plan', plan: await makePlan(task.file, task.options) });
  else await new Reading(task.plan, task.rejectedFile, task.from).run();
} catch (error) {
  tell({ type: 'failure', failure: packFailure(error) });
}
port.close();
