// Which contact of the directory a new one is: by a phone, or by the value of a key field. Contacts of other imports that
// have not finished are not seen.

import { own } from '../../base/own.ts';
import type { NewContact } from '../../engine/store/lists.ts';
import type { Connection } from './database.ts';
import type { Slices } from './requests.ts';

/** Contacts looked at per slice when a field becomes a key. */
const WINDOW = 200;

export interface Match {
  readonly contact: number;
  /** The import that made it. */
  readonly import: number;
}

/** The contact that the new one is; `key` names the field, without it phones decide. Undefined when it is no one yet. */
export function matchSearch(db: Connection): (contact: NewContact, run: number, key?: string) => Match | undefined {
  const byPhone = db.prepare<[string, number], Match>(`
    SELECT p.contact, c.import FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
    WHERE p.number = ? AND (i.state = 'finished' OR i.id = ?) LIMIT 1`);
  const byKey = db.prepare<[string, string, number], Match>(`
    SELECT k.contact, c.import FROM contact_keys k JOIN contacts c ON c.id = k.contact JOIN imports i ON i.id = c.import
    WHERE k.field = ? AND k.value = ? AND (i.state = 'finished' OR i.id = ?) LIMIT 1`);
  return (contact, run, key) => {
    if (key !== undefined) {
      const value = own(contact.fields, key);
      return value === undefined || value === '' ? undefined : byKey.get(key, String(value), run);
    }
    for (const { number } of contact.phones) {
      const match = byPhone.get(number, run);
      if (match) return match;
    }
    return undefined;
  };
}

/** Whether a contact is certainly no one who is there; asked of contacts that will be written, in their order. */
export type IsNew = (contact: NewContact) => boolean;

/**
 * Looks at many contacts at once: which of them have no number that anybody has, those before them included. Of the
 * others `matchSearch` knows. By a key they are looked at one by one.
 */
export function newcomerSearch(db: Connection): (contacts: readonly NewContact[], key?: string) => IsNew {
  const find = db
    .prepare<[string], string>(
      'SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM phones WHERE number = value)',
    )
    .pluck();
  return (contacts, key) => {
    if (key !== undefined) return () => false;
    const numbers = contacts.flatMap(({ phones }) => phones.map(({ number }) => number));
    const taken = new Set(find.all(JSON.stringify(numbers)));
    return ({ phones }) => {
      const isNew = phones.every(({ number }) => !taken.has(number));
      for (const { number } of phones) taken.add(number);
      return isNew;
    };
  };
}

/** Makes a field a key: from then on the database keeps its values by itself; those that are there are gathered now. */
export function keyMaker(db: Connection): (field: string) => Slices<void> {
  const known = db.prepare<[string], 1>('SELECT 1 FROM key_fields WHERE field = ?').pluck();
  const add = db.prepare('INSERT INTO key_fields (field) VALUES (?)');
  const last = db.prepare<[], number | null>('SELECT max(id) FROM contacts').pluck();
  const gather = db.prepare(`
    INSERT INTO contact_keys (field, value, contact)
    SELECT :field, f.value, c.id FROM contacts c JOIN json_each(c.fields) f ON f.key = :field
    WHERE c.id > :from AND c.id <= :from + ${WINDOW} AND f.value <> '' ON CONFLICT DO NOTHING`);
  return function* (field) {
    if (known.get(field)) return;
    const end = last.get() ?? 0;
    // Before the field is a key, so that a crash in between begins it again.
    for (let from = 0; from < end; from += WINDOW) {
      gather.run({ field, from });
      yield;
    }
    add.run(field);
  };
}
