// In place of src/base/thread.ts for what the tests load of src: a thread runs its module of dist/. See built-threads.ts.

import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import * as real from '../../src/base/thread.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCES = path.join(ROOT, 'src') + path.sep;

export const { giveWay } = real;

export function startThread(module: URL, data: object): Worker {
  const source = fileURLToPath(module);
  // A thread of a test's own stays as it is.
  if (!source.startsWith(SOURCES)) return real.startThread(module, data);
  const built = path.join(ROOT, 'dist', source.slice(SOURCES.length).replace(/\.ts$/, '.js'));
  return real.startThread(pathToFileURL(built), data);
}
