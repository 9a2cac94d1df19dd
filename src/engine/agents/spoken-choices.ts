// What agents may press, read out by name: "Sold, press 1". A choice whose name is not made into a sound yet is left out.

import type { Campaign } from '../../campaign/definition.ts';
import type { CampaignName } from '../../terms.ts';
import type { SpokenNames } from '../ports.ts';

interface Choice {
  readonly label: string;
  readonly key?: string;
}

const press = (key: string): readonly string[] => ['outdial/press', `digits/${key}`];

/** Sounds of the choices that have a key, in their order. */
export function choiceSounds(choices: readonly Choice[], names: SpokenNames | undefined): readonly string[] {
  return choices.flatMap(({ label, key }) => {
    const name = names?.soundOf(label);
    return key === undefined || name === undefined ? [] : [name, ...press(key)];
  });
}

/** "For campaign Spring offer press 1"; without its name "for campaign 1 press 1". Nine at most: one key each. */
export function campaignSounds(campaigns: readonly CampaignName[], names: SpokenNames | undefined): readonly string[] {
  return campaigns.slice(0, 9).flatMap((campaign, index) => {
    const key = String(index + 1);
    return ['outdial/for-campaign', names?.soundOf(spokenCampaign(campaign)) ?? `digits/${key}`, ...press(key)];
  });
}

/** Everything of a campaign that agents hear by name. */
export function textsOf({ name, dispositions, pauseReasons }: Campaign): readonly string[] {
  const labels = [...dispositions, ...pauseReasons].filter(({ key }) => key !== undefined).map(({ label }) => label);
  return [spokenCampaign(name), ...labels];
}

const spokenCampaign = (campaign: CampaignName): string => campaign.replaceAll(/[-_.]+/g, ' ');
