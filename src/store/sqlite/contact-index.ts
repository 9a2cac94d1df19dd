// The search index over the directory. A contact is in it from the moment it is written; whoever changes one takes it out
// before the change and puts it in again after it, so that the index always knows the text it has to take out.

import type { Connection } from './database.ts';

export interface ContactIndex {
  add(contact: number): void;
  /** Takes the contact out by its text as it stands. */
  remove(contact: number): void;
}

export function contactIndex(db: Connection): ContactIndex {
  const add = db.prepare('INSERT INTO contact_search (rowid, text) SELECT id, text FROM contact_texts WHERE id = ?');
  const remove = db.prepare(`
    INSERT INTO contact_search (contact_search, rowid, text)
    SELECT 'delete', id, text FROM contact_texts WHERE id = ?`);
  return {
    add: (contact) => void add.run(contact),
    remove: (contact) => void remove.run(contact),
  };
}
