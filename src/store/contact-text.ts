// How the directory is searched, the same in every store: what of a text is looked for, and whether a contact really
// holds it. Accents and case do not matter; of a telephone number only the digits do.

import { own } from '../base/own.ts';
import type { ContactSearch } from '../engine/store/contacts.ts';
import type { ContactRow } from '../engine/store/lists.ts';

const LIKE_NUMBER = /^[+()\d\s./-]{3,}$/;

/** Without accents, in small letters. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What is looked for: the text itself, or the digits of what looks like a number, without the zeros before it. */
export function searchNeedle(text: string): string {
  const plain = text.trim();
  if (!LIKE_NUMBER.test(plain)) return folded(plain);
  const digits = plain.replace(/\D/g, '').replace(/^0+/, '');
  return digits === '' ? plain : digits;
}

/** Every three characters in a row; none when there are fewer. */
export function trigramsOf(text: string): readonly string[] {
  const characters = Array.from(text);
  const all = characters.slice(2).map((_, index) => characters.slice(index, index + 3).join(''));
  return [...new Set(all)];
}

/** Whether the contact holds the text where the search wants it. */
export function holdsText(contact: ContactRow, { text, in: place }: Pick<ContactSearch, 'text' | 'in'>): boolean {
  const plain = folded(text.trim());
  const holds = (value: unknown): boolean => {
    const written = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    return folded(written).includes(plain);
  };
  const digits = LIKE_NUMBER.test(text.trim()) ? searchNeedle(text) : '';
  const inNumber = (): boolean => digits !== '' && contact.phones.some(({ number }) => number.includes(digits));
  if (place === 'name') return holds(contact.name);
  if (place === 'number') return inNumber();
  if (place !== undefined) return holds(own(contact.fields, place.field));
  return holds(contact.name) || Object.values(contact.fields).some(holds) || inNumber();
}
