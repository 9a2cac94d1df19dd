// Taking a list away, which undoes its imports: what forbids it, and the removal. The same for the API and the command.

import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Store } from '../engine/store/store.ts';
import { refuseProofs } from './kept-for-law.ts';

export interface ListRemoval {
  readonly store: Pick<Store, 'attempts' | 'lists'>;
  readonly campaigns: { all(): readonly { readonly campaign: Campaign }[] };
  readonly clock: { now(): number };
  /** How a campaign stands; undefined when it was never heard of. */
  readonly stateOf: (campaign: string) => string | undefined;
}

/** Removes the list; refused with `list-in-use`, `list-kept`, or as the store refuses it. */
export async function removeList(removal: ListRemoval, list: string): Promise<void> {
  const { store, campaigns, stateOf } = removal;
  const users = campaigns.all().filter(({ campaign }) => campaign.lists.includes(list));
  const user = users.find(({ campaign }) => ['running', 'paused'].includes(stateOf(campaign.name) ?? ''));
  if (user)
    throw new OperationalError('list-in-use', `The campaign ${user.campaign.name} is using the list ${list}.`, {
      hint: `Stop it first: outdial campaign stop ${user.campaign.name}.`,
      httpCode: 409,
    });
  await refuseProofs(removal, list);
  await store.lists.remove(list);
}
