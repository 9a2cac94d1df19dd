// Writes contacts that are certainly new many at a time: each with its phones, its place on the list and its text in the
// search index.

import { distinctPhones, searchTextOf } from '../contact-batch.ts';
import type { BatchContact } from '../contact-batch.ts';
import type { ImportRun } from '../nouns/import-runs.ts';
import type { ContactIndex } from './contact-index.ts';
import type { Connection } from './database.ts';
import { rowsInserter } from './many-rows.ts';
import type { Value } from './many-rows.ts';

/** A contact that was just written. */
export interface MadeContact {
  readonly id: number;
  /** Its text in the search index; absent: the database has to say it. */
  readonly searchText: string | undefined;
}

export interface NewContacts {
  /** Writes the contacts in their order; they are not in the search index yet. */
  readonly write: (run: ImportRun, contacts: readonly BatchContact[]) => readonly MadeContact[];
  /** Puts contacts that were just written so into the search index. */
  readonly index: (contacts: readonly MadeContact[]) => void;
}

export function newContacts(db: Connection, index: ContactIndex): NewContacts {
  const last = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM contacts').pluck();
  const addContacts = rowsInserter(db, 'contacts (id, name, fields, import)', 4);
  const addPhones = rowsInserter(db, 'phones (contact, position, number, type)', 4);
  const join = rowsInserter(db, 'list_contacts (list, contact, import)', 3, 'ON CONFLICT DO NOTHING');
  const addTexts = rowsInserter(db, 'contact_search (rowid, text)', 2);
  const first = db.prepare('UPDATE imports SET first_contact = ? WHERE id = ? AND first_contact IS NULL');
  return {
    write(run, contacts) {
      const before = last.get() ?? 0;
      const [rows, numbers, places]: [Value[], Value[], Value[]] = [[], [], []];
      const made = contacts.map((contact, place): MadeContact => {
        const id = before + 1 + place;
        const { name, fieldsText } = contact;
        const phones = distinctPhones(contact.phones);
        rows.push(id, name, fieldsText ?? JSON.stringify(contact.fields), run.id);
        phones.forEach(({ number, type }, position) => numbers.push(id, position, number, type));
        places.push(run.list, id, run.id);
        const isRead = fieldsText !== undefined;
        return { id, searchText: isRead ? contact.searchText : searchTextOf({ name, fields: contact.fields, phones }) };
      });
      addContacts(rows);
      addPhones(numbers);
      join(places);
      const [one] = made;
      if (one) first.run(one.id, run.id);
      return made;
    },
    index(contacts) {
      const texts: Value[] = [];
      for (const { id, searchText } of contacts) {
        if (searchText === undefined) index.add(id);
        else texts.push(id, searchText);
      }
      addTexts(texts);
    },
  };
}
