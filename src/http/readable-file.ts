// Refuses a file that the daemon cannot read, before anything is started with it.

import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { OperationalError } from '../base/errors.ts';

/** Refused with `import-file-unreadable` unless `file` is the whole path of a file that the daemon may read. */
export async function refuseUnreadable(file: string): Promise<void> {
  const found = isAbsolute(file) ? await stat(file).catch(() => undefined) : undefined;
  const readable =
    found?.isFile() === true &&
    (await access(file, constants.R_OK).then(
      () => true,
      () => false,
    ));
  if (readable) return;
  throw new OperationalError('import-file-unreadable', `The daemon cannot read the file ${file}.`, {
    hint: 'Put it on the machine of the daemon, readable by its user, and give the whole path.',
    places: [{ file }],
  });
}
