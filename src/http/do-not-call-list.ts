// Whether a do-not-call list is one that protects somebody: a name that was mistyped blocks no call, and says nothing.

import { nearestWord } from '../base/nearest.ts';
import { OperationalError } from '../base/errors.ts';
import { GLOBAL_LIST, honouredLists, listOfCampaign } from '../records/do-not-call.ts';
import type { RouteContext } from './context.ts';

/**
 * Refused with `do-not-call-list-unknown`: the list of a campaign that there is not, or a new list whose name is nearly
 * that of another one. A new name that is like no other is a list to come.
 */
export async function refuseMistypedList({ store, campaigns }: RouteContext, list: string): Promise<void> {
  const loaded = campaigns.all().map(({ campaign }) => campaign);
  const kept = (await store.campaigns.all()).map(({ campaign }) => listOfCampaign(campaign));
  const there = (await store.doNotCall.lists()).map(({ name }) => name);
  const known = new Set([GLOBAL_LIST, ...loaded.flatMap((campaign) => honouredLists(campaign)), ...kept, ...there]);
  if (known.has(list)) return;
  const nearest = nearestWord(list, known);
  if (nearest === undefined && !list.startsWith(CAMPAIGN_PREFIX)) return;
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  throw new OperationalError('do-not-call-list-unknown', `No campaign honours a do-not-call list ${list}.${meant}`, {
    hint: 'outdial dnc lists shows those that there are; outdial campaign list the campaigns, each of which has one.',
    httpCode: 404,
  });
}

const CAMPAIGN_PREFIX = listOfCampaign('');
