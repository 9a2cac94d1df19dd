// Files that are written in one step: complete and on the disk, or as they were before.

import { randomBytes } from 'node:crypto';
import { link, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A new file; fails with `EEXIST` when there is one of that name. */
export function writeNew(file: string, text: string, mode: number): Promise<void> {
  return written(file, text, { mode, put: (draft) => link(draft, file) });
}

/** In the place of whatever is there. */
export function putWhole(file: string, text: string, mode: number): Promise<void> {
  return written(file, text, { mode, put: (draft) => rename(draft, file) });
}

/** In the place of a file that is there, which keeps its mode. A link stays one: what it leads to is replaced. */
export async function replaceWhole(named: string, text: string): Promise<void> {
  const file = await realpath(named);
  await putWhole(file, text, (await stat(file)).mode & 0o777);
}

interface Putting {
  readonly mode: number;
  readonly put: (draft: string) => Promise<void>;
}

async function written(file: string, text: string, { mode, put }: Putting): Promise<void> {
  const draft = join(dirname(file), `.${randomBytes(6).toString('hex')}.draft`);
  try {
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await put(draft);
    const folder = await open(dirname(file), 'r');
    await folder.sync().finally(() => folder.close());
  } finally {
    await unlink(draft).catch(() => undefined); // renamed, never made, or stays behind hidden
  }
}
