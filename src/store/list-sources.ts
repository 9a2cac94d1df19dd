// Lists that are made of a campaign's records, the same in every store: what they are called to come from, and the
// refusal of a name that is taken.

import type { ListSelection } from '../engine/store/lists.ts';
import { OperationalError } from '../base/errors.ts';

/** `renewals: busy, call-later` */
export function sourceOf({ campaign, results, dispositions }: ListSelection): string {
  return `${campaign}: ${[...results, ...dispositions].join(', ')}`;
}

export function listExists(name: string): OperationalError {
  return new OperationalError('list-exists', `There is a list ${name} already.`, {
    hint: 'Choose another name for the copy, or delete the list.',
    httpCode: 409,
  });
}
