// Everything that the database ever kept of a contact, and which of it names no one else: what a proof of forgetting
// looks for.

import type { ContactDetails } from '../../engine/store/contacts.ts';
import { personalNames, personalTexts, personalValues } from '../../records/personal-values.ts';
import type { PersonalValues } from '../../records/personal-values.ts';
import { digitsOf } from '../do-not-call-digits.ts';
import { sql } from '../statement.ts';
import { all, first } from '../work.ts';
import type { Work } from '../work.ts';
import { findContacts } from './contact-find.ts';

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
export function* contactPast(known: ContactDetails): Work<ContactPast> {
  const contact = known.id;
  const personal = yield* personalOf(known);
  const numbers = [...personal.numbers];
  const shared = new Set((yield* all(SHARED, { numbers, contact })).map(({ number }) => number));
  const needles = numbers.filter((number) => !shared.has(number));
  for (const name of personalNames(personal)) if (!(yield* first(NAMESAKE, { name, contact }))) needles.push(name);
  for (const text of personalTexts(personal).slice(0, MOST_TEXTS)) {
    if (!(yield* isShared(text, contact))) needles.push(text);
  }
  return { subjects: [contact, ...personal.merged].map((id) => `contact ${id}`), numbers, needles };
}

interface Text {
  readonly text: string;
}

const OWN = sql<Text>`
  SELECT detail AS text FROM contact_events WHERE contact = :contact
  UNION ALL SELECT s.detail FROM callback_steps s JOIN callbacks b ON b.id = s.callback WHERE b.contact = :contact
  UNION ALL SELECT CAST(number_changes AS text) FROM records WHERE contact = :contact AND number_changes IS NOT NULL
  UNION ALL SELECT state FROM script_runs WHERE contact = :contact
  UNION ALL SELECT inputs FROM forms WHERE contact = :contact AND inputs IS NOT NULL`;
const LOGGED = sql<Text>`
  SELECT v.body AS text FROM audit_log l JOIN audit_values v ON v.entry = l.entry WHERE l.subject IN :subjects`;
const SAID = sql<Text>`
  SELECT reason AS text FROM attempts WHERE contact = :contact AND reason IS NOT NULL
  UNION SELECT reason FROM inbound_calls WHERE contact = :contact AND reason IS NOT NULL
  UNION SELECT note FROM callbacks WHERE contact = :contact
  UNION SELECT text FROM notes WHERE contact = :contact
  UNION SELECT a.value FROM script_answers a JOIN script_runs r ON r.attempt = a.attempt
    WHERE r.contact = :contact AND a.kind = 'text'`;
const BLOCK_REASONS = sql<Text>`
  SELECT reason AS text FROM do_not_call_numbers WHERE number IN :digits AND coalesce(reason, '') <> ''`;

function* personalOf({ id, name, fields, phones }: ContactDetails): Work<PersonalValues> {
  const own: unknown[] = [{ name, fields, phones }, ...(yield* all(OWN, { contact: id })).map(parsed)];
  const { merged } = personalValues(own);
  const subjects = [id, ...merged].map((one) => `contact ${one}`);
  const log = (yield* all(LOGGED, { subjects })).map(parsed);
  const digits = [...personalValues([...own, ...log]).numbers].map(digitsOf);
  const said = [...(yield* all(SAID, { contact: id })), ...(yield* all(BLOCK_REASONS, { digits }))].map(
    ({ text }) => text,
  );
  return personalValues([...own, ...log, said]);
}

/** Some steps of callbacks hold a word of ours instead of JSON: nothing of the person. */
function parsed({ text }: Text): unknown {
  return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
}

const SHARED = sql<{ number: string }>`
  SELECT DISTINCT number FROM phones WHERE number IN :numbers AND contact <> :contact`;
const NAMESAKE = sql<{ one: number }>`SELECT 1 AS one FROM contacts WHERE ${{
  sqlite: 'name = :name COLLATE NOCASE',
  postgres: 'lower(name) = lower(:name)',
}} AND id <> :contact LIMIT 1`;
const SAID_OF_OTHERS = sql<{ one: number }>`
  SELECT 1 AS one FROM attempts WHERE reason = :text AND contact <> :contact
  UNION ALL SELECT 1 FROM inbound_calls WHERE reason = :text AND coalesce(contact, 0) <> :contact
  UNION ALL SELECT 1 FROM callbacks WHERE note = :text AND contact <> :contact
  UNION ALL SELECT 1 FROM notes WHERE text = :text AND contact <> :contact
  UNION ALL SELECT 1 FROM script_answers a JOIN script_runs r ON r.attempt = a.attempt
    WHERE a.value = :text AND coalesce(r.contact, 0) <> :contact LIMIT 1`;
const BLOCKS = sql<{ count: number }>`
  SELECT count(DISTINCT number) AS count FROM do_not_call_numbers WHERE reason = :text`;

/** Whether somebody else has the same. */
function* isShared(text: string, contact: number): Work<boolean> {
  if (yield* first(SAID_OF_OTHERS, { text, contact })) return true;
  if (((yield* first(BLOCKS, { text }))?.count ?? 0) > 1) return true;
  return (yield* findContacts({ text, limit: 3 })).some(({ id }) => id !== contact);
}
