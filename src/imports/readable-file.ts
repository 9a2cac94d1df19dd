// Refuses a file that the daemon cannot or may not read, before anything is started with it.

import { isAbsolute } from 'node:path';
import { openBelow, OutsideError, outsideRoots } from '../base/below.ts';
import { OperationalError } from '../base/errors.ts';

/**
 * Refused with `import-file-unreadable` unless `file` is the whole path of a file that the daemon can read, and with
 * `file-outside-roots` when it lies below none of `roots`. Whoever reads it later looks once more.
 */
export async function refuseUnreadable(file: string, roots: readonly string[]): Promise<void> {
  try {
    if (!isAbsolute(file)) throw new Error('half a path');
    await (await openBelow(file, roots)).close();
  } catch (cause) {
    if (cause instanceof OutsideError) throw outsideRoots(file, roots);
    throw new OperationalError('import-file-unreadable', `The daemon cannot read the file ${file}.`, {
      hint: 'Put it on the machine of the daemon, readable by its user, and give the whole path.',
      places: [{ file }],
      cause,
    });
  }
}
