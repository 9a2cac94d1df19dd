// Edits of contacts: contact-change.ts says what becomes of one; every change is kept with the value before it.

import type { ContactEdit, EditedContact } from '../../engine/store/contacts.ts';
import type { ContactRow } from '../../engine/store/lists.ts';
import type { Phone } from '../../terms.ts';
import { changedContact } from '../contact-change.ts';
import { contactUnknown } from '../../engine/store/refusals.ts';
import { locked } from '../dialect.ts';
import { Json, sql } from '../statement.ts';
import { all, run } from '../work.ts';
import type { Work } from '../work.ts';
import { contactDetails } from './contact-find.ts';
import { addToIndex, removeFromIndex } from './contact-index.ts';

export function* editContact(edit: ContactEdit): Work<EditedContact> {
  const before = yield* contactDetails(edit.contact);
  if (!before) throw contactUnknown(edit.contact);
  const { name, fields, changes } = changedContact(before, edit);
  if (changes.length > 0) {
    yield* removeFromIndex(edit.contact);
    yield* writeContact({ id: edit.contact, name, fields });
    if (edit.phones) yield* writePhones(before, edit.phones);
    yield* addToIndex(edit.contact);
    yield* noteFieldNames(edit.contact, Object.keys(fields));
    yield* noteEvent({ ...edit, what: 'edited', detail: { changes } });
    yield* alignmentDue(edit.contact);
  }
  const contact = yield* contactDetails(edit.contact);
  if (!contact) throw contactUnknown(edit.contact);
  return { contact, changes };
}

const UPDATE = sql`UPDATE contacts SET name = :name, fields = :fields WHERE id = :id`;
const CLEAR_PHONES = sql`DELETE FROM phones WHERE contact = :contact`;
const ADD_PHONE = sql`
  INSERT INTO phones (contact, position, number, type) VALUES (:contact, :position, :number, :type)`;
const PLACES = sql<{ id: number; place: number }>`
  SELECT r.id, r.phone_index AS place FROM records r WHERE r.contact = :contact ORDER BY r.id ${locked('r')}`;
const POINT = sql`UPDATE records SET phone_index = :place, number_changes = NULL WHERE id = :id`;
const EVENT = sql`
  INSERT INTO contact_events (contact, at, by, what, detail) VALUES (:contact, :at, :by, :what, :detail)`;
const OUTDATE = sql`
  UPDATE campaigns SET synced = '' WHERE synced <> '' AND id IN (SELECT campaign FROM records WHERE contact = :contact
    UNION SELECT u.campaign FROM campaign_lists u JOIN lists l ON l.name = u.list
    JOIN list_contacts m ON m.list = l.id WHERE m.contact = :contact)`;

const NOTE_FIELDS = sql`
  INSERT INTO import_fields (import, field)
  SELECT DISTINCT m.import, f.field FROM list_contacts m CROSS JOIN ${{
    sqlite: '(SELECT value AS field FROM json_each(:names))',
    postgres: '(SELECT unnest(:names::text[]) AS field)',
  }} f WHERE m.contact = :contact ON CONFLICT DO NOTHING`;

/** The lists of the contact have these fields from now on. */
export function noteFieldNames(contact: number, names: readonly string[]): Work<void> {
  return run(NOTE_FIELDS, { contact, names });
}

export function writeContact({ id, name, fields }: Omit<ContactRow, 'phones'>): Work<void> {
  return run(UPDATE, { id, name, fields: new Json(fields) });
}

/** Replaces the phones; records go on with the number that was their next, wherever it stands now. */
export function* writePhones(before: Pick<ContactRow, 'id' | 'phones'>, phones: readonly Phone[]): Work<void> {
  const contact = before.id;
  yield* run(CLEAR_PHONES, { contact });
  for (const [position, { number, type }] of phones.entries()) {
    yield* run(ADD_PHONE, { contact, position, number, type });
  }
  for (const { id, place } of yield* all(PLACES, { contact })) {
    const next = phones.findIndex(({ number }) => number === before.phones[place]?.number);
    yield* run(POINT, { id, place: Math.max(0, next) });
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
export function noteEvent({ contact, at, by, what, detail }: ContactChange): Work<void> {
  return run(EVENT, { contact, at, by, what, detail: new Json(detail) });
}

/** The records of the contact's campaigns are to be aligned again: its fields may decide on filter, order or hours. */
export function alignmentDue(contact: number): Work<void> {
  return run(OUTDATE, { contact });
}
