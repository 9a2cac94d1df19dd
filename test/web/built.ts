// The pages, built once for what the sources are now: tests that run by themselves need not build them first.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const SOURCES = path.resolve(import.meta.dirname, '../../src/web');
const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/outdial');

function sumOfSources(): string {
  const sum = createHash('sha256');
  const files = readdirSync(SOURCES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    sum.update(name).update(readFileSync(path.join(parentPath, name)));
  }
  return sum.digest('hex').slice(0, 16);
}

let made: Promise<string> | undefined;

/** The folder of the built pages. */
export function builtPages(): Promise<string> {
  return (made ??= make());
}

async function make(): Promise<string> {
  const folder = path.join(CACHE, `pages-${sumOfSources()}`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.${process.pid}`;
  // As in a build by hand: under `test` React would be built for development.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: path.join(SOURCES, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: part, emptyOutDir: true },
  });
  process.env['NODE_ENV'] = before;
  try {
    renameSync(part, folder);
  } catch {
    // Another run was faster.
    rmSync(part, { recursive: true });
  }
  return folder;
}
