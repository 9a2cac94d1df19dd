// Makes one contact of two. Nothing that was counted is lost: attempts, callbacks and records become the kept one's, and
// of two records in one campaign the one that is further on stays.

import type { ContactDetails, ContactStore } from '../../engine/store-contacts.ts';
import { mergedState } from '../../list/record-steps.ts';
import type { RecordState } from '../../terms.ts';
import { contactUnknown } from '../contact-refusals.ts';
import { checkUnion, filledFields } from '../contact-merge.ts';
import { alignmentDue, phoneWrites } from './contact-edit.ts';
import { contactIndex } from './contact-index.ts';
import type { ContactQueries } from './contacts.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

export function contactUnion(db: Connection, contacts: ContactQueries): Handlers<ContactStore>['merge'] {
  const moveRecords = recordUnion(db);
  const moveRest = restUnion(db);
  const update = db.prepare('UPDATE contacts SET name = ?, fields = ? WHERE id = ?');
  const drop = db.prepare('DELETE FROM contacts WHERE id = ?');
  const event = db.prepare(`INSERT INTO contact_events (contact, at, by, what, detail) VALUES (?, ?, ?, 'merged', ?)`);
  const setPhones = phoneWrites(db);
  const outdate = alignmentDue(db);
  const index = contactIndex(db);
  return ({ keep, gone, by, at }) => {
    const [kept, other] = [contacts.details(keep), contacts.details(gone)];
    if (!kept || !other) throw contactUnknown(kept ? gone : keep);
    checkUnion(kept, other);
    index.remove(keep);
    index.remove(gone);
    const name = kept.name === '' ? other.name : kept.name;
    update.run(name, JSON.stringify({ ...other.fields, ...filledFields(kept.fields) }), keep);
    const known = new Set(kept.phones.map(({ number }) => number));
    setPhones(kept, [...kept.phones, ...other.phones.filter(({ number }) => !known.has(number))]);
    moveRecords(kept, other);
    moveRest(keep, gone);
    drop.run(gone);
    index.add(keep);
    const { name: wasNamed, fields, phones } = other;
    event.run(keep, at, by, JSON.stringify({ contact: gone, name: wasNamed, fields, phones }));
    outdate(keep);
    const merged = contacts.details(keep);
    if (!merged) throw contactUnknown(keep);
    return merged;
  };
}

type RecordOf = ContactDetails['records'][number];

/** The other's records become the kept one's; where both have one, the counts add up and the state further on stays. */
function recordUnion(db: Connection): (kept: ContactDetails, other: ContactDetails) => void {
  const move = db.prepare('UPDATE records SET contact = ?, phone_index = 0, number_changes = NULL WHERE id = ?');
  const takeOver = db.prepare(`
    UPDATE records SET attempts = records.attempts + o.attempts, last_attempt = coalesce(o.last_attempt, records.last_attempt),
      last_attempt_at = coalesce(o.last_attempt_at, records.last_attempt_at),
      last_result = coalesce(o.last_result, records.last_result),
      last_disposition = coalesce(o.last_disposition, records.last_disposition),
      last_agent = coalesce(o.last_agent, records.last_agent), state = o.state, due_at = o.due_at, why = o.why,
      held_until = o.held_until, uncounted = o.uncounted, first = o.first, callback = o.callback, callback_at = o.callback_at,
      callback_agent = o.callback_agent, aside = o.aside
    FROM (SELECT * FROM records WHERE id = :gone) o WHERE records.id = :keep`);
  const addUp = db.prepare(
    'UPDATE records SET attempts = attempts + (SELECT attempts FROM records WHERE id = :gone) WHERE id = :keep',
  );
  const attempts = db.prepare(`
    UPDATE attempts SET record = :keep
    WHERE record = :gone AND contact IN (SELECT contact FROM records WHERE id IN (:keep, :gone))`);
  const callbacks = db.prepare('UPDATE callbacks SET record = :keep WHERE record = :gone');
  const inbound = db.prepare('UPDATE inbound_calls SET record = :keep WHERE record = :gone');
  const drop = db.prepare('DELETE FROM records WHERE id = ?');
  const unite = (keep: RecordOf, gone: RecordOf): void => {
    const stays: RecordState = mergedState(keep.state, gone.state);
    (stays === keep.state ? addUp : takeOver).run({ keep: keep.id, gone: gone.id });
    for (const statement of [attempts, callbacks, inbound]) statement.run({ keep: keep.id, gone: gone.id });
    drop.run(gone.id);
  };
  return (kept, other) => {
    for (const record of other.records) {
      const own = kept.records.find(({ campaign }) => campaign === record.campaign);
      if (own) unite(own, record);
      else move.run(kept.id, record.id);
    }
  };
}

/** Everything else that names the other contact names the kept one from now on. */
function restUnion(db: Connection): (keep: number, gone: number) => void {
  const lists = db.prepare(`
    INSERT INTO list_contacts (list, contact, import) SELECT list, :keep, import FROM list_contacts WHERE contact = :gone
    ON CONFLICT DO NOTHING`);
  const moves = ['attempts', 'callbacks', 'inbound_calls', 'contact_events'].map((table) =>
    db.prepare(`UPDATE ${table} SET contact = :keep WHERE contact = :gone`),
  );
  const clears = ['list_contacts', 'phones', 'staged_merges'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE contact = :gone`),
  );
  return (keep, gone) => {
    lists.run({ keep, gone });
    for (const statement of moves) statement.run({ keep, gone });
    for (const statement of clears) statement.run({ gone });
  };
}
