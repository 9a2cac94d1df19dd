// Taking a list away, which undoes its imports: what forbids it, and the removal. The same for the API and the command.

import type { Campaign } from '../campaign/definition.ts';
import type { Store } from '../engine/store/store.ts';
import { listInUse } from '../engine/store/refusals.ts';
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
  if (user) throw listInUse(list, user.campaign.name);
  await refuseProofs(removal, list);
  await store.lists.remove(list);
}
