// A contact by the campaign that has it as its only record.

import type { Campaign } from '../../src/campaign/definition.ts';
import type { ContactRow } from '../../src/engine/store/lists.ts';
import type { Desk } from './store-desk.ts';

/** The contact that a campaign's only record is of. */
export async function contactOf(desk: Desk, campaign: Campaign): Promise<ContactRow> {
  const [record] = await desk.store.records.find({ text: '', campaign: campaign.name, limit: 1 });
  if (!record) throw new Error('the campaign has no record');
  return record.contact;
}
