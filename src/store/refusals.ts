// What both databases refuse in the same words.

import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';

export function filterInvalid({ name }: Pick<Campaign, 'name'>, reason: string): OperationalError {
  const message = `The filter of campaign ${name} cannot be read: ${reason}`;
  return new OperationalError('filter-invalid', message, { hint: 'outdial check shows the place.' });
}
