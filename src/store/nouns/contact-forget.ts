// Forgets a person: whatever shows who it was goes, what was counted stays under a pseudonym, and the order not to be
// called is kept as a keyed hash. Everything in one transaction; what deleted rows leave behind is scrub.ts's.

import { canonicalJson } from '../../base/canonical-json.ts';
import type { ForgetContact, ForgetReceipt } from '../../engine/store/contacts.ts';
import { formsOf } from '../../records/personal-values.ts';
import { contactUnknown } from '../../engine/store/refusals.ts';
import { contactBeingDialed } from '../contact-refusals.ts';
import { holdsOneForm, onlySqlite } from '../dialect.ts';
import { digitsOf } from '../do-not-call-digits.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { sql } from '../statement.ts';
import type { Statement } from '../statement.ts';
import { all, changes, run } from '../work.ts';
import type { Work } from '../work.ts';
import { appendEntry } from './audit-log.ts';
import { contactDetails } from './contact-find.ts';
import { removeFromIndex } from './contact-index.ts';
import { contactPast } from './contact-past.ts';
import type { ContactPast } from './contact-past.ts';
import { pseudonyms } from './forgotten.ts';
import { EMPTY_RUN } from './scripts.ts';

export function* forgetContact(forgetting: ForgetContact): Work<ForgetReceipt> {
  const { contact, by, at, kept = [] } = forgetting;
  const known = yield* contactDetails(contact);
  if (!known) throw contactUnknown(contact);
  if (known.records.some(({ state }) => state === 'dialing')) throw contactBeingDialed(contact);
  const names = yield* pseudonyms();
  const past = yield* contactPast(known);
  const { needles } = past;
  yield* overwriteDeleted();
  yield* run(INDEX_OVERWRITES);
  yield* removeFromIndex(contact);
  yield* run(INDEX_AS_USUAL);
  const files = yield* dropRecordings(forgetting);
  const rows = { ...(yield* erase(contact, at)), recordings: files.length };
  for (const number of past.numbers) yield* hideNumber(contact, number, names, rows);
  const numberHashes = past.numbers.map((number) => names.textOf(number));
  const words = { contact, at, by, rows, recordings: files, kept, numberHashes };
  const entry = yield* logErasure(forgetting, past, words);
  return { ...words, needles, entry, seal: names.sealOf(canonicalJson({ ...words, entry })) };
}

type Rows = Record<string, number>;

const OVERWRITE = sql<object>`${onlySqlite('PRAGMA secure_delete = ON')}`;

/** From now on SQLite overwrites what is deleted. */
export function* overwriteDeleted(): Work<void> {
  yield* all(OVERWRITE);
}

const INDEX_OVERWRITES = sql`${onlySqlite(`INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 1)`)}`;
const INDEX_AS_USUAL = sql`${onlySqlite(`INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 0)`)}`;

const RECORDINGS = sql<{ name: string }>`
  SELECT r.name FROM attempts a JOIN recordings r ON r.attempt = a.attempt
  WHERE a.contact = :contact AND r.deleted_at IS NULL AND r.name NOT IN :keptNames`;
const DROP_RECORDING = sql`UPDATE recordings SET deleted_at = :at, deleted_by = :by WHERE name = :name`;

/** Notes the recordings of the contact as deleted, but those that are kept; the names of their files. */
function* dropRecordings({ contact, by, at, kept = [] }: ForgetContact): Work<readonly string[]> {
  const keptNames = kept.flatMap(({ recording }) => recording ?? []);
  const names = (yield* all(RECORDINGS, { contact, keptNames })).map(({ name }) => name);
  for (const name of names) yield* run(DROP_RECORDING, { name, by, at });
  return names;
}

