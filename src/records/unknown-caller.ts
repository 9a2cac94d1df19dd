// Facts of a person of whom a campaign has no record: somebody who called one of its numbers.

import type { CampaignName } from '../terms.ts';
import type { PersonFacts, RecordFacts } from './record.ts';

/** `caller` is empty when the number was withheld. */
export const unknownCaller = (caller: string, campaign: CampaignName): PersonFacts => ({
  campaign,
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

/** The facts with their record; undefined: there is none. */
export const ofRecord = ({ record, contact, ...person }: PersonFacts): RecordFacts | undefined =>
  record === undefined || contact === undefined ? undefined : { ...person, record, contact };
