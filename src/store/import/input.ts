// The file of an import, opened once: what was looked at is what is read, whatever is put in its place meanwhile.

import type { FileHandle } from 'node:fs/promises';
import { openBelow, OutsideError, outsideRoots } from '../../base/below.ts';
import { unreadable } from './faults.ts';

export interface Input {
  /** As it was named: for messages, and for the files beside it. */
  readonly file: string;
  readonly handle: FileHandle;
}

/** Opens `file`, closes it after `work`; refused with `import-unreadable`, and outside of `roots` with `file-outside-roots`. */
export async function withInput<T>(
  file: string,
  roots: readonly string[] | undefined,
  work: (input: Input) => Promise<T>,
): Promise<T> {
  const handle = await openBelow(file, roots).catch((error: unknown) => {
    throw error instanceof OutsideError ? outsideRoots(file, roots) : unreadable(file, error);
  });
  try {
    return await work({ file, handle });
  } finally {
    await handle.close();
  }
}
