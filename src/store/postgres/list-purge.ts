// Deletes in slices what is no longer seen: the rows of an abandoned import, and those of a removed list. A contact
// that is on no other list is deleted; one with a history stays as an empty shell, for the attempts that name it.

import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { BulkDb } from './lanes.ts';

/** Contacts of one transaction: short enough that no one waits for their rows. */
const WINDOW = 1000;

const MEMBERS = sql<{ contact: number }>(
  'SELECT contact FROM list_contacts WHERE list = $1 AND contact > $2 ORDER BY contact LIMIT $3',
);

/** Takes an import back: what it has put on the list and into the directory is deleted. */
export async function purgeImport(
  db: BulkDb,
  { id, list }: { readonly id: number; readonly list: number },
): Promise<void> {
  await db.run(ABANDON, [id]);
  while ((await db.run(DROP_MERGES, [id, WINDOW])) > 0);
  for (let after = 0; ;) {
    const window = await db.all(MEMBERS, [list, after, WINDOW]);
    const last = window.at(-1)?.contact;
    if (last === undefined) break;
    await db.run(LEAVE_IMPORT, [list, after, last, id]);
    after = last;
  }
  for (let from = (await db.first(FIRST_MADE, [id]))?.first ?? Infinity; from < Infinity;) {
    const made = await db.all(MADE, [from, WINDOW]);
    const own = made.filter((contact) => contact.import === id).map((contact) => contact.id);
    if (own.length > 0) await db.transaction((inside) => deleteContacts(inside, own));
    from = (made.at(-1)?.id ?? Infinity) + 1;
  }
  await db.transaction(async (inside) => {
    await inside.run(DROP_FIELDS, [id]);
    await inside.run(END_IMPORT, [id]);
    await inside.run(END_UNUSED_LIST, [list]);
  });
}

const ABANDON = sql(`UPDATE imports SET state = 'abandoned' WHERE id = $1`);
const DROP_MERGES = sql(
  'DELETE FROM staged_merges WHERE id IN (SELECT id FROM staged_merges WHERE import = $1 ORDER BY id LIMIT $2)',
);
const LEAVE_IMPORT = sql(
  'DELETE FROM list_contacts WHERE list = $1 AND contact > $2 AND contact <= $3 AND import = $4',
);
const FIRST_MADE = sql<{ first: number | null }>('SELECT first_contact AS first FROM imports WHERE id = $1');
const MADE = sql<{ id: number; import: number }>('SELECT id, import FROM contacts WHERE id >= $1 ORDER BY id LIMIT $2');
const DROP_FIELDS = sql('DELETE FROM import_fields WHERE import = $1');
const END_IMPORT = sql('DELETE FROM imports WHERE id = $1');
const END_UNUSED_LIST = sql(
  'DELETE FROM lists WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM imports WHERE list = lists.id)',
);

/** Takes every contact off a list that has been removed, and then the list itself. */
export async function purgeList(db: BulkDb, list: number, name: string): Promise<void> {
  for (;;) {
    const window = (await db.all(MEMBERS, [list, 0, WINDOW])).map(({ contact }) => contact);
    if (window.length === 0) break;
    await db.transaction(async (inside) => {
      await inside.run(LEAVE, [list, window]);
      const elsewhere = new Set((await inside.all(ELSEWHERE, [window])).map(({ contact }) => contact));
      await inside.run(DROP_RECORDS, [window.filter((contact) => elsewhere.has(contact)), name]);
      await dropContacts(
        inside,
        window.filter((contact) => !elsewhere.has(contact)),
      );
    });
  }
  await db.transaction(async (inside) => {
    await inside.run(DROP_LIST_FIELDS, [list]);
    await inside.run(DETACH, [list]);
    await inside.run(END_LIST, [list]);
  });
}

const LEAVE = sql('DELETE FROM list_contacts WHERE list = $1 AND contact = ANY ($2)');
const ELSEWHERE = sql<{ contact: number }>('SELECT DISTINCT contact FROM list_contacts WHERE contact = ANY ($1)');
const DROP_LIST_FIELDS = sql('DELETE FROM import_fields WHERE import IN (SELECT id FROM imports WHERE list = $1)');
const DETACH = sql('UPDATE imports SET list = NULL WHERE list = $1');
const END_LIST = sql('DELETE FROM lists WHERE id = $1');
/** The records of contacts in campaigns that used the list and none of the contact's others. */
const DROP_RECORDS = sql(`
  UPDATE records r SET state = 'removed', due_at = NULL, why = 'Its list was removed.'
  WHERE r.contact = ANY ($1) AND r.state IN ('fresh', 'waiting')
    AND r.campaign IN (SELECT campaign FROM campaign_lists WHERE list = $2)
    AND NOT EXISTS (SELECT 1 FROM campaign_lists u JOIN lists l ON l.name = u.list AND l.removed_at IS NULL
      JOIN list_contacts m ON m.list = l.id AND m.contact = r.contact WHERE u.campaign = r.campaign)`);

/** Goes on with the removals that a crash has stopped. */
export async function resumeRemovals(db: BulkDb): Promise<void> {
  for (const { id, name } of await db.all(REMOVED)) await purgeList(db, id, name);
}

const REMOVED = sql<{ id: number; name: string }>('SELECT id, name FROM lists WHERE removed_at IS NOT NULL');

async function deleteContacts(db: Db, contacts: readonly number[]): Promise<void> {
  await db.run(DELETE_PHONES, [contacts]);
  await db.run(DELETE_EVENTS, [contacts]);
  await db.run(DELETE_CONTACTS, [contacts]);
}

const DELETE_PHONES = sql('DELETE FROM phones WHERE contact = ANY ($1)');
const DELETE_EVENTS = sql('DELETE FROM contact_events WHERE contact = ANY ($1)');
const DELETE_CONTACTS = sql('DELETE FROM contacts WHERE id = ANY ($1)');

/** Contacts on no list: those that were dialed leave a shell. */
async function dropContacts(db: Db, contacts: readonly number[]): Promise<void> {
  await db.run(DELETE_UNTOUCHED, [contacts]);
  const dialed = new Set((await db.all(REMOVE_DIALED, [contacts])).map(({ contact }) => contact));
  await deleteContacts(
    db,
    contacts.filter((contact) => !dialed.has(contact)),
  );
  const shells = [...dialed];
  await db.run(DELETE_PHONES, [shells]);
  await db.run(EMPTY, [shells]);
}

const DELETE_UNTOUCHED = sql('DELETE FROM records WHERE contact = ANY ($1) AND last_attempt IS NULL');
const REMOVE_DIALED = sql<{ contact: number }>(`
  UPDATE records SET state = 'removed', due_at = NULL, why = 'Its list was removed.' WHERE contact = ANY ($1)
  RETURNING contact`);
const EMPTY = sql(`UPDATE contacts SET name = '', fields = '{}', answers = '{}' WHERE id = ANY ($1)`);
