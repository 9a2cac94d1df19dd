// Makes one contact of two. Nothing that was counted is lost: attempts, callbacks and records become the kept one's, and
// of two records in one campaign the one that is further on stays.

import { filledFields } from '../contact-merge.ts';
import type { ContactDetails, MergeContacts } from '../../engine/store/contacts.ts';
import { mergedState } from '../../records/record-steps.ts';
import { checkUnion } from '../contact-merge.ts';
import { contactUnknown } from '../../engine/store/refusals.ts';
import { sql } from '../statement.ts';
import { run } from '../work.ts';
import type { Work } from '../work.ts';
import { alignmentDue, noteEvent, noteFieldNames, writeContact, writePhones } from './contact-edit.ts';
import { contactDetails } from './contact-find.ts';
import { addToIndex, removeFromIndex } from './contact-index.ts';
import { renewAnswers } from './scripts.ts';

const DROP = sql`DELETE FROM contacts WHERE id = :gone`;

export function* uniteContacts({ keep, gone, by, at }: MergeContacts): Work<ContactDetails> {
  const kept = yield* contactDetails(keep);
  const other = yield* contactDetails(gone);
  if (!kept || !other) throw contactUnknown(kept ? gone : keep);
  checkUnion(kept, other);
  yield* removeFromIndex(keep);
  yield* removeFromIndex(gone);
  const name = kept.name === '' ? other.name : kept.name;
  const both = { ...other.fields, ...filledFields(kept.fields) };
  yield* writeContact({ id: keep, name, fields: both });
  const known = new Set(kept.phones.map(({ number }) => number));
  yield* writePhones(kept, [...kept.phones, ...other.phones.filter(({ number }) => !known.has(number))]);
  yield* uniteRecords(kept, other);
  yield* uniteRest(keep, gone);
  yield* renewAnswers(keep);
  yield* noteFieldNames(keep, Object.keys(both));
  yield* run(DROP, { gone });
  yield* addToIndex(keep);
  const { name: wasNamed, fields, phones } = other;
  const detail = { contact: gone, name: wasNamed, fields, phones };
  yield* noteEvent({ contact: keep, at, by, what: 'merged', detail });
  yield* alignmentDue(keep);
  const merged = yield* contactDetails(keep);
  if (!merged) throw contactUnknown(keep);
  return merged;
}

const MOVE = sql`UPDATE records SET contact = :contact, phone_index = 0, number_changes = NULL WHERE id = :record`;
const TAKE_OVER = sql`
  UPDATE records AS r SET attempts = r.attempts + o.attempts, last_attempt = coalesce(o.last_attempt, r.last_attempt),
    last_attempt_at = coalesce(o.last_attempt_at, r.last_attempt_at), last_result = coalesce(o.last_result, r.last_result),
    last_disposition = coalesce(o.last_disposition, r.last_disposition), last_agent = coalesce(o.last_agent, r.last_agent),
    state = o.state, due_at = o.due_at, why = o.why, held_until = o.held_until, uncounted = o.uncounted, first = o.first,
    callback = o.callback, callback_at = o.callback_at, callback_agent = o.callback_agent, aside = o.aside
  FROM (SELECT * FROM records WHERE id = :gone) AS o WHERE r.id = :keep`;
const ADD_UP = sql`
  UPDATE records SET attempts = attempts + (SELECT attempts FROM records WHERE id = :gone) WHERE id = :keep`;
const FOLLOW = [
  sql`UPDATE attempts SET record = :keep
    WHERE record = :gone AND contact IN (SELECT contact FROM records WHERE id IN (:keep, :gone))`,
  sql`UPDATE callbacks SET record = :keep WHERE record = :gone`,
  sql`UPDATE inbound_calls SET record = :keep WHERE record = :gone`,
  sql`UPDATE notes SET record = :keep WHERE record = :gone`,
  sql`UPDATE script_runs SET record = :keep WHERE record = :gone`,
];
const DROP_RECORD = sql`DELETE FROM records WHERE id = :gone`;

/** The other's records become the kept one's; where both have one, the counts add up and the state further on stays. */
function* uniteRecords(kept: ContactDetails, other: ContactDetails): Work<void> {
  for (const { id: gone, campaign, state } of other.records) {
    const own = kept.records.find((record) => record.campaign === campaign);
    if (!own) {
      yield* run(MOVE, { contact: kept.id, record: gone });
      continue;
    }
    const both = { keep: own.id, gone };
    yield* run(mergedState(own.state, state) === own.state ? ADD_UP : TAKE_OVER, both);
    for (const statement of [...FOLLOW, DROP_RECORD]) yield* run(statement, both);
  }
}

const JOIN_LISTS = sql`
  INSERT INTO list_contacts (list, contact, import) SELECT list, :keep, import FROM list_contacts WHERE contact = :gone
  ON CONFLICT DO NOTHING`;
const MOVES = ['attempts', 'callbacks', 'inbound_calls', 'notes', 'forms', 'script_runs', 'contact_events'].map(
  (table) => sql`UPDATE ${table} SET contact = :keep WHERE contact = :gone`,
);
const CLEARS = ['list_contacts', 'phones', 'staged_merges'].map(
  (table) => sql`DELETE FROM ${table} WHERE contact = :gone`,
);

/** Everything else that names the other contact names the kept one from now on. */
function* uniteRest(keep: number, gone: number): Work<void> {
  for (const statement of [JOIN_LISTS, ...MOVES, ...CLEARS]) yield* run(statement, { keep, gone });
}
