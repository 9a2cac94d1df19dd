// Reads a file that a configuration names, at once and without surprises: a regular file of a sensible size, below the
// folder that it belongs to. A pipe, a device or a link that leads out of the folder is refused without being read.

import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, relative, isAbsolute } from 'node:path';

const MOST_BYTES = 1_000_000;

/** The text of `file`; throws an Error whose message says in a few words why it is not read. */
export function readRegularFile(file: string, { under }: { readonly under?: string } = {}): string {
  if (under !== undefined && !isBelow(realpathSync(file), realpathSync(under))) {
    throw new Error(`it lies outside ${under}`);
  }
  // Not to wait for whoever may write into a pipe.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = fstatSync(descriptor);
    if (!about.isFile()) throw new Error('it is no regular file');
    if (about.size > MOST_BYTES) throw new Error('it is larger than a megabyte');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a file's real path lies below a folder's. */
function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, dirname(file));
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
