// Which do-not-call lists a campaign honours, by their names. Knows no numbers.

import type { Campaign } from '../campaign/definition.ts';
import type { CampaignName, Phone } from '../terms.ts';

/** The list that every campaign honours. */
export const GLOBAL_LIST = 'global';

/** The list that belongs to one campaign alone. */
export function listOfCampaign(campaign: CampaignName): string {
  return `campaign:${campaign}`;
}

/** Names of the lists that the campaign honours, each once: the global one, its own, and those that its file names. */
export function honouredLists(campaign: Pick<Campaign, 'name' | 'doNotCall'>): readonly string[] {
  return [...new Set([GLOBAL_LIST, listOfCampaign(campaign.name), ...(campaign.doNotCall ?? [])])];
}

/** The numbers that the lists are asked for: what is dialed, and what it was before a call-again rule changed it. */
export function askedNumbers(phones: readonly Phone[]): readonly string[] {
  return [...new Set(phones.flatMap(({ number, was }) => (was === undefined ? [number] : [number, was])))];
}

/** The entries by number, of the lists that the campaign honours: what `EligibilityInput.blocked` holds. */
export function blockedNumbers(
  campaign: Pick<Campaign, 'name' | 'doNotCall'>,
  entries: readonly { readonly number: string; readonly list: string }[],
): ReadonlyMap<string, readonly string[]> {
  const honoured = honouredLists(campaign);
  const blocked = new Map<string, string[]>();
  for (const { number, list } of entries) {
    if (!honoured.includes(list)) continue;
    const lists = blocked.get(number);
    if (lists) lists.push(list);
    else blocked.set(number, [list]);
  }
  return blocked;
}
