// What deleted rows leave behind in the files: the log is emptied, free space is overwritten, and a search through the
// files says whether anything is still there. Runs outside of transactions; asked for step by step, so that nothing waits
// long.

import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { formsOf } from '../../list/personal-values.ts';
import type { ContactStore } from '../../engine/store-contacts.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

/** So long the emptying of the log waits for readers. */
const WAIT_MS = 50;
const CHUNK = 4 * 1024 * 1024;

/** Empties the log; with `rewrite`, the whole database is written anew first, which holds every other change up. */
export function scrubbing(db: Connection): Handlers<ContactStore>['scrub'] {
  return ({ rewrite }) => {
    const timeout = db.pragma('busy_timeout', { simple: true });
    db.pragma(`busy_timeout = ${WAIT_MS}`);
    try {
      if (rewrite) db.exec('VACUUM');
      const [row] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
      return row?.busy === 0;
    } finally {
      db.pragma(`busy_timeout = ${Number(timeout)}`);
    }
  };
}

/** Texts that people wrote somewhere else, and what stands there afterwards. */
const FREE_TEXTS: readonly (readonly [table: string, column: string, empty: string])[] = [
  ['do_not_call_numbers', 'reason', ''],
  ['attempts', 'reason', ''],
  ['inbound_calls', 'reason', ''],
  ['callbacks', 'note', ''],
  ['callback_steps', 'detail', '{}'],
  ['contact_events', 'detail', '{}'],
  ['campaign_steps', 'reason', ''],
  ['outbound_turns', 'reason', ''],
  ['session_states', 'reason', ''],
  ['validations', 'reason', ''],
];

/** Empties every text that holds one of the needles, whosever it is; the rows changed, by table. */
export function sweeping(db: Connection): Handlers<ContactStore>['sweep'] {
  const steps = FREE_TEXTS.map(([table, column, empty]) => {
    const holds = `${column} IS NOT NULL AND instr(${column}, ?) > 0`;
    return { table, step: db.prepare<[string]>(`UPDATE ${table} SET ${column} = '${empty}' WHERE ${holds}`) };
  });
  return (needles) => {
    const rows: Record<string, number> = {};
    db.pragma('secure_delete = ON');
    for (const form of needles.flatMap(formsOf)) {
      for (const { table, step } of steps) rows[table] = (rows[table] ?? 0) + step.run(form).changes;
    }
    return rows;
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
