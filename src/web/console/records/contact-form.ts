// The form of a contact: what is written in it as what the API takes, only what differs from what is known.

import type { z } from 'zod';
import type { contactEditBody } from '../../../http/wire/contacts.ts';
import type { filterFields } from '../../../http/wire/filters.ts';
import type { contactRow } from '../../../http/wire/wire.ts';

export type Contact = z.output<typeof contactRow>;
export type Field = z.output<typeof filterFields>[number];
export type Phones = Contact['phones'];
type Edit = z.output<typeof contactEditBody>;

export interface ContactForm {
  readonly name: string;
  readonly phones: Phones;
  /** As they are written; check boxes as `true` or `false`. */
  readonly fields: Readonly<Record<string, string>>;
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

export function formOf({ name, phones, fields }: Contact): ContactForm {
  return {
    name,
    phones,
    fields: Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, written(value)])),
  };
}

/** The change, or null: nothing differs. An emptied field is taken away; what a check box or number is, is its own. */
export function editOf(contact: Contact, form: ContactForm, known: readonly Field[]): Edit | null {
  const before = formOf(contact);
  const fields = Object.entries(form.fields).flatMap(([field, text]): [string, string | number | boolean | null][] => {
    if (text === (before.fields[field] ?? '')) return [];
    return [
      [
        field,
        valueOf(
          text,
          contact.fields[field],
          known.find((one) => one.field === field),
        ),
      ],
    ];
  });
  const isRenamed = form.name !== before.name;
  const isRewired = JSON.stringify(form.phones) !== JSON.stringify(before.phones);
  if (!isRenamed && !isRewired && fields.length === 0) return null;
  return {
    ...(isRenamed ? { name: form.name } : {}),
    ...(isRewired ? { phones: form.phones.filter(({ number }) => number.trim() !== '') } : {}),
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
  };
}

function valueOf(text: string, before: unknown, field: Field | undefined): string | number | boolean | null {
  if (text.trim() === '') return null;
  if (field?.type === 'check-box' || (field?.type === undefined && typeof before === 'boolean')) return text === 'true';
  // Numbers are read by the server, which knows the mark of decimals.
  return text;
}
