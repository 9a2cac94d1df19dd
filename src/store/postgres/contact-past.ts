// Everything that the database ever kept of a contact, and which of it tells nobody else: what a proof of forgetting
// looks for.

import type { ContactDetails } from '../../engine/store-contacts.ts';
import { tellingNames, tellingTexts, toldBy } from '../../list/personal-values.ts';
import type { Told } from '../../list/personal-values.ts';
import { findContacts } from './contact-find.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { digitsOf } from './do-not-call-lists.ts';

/** So many lines of a person are looked for at most. */
const MOST_TEXTS = 100;

export interface ContactPast {
  /** Subjects of the audit log that are this person, those of merged contacts too. */
  readonly subjects: readonly string[];
  readonly numbers: readonly string[];
  /** What must not be found any more. */
  readonly needles: readonly string[];
}

/** Reads the past of a contact; nothing of it may be gone yet. */
export async function contactPast(db: Db, known: ContactDetails): Promise<ContactPast> {
  const told = await tellings(db, known);
  const all = [...told.numbers];
  const shared = new Set((await db.all(SHARED, [all, known.id])).map(({ number }) => number));
  const names: string[] = [];
  for (const name of tellingNames(told)) if (!(await db.first(NAMESAKE, [name, known.id]))) names.push(name);
  const texts: string[] = [];
  for (const text of tellingTexts(told).slice(0, MOST_TEXTS)) {
    if (!(await isShared(db, text, known.id))) texts.push(text);
  }
  return {
    subjects: [known.id, ...told.merged].map((id) => `contact ${id}`),
    numbers: all,
    needles: [...all.filter((number) => !shared.has(number)), ...names, ...texts],
  };
}

const OWN = sql<{ text: string }>(`
  SELECT detail::text AS text FROM contact_events WHERE contact = $1
  UNION ALL SELECT s.detail::text FROM callback_steps s JOIN callbacks b ON b.id = s.callback WHERE b.contact = $1
  UNION ALL SELECT number_changes::text FROM records WHERE contact = $1 AND number_changes IS NOT NULL`);
const LOGGED = sql<{ text: string }>(`
  SELECT v.body AS text FROM audit_log l JOIN audit_values v ON v.entry = l.entry WHERE l.subject = ANY ($1::text[])`);
const SAID = sql<{ text: string }>(`
  SELECT reason AS text FROM attempts WHERE contact = $1 AND reason IS NOT NULL
  UNION SELECT reason FROM inbound_calls WHERE contact = $1 AND reason IS NOT NULL
  UNION SELECT note FROM callbacks WHERE contact = $1`);
const WISHED = sql<{ text: string }>(`
  SELECT reason AS text FROM do_not_call_numbers WHERE number = ANY ($1::bigint[]) AND coalesce(reason, '') <> ''`);

async function tellings(db: Db, { id, name, fields, phones }: ContactDetails): Promise<Told> {
  const own: unknown[] = [{ name, fields, phones }, ...(await db.all(OWN, [id])).map(parsed)];
  const { merged } = toldBy(own);
  const subjects = [id, ...merged].map((one) => `contact ${one}`);
  const log = (await db.all(LOGGED, [subjects])).map(parsed);
  const numbers = [...toldBy([...own, ...log]).numbers].map(digitsOf);
  const said = [...(await db.all(SAID, [id])), ...(await db.all(WISHED, [numbers]))].map(({ text }) => text);
  return toldBy([...own, ...log, said]);
}

function parsed({ text }: { readonly text: string }): unknown {
  return JSON.parse(text);
}

const SHARED = sql<{ number: string }>('SELECT DISTINCT number FROM phones WHERE number = ANY ($1) AND contact <> $2');
const NAMESAKE = sql<object>('SELECT 1 FROM contacts WHERE lower(name) = lower($1) AND id <> $2 LIMIT 1');
const SAID_OF_OTHERS = sql<object>(`
  SELECT 1 FROM attempts WHERE reason = $1 AND contact <> $2
  UNION ALL SELECT 1 FROM inbound_calls WHERE reason = $1 AND coalesce(contact, 0) <> $2
  UNION ALL SELECT 1 FROM callbacks WHERE note = $1 AND contact <> $2 LIMIT 1`);
const WISHES = sql<{ count: number }>(
  'SELECT count(DISTINCT number) AS count FROM do_not_call_numbers WHERE reason = $1',
);

/** Whether somebody else has the same. */
async function isShared(db: Db, text: string, contact: number): Promise<boolean> {
  if (await db.first(SAID_OF_OTHERS, [text, contact])) return true;
  if (((await db.first(WISHES, [text]))?.count ?? 0) > 1) return true;
  return (await findContacts(db, { text, limit: 3 })).some(({ id }) => id !== contact);
}
