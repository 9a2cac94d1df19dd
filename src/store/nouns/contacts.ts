// The directory as a part of the store: each request in its own file, put together here. How deleted rows are cleared
// away, and looked for, is each database's own (scrub.ts).

import type { ContactStore } from '../../engine/store/contacts.ts';
import { formsOf } from '../../records/personal-values.ts';
import { holdsOneForm } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all, changes, long, quick, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { editContact } from './contact-edit.ts';
import { contactDetails, findContacts } from './contact-find.ts';
import { forgetContact, overwriteDeleted } from './contact-forget.ts';
import { contactTimeline } from './contact-timeline.ts';
import { uniteContacts } from './contact-union.ts';
import { takeStep } from './record-stepping.ts';
import { EMPTY_RUN } from './scripts.ts';

export const contacts: Noun<Omit<ContactStore, 'scrub' | 'traces'>> = {
  find: long((search) => findContacts(search)),
  show: quick((contact) => contactDetails(contact)),
  edit: write((edit) => editContact(edit)),
  merge: write((merge) => uniteContacts(merge)),
  timeline: long((query) => contactTimeline(query)),
  forget: write((forgetting) => forgetContact(forgetting)),
  sweep: write((needles) => sweepTexts(needles)),
  files: quick((contact) => importFiles(contact)),
  stepRecord: write((step) => takeStep(step)),
};

const IMPORTS = sql<{ files: readonly string[] }>`
  SELECT DISTINCT i.files AS "files{}" FROM imports i WHERE i.files IS NOT NULL AND (
    i.id IN (SELECT import FROM contacts WHERE id = :contact)
    OR i.id IN (SELECT import FROM list_contacts WHERE contact = :contact)
    OR i.list IN (SELECT list FROM list_contacts WHERE contact = :contact))`;

/** Of every import of the lists that the contact is on, and of the one that made the contact. */
function* importFiles(contact: number): Work<readonly string[]> {
  const files = (yield* all(IMPORTS, { contact })).flatMap((row) => row.files);
  return [...new Set(files)].sort();
}

/** Texts that people wrote somewhere else, and what stands there afterwards. */
const FREE_TEXTS: readonly (readonly [table: string, column: string, empty: string])[] = [
  ['do_not_call_numbers', 'reason', ''],
  ['attempts', 'reason', ''],
  ['inbound_calls', 'reason', ''],
  ['callbacks', 'note', ''],
  ['notes', 'text', ''],
  ['forms', 'inputs', '{}'],
  ['script_answers', 'value', ''],
  ['script_runs', 'state', EMPTY_RUN],
  ['callback_steps', 'detail', '{}'],
  ['contact_events', 'detail', '{}'],
  ['campaign_steps', 'reason', ''],
  ['outbound_turns', 'reason', ''],
  ['emergencies', 'reason', ''],
  ['session_states', 'reason', ''],
  ['validations', 'reason', ''],
];
const SWEEP = FREE_TEXTS.map(([table, column, empty]) => ({
  table,
  statement: sql`
    UPDATE ${table} SET ${column} = '${empty}' WHERE ${column} IS NOT NULL AND ${holdsOneForm(column)}`,
}));

/** Empties every text that holds one of the needles, whosever it is; the rows changed, by table. */
function* sweepTexts(needles: readonly string[]): Work<Readonly<Record<string, number>>> {
  const rows: Record<string, number> = {};
  const forms = needles.flatMap(formsOf);
  if (forms.length === 0) return rows;
  yield* overwriteDeleted();
  for (const { table, statement } of SWEEP) rows[table] = (rows[table] ?? 0) + (yield* changes(statement, { forms }));
  return rows;
}
