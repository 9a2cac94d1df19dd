// Whose clock is meant when somebody says a time for a callback and names no zone.

import type { Campaign } from '../campaign/definition.ts';
import { zonesOf } from '../places/zones.ts';

/** The zone of the person where there is but one candidate, else the campaign's. */
export function zoneOfPerson(
  number: string,
  { fields }: { readonly fields: Readonly<Record<string, unknown>> },
  campaign: Pick<Campaign, 'person' | 'schedule'>,
): string {
  const [only, ...others] = zonesOf(number, fields, campaign.person);
  return only !== undefined && others.length === 0 ? only : (campaign.schedule?.timezone ?? 'UTC');
}
