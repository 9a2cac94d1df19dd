// Reads a file that a configuration names, at once and without surprises: a regular file of a sensible size, below the
// folder that it belongs to. A pipe, a device or a link that leads out of the folder is refused without being read.

import { closeSync, readFileSync } from 'node:fs';
import { openBelowNow, OutsideError } from '../base/below.ts';

const MOST_BYTES = 1_000_000;

/** The text of `file`; throws an Error whose message says in a few words why it is not read. */
export function readRegularFile(file: string, { under }: { readonly under?: string } = {}): string {
  const { descriptor, size } = opened(file, under);
  try {
    if (size > MOST_BYTES) throw new Error('it is larger than a megabyte');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string, under: string | undefined): ReturnType<typeof openBelowNow> {
  try {
    return openBelowNow(file, under);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new Error(under === undefined ? 'it was replaced while it was read' : `it lies outside ${under}`, {
      cause: error,
    });
  }
}
