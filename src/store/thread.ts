// Starts a module of ours as a worker thread, from the sources (.ts) as well as from the built code (.js).

import { Worker } from 'node:worker_threads';

/** Runs `module` (its address) as a thread with `data` as its `workerData`; the module must lie beside its source. */
export function startThread(module: URL, data: object): Worker {
  const fromSource = module.pathname.endsWith('.ts');
  const first = fromSource ? new URL('./run-from-source.js', import.meta.url) : module;
  return new Worker(first, { workerData: { ...data, module: module.href }, execArgv: [] });
}
