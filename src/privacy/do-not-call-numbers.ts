// One number and the do-not-call lists: which hold it, and taking it off one. The same for the API and the command.

import { OperationalError } from '../base/errors.ts';
import type { DoNotCallEntry } from '../engine/store/do-not-call.ts';
import type { Store } from '../engine/store/store.ts';

export interface DoNotCallCheck {
  readonly number: string;
  readonly blocked: boolean;
  readonly lists: readonly Omit<DoNotCallEntry, 'number'>[];
}

/** The lists that hold `number` (E.164), since when and why. */
export async function checkDoNotCall(store: Pick<Store, 'doNotCall'>, number: string): Promise<DoNotCallCheck> {
  const entries = await store.doNotCall.check(number);
  const lists = entries.map(({ number: _number, ...entry }) => entry);
  return { number, blocked: lists.length > 0, lists };
}

/** Takes `number` off the list; refused with `number-not-listed`. */
export async function removeDoNotCall(store: Pick<Store, 'doNotCall'>, number: string, list: string): Promise<void> {
  if (await store.doNotCall.remove(number, list)) return;
  throw new OperationalError('number-not-listed', `${number} is not on the do-not-call list ${list}.`, {
    hint: 'Nothing was changed; outdial dnc check shows which lists hold a number.',
    httpCode: 404,
  });
}
