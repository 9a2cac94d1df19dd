// Whether two contacts may become one, and which of their fields stay: the same in every store. Touches no database.

import type { ContactDetails } from '../engine/store/contacts.ts';
import { contactBeingDialed, contactSame } from './contact-refusals.ts';

/** Refused with `contact-same`, or `contact-being-dialed` while a call to one of them is under way. */
export function checkUnion(kept: ContactDetails, other: ContactDetails): void {
  if (kept.id === other.id) throw contactSame();
  for (const { id, records } of [kept, other]) {
    if (records.some(({ state }) => state === 'dialing')) throw contactBeingDialed(id);
  }
}

/** The fields that say something: the kept contact's come before the other's. */
export function filledFields(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null));
}
