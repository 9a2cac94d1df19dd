// The thread that reads an import's file: works out the plan, or sends the contacts in batches, no faster than they are
// taken. Only here is CSV parsed and are telephone numbers read, away from the thread that controls calls.

import { parentPort, workerData } from 'node:worker_threads';
import type { NewContact } from '../../engine/store.ts';
import { packFailure } from '../failure.ts';
import type { Failure } from '../failure.ts';
import { textChunks } from './encoding.ts';
import { makePlan } from './plan.ts';
import type { ImportOptions, ImportPlan } from './plan.ts';
import { RejectedFile } from './rejected.ts';
import { readRows, rowReader } from './rows.ts';

export type ImportTask =
  | { readonly task: 'plan'; readonly file: string; readonly options: ImportOptions }
  | { readonly task: 'read'; readonly plan: ImportPlan; readonly rejectedFile: string };

export interface ReadSoFar {
  readonly rows: number;
  readonly bytes: number;
  readonly rejected: number;
}

export type ImportNews =
  | { readonly type: 'plan'; readonly plan: ImportPlan }
  | { readonly type: 'batch'; readonly contacts: readonly NewContact[]; readonly soFar: ReadSoFar }
  | { readonly type: 'end'; readonly soFar: ReadSoFar; readonly reasons: Readonly<Record<string, number>> }
  | { readonly type: 'failure'; readonly failure: Failure };

/** Contacts per batch: so few that passing one on takes the main thread less than a millisecond. */
const BATCH = 50;
/** Batches on their way at a time. */
const AHEAD = 3;

const port = parentPort;
if (!port) throw new Error('the thread of an import is started by planImport and runImport');
const tell = (news: ImportNews): void => port.postMessage(news);

try {
  const task = workerData as ImportTask;
  if (task.task === 'plan') tell({ type: 'plan', plan: await makePlan(task.file, task.options) });
  else await readAll(task.plan, task.rejectedFile);
} catch (error) {
  tell({ type: 'failure', failure: packFailure(error) });
}
port.close();

async function readAll(plan: ImportPlan, rejectedFile: string): Promise<void> {
  const { file, encoding, delimiter, columns, country } = plan;
  const rejects = new RejectedFile(
    rejectedFile,
    columns.map(({ header }) => header),
    delimiter,
  );
  const read = rowReader(columns, country);
  const taken = takings();
  const reasons: Record<string, number> = {};
  const soFar = { rows: 0, bytes: 0, rejected: 0 };
  let batch: NewContact[] = [];
  const send = async (): Promise<void> => {
    await taken();
    tell({ type: 'batch', contacts: batch, soFar });
    batch = [];
  };
  try {
    const text = textChunks(file, encoding, (bytes) => {
      soFar.bytes = bytes;
    });
    let isHeader = true;
    for await (const row of readRows(file, text, delimiter)) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      soFar.rows += 1;
      const reading = read(row);
      if (reading.kind === 'rejected') {
        soFar.rejected += 1;
        reasons[reading.reason] = (reasons[reading.reason] ?? 0) + 1;
        await rejects.add(row, reading.reason);
      } else if (batch.push(reading.contact) === BATCH) await send();
    }
    if (batch.length > 0) await send();
    await rejects.finish();
  } catch (error) {
    await rejects.discard();
    throw error;
  }
  tell({ type: 'end', soFar, reasons });
}

/** Waits until fewer than AHEAD batches are on their way; every message from the main thread says that one was taken. */
function takings(): () => Promise<void> {
  let free = AHEAD;
  let wake: (() => void) | undefined;
  port?.on('message', () => {
    free += 1;
    wake?.();
  });
  return async () => {
    while (free === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    free -= 1;
  };
}
