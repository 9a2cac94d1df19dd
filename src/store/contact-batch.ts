// The contacts of a batch of an import, whichever way they came. As text they are written on the import's own thread, with
// what the store will write of each: of that thread there is time enough, of the one that commits what calls do there is not.

import type { ContactRow, ImportBatch, NewContact } from '../engine/store/lists.ts';
import type { Phone, PhoneType } from '../terms.ts';

/** A contact with what SQLite writes of it, where that has been worked out before. */
export interface BatchContact extends NewContact {
  /** Its fields as JSON. */
  readonly fieldsText?: string;
  /** Its text in the search index; absent: the database has to say it. */
  readonly searchText?: string | undefined;
}

/** Values that each contact takes in a text before its phones, and each phone. */
const [HEAD, PER_PHONE] = [5, 2];

type Item = string | number | null;

/** The batch's contacts; text is trusted to be what `textOfContacts` has written. */
export function contactsOf({ contacts }: Pick<ImportBatch, 'contacts'>): readonly BatchContact[] {
  return typeof contacts === 'string' ? read(JSON.parse(contacts) as readonly Item[]) : contacts;
}

/** The contacts as text: one array of values, without their names, which takes a quarter of the time to read. */
export function textOfContacts(contacts: readonly NewContact[]): string {
  const items: Item[] = [];
  for (const { name, fields, phones: given, line } of contacts) {
    const phones = distinctPhones(given);
    items.push(line, name, JSON.stringify(fields), searchTextOf({ name, fields, phones }) ?? null, phones.length);
    for (const { number, type } of phones) items.push(number, type);
  }
  return JSON.stringify(items);
}

/** What the view contact_texts shows of the contact, to the letter; undefined where the database writes it its own way. */
export function searchTextOf({ name, fields, phones }: Omit<ContactRow, 'id'>): string | undefined {
  const values = Object.values(fields);
  if (phones.length === 0 || !values.every((value) => typeof value === 'string')) return undefined;
  return [name, ...values, ...phones.map(({ number }) => number)].join('\n');
}

/** The contacts that may have fields which the batch does not name: it names all that its text has. */
export function unnamedIn(batch: ImportBatch, contacts: readonly NewContact[]): readonly NewContact[] {
  return typeof batch.contacts === 'string' && batch.fields !== undefined ? [] : contacts;
}

/** Each number once, at its first place. */
export function distinctPhones(phones: readonly Phone[]): readonly Phone[] {
  if (phones.length < 2) return phones;
  return phones.filter(({ number }, index) => phones.findIndex((phone) => phone.number === number) === index);
}

/** Of most contacts no one asks for their fields: they are written as they came. */
class ReadContact implements BatchContact {
  readonly name: string;
  readonly phones: readonly Phone[];
  readonly line: number;
  readonly fieldsText: string;
  readonly searchText: string | undefined;

  constructor(items: readonly Item[], at: number) {
    this.line = Number(items[at]);
    this.name = String(items[at + 1]);
    this.fieldsText = String(items[at + 2]);
    const text = items[at + 3];
    this.searchText = typeof text === 'string' ? text : undefined;
    const phones: Phone[] = [];
    const end = at + HEAD + PER_PHONE * Number(items[at + HEAD - 1]);
    for (let place = at + HEAD; place < end; place += PER_PHONE)
      phones.push({ number: String(items[place]), type: items[place + 1] as PhoneType });
    this.phones = phones;
  }

  get fields(): NewContact['fields'] {
    return JSON.parse(this.fieldsText) as NewContact['fields'];
  }
}

function read(items: readonly Item[]): readonly BatchContact[] {
  const contacts: BatchContact[] = [];
  for (let at = 0; at < items.length;) {
    const contact = new ReadContact(items, at);
    contacts.push(contact);
    at += HEAD + PER_PHONE * contact.phones.length;
  }
  return contacts;
}
