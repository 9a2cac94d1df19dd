// Makes one contact of two. Nothing that was counted is lost: attempts, callbacks and records become the kept one's, and
// of two records in one campaign the one that is further on stays.

import type { ContactDetails, MergeContacts } from '../../engine/store-contacts.ts';
import { mergedState } from '../../list/record-steps.ts';
import { alignmentDue, noteEvent, writeContact, writePhones } from './contact-edit.ts';
import { contactDetails } from './contact-find.ts';
import { contactUnknown } from '../contact-refusals.ts';
import { checkUnion, filledFields } from '../contact-merge.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

const DROP = sql('DELETE FROM contacts WHERE id = $1');

export async function mergeContactPair(db: Db, { keep, gone, by, at }: MergeContacts): Promise<ContactDetails> {
  const [kept, other] = [await contactDetails(db, keep), await contactDetails(db, gone)];
  if (!kept || !other) throw contactUnknown(kept ? gone : keep);
  checkUnion(kept, other);
  const name = kept.name === '' ? other.name : kept.name;
  await writeContact(db, { id: keep, name, fields: { ...other.fields, ...filledFields(kept.fields) } });
  const known = new Set(kept.phones.map(({ number }) => number));
  await writePhones(db, kept, [...kept.phones, ...other.phones.filter(({ number }) => !known.has(number))]);
  await uniteRecords(db, kept, other);
  await uniteRest(db, keep, gone);
  await db.run(DROP, [gone]);
  const { name: wasNamed, fields, phones } = other;
  await noteEvent(db, {
    contact: keep,
    at,
    by,
    what: 'merged',
    detail: { contact: gone, name: wasNamed, fields, phones },
  });
  await alignmentDue(db, keep);
  const merged = await contactDetails(db, keep);
  if (!merged) throw contactUnknown(keep);
  return merged;
}

type RecordOf = ContactDetails['records'][number];

const MOVE = sql('UPDATE records SET contact = $1, phone_index = 0, number_changes = NULL WHERE id = $2');
const TAKE_OVER = sql(`
  UPDATE records r SET attempts = r.attempts + o.attempts, last_attempt = coalesce(o.last_attempt, r.last_attempt),
    last_attempt_at = coalesce(o.last_attempt_at, r.last_attempt_at), last_result = coalesce(o.last_result, r.last_result),
    last_disposition = coalesce(o.last_disposition, r.last_disposition), last_agent = coalesce(o.last_agent, r.last_agent),
    state = o.state, due_at = o.due_at, why = o.why, held_until = o.held_until, uncounted = o.uncounted, first = o.first,
    callback = o.callback, callback_at = o.callback_at, callback_agent = o.callback_agent, aside = o.aside
  FROM records o WHERE o.id = $2 AND r.id = $1`);
const ADD_UP = sql(
  'UPDATE records r SET attempts = r.attempts + o.attempts FROM records o WHERE o.id = $2 AND r.id = $1',
);
const DROP_RECORD = sql('DELETE FROM records WHERE id = $1');
const FOLLOW = [
  sql(`UPDATE attempts SET record = $1
    WHERE record = $2 AND contact IN (SELECT contact FROM records WHERE id IN ($1, $2))`),
  sql('UPDATE callbacks SET record = $1 WHERE record = $2'),
  sql('UPDATE inbound_calls SET record = $1 WHERE record = $2'),
];

/** The other's records become the kept one's; where both have one, the counts add up and the state further on stays. */
async function uniteRecords(db: Db, kept: ContactDetails, other: ContactDetails): Promise<void> {
  for (const record of other.records) {
    const own = kept.records.find(({ campaign }) => campaign === record.campaign);
    if (own) await unite(db, own, record);
    else await db.run(MOVE, [kept.id, record.id]);
  }
}

async function unite(db: Db, keep: RecordOf, gone: RecordOf): Promise<void> {
  const stays = mergedState(keep.state, gone.state);
  await db.run(stays === keep.state ? ADD_UP : TAKE_OVER, [keep.id, gone.id]);
  for (const statement of FOLLOW) await db.run(statement, [keep.id, gone.id]);
  await db.run(DROP_RECORD, [gone.id]);
}

const JOIN_LISTS = sql(`
  INSERT INTO list_contacts (list, contact, import) SELECT list, $1, import FROM list_contacts WHERE contact = $2
  ON CONFLICT DO NOTHING`);
const MOVES = ['attempts', 'callbacks', 'inbound_calls', 'contact_events'].map((table) =>
  sql(`UPDATE ${table} SET contact = $1 WHERE contact = $2`),
);
const CLEARS = ['list_contacts', 'phones', 'staged_merges'].map((table) =>
  sql(`DELETE FROM ${table} WHERE contact = $1`),
);

/** Everything else that names the other contact names the kept one from now on. */
async function uniteRest(db: Db, keep: number, gone: number): Promise<void> {
  await db.run(JOIN_LISTS, [keep, gone]);
  for (const statement of MOVES) await db.run(statement, [keep, gone]);
  for (const statement of CLEARS) await db.run(statement, [gone]);
}
