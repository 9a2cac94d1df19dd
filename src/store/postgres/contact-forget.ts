// Forgets a person: whatever tells who it was goes, what was counted stays under a pseudonym, and the wish not to be
// called is kept as a keyed hash. Everything in one transaction; what deleted rows leave behind is scrub.ts's.

import { canonicalJson } from '../../base/canonical-json.ts';
import type { ForgetContact, ForgetReceipt, KeptForLaw } from '../../engine/store-contacts.ts';
import { formsOf } from '../../list/personal-values.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { appendEntry } from '../nouns/audit-log.ts';
import { contactDetails } from './contact-find.ts';
import { contactPast } from './contact-past.ts';
import type { ContactPast } from './contact-past.ts';
import { contactBeingDialed, contactUnknown } from '../contact-refusals.ts';
import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';
import { digitsOf } from './do-not-call-lists.ts';
import { pseudonyms } from './forgotten.ts';
import { runOn } from './run.ts';

export async function forgetContact(db: Db, forgetting: ForgetContact): Promise<ForgetReceipt> {
  const { contact, by, at, kept = [] } = forgetting;
  const known = await contactDetails(db, contact);
  if (!known) throw contactUnknown(contact);
  if (known.records.some(({ state }) => state === 'dialing')) throw contactBeingDialed(contact);
  const names = await pseudonyms(db);
  const past = await contactPast(db, known);
  const { needles } = past;
  const files = (await db.all(DROP_RECORDINGS, [contact, at, by, keptRecordings(kept)])).map(({ name }) => name);
  const rows: Rows = { ...(await erase(db, contact, at)), recordings: files.length };
  for (const number of past.numbers) await hideNumber(db, { contact, number, names }, rows);
  const numberHashes = past.numbers.map((number) => names.textOf(number));
  const words = { contact, at, by, rows, recordings: files, kept, numberHashes };
  const entry = await logErasure(db, forgetting, past, words);
  return { ...words, needles, entry, seal: names.sealOf(canonicalJson({ ...words, entry })) };
}

type Rows = Record<string, number>;

const DROP_RECORDINGS = sql<{ name: string }>(`
  UPDATE recordings r SET deleted_at = $2, deleted_by = $3 FROM attempts a
  WHERE a.attempt = r.attempt AND a.contact = $1 AND r.deleted_at IS NULL AND r.name <> ALL ($4::text[])
  RETURNING r.name`);

function keptRecordings(kept: readonly KeptForLaw[]): readonly string[] {
  return kept.flatMap(({ recording }) => recording ?? []);
}

/** Leaves an empty shell of the contact for what names it by its id. */
const ERASURE: Readonly<Record<string, Statement<never>>> = {
  contact_events: sql('DELETE FROM contact_events WHERE contact = $1'),
  staged_merges: sql('DELETE FROM staged_merges WHERE contact = $1'),
  list_contacts: sql('DELETE FROM list_contacts WHERE contact = $1'),
  attempt_reasons: sql('UPDATE attempts SET reason = NULL WHERE contact = $1 AND reason IS NOT NULL'),
  inbound_reasons: sql('UPDATE inbound_calls SET reason = NULL WHERE contact = $1 AND reason IS NOT NULL'),
  callback_steps: sql(`
    UPDATE callback_steps SET detail = '{}' WHERE callback IN (SELECT b.id FROM callbacks b WHERE b.contact = $1)`),
  records: sql(`
    UPDATE records SET state = 'removed', due_at = NULL, callback = NULL, callback_at = NULL, callback_agent = NULL,
      first = 0, aside = NULL, number_changes = NULL, sort_key = '', why = 'The person was forgotten.' WHERE contact = $1`),
  contacts: sql(`UPDATE contacts SET name = '', fields = '{}' WHERE id = $1`),
};
const END_CALLBACKS = sql(`
  UPDATE callbacks SET note = '', state = CASE state WHEN 'pending' THEN 'cancelled' ELSE state END,
    ended_at = coalesce(ended_at, $2) WHERE contact = $1`);

