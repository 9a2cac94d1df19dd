// The names of the fields that each list has, kept with its imports: noted as rows come, never looked for among contacts.

import type { FieldNames } from '../../engine/store/lists.ts';
import type { Connection } from './database.ts';

export interface ImportFields {
  /** The import brings these. */
  note(run: number, names: Iterable<string>): void;
  /** The import puts contacts on its list that were there before: what their lists have, it has too. */
  inherit(run: number, contacts: readonly number[]): void;
  /** The import changes a contact that was there before: what it has, the contact's lists have too, but for those in `done`. */
  passOn(run: number, contact: number, done: Set<number>): void;
  /** Of every list with a finished import. */
  byList(): readonly FieldNames[];
}

const OF_CONTACTS = 'SELECT import FROM list_contacts WHERE contact IN (SELECT value FROM json_each(:contacts))';

export function importFields(db: Connection): ImportFields {
  const add = db.prepare('INSERT INTO import_fields (import, field) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const inherit = db.prepare(`
    INSERT INTO import_fields (import, field)
    SELECT DISTINCT :run, field FROM import_fields WHERE import IN (${OF_CONTACTS}) ON CONFLICT DO NOTHING`);
  const importsOf = db.prepare<[number], number>('SELECT import FROM list_contacts WHERE contact = ?').pluck();
  const passOn = db.prepare(`
    INSERT INTO import_fields (import, field)
    SELECT :to, field FROM import_fields WHERE import = :run ON CONFLICT DO NOTHING`);
  const all = db.prepare<[], { list: string; field: string }>(`
    SELECT DISTINCT l.name AS list, f.field FROM lists l JOIN imports i ON i.list = l.id AND i.state = 'finished'
    JOIN import_fields f ON f.import = i.id WHERE l.removed_at IS NULL ORDER BY l.name, f.field`);
  return {
    note: (run, names) => {
      for (const name of names) add.run(run, name);
    },
    inherit: (run, contacts) => {
      if (contacts.length > 0) inherit.run({ run, contacts: JSON.stringify(contacts) });
    },
    passOn(run, contact, done) {
      for (const to of importsOf.all(contact)) {
        if (!done.has(to)) passOn.run({ run, to });
        done.add(to);
      }
    },
    byList: () => gathered(all.all()),
  };
}

function gathered(rows: readonly { readonly list: string; readonly field: string }[]): readonly FieldNames[] {
  const lists = new Map<string, string[]>();
  for (const { list, field } of rows) lists.set(list, [...(lists.get(list) ?? []), field]);
  return [...lists].map(([list, fields]) => ({ list, fields }));
}
