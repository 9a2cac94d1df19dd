// A folder of its own for a test, gone after it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a new folder; whoever makes it removes it. */
export function makeFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'outdial-store-'));
}

/** A new folder that is removed when the running test ends. */
export function testFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
