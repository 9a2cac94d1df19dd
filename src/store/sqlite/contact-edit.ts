// Edits of contacts: contact-change.ts says what becomes of one; every change is kept with the value before it.

import type { ContactStore } from '../../engine/store-contacts.ts';
import type { ContactRow } from '../../engine/store-lists.ts';
import type { Phone } from '../../terms.ts';
import { changedContact } from '../contact-change.ts';
import { contactUnknown } from '../contact-refusals.ts';
import { contactIndex } from './contact-index.ts';
import type { ContactQueries } from './contacts.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

export function contactEditing(db: Connection, contacts: ContactQueries): Handlers<ContactStore>['edit'] {
  const update = db.prepare('UPDATE contacts SET name = ?, fields = ? WHERE id = ?');
  const event = db.prepare(`INSERT INTO contact_events (contact, at, by, what, detail) VALUES (?, ?, ?, 'edited', ?)`);
  const setPhones = phoneWrites(db);
  const outdate = alignmentDue(db);
  const index = contactIndex(db);
  return (edit) => {
    const before = contacts.details(edit.contact);
    if (!before) throw contactUnknown(edit.contact);
    const { name, fields, changes } = changedContact(before, edit);
    if (changes.length > 0) {
      index.remove(edit.contact);
      update.run(name, JSON.stringify(fields), edit.contact);
      if (edit.phones) setPhones(before, edit.phones);
      index.add(edit.contact);
      event.run(edit.contact, edit.at, edit.by, JSON.stringify({ changes }));
      outdate(edit.contact);
    }
    const contact = contacts.details(edit.contact);
    if (!contact) throw contactUnknown(edit.contact);
    return { contact, changes };
  };
}

/** Writes the phones anew; records go on with the number that was their next, wherever it stands now. */
export function phoneWrites(
  db: Connection,
): (before: Pick<ContactRow, 'id' | 'phones'>, phones: readonly Phone[]) => void {
  const clear = db.prepare('DELETE FROM phones WHERE contact = ?');
  const add = db.prepare('INSERT INTO phones (contact, position, number, type) VALUES (?, ?, ?, ?)');
  const records = db.prepare<[number], { id: number; place: number }>(
    'SELECT id, phone_index AS place FROM records WHERE contact = ?',
  );
  const point = db.prepare('UPDATE records SET phone_index = ?, number_changes = NULL WHERE id = ?');
  return (before, phones) => {
    clear.run(before.id);
    phones.forEach(({ number, type }, position) => add.run(before.id, position, number, type));
    for (const { id, place } of records.all(before.id)) {
      const next = phones.findIndex(({ number }) => number === before.phones[place]?.number);
      point.run(Math.max(0, next), id);
    }
  };
}

/** The records of the contact's campaigns are to be brought in line anew: its fields may decide on filter, order or hours. */
export function alignmentDue(db: Connection): (contact: number) => void {
  const outdate = db.prepare(
    `UPDATE campaigns SET synced = '' WHERE id IN (SELECT campaign FROM records WHERE contact = ?
       UNION SELECT u.campaign FROM campaign_lists u JOIN lists l ON l.name = u.list
       JOIN list_contacts m ON m.list = l.id WHERE m.contact = ?)`,
  );
  return (contact) => void outdate.run(contact, contact);
}
