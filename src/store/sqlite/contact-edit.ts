// Edits of contacts: what may be changed is decided in list/fields.ts; every change is kept with the value before it.

import type { ContactStore, EditedContact } from '../../engine/store-contacts.ts';
import type { ContactRow } from '../../engine/store-lists.ts';
import { OperationalError } from '../../base/errors.ts';
import { editFields } from '../../list/fields.ts';
import type { Phone } from '../../terms.ts';
import { contactIndex } from './contact-index.ts';
import type { ContactQueries } from './contacts.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

type Change = EditedContact['changes'][number];

export function contactEditing(db: Connection, contacts: ContactQueries): Handlers<ContactStore>['edit'] {
  const update = db.prepare('UPDATE contacts SET name = ?, fields = ? WHERE id = ?');
  const event = db.prepare(`INSERT INTO contact_events (contact, at, by, what, detail) VALUES (?, ?, ?, 'edited', ?)`);
  const setPhones = phoneWrites(db);
  const outdate = alignmentDue(db);
  const index = contactIndex(db);
  return (edit) => {
    const before = contacts.details(edit.contact);
    if (!before) throw contactUnknown(edit.contact);
    const own = new Set(before.records.map(({ campaign }) => campaign));
    const definitions = edit.definitions.filter(({ campaign }) => own.has(campaign));
    const { fields, changes: ofFields, faults } = editFields(before.fields, edit.fields ?? {}, definitions);
    const phones = edit.phones ?? before.phones;
    const all = [...faults, ...phoneFaults(phones)];
    if (all.length > 0) throw editRefused(edit.contact, all);
    const name = edit.name ?? before.name;
    const changes: Change[] = [
      ...change('name', before.name, name),
      ...ofFields.map(({ field, from, to }) => ({ what: `fields.${field}`, from, to })),
      ...change('phones', before.phones, phones),
    ];
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

function change(what: string, from: unknown, to: unknown): Change[] {
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ what, from, to }];
}

function phoneFaults(phones: readonly Phone[]): readonly string[] {
  if (phones.length === 0) return ['phones: at least one is needed'];
  const numbers = phones.map(({ number }) => number);
  const twice = numbers.find((number, place) => numbers.indexOf(number) !== place);
  return twice === undefined ? [] : [`phones: ${twice} is there twice`];
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

export function contactUnknown(contact: number): OperationalError {
  const hint = 'outdial contact find searches by name, number and field.';
  return new OperationalError('contact-unknown', `There is no contact ${contact}.`, { hint, httpCode: 404 });
}

function editRefused(contact: number, faults: readonly string[]): OperationalError {
  return new OperationalError('contact-edit-refused', `The contact ${contact} was not changed: ${faults.join('; ')}.`, {
    hint: 'What a field may hold is said under fields: in the campaign files.',
  });
}
