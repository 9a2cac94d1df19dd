// What both databases refuse in the same words.

import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';

export function filterInvalid({ name }: Pick<Campaign, 'name'>, reason: string): OperationalError {
  const message = `The filter of campaign ${name} cannot be read: ${reason}`;
  return new OperationalError('filter-invalid', message, { hint: 'outdial check shows the place.' });
}

/** `place`: the file or address of the database; `instead`: how another outdial gets one of its own. */
export function storeInUse(place: string, instead: string): OperationalError {
  return new OperationalError('store-in-use', 'Another outdial is running on this database.', {
    hint: `Stop the other one, or give this one ${instead} in outdial.yaml.`,
    httpCode: 409,
    places: [{ file: place }],
  });
}

export function storeReadOnly(place: string): OperationalError {
  return new OperationalError('store-read-only', 'The database was opened to look only.', {
    hint: 'Use the running daemon to change it.',
    places: [{ file: place }],
  });
}
