// Which tests could notice a fault in a file: those that import it, directly or by way of others.

import path from 'node:path';
import { importsOf, readSource, sourceFiles } from '../support/source-imports.ts';

/** Need phones and minutes, or measure: they run programs of their own instead of importing what they test. */
const NOT_ASKED = [path.join('test', 'network'), path.join('test', 'bench')];

/** Test files that reach the file at run time, the nearest first, all relative to `root`. */
export function testsThatReach(root: string, file: string): string[] {
  const importers = new Map<string, string[]>();
  for (const one of [...sourceFiles(root, 'src'), ...sourceFiles(root, 'test')]) {
    for (const { target, typeOnly } of importsOf(one, readSource(root, one))) {
      if (target === undefined || typeOnly) continue;
      importers.set(target, [...(importers.get(target) ?? []), one]);
    }
  }
  const reached = new Set([file]);
  for (const one of reached) for (const importer of importers.get(one) ?? []) reached.add(importer);
  return [...reached].filter(
    (one) => one.endsWith('.test.ts') && !NOT_ASKED.some((folder) => one.startsWith(folder + path.sep)),
  );
}
