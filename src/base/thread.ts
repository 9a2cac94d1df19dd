// Starts a module of ours as a worker thread, from the sources (.ts) as well as from the built code (.js), and lets threads
// that no one waits for leave the processor to those that control calls.

import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';

/** How nice a thread in the background is to the others: of two that want one processor it gets a quarter. */
const BACKGROUND = 5;

/** Runs `module` (its address) as a thread with `data` as its `workerData`; the module must lie beside its source. */
export function startThread(module: URL, data: object): Worker {
  const fromSource = module.pathname.endsWith('.ts');
  const first = fromSource ? new URL('./run-from-source.js', import.meta.url) : module;
  return new Worker(first, { workerData: { ...data, module: module.href }, execArgv: [] });
}

/** The thread that calls this has a lower priority from now on; where threads have none of their own, nothing happens. */
export function giveWay(): void {
  try {
    // On Linux a thread has a number and a priority of its own.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), BACKGROUND);
  } catch {
    // Another system, or one that does not allow it: the thread runs as the others do.
  }
}
