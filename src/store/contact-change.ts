// What an edit makes of a contact, the same in every store; what may be changed is decided in campaign/fields.ts. Touches no
// database.

import type { ContactDetails, ContactEdit, EditedContact } from '../engine/store/contacts.ts';
import { editFields } from '../campaign/fields.ts';
import type { Phone } from '../terms.ts';
import { contactEditRefused } from './contact-refusals.ts';

type Change = EditedContact['changes'][number];

interface ChangedContact extends Pick<ContactDetails, 'name' | 'fields'> {
  /** Each with the value before; none: nothing is to be written. */
  readonly changes: readonly Change[];
}

/** The contact as the edit makes it; refused with `contact-edit-refused`, which names every fault. */
export function changedContact(before: ContactDetails, edit: ContactEdit): ChangedContact {
  const own = new Set(before.records.map(({ campaign }) => campaign));
  const definitions = edit.definitions.filter(({ campaign }) => own.has(campaign));
  const { fields, changes, faults } = editFields(before.fields, edit.fields ?? {}, definitions);
  const phones = edit.phones ?? before.phones;
  const all = [...faults, ...phoneFaults(phones)];
  if (all.length > 0) throw contactEditRefused(edit.contact, all);
  const name = edit.name ?? before.name;
  return {
    name,
    fields,
    changes: [
      ...change('name', before.name, name),
      ...changes.map(({ field, from, to }) => ({ what: `fields.${field}`, from, to })),
      ...change('phones', before.phones, phones),
    ],
  };
}

function change(what: string, from: unknown, to: unknown): readonly Change[] {
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ what, from, to }];
}

function phoneFaults(phones: readonly Phone[]): readonly string[] {
  if (phones.length === 0) return ['phones: at least one is needed'];
  const numbers = phones.map(({ number }) => number);
  const twice = numbers.find((number, place) => numbers.indexOf(number) !== place);
  return twice === undefined ? [] : [`phones: ${twice} is there twice`];
}
