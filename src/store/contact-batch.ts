// The contacts of a batch of an import, whichever way they came.

import type { ImportBatch, NewContact } from '../engine/store/lists.ts';
import type { Phone } from '../terms.ts';

/** The batch's contacts; text is trusted to be what the import's own thread has written. */
export function contactsOf({ contacts }: Pick<ImportBatch, 'contacts'>): readonly NewContact[] {
  return typeof contacts === 'string' ? (JSON.parse(contacts) as readonly NewContact[]) : contacts;
}

/** Each number once, at its first place. */
export function distinctPhones(phones: readonly Phone[]): readonly Phone[] {
  if (phones.length < 2) return phones;
  return phones.filter(({ number }, index) => phones.findIndex((phone) => phone.number === number) === index);
}
