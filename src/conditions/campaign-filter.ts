// The filter of a campaign, read once, with what its file says of the fields.

import type { Campaign } from '../campaign/definition.ts';
import { fieldTypes } from '../campaign/fields.ts';
import type { FieldType } from '../campaign/fields.ts';
import { compileFilter } from './conditions.ts';
import type { Compiled, FilterContext } from './conditions.ts';
import type { FieldKind, FieldSchema } from './terms.ts';

/** What a filter takes the fields of a campaign for, when its file says what they are. */
export function fieldSchema(campaign: Pick<Campaign, 'fields'>): FieldSchema {
  const types = Object.entries(fieldTypes(campaign));
  return Object.fromEntries(types.map(([field, type]) => [field, KIND_OF_TYPE[type]]));
}

/** What a condition takes a field of the type for. */
export const KIND_OF_TYPE: Readonly<Record<FieldType, FieldKind>> = {
  text: 'text',
  choice: 'text',
  number: 'number',
  'check-box': 'bool',
  date: 'date',
  'date-time': 'date',
};

const campaignFilters = new WeakMap<Pick<Campaign, 'filter' | 'fields'>, Compiled<FilterContext>>();

/** The campaign's filter, compiled once; undefined when it has none. */
export function campaignFilter(campaign: Pick<Campaign, 'filter' | 'fields'>): Compiled<FilterContext> | undefined {
  if (campaign.filter === undefined) return undefined;
  const known = campaignFilters.get(campaign);
  if (known) return known;
  const compiled = compileFilter(campaign.filter, { fields: fieldSchema(campaign) });
  campaignFilters.set(campaign, compiled);
  return compiled;
}

/** Whether answers to scripts decide on who is called. */
export function asksForAnswers(campaign: Pick<Campaign, 'filter' | 'fields'>): boolean {
  const filter = campaignFilter(campaign);
  return filter?.ok === true && filter.questions.length > 0;
}
