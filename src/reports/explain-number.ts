// What the rules would say of a number that no record has: of the contacts who have it, else as if it were a fresh
// record of the campaign.

import type { Campaign } from '../campaign/definition.ts';
import type { AttemptRow } from '../engine/store/attempts.ts';
import type { Store } from '../engine/store/store.ts';
import type { PastAttempt, RecordFacts } from '../records/record.ts';

/** No record and no contact has this id. */
const NO_ID = 0;
/** Contacts with one number that are explained. */
const MOST_PEOPLE = 20;

/** Facts of a record with that number alone, with every attempt to it over all campaigns. */
export async function factsOfNumber(
  store: Pick<Store, 'attempts'>,
  { number, campaign }: { readonly number: string; readonly campaign: Campaign },
): Promise<RecordFacts> {
  const rows = await store.attempts.list({ number });
  return {
    record: NO_ID,
    campaign: campaign.name,
    contact: NO_ID,
    name: '',
    list: null,
    fields: {},
    phones: [{ number, type: campaign.phones[0] ?? 'other' }],
    state: 'fresh',
    dueAt: null,
    phoneIndex: 0,
    priority: 0,
    attempts: 0,
    uncounted: 0,
    history: rows.map(pastAttempt),
    ruleUses: {},
    lastResult: null,
    callback: null,
    heldUntil: null,
  };
}

/** The same for each contact who has the number and no record of the campaign: with its name, fields, phones and list. */
export async function peopleWith(
  store: Pick<Store, 'contacts'>,
  { number, campaign, facts }: { readonly number: string; readonly campaign: Campaign; readonly facts: RecordFacts },
): Promise<readonly RecordFacts[]> {
  const found = await store.contacts.find({ text: number, in: 'number', limit: MOST_PEOPLE });
  const people: RecordFacts[] = [];
  for (const { id } of found) {
    const contact = await store.contacts.show(id);
    const phoneIndex = contact?.phones.findIndex((phone) => phone.number === number) ?? -1;
    if (!contact || phoneIndex < 0) continue;
    const { name, fields, phones, lists } = contact;
    const list = lists.find((one) => campaign.lists.includes(one)) ?? lists[0] ?? null;
    people.push({ ...facts, contact: id, name, fields, phones, phoneIndex, list });
  }
  return people;
}

function pastAttempt(row: AttemptRow): PastAttempt {
  const { attempt, campaign, record, contact, number, dialedAt, endedAt, result, counts, disposition } = row;
  const talked = row.bridgedAt !== null;
  return { attempt, campaign, record, contact, number, dialedAt, endedAt, result, talked, counts, disposition };
}
