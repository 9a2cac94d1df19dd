// Which of a contact's phones a campaign dials, and in which order. Knows nothing of do-not-call or attempts.

import type { Campaign } from '../campaign/definition.ts';
import type { Phone } from '../terms.ts';
import type { RecordFacts } from './record.ts';

/** Indexes into `phones` in the campaign's order: by its phone types, within a type in the contact's order. */
export function dialablePhones(campaign: Pick<Campaign, 'phones'>, phones: readonly Phone[]): readonly number[] {
  const indexes = phones.map((_, index) => index);
  if (campaign.phones.length === 0) return indexes;
  return campaign.phones.flatMap((type) => indexes.filter((index) => phones[index]?.type === type));
}

/** The same indexes in the order of trying: from `first` on, past the last one again from the start. */
function phonesFrom(order: readonly number[], first: number): readonly number[] {
  const place = Math.max(0, order.indexOf(first));
  return [...order.slice(place), ...order.slice(0, place)];
}

/** The phone after `index` in the campaign's order, past the last one the first; the same when it is the only one. */
export function nextPhone(order: readonly number[], index: number): number {
  return order[(order.indexOf(index) + 1) % Math.max(1, order.length)] ?? index;
}

/** The phones that may be dialed for the record: for an agreed callback its own alone, whatever its type. */
export function phonesToDial(
  campaign: Pick<Campaign, 'phones'>,
  { phones, callback }: Pick<RecordFacts, 'phones' | 'callback'>,
): readonly number[] {
  if (callback === null) return dialablePhones(campaign, phones);
  const place = phones.findIndex(({ number }) => number === callback.number);
  return place < 0 ? dialablePhones(campaign, phones) : [place];
}

/** The phones that may be dialed, in the order of trying; one that a person has chosen is tried alone. */
export function phonesInTurn(wanted: {
  readonly campaign: Pick<Campaign, 'phones'>;
  readonly facts: Pick<RecordFacts, 'phones' | 'callback' | 'phoneIndex'>;
  readonly onlyPhone?: number;
}): readonly number[] {
  const { campaign, facts, onlyPhone } = wanted;
  return onlyPhone === undefined ? phonesFrom(phonesToDial(campaign, facts), facts.phoneIndex) : [onlyPhone];
}
