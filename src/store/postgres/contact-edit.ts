// Edits of contacts: contact-change.ts says what becomes of one; every change is kept with the value before it.

import type { ContactEdit, EditedContact } from '../../engine/store-contacts.ts';
import type { ContactRow } from '../../engine/store-lists.ts';
import type { Phone } from '../../terms.ts';
import { changedContact } from '../contact-change.ts';
import { contactUnknown } from '../contact-refusals.ts';
import { contactDetails } from './contact-find.ts';
import { json, sql } from './database.ts';
import type { Db } from './database.ts';

const UPDATE = sql('UPDATE contacts SET name = $2, fields = $3 WHERE id = $1');
const EVENT = sql('INSERT INTO contact_events (contact, at, by, what, detail) VALUES ($1, $2, $3, $4, $5)');
const CLEAR_PHONES = sql('DELETE FROM phones WHERE contact = $1');
const ADD_PHONES = sql(`
  INSERT INTO phones (contact, position, number, type)
  SELECT $1, x.position - 1, x.number, x.type FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS x (number, type, position)`);
const PLACES = sql<{ id: number; place: number }>(
  'SELECT id, phone_index AS place FROM records WHERE contact = $1 ORDER BY id FOR UPDATE',
);
const POINT = sql('UPDATE records SET phone_index = $2, number_changes = NULL WHERE id = $1');
const OUTDATE = sql(`
  UPDATE campaigns SET synced = '' WHERE synced <> '' AND id IN (SELECT campaign FROM records WHERE contact = $1
    UNION SELECT u.campaign FROM campaign_lists u JOIN lists l ON l.name = u.list
    JOIN list_contacts m ON m.list = l.id WHERE m.contact = $1)`);

export async function editContact(db: Db, edit: ContactEdit): Promise<EditedContact> {
  const before = await contactDetails(db, edit.contact);
  if (!before) throw contactUnknown(edit.contact);
  const { name, fields, changes } = changedContact(before, edit);
  if (changes.length > 0) {
    await writeContact(db, { id: edit.contact, name, fields });
    if (edit.phones) await writePhones(db, before, edit.phones);
    await noteEvent(db, { ...edit, what: 'edited', detail: { changes } });
    await alignmentDue(db, edit.contact);
  }
  const contact = await contactDetails(db, edit.contact);
  if (!contact) throw contactUnknown(edit.contact);
  return { contact, changes };
}

export async function writeContact(db: Db, { id, name, fields }: Omit<ContactRow, 'phones'>): Promise<void> {
  await db.run(UPDATE, [id, name, json(fields)]);
}

/** Writes the phones anew; records go on with the number that was their next, wherever it stands now. */
export async function writePhones(
  db: Db,
  before: Pick<ContactRow, 'id' | 'phones'>,
  phones: readonly Phone[],
): Promise<void> {
  await db.run(CLEAR_PHONES, [before.id]);
  await db.run(ADD_PHONES, [before.id, phones.map(({ number }) => number), phones.map(({ type }) => type)]);
  for (const { id, place } of await db.all(PLACES, [before.id])) {
    const next = phones.findIndex(({ number }) => number === before.phones[place]?.number);
    await db.run(POINT, [id, Math.max(0, next)]);
  }
}

interface ContactChange {
  readonly contact: number;
  readonly at: number;
  readonly by: string;
  readonly what: 'edited' | 'merged' | 'record';
  readonly detail: unknown;
}

/** Keeps what was done to a contact. */
export async function noteEvent(db: Db, { contact, at, by, what, detail }: ContactChange): Promise<void> {
  await db.run(EVENT, [contact, at, by, what, json(detail)]);
}

/** The records of the contact's campaigns are to be brought in line anew: its fields may decide on filter, order or hours. */
export async function alignmentDue(db: Db, contact: number): Promise<void> {
  await db.run(OUTDATE, [contact]);
}
