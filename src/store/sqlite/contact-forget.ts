// Forgets a person: whatever tells who it was goes, what was counted stays under a pseudonym, and the wish not to be
// called is kept as a keyed hash. Everything in one transaction; what deleted rows leave in the files is scrub.ts's.

import type { ContactStore, ForgetContact, ForgetReceipt } from '../../engine/store-contacts.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { formsOf } from '../../list/personal-values.ts';
import { appendEntry } from '../nouns/audit-log.ts';
import { contactIndex } from './contact-index.ts';
import { contactBeingDialed, contactUnknown } from '../contact-refusals.ts';
import { contactPast } from './contact-past.ts';
import type { ContactPast } from './contact-past.ts';
import type { ContactQueries } from './contacts.ts';
import type { Connection } from './database.ts';
import { digitsOf } from './do-not-call.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { pseudonyms } from './forgotten.ts';
import type { Handlers } from './requests.ts';
import { runOn } from './run.ts';

export function contactForgetting(db: Connection, contacts: ContactQueries): Handlers<ContactStore>['forget'] {
  const erase = erasure(db);
  const hideNumber = numberHiding(db);
  const recordings = recordingRemoval(db);
  const pastOf = contactPast(db, contacts);
  const log = auditErasure(db);
  const index = contactIndex(db);
  const strict = indexErasure(db);
  return (forgetting) => {
    const { contact, by, at, kept = [] } = forgetting;
    const known = contacts.details(contact);
    if (!known) throw contactUnknown(contact);
    if (known.records.some(({ state }) => state === 'dialing')) throw contactBeingDialed(contact);
    const names = pseudonyms(db);
    const past = pastOf(known);
    const { needles } = past;
    db.pragma('secure_delete = ON');
    strict(() => index.remove(contact));
    const files = recordings(forgetting);
    const rows = { ...erase(forgetting), recordings: files.length };
    for (const number of past.numbers) merge(rows, hideNumber(contact, number, names));
    const numberHashes = past.numbers.map((number) => names.textOf(number));
    const words = { contact, at, by, rows, recordings: files, kept, numberHashes };
    const entry = log(forgetting, past, words);
    return { ...words, needles, entry, seal: names.sealOf(canonicalJson({ ...words, entry })) };
  };
}

type Rows = Record<string, number>;

function merge(rows: Rows, more: Rows): void {
  for (const [table, count] of Object.entries(more)) rows[table] = (rows[table] ?? 0) + count;
}

/** Leaves an empty shell of the contact for what names it by its id. */
function erasure(db: Connection): (forgetting: ForgetContact) => Rows {
  const of = (sql: string) => db.prepare<{ contact: number; at: number; by: string }>(sql);
  const steps = {
    contact_events: of('DELETE FROM contact_events WHERE contact = :contact'),
    staged_merges: of('DELETE FROM staged_merges WHERE contact = :contact'),
    list_contacts: of('DELETE FROM list_contacts WHERE contact = :contact'),
    attempt_reasons: of('UPDATE attempts SET reason = NULL WHERE contact = :contact AND reason IS NOT NULL'),
    inbound_reasons: of('UPDATE inbound_calls SET reason = NULL WHERE contact = :contact AND reason IS NOT NULL'),
    callback_steps: of(`UPDATE callback_steps SET detail = '{}'
      WHERE callback IN (SELECT b.id FROM callbacks b WHERE b.contact = :contact)`),
    callbacks: of(`UPDATE callbacks SET note = '', state = iif(state = 'pending', 'cancelled', state),
      ended_at = coalesce(ended_at, :at) WHERE contact = :contact`),
    records: of(`UPDATE records SET state = 'removed', due_at = NULL, callback = NULL, callback_at = NULL,
      callback_agent = NULL, first = 0, aside = NULL, number_changes = NULL, sort_key = '',
      why = 'The person was forgotten.' WHERE contact = :contact`),
    contacts: of(`UPDATE contacts SET name = '', fields = '{}' WHERE id = :contact`),
  };
  return ({ contact, at, by }) => {
    const rows: Rows = {};
    for (const [table, step] of Object.entries(steps)) rows[table] = step.run({ contact, at, by }).changes;
    return rows;
  };
}