async function erase(db: Db, contact: number, at: number): Promise<Rows> {
  const rows: Rows = {};
  for (const [table, statement] of Object.entries(ERASURE)) rows[table] = await db.run(statement, [contact]);
  rows['callbacks'] = await db.run(END_CALLBACKS, [contact, at]);
  return rows;
}

interface Hiding {
  readonly contact: number;
  readonly number: string;
  readonly names: Pseudonyms;
}

const HIDE_IN: Readonly<Record<string, Statement<never>>> = {
  attempts: sql('UPDATE attempts SET number = $3 WHERE contact = $1 AND number = $2'),
  inbound_calls: sql(`
    UPDATE inbound_calls SET caller = $3, before = NULL WHERE caller = $2 AND (contact = $1 OR contact IS NULL)`),
  callback_numbers: sql('UPDATE callbacks SET number = $3 WHERE contact = $1 AND number = $2'),
};
const DROP_PHONE = sql('DELETE FROM phones WHERE contact = $1 AND number = $2');
const DROP_VALIDATIONS = sql(`
  DELETE FROM validations WHERE number = $1 AND NOT EXISTS (SELECT 1 FROM phones WHERE number = $1)`);
const HIDE_WISH = sql(`
  UPDATE do_not_call_numbers SET number = $3, reason = CASE WHEN reason IS NULL THEN NULL ELSE '' END
  WHERE number = $2 AND NOT EXISTS (SELECT 1 FROM phones WHERE number = $1)`);
const REMEMBER = sql('INSERT INTO forgotten_numbers (digits) VALUES ($1) ON CONFLICT DO NOTHING');

/** Puts the pseudonym in the place of a number, wherever it stands because of this contact. */
async function hideNumber(db: Db, { contact, number, names }: Hiding, rows: Rows): Promise<void> {
  const count = (table: string, more: number): void => {
    rows[table] = (rows[table] ?? 0) + more;
  };
  for (const [table, statement] of Object.entries(HIDE_IN)) {
    count(table, await db.run(statement, [contact, number, names.textOf(number)]));
  }
  count('phones', await db.run(DROP_PHONE, [contact, number]));
  count('validations', await db.run(DROP_VALIDATIONS, [number]));
  const hidden = names.digitsOf(number);
  const wishes = await db.run(HIDE_WISH, [number, digitsOf(number), hidden]);
  count('do_not_call_numbers', wishes);
  if (wishes > 0) await db.run(REMEMBER, [hidden]);
}

const TELLING = sql<{ entry: number }>(`
  SELECT v.entry FROM audit_values v JOIN audit_log l ON l.entry = v.entry
  WHERE l.subject = ANY ($1::text[]) OR EXISTS (SELECT 1 FROM unnest($2::text[]) AS needle WHERE strpos(v.body, needle) > 0)
  ORDER BY v.entry`);
const ERASE = sql('INSERT INTO audit_erasures (entry, by_entry) SELECT unnest($1::bigint[]), $2');
const DROP_VALUES = sql('DELETE FROM audit_values WHERE entry = ANY ($1::bigint[])');

/** Takes the values away that tell of the person, and says so in an entry of its own. */
async function logErasure(
  db: Db,
  { contact, by, at, reason }: ForgetContact,
  { subjects, needles }: ContactPast,
  { rows, recordings, kept, numberHashes }: Pick<ForgetReceipt, 'rows' | 'recordings' | 'kept' | 'numberHashes'>,
): Promise<number> {
  const subject = `contact ${contact}`;
  const erased = (await db.all(TELLING, [subjects, needles.flatMap(formsOf)])).map(({ entry }) => entry);
  const to = { rows, recordings: recordings.length, kept, numberHashes, erased, reason };
  const entry = await runOn(db, appendEntry({ at, who: by, what: 'contact.forget', subject, from: null, to }));
  await db.run(ERASE, [erased, entry]);
  await db.run(DROP_VALUES, [erased]);
  return entry;
}
