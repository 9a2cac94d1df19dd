// How an import is refused that may bring no one who is there already; the same in every store.

import type { ImportBatch, NewContact } from '../engine/store/lists.ts';
import { OperationalError } from '../base/errors.ts';

/** The refusal, with the line of the contact that is there already. */
export function duplicateRefusal({ source, key }: ImportBatch, { line }: NewContact): OperationalError {
  const by = key === undefined ? 'a phone' : `the same ${key}`;
  const message = `The contact in line ${line} is there already (${by}); nothing was imported.`;
  const hint = 'Take it out of the file, or import with --duplicates skip or merge.';
  return new OperationalError('import-duplicate', message, { hint, places: [{ file: source, line }] });
}