/** Puts the pseudonym in the place of a number, wherever it stands because of this contact. */
function numberHiding(db: Connection): (contact: number, number: string, names: Pseudonyms) => Rows {
  const of = (sql: string) => db.prepare<Record<string, unknown>>(sql);
  const steps = {
    attempts: of('UPDATE attempts SET number = :text WHERE contact = :contact AND number = :number'),
    inbound_calls: of(`UPDATE inbound_calls SET caller = :text, before = NULL
      WHERE caller = :number AND (contact = :contact OR contact IS NULL)`),
    callback_numbers: of('UPDATE callbacks SET number = :text WHERE contact = :contact AND number = :number'),
    phones: of('DELETE FROM phones WHERE contact = :contact AND number = :number'),
    validations: of(`DELETE FROM validations WHERE number = :number
      AND NOT EXISTS (SELECT 1 FROM phones WHERE number = :number)`),
    do_not_call_numbers: of(`UPDATE do_not_call_numbers SET number = :hidden, reason = iif(reason IS NULL, NULL, '')
      WHERE number = :digits AND NOT EXISTS (SELECT 1 FROM phones WHERE number = :number)`),
  };
  const remember = db.prepare('INSERT INTO forgotten_numbers (digits) VALUES (?) ON CONFLICT DO NOTHING');
  return (contact, number, names) => {
    const hidden = names.digitsOf(number);
    const values = { contact, number, text: names.textOf(number), digits: digitsOf(number), hidden };
    const rows: Rows = {};
    for (const [table, step] of Object.entries(steps)) rows[table] = step.run(values).changes;
    if ((rows['do_not_call_numbers'] ?? 0) > 0) remember.run(hidden);
    return rows;
  };
}

/** Notes the recordings of the contact as deleted, but those that are kept; the names of their files. */
function recordingRemoval(db: Connection): (forgetting: ForgetContact) => readonly string[] {
  const find = db
    .prepare<[number], string>(
      `SELECT r.name FROM attempts a JOIN recordings r ON r.attempt = a.attempt
       WHERE a.contact = ? AND r.deleted_at IS NULL`,
    )
    .pluck();
  const note = db.prepare('UPDATE recordings SET deleted_at = ?, deleted_by = ? WHERE name = ?');
  return ({ contact, by, at, kept = [] }) => {
    const names = find.all(contact).filter((name) => !kept.some(({ recording }) => recording === name));
    for (const name of names) note.run(at, by, name);
    return names;
  };
}

/** Takes the values away that tell of the person, and says so in an entry of its own. */
function auditErasure(
  db: Connection,
): (
  forgetting: ForgetContact,
  past: ContactPast,
  receipt: Pick<ForgetReceipt, 'rows' | 'recordings' | 'kept' | 'numberHashes'>,
) => number {
  const about = db
    .prepare<[string], number>(
      'SELECT v.entry FROM audit_values v JOIN audit_log l ON l.entry = v.entry WHERE l.subject = ?',
    )
    .pluck();
  const holding = db.prepare<[string], number>('SELECT entry FROM audit_values WHERE instr(body, ?) > 0').pluck();
  const erase = db.prepare('INSERT INTO audit_erasures (entry, by_entry) VALUES (?, ?)');
  const drop = db.prepare('DELETE FROM audit_values WHERE entry = ?');
  return ({ contact, by, at, reason }, { subjects, needles }, { rows, recordings, kept, numberHashes }) => {
    const subject = `contact ${contact}`;
    const told = needles.flatMap(formsOf).flatMap((form) => holding.all(form));
    const found = [...subjects.flatMap((one) => about.all(one)), ...told];
    const erased = [...new Set(found)].sort((a, b) => a - b);
    const to = { rows, recordings: recordings.length, kept, numberHashes, erased, reason };
    const entry = runOn(db, appendEntry({ at, who: by, what: 'contact.forget', subject, from: null, to }));
    for (const one of erased) {
      erase.run(one, entry);
      drop.run(one);
    }
    return entry;
  };
}

/** Does the work with an index that forgets at once what is taken out of it. */
function indexErasure(db: Connection): (work: () => void) => void {
  const set = (to: 0 | 1) =>
    db.prepare(`INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', ${to})`);
  const [on, off] = [set(1), set(0)];
  return (work) => {
    on.run();
    work();
    off.run();
  };
}
