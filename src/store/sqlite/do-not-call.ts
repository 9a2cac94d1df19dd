// The numbers that nobody dials, with who put them there, when and why. Millions of rows, looked up by number.

import type { DoNotCallStore } from '../../engine/store.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

interface Entry {
  readonly number: string;
  readonly addedAt: number;
  readonly by: string;
  readonly reason: string;
}

export function doNotCallHandlers(db: Connection): Handlers<DoNotCallStore> {
  const add = db.prepare(
    'INSERT INTO do_not_call (number, added_at, by, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = db.prepare('DELETE FROM do_not_call WHERE number = ?');
  const check = db.prepare<[string], Entry>(
    'SELECT number, added_at AS addedAt, by, reason FROM do_not_call WHERE number = ?',
  );
  return {
    *add(numbers, { by, at, reason }) {
      let added = 0;
      for (const number of numbers) {
        added += add.run(number, at, by, reason).changes;
        yield;
      }
      return added;
    },
    remove: (number) => remove.run(number).changes > 0,
    check: (number) => check.get(number),
  };
}