/** Leaves an empty shell of the contact for what names it by its id; what was chosen stays to be counted. */
const ERASURE: Readonly<Record<string, Statement<never>>> = {
  contact_events: sql`DELETE FROM contact_events WHERE contact = :contact`,
  notes: sql`DELETE FROM notes WHERE contact = :contact`,
  forms: sql`DELETE FROM forms WHERE contact = :contact`,
  script_answers: sql`
    UPDATE script_answers SET value = '', number = NULL WHERE kind NOT IN ('choice', 'several')
      AND attempt IN (SELECT attempt FROM script_runs WHERE contact = :contact)`,
  script_runs: sql`UPDATE script_runs SET state = '${EMPTY_RUN}' WHERE contact = :contact`,
  staged_merges: sql`DELETE FROM staged_merges WHERE contact = :contact`,
  list_contacts: sql`DELETE FROM list_contacts WHERE contact = :contact`,
  attempt_reasons: sql`UPDATE attempts SET reason = NULL WHERE contact = :contact AND reason IS NOT NULL`,
  inbound_reasons: sql`UPDATE inbound_calls SET reason = NULL WHERE contact = :contact AND reason IS NOT NULL`,
  callback_steps: sql`
    UPDATE callback_steps SET detail = '{}' WHERE callback IN (SELECT b.id FROM callbacks b WHERE b.contact = :contact)`,
  callbacks: sql`
    UPDATE callbacks SET note = '', state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END,
      ended_at = coalesce(ended_at, :at) WHERE contact = :contact`,
  records: sql`
    UPDATE records SET state = 'removed', due_at = NULL, callback = NULL, callback_at = NULL, callback_agent = NULL,
      first = 0, aside = NULL, number_changes = NULL, sort_key = '', why = 'The person was forgotten.'
    WHERE contact = :contact`,
  contacts: sql`UPDATE contacts SET name = '', fields = '{}', answers = '{}' WHERE id = :contact`,
};

function* erase(contact: number, at: number): Work<Rows> {
  const rows: Rows = {};
  for (const [table, statement] of Object.entries(ERASURE)) rows[table] = yield* changes(statement, { contact, at });
  return rows;
}

/** Puts the pseudonym in the place of a number, wherever it stands because of this contact. */
const HIDING: Readonly<Record<string, Statement<never>>> = {
  attempts: sql`UPDATE attempts SET number = :text WHERE contact = :contact AND number = :number`,
  inbound_calls: sql`
    UPDATE inbound_calls SET caller = :text, before = NULL
    WHERE caller = :number AND (contact = :contact OR contact IS NULL)`,
  callback_numbers: sql`UPDATE callbacks SET number = :text WHERE contact = :contact AND number = :number`,
  phones: sql`DELETE FROM phones WHERE contact = :contact AND number = :number`,
  outbox: sql`DELETE FROM outbox WHERE key = 'number:' || substr(:number::text, 2)`,
  validations: sql`
    DELETE FROM validations WHERE number = :number AND NOT EXISTS (SELECT 1 FROM phones WHERE number = :number)`,
};
const HIDE_BLOCK = sql`
  UPDATE do_not_call_numbers SET number = :hidden, reason = CASE WHEN reason IS NULL THEN NULL ELSE '' END
  WHERE number = :digits AND NOT EXISTS (SELECT 1 FROM phones WHERE number = :number)`;
const REMEMBER = sql`INSERT INTO forgotten_numbers (digits) VALUES (:hidden) ON CONFLICT DO NOTHING`;

function* hideNumber(contact: number, number: string, names: Pseudonyms, rows: Rows): Work<void> {
  const text = names.textOf(number);
  for (const [table, statement] of Object.entries(HIDING)) {
    rows[table] = (rows[table] ?? 0) + (yield* changes(statement, { contact, number, text }));
  }
  const hidden = names.digitsOf(number);
  const hiddenBlocks = yield* changes(HIDE_BLOCK, { number, digits: digitsOf(number), hidden });
  rows['do_not_call_numbers'] = (rows['do_not_call_numbers'] ?? 0) + hiddenBlocks;
  if (hiddenBlocks > 0) yield* run(REMEMBER, { hidden });
}

const NAMING = sql<{ entry: number }>`
  SELECT v.entry FROM audit_values v JOIN audit_log l ON l.entry = v.entry
  WHERE l.subject IN :subjects OR ${holdsOneForm('v.body')} ORDER BY v.entry`;
const ERASE = sql`INSERT INTO audit_erasures (entry, by_entry) VALUES (:one, :entry)`;
const DROP_VALUES = sql`DELETE FROM audit_values WHERE entry = :one`;

/** Takes the values away that name the person, and says so in an entry of its own. */
function* logErasure(
  { contact, by, at, reason }: ForgetContact,
  { subjects, needles }: ContactPast,
  { rows, recordings, kept, numberHashes }: Pick<ForgetReceipt, 'rows' | 'recordings' | 'kept' | 'numberHashes'>,
): Work<number> {
  const subject = `contact ${contact}`;
  const erased = (yield* all(NAMING, { subjects, forms: needles.flatMap(formsOf) })).map(({ entry }) => entry);
  const to = { rows, recordings: recordings.length, kept, numberHashes, erased, reason };
  const entry = yield* appendEntry({ at, who: by, what: 'contact.forget', subject, from: null, to });
  for (const one of erased) {
    yield* run(ERASE, { one, entry });
    yield* run(DROP_VALUES, { one });
  }
  return entry;
}
