// The rules on where a record comes from: its list is dialed at present, and its contact fits the campaign's filter.
// A store leaves such records out of the choice as a whole; here is why.

import type { Campaign } from '../campaign/definition.ts';
import { campaignFilter } from '../conditions/campaign-filter.ts';
import { failingParts } from './filter-detail.ts';
import type { RecordFacts } from '../records/record.ts';
import { allow } from '../rules/ruling.ts';
import type { EligibilityInput, RecordRule, Ruling } from '../rules/ruling.ts';

export const LIST_RULES: readonly RecordRule[] = [
  { name: 'list', judge: listRule },
  { name: 'filter', judge: filterRule },
];

/** Lists of the campaign that are dialed at present, in its order. */
export function activeLists(campaign: Pick<Campaign, 'lists' | 'pausedLists'>): readonly string[] {
  const paused = campaign.pausedLists ?? [];
  return paused.length === 0 ? campaign.lists : campaign.lists.filter((list) => !paused.includes(list));
}

function listRule({ facts, campaign }: EligibilityInput): Ruling {
  const { list } = facts;
  const isUsed = list === null || campaign.lists.includes(list);
  const isPaused = list !== null && campaign.pausedLists?.includes(list) === true;
  const explain = () => {
    return { why: whyList(list, { isUsed, isPaused }), inputs: { list } };
  };
  return isUsed && !isPaused ? allow(explain) : { allows: false, explain };
}

function whyList(list: string | null, { isUsed, isPaused }: { isUsed: boolean; isPaused: boolean }): string {
  if (list === null) return 'It came from no list.';
  if (!isUsed) return `The campaign does not use the list ${list} at present.`;
  return `The list ${list} is ${isPaused ? 'paused' : 'dialed'} in this campaign.`;
}

interface FilterOutcome {
  readonly holds: boolean;
  /** Why it could not be worked out, when it could not. */
  readonly note?: string;
}

/** Whether the contact fits the campaign's filter; without one everybody does, and so does who asked to be called. */
export function fitsFilter(campaign: Campaign, { fields, answers = {}, name, callback }: RecordFacts): FilterOutcome {
  const filter = callback === null ? campaignFilter(campaign) : undefined;
  if (!filter) return { holds: true };
  return filter.ok
    ? filter.test({ fields, answers, contact: { name } })
    : { holds: false, note: 'the filter has a fault' };
}

/** One sentence on what the filter says of the contact. */
export function filterSentence({ filter }: Campaign, { holds, note }: FilterOutcome, asked = false): string {
  if (filter === undefined) return 'The campaign has no filter.';
  if (asked) return 'The person asked for this call: the filter does not matter.';
  return `The contact ${holds ? 'fits' : 'does not fit'} the filter ${filter}${note === undefined ? '' : ` (${note})`}.`;
}

function filterRule({ facts, campaign }: EligibilityInput): Ruling {
  const outcome = fitsFilter(campaign, facts);
  const explain = () => ({ why: whyFilter(campaign, facts, outcome), inputs: { filter: campaign.filter ?? null } });
  return outcome.holds ? allow(explain) : { allows: false, explain };
}

/** With the conditions that fail, and the values that they saw, in the place of what could not be worked out. */
function whyFilter(campaign: Campaign, facts: RecordFacts, outcome: FilterOutcome): string {
  const isAsked = facts.callback !== null;
  const parts = outcome.holds || isAsked ? '' : failingParts(campaign, facts);
  if (parts === '') return filterSentence(campaign, outcome, isAsked);
  return `${filterSentence(campaign, { holds: outcome.holds })} Not so: ${parts}.`;
}
