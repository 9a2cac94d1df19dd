// Everything that the database ever kept of a contact, and which of it tells nobody else: what a proof of forgetting
// looks for.

import type { ContactDetails } from '../../engine/store-contacts.ts';
import { tellingNames, tellingTexts, toldBy } from '../../list/personal-values.ts';
import type { Told } from '../../list/personal-values.ts';
import type { ContactQueries } from './contacts.ts';
import type { Connection } from './database.ts';
import { digitsOf } from './do-not-call.ts';

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
export function contactPast(db: Connection, contacts: ContactQueries): (known: ContactDetails) => ContactPast {
  const tellOf = tellings(db);
  const isShared = sharing(db, contacts);
  return (known) => {
    const told = tellOf(known);
    const names = tellingNames(told).filter((name) => !isShared.name(name, known.id));
    const numbers = [...told.numbers].filter((number) => !isShared.number(number, known.id));
    const texts = tellingTexts(told)
      .slice(0, MOST_TEXTS)
      .filter((text) => !isShared.text(text, known.id));
    const subjects = [known.id, ...told.merged].map((id) => `contact ${id}`);
    return { subjects, numbers: [...told.numbers], needles: [...numbers, ...names, ...texts] };
  };
}

function tellings(db: Connection): (known: ContactDetails) => Told {
  const events = db.prepare<[number], string>('SELECT detail FROM contact_events WHERE contact = ?').pluck();
  const logged = db
    .prepare<[string], string>(
      'SELECT v.body FROM audit_log l JOIN audit_values v ON v.entry = l.entry WHERE l.subject = ?',
    )
    .pluck();
  const steps = db
    .prepare<[number], string>(
      `SELECT s.detail FROM callback_steps s JOIN callbacks b ON b.id = s.callback
    WHERE b.contact = ?`,
    )
    .pluck();
  const changed = db
    .prepare<[number], string>('SELECT number_changes FROM records WHERE contact = ? AND number_changes IS NOT NULL')
    .pluck();
  const said = db
    .prepare<[{ contact: number }], string>(
      `
    SELECT reason FROM attempts WHERE contact = :contact AND reason IS NOT NULL
    UNION SELECT reason FROM inbound_calls WHERE contact = :contact AND reason IS NOT NULL
    UNION SELECT note FROM callbacks WHERE contact = :contact`,
    )
    .pluck();
  const wished = db
    .prepare<[number], string>(`SELECT reason FROM do_not_call_numbers WHERE number = ? AND coalesce(reason, '') <> ''`)
    .pluck();
  return ({ id, name, fields, phones }) => {
    const own = [{ name, fields, phones }, ...[events, steps, changed].flatMap((one) => one.all(id)).map(parsed)];
    const { merged } = toldBy(own);
    const log = [id, ...merged].flatMap((one) => logged.all(`contact ${one}`)).map(parsed);
    const { numbers } = toldBy([...own, ...log]);
    const reasons = [...numbers].flatMap((number) => wished.all(digitsOf(number)));
    return toldBy([...own, ...log, said.all({ contact: id }), reasons]);
  };
}

function parsed(json: string): unknown {
  return JSON.parse(json);
}

interface Sharing {
  readonly name: (name: string, contact: number) => boolean;
  readonly number: (number: string, contact: number) => boolean;
  readonly text: (text: string, contact: number) => boolean;
}

/** Whether somebody else has the same. */
function sharing(db: Connection, contacts: ContactQueries): Sharing {
  const names = db.prepare<[string, number], 1>(
    'SELECT 1 FROM contacts WHERE name = ? COLLATE NOCASE AND id <> ? LIMIT 1',
  );
  const numbers = db.prepare<[string, number], 1>('SELECT 1 FROM phones WHERE number = ? AND contact <> ? LIMIT 1');
  const said = db.prepare<{ text: string; contact: number }, 1>(`
    SELECT 1 FROM attempts WHERE reason = :text AND contact <> :contact
    UNION ALL SELECT 1 FROM inbound_calls WHERE reason = :text AND coalesce(contact, 0) <> :contact
    UNION ALL SELECT 1 FROM callbacks WHERE note = :text AND contact <> :contact LIMIT 1`);
  const wishes = db.prepare<[string], { count: number }>(
    'SELECT count(DISTINCT number) AS count FROM do_not_call_numbers WHERE reason = ?',
  );
  return {
    name: (name, contact) => names.get(name, contact) !== undefined,
    number: (number, contact) => numbers.get(number, contact) !== undefined,
    text: (text, contact) =>
      said.get({ text, contact }) !== undefined ||
      (wishes.get(text)?.count ?? 0) > 1 ||
      contacts.find({ text, limit: 3 }).some(({ id }) => id !== contact),
  };
}
