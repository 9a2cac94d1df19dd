// What deleted rows leave behind in the files: the log is emptied, free space is overwritten, and a search through the
// files says whether anything is still there. Runs outside of transactions; asked for step by step, so that nothing waits
// long.

import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { formsOf } from '../../records/personal-values.ts';
import type { ContactStore } from '../../engine/store/contacts.ts';
import { rewrite } from './database.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

/** So long the emptying of the log waits for readers. */
const WAIT_MS = 50;
const CHUNK = 4 * 1024 * 1024;

/** Empties the log; with `rewrite`, the whole database is rewritten first, which holds every other change up. */
export function scrubbing(db: Connection): Handlers<ContactStore>['scrub'] {
  return ({ rewrite: isRewriting }) => {
    const timeout = db.pragma('busy_timeout', { simple: true });
    db.pragma(`busy_timeout = ${WAIT_MS}`);
    try {
      if (isRewriting) rewrite(db);
      const [row] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
      return row?.busy === 0;
    } finally {
      db.pragma(`busy_timeout = ${Number(timeout)}`);
    }
  };
}

/** How often one of the texts stands in the database file or its log. */
export function traceSearch(db: Connection): Handlers<ContactStore>['traces'] {
  return (needles) => {
    const bytes = needles.flatMap(formsOf).map((form) => Buffer.from(form, 'utf8'));
    return [db.name, `${db.name}-wal`].reduce((sum, file) => sum + occurrences(file, bytes), 0);
  };
}

function occurrences(file: string, needles: readonly Buffer[]): number {
  if (needles.length === 0 || !existsSync(file)) return 0;
  const longest = Math.max(...needles.map(({ length }) => length));
  const opened = openSync(file, 'r');
  const buffer = Buffer.alloc(CHUNK + longest);
  let count = 0;
  try {
    for (let position = 0; ; position += CHUNK) {
      // Each chunk reaches into the next one, so that nothing is missed at the seam, and is counted by its beginning.
      const length = readSync(opened, buffer, 0, buffer.length, position);
      const chunk = buffer.subarray(0, length);
      for (const needle of needles) {
        for (let at = chunk.indexOf(needle); at >= 0 && at < CHUNK; at = chunk.indexOf(needle, at + 1)) count += 1;
      }
      if (length < buffer.length) return count;
    }
  } finally {
    closeSync(opened);
  }
}
