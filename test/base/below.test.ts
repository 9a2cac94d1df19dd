// The race between the look at a file and its opening: whoever may write in the folder puts something else in its place
// at exactly that instant, and puts it back afterwards.

import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openBelow, OutsideError } from '../../src/base/below.ts';

const around = vi.hoisted(() => ({ before: (): void => undefined, after: (): void => undefined }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FsPromises>();
  const open: typeof real.open = async (...given) => {
    around.before();
    const handle = await real.open(...given);
    around.after();
    return handle;
  };
  return { ...real, open };
});

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outdial-below-'));
  root = join(folder, 'root');
  mkdirSync(join(root, 'day'), { recursive: true });
  mkdirSync(join(folder, 'outside'));
  writeFileSync(join(root, 'day', 'people.csv'), 'ours');
  writeFileSync(join(folder, 'outside', 'people.csv'), 'secret');
});
afterEach(() => {
  around.before = around.after = () => undefined;
  rmSync(folder, { recursive: true });
});

/** The folder of the file turns into a link that leads out. */
function swap(): void {
  renameSync(join(root, 'day'), join(root, 'aside'));
  symlinkSync(join(folder, 'outside'), join(root, 'day'));
}

function swapBack(): void {
  rmSync(join(root, 'day'));
  renameSync(join(root, 'aside'), join(root, 'day'));
}

const file = (): string => join(root, 'day', 'people.csv');

test('[X-10] nothing happens in between: the file is opened', async () => {
  const handle = await openBelow(file(), [root]);
  expect(await handle.readFile('utf8')).toBe('ours');
  await handle.close();
});

test('[X-10] its folder turns into a link between look and opening: refused', async () => {
  around.before = swap;
  await expect(openBelow(file(), [root])).rejects.toBeInstanceOf(OutsideError);
});

test('[X-10] and back again before the second look: refused, it is another file that was opened', async () => {
  around.before = swap;
  around.after = swapBack;
  await expect(openBelow(file(), [root])).rejects.toBeInstanceOf(OutsideError);
});
