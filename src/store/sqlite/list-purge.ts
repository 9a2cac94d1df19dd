// Deletes in slices what is no longer seen: the rows of an abandoned import, and those of a removed list. A contact
// that is on no other list is deleted; one with a history stays as an empty shell, for the attempts that name it.

import type { Connection } from './database.ts';
import { contactIndex } from './contact-index.ts';
import type { ImportRun } from '../nouns/import-runs.ts';
import type { Slices } from './requests.ts';

/** Rows looked at per slice when most need nothing done. */
const WINDOW = 200;

/** Takes an import back; what it has put on the list and into the directory is deleted. */
export function importPurge(db: Connection): (run: ImportRun) => Slices<void> {
  const abandon = db.prepare(`UPDATE imports SET state = 'abandoned' WHERE id = ?`);
  const merges = db.prepare(
    'DELETE FROM staged_merges WHERE id IN (SELECT id FROM staged_merges WHERE import = ? LIMIT ?)',
  );
  const members = db
    .prepare<[number, number, number], number>(
      'SELECT contact FROM list_contacts WHERE list = ? AND contact > ? ORDER BY contact LIMIT ?',
    )
    .pluck();
  const leave = db.prepare('DELETE FROM list_contacts WHERE list = ? AND contact BETWEEN ? AND ? AND import = ?');
  const firstOf = db.prepare<[number], number | null>('SELECT first_contact FROM imports WHERE id = ?').pluck();
  const index = contactIndex(db);
  const made = db.prepare<[number, number], { id: number; import: number }>(
    'SELECT id, import FROM contacts WHERE id >= ? ORDER BY id LIMIT ?',
  );
  const deleteContact = contactDeletion(db);
  const dropFields = db.prepare('DELETE FROM import_fields WHERE import = ?');
  const end = db.prepare('DELETE FROM imports WHERE id = ?');
  const endList = db.prepare(
    'DELETE FROM lists WHERE id = ? AND NOT EXISTS (SELECT 1 FROM imports WHERE list = lists.id)',
  );
  return function* ({ id, list }) {
    abandon.run(id);
    while (merges.run(id, WINDOW).changes > 0) yield;
    for (let window = members.all(list, 0, WINDOW); window.length > 0;) {
      const last = window.at(-1) ?? 0;
      leave.run(list, window[0] ?? 0, last, id);
      yield;
      window = members.all(list, last, WINDOW);
    }
    for (let window = made.all(firstOf.get(id) ?? Number.MAX_SAFE_INTEGER, WINDOW); window.length > 0;) {
      const own = window.filter((contact) => contact.import === id);
      // First all of them out of the index, which writes down what it has taken in before most other statements.
      for (const contact of own) index.remove(contact.id);
      for (const contact of own) deleteContact(contact.id);
      yield;
      window = made.all((window.at(-1)?.id ?? 0) + 1, WINDOW);
    }
    dropFields.run(id);
    end.run(id);
    endList.run(list);
  };
}

/** Takes every contact off a list that has been removed, and then the list itself. */
export function listPurge(db: Connection): (list: number, name: string) => Slices<void> {
  const members = db
    .prepare<[number, number], number>('SELECT contact FROM list_contacts WHERE list = ? ORDER BY contact LIMIT ?')
    .pluck();
  const leave = db.prepare('DELETE FROM list_contacts WHERE list = ? AND contact = ?');
  const elsewhere = db.prepare<[number], 1>('SELECT 1 FROM list_contacts WHERE contact = ? LIMIT 1');
  const dropContact = contactRemoval(db);
  const dropRecords = recordRemoval(db);
  const dropFields = db.prepare('DELETE FROM import_fields WHERE import IN (SELECT id FROM imports WHERE list = ?)');
  const detach = db.prepare('UPDATE imports SET list = NULL WHERE list = ?');
  const end = db.prepare('DELETE FROM lists WHERE id = ?');
  return function* (list, name) {
    for (let window = members.all(list, WINDOW); window.length > 0; window = members.all(list, WINDOW)) {
      for (const contact of window) {
        leave.run(list, contact);
        if (elsewhere.get(contact)) dropRecords(contact, name);
        else dropContact(contact);
        yield;
      }
    }
    dropFields.run(list);
    detach.run(list);
    end.run(list);
  };
}

/** Goes on with the removals that a crash has stopped. */
export function* resumeRemovals(db: Connection): Slices<void> {
  const removed = db.prepare<[], { id: number; name: string }>(
    'SELECT id, name FROM lists WHERE removed_at IS NOT NULL',
  );
  const purge = listPurge(db);
  for (const { id, name } of removed.all()) yield* purge(id, name);
}

function contactDeletion(db: Connection): (contact: number) => void {
  const phones = db.prepare('DELETE FROM phones WHERE contact = ?');
  const events = db.prepare('DELETE FROM contact_events WHERE contact = ?');
  const contact = db.prepare('DELETE FROM contacts WHERE id = ?');
  return (id) => {
    phones.run(id);
    events.run(id);
    contact.run(id);
  };
}

function contactRemoval(db: Connection): (contact: number) => void {
  const untouched = db.prepare('DELETE FROM records WHERE contact = ? AND last_attempt IS NULL');
  const dialed = db.prepare(`
    UPDATE records SET state = 'removed', due_at = NULL, why = 'Its list was removed.' WHERE contact = ?`);
  const phones = db.prepare('DELETE FROM phones WHERE contact = ?');
  const empty = db.prepare(`UPDATE contacts SET name = '', fields = '{}', answers = '{}' WHERE id = ?`);
  const deleteContact = contactDeletion(db);
  const index = contactIndex(db);
  return (contact) => {
    index.remove(contact);
    untouched.run(contact);
    if (dialed.run(contact).changes === 0) {
      deleteContact(contact);
      return;
    }
    phones.run(contact);
    empty.run(contact);
  };
}

/** Removes the records of a contact in campaigns that used the list and none of the contact's others. */
function recordRemoval(db: Connection): (contact: number, list: string) => void {
  const remove = db.prepare(`
    UPDATE records SET state = 'removed', due_at = NULL, why = 'Its list was removed.'
    WHERE contact = :contact AND state IN ('fresh', 'waiting')
      AND campaign IN (SELECT campaign FROM campaign_lists WHERE list = :list)
      AND NOT EXISTS (SELECT 1 FROM campaign_lists u JOIN lists l ON l.name = u.list AND l.removed_at IS NULL
        JOIN list_contacts m ON m.list = l.id AND m.contact = records.contact WHERE u.campaign = records.campaign)`);
  return (contact, list) => void remove.run({ contact, list });
}
