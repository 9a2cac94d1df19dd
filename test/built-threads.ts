// Tests start the store's threads from the built program, as operators do, when it is as new as the sources: from these
// each thread of each test would have to be compiled first. `npm test` builds it; without it the sources serve.

import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vitest/config';

const ROOT = path.resolve(import.meta.dirname, '..');
const STARTER = path.join(ROOT, 'src', 'base', 'thread.ts');
const FROM_BUILT = path.join(ROOT, 'test', 'support', 'built-thread.ts');

/** Whether dist/ is newer than every source, by which bin/outdial goes too. */
function isBuilt(): boolean {
  const main = path.join(ROOT, 'dist', 'main.js');
  if (!existsSync(main)) return false;
  const builtAt = statSync(main).mtimeMs;
  return readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .every((file) => statSync(path.join(ROOT, 'src', file)).mtimeMs <= builtAt);
}

/** Where a source imports base/thread.ts, it gets test/support/built-thread.ts. */
export function builtThreads(): Plugin[] {
  if (!isBuilt()) return [];
  return [
    {
      name: 'built-threads',
      enforce: 'pre',
      resolveId(source, importer) {
        if (!source.endsWith('/thread.ts') || importer === undefined) return null;
        return path.resolve(path.dirname(importer), source) === STARTER && importer.startsWith(path.join(ROOT, 'src'))
          ? FROM_BUILT
          : null;
      },
    },
  ];
}
