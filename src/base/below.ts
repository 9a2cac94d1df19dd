// Opens a file that somebody else has named, only when it really lies below a folder that is allowed. Links are followed
// first and what was opened is looked at last, so that nothing put in its place in between is read.

import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { OperationalError } from './errors.ts';

/** Not to wait for whoever may write into a pipe, and not through a link. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** What is opened lies outside the folders, or another file than the one that was looked at. */
export class OutsideError extends Error {}

/** Whether `file` lies below `folder`, both whole paths without links. */
export function isBelow(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
}

/**
 * The regular file `file`, opened to be read, when its real path lies below the real path of one of `folders`; without
 * `folders` wherever it lies. Throws OutsideError, or why it cannot be opened. Of a file outside nothing is said, not
 * even whether it is there.
 */
export async function openBelow(file: string, folders?: readonly string[]): Promise<FileHandle> {
  const allowed =
    folders && (await Promise.all(folders.map((folder) => realpath(folder).catch(() => resolve(folder)))));
  const real = await realpath(file).catch((cause: unknown) => {
    if (allowed && !allowed.some((folder) => isBelow(resolve(file), folder))) throw new OutsideError();
    throw cause;
  });
  if (allowed && !allowed.some((folder) => isBelow(real, folder))) throw new OutsideError();
  const handle = await open(real, FLAGS);
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) throw new Error('it is no regular file');
    const found = (await realpath(real)) === real ? await stat(real) : undefined;
    if (found?.ino !== opened.ino || found.dev !== opened.dev) throw new OutsideError();
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The same at once, for what is read on a thread of its own: a descriptor and the size. */
export function openBelowNow(file: string, folder?: string): { readonly descriptor: number; readonly size: number } {
  const real = realpathSync(file);
  if (folder !== undefined && !isBelow(real, realpathSync(folder))) throw new OutsideError();
  const descriptor = openSync(real, FLAGS);
  try {
    const opened = fstatSync(descriptor);
    if (!opened.isFile()) throw new Error('it is no regular file');
    const found = realpathSync(real) === real ? statSync(real) : undefined;
    if (found?.ino !== opened.ino || found.dev !== opened.dev) throw new OutsideError();
    return { descriptor, size: opened.size };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** A file that the API may not read; whether it is there is not said. */
export function outsideRoots(file: string, roots: readonly string[] = []): OperationalError {
  return new OperationalError('file-outside-roots', `The file ${file} is in no folder that the daemon imports from.`, {
    hint: `Put it below ${roots.join(' or ')}, add its folder to files.roots in outdial.yaml, or use outdial list import: it hands the file over.`,
    places: [{ file }],
    httpCode: 403,
  });
}
