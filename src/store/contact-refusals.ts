// Why a contact is not changed, in the words of every store.

import { OperationalError } from '../base/errors.ts';

export function contactEditRefused(contact: number, faults: readonly string[]): OperationalError {
  return new OperationalError('contact-edit-refused', `The contact ${contact} was not changed: ${faults.join('; ')}.`, {
    hint: 'What a field may hold is said under fields: in the campaign files.',
  });
}

export function contactSame(): OperationalError {
  const hint = 'Name two contacts.';
  return new OperationalError('contact-same', 'A contact cannot be merged with itself.', { hint });
}

export function contactBeingDialed(contact: number): OperationalError {
  return new OperationalError('contact-being-dialed', `The contact ${contact} is being dialed or talked to.`, {
    hint: 'Wait until the call and its wrap-up are over.',
    httpCode: 409,
  });
}
