// Facts of a person of whom a campaign has no record: somebody who called one of its numbers.

import type { CampaignName } from '../terms.ts';
import type { RecordFacts } from './record.ts';

/** `caller` is empty when the number was withheld. Its record is 0, which no record of the store is. */
export const unknownCaller = (caller: string, campaign: CampaignName): RecordFacts => ({
  record: 0,
  campaign,
  contact: 0,
  list: null,
  name: caller,
  fields: {},
  phones: caller === '' ? [] : [{ number: caller, type: 'other' }],
  state: 'dialing',
  dueAt: null,
  phoneIndex: 0,
  priority: 0,
  attempts: 0,
  uncounted: 0,
  history: [],
  ruleUses: {},
  lastResult: null,
  callback: null,
  heldUntil: null,
});
