// First module of a worker thread when outdial runs from its TypeScript sources (development and tests): bundles the
// worker named in `workerData.module` and runs the bundle, which is ready several times sooner than through a loader.
// Built code starts its workers directly.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { URL, fileURLToPath, pathToFileURL } from 'node:url';
import { threadId, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);
// The very esbuild that tsx brings and runs the main thread with.
const { build, stop } = createRequire(require.resolve('tsx'))('esbuild');

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(workerData.module)],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  // Modules that look for files beside themselves lie in the worker's own folder.
  define: { 'import.meta.url': JSON.stringify(workerData.module) },
});
await stop();

// Inside node_modules the bundle finds the same packages as the sources do. Its name tells its content: threads that
// start at the same time share one file.
const code = outputFiles[0].text;
const folder = fileURLToPath(new URL('../../node_modules/.cache/outdial/', import.meta.url));
const file = `${folder}${createHash('sha256').update(code).digest('hex')}.mjs`;
if (!existsSync(file)) {
  const part = `${file}.${process.pid}-${threadId}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(part, code);
  renameSync(part, file);
}
await import(pathToFileURL(file).href);
