// Whether anything is known of a campaign that a report or an export is asked for: its file, or what was done with it
// before its file went. An empty answer would look like one that found nothing.

import { campaignUnknown } from '../campaign/refusals.ts';
import type { Store } from '../engine/store/store.ts';
import type { RouteContext } from './context.ts';

interface KnownCampaigns {
  readonly store: Pick<Store, 'campaigns'>;
  /** Names of the campaigns whose files are loaded. */
  readonly loaded: () => readonly string[] | Promise<readonly string[]>;
}

/** Refused with `campaign-unknown` when no file and no record has ever named `wanted`; undefined asks for none. */
export async function refuseUnknownCampaign(known: KnownCampaigns, wanted: string | undefined): Promise<void> {
  if (wanted === undefined) return;
  const kept = (await known.store.campaigns.all()).map(({ campaign }) => campaign);
  if (kept.includes(wanted)) return;
  const loaded = await known.loaded();
  if (loaded.includes(wanted)) return;
  throw campaignUnknown(wanted, new Set([...kept, ...loaded]));
}

/** The same for routes. */
export function mustKnowCampaign({ store, campaigns }: RouteContext, wanted: string | undefined): Promise<void> {
  const loaded = (): readonly string[] => campaigns.all().map(({ campaign }) => campaign.name);
  return refuseUnknownCampaign({ store, loaded }, wanted);
}
