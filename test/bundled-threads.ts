// Tests start hundreds of stores, each with threads of its own: what these run is bundled once, before the first test,
// and not by each thread for itself, as it is for a daemon that runs from its sources (src/base/run-from-source.js).

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vitest/config';

const SOURCES = path.resolve(import.meta.dirname, '../src');
const STARTER = path.join(SOURCES, 'base/thread.ts');
const BUNDLES = path.resolve(import.meta.dirname, '../node_modules/.cache/outdial');
/** The first module of each kind of thread. */
const THREADS = [
  'config/reader-thread.ts',
  'store/import/numbers-worker.ts',
  'store/import/worker.ts',
  'store/postgres/worker.ts',
  'store/sqlite/worker.ts',
];

interface Bundler {
  readonly build: (options: object) => Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>;
}

const require = createRequire(import.meta.url);
const { build } = createRequire(require.resolve('tsx'))('esbuild') as Bundler;

/** Bundles the thread; gives the addresses of its first module and of the bundle. */
async function bundle(thread: string): Promise<readonly [string, string]> {
  const module = pathToFileURL(path.join(SOURCES, thread)).href;
  const { outputFiles } = await build({
    entryPoints: [path.join(SOURCES, thread)],
    bundle: true,
    write: false,
    sourcemap: 'inline',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // Modules that look for files beside themselves lie in the thread's own folder.
    define: { 'import.meta.url': JSON.stringify(module) },
  });
  const text = outputFiles[0]?.text ?? '';
  const file = path.join(BUNDLES, `${createHash('sha256').update(text).digest('hex')}.mjs`);
  if (!existsSync(file)) {
    const part = `${file}.${process.pid}`;
    mkdirSync(BUNDLES, { recursive: true });
    writeFileSync(part, text);
    renameSync(part, file);
  }
  return [module, pathToFileURL(file).href];
}

/** Where a source imports base/thread.ts it gets the same, which starts the bundles. */
export async function bundledThreads(): Promise<Plugin> {
  const bundles = Object.fromEntries(await Promise.all(THREADS.map(bundle)));
  const name = '\0bundled-threads';
  return {
    name,
    enforce: 'pre',
    resolveId: (source, importer) =>
      importer?.startsWith(SOURCES) === true && path.resolve(path.dirname(importer), source) === STARTER ? name : null,
    load: (id) =>
      id === name
        ? `import { startThread as start } from ${JSON.stringify(STARTER)};
           export { giveWay } from ${JSON.stringify(STARTER)};
           const bundles = ${JSON.stringify(bundles)};
           export const startThread = (module, data) => start(new URL(bundles[module.href] ?? module), data);`
        : null,
  };
}
