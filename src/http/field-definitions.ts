// What campaigns say of fields, for edits of contacts.

import type { ContactEdit } from '../engine/store/contacts.ts';
import type { CampaignCatalogue } from './campaign-files.ts';

/** Every definition with its campaign. */
export function fieldDefinitions(campaigns: Pick<CampaignCatalogue, 'all'>): ContactEdit['definitions'] {
  return campaigns.all().flatMap(({ campaign }) => {
    return (campaign.fields ?? []).map((definition) => ({ ...definition, campaign: campaign.name }));
  });
}
