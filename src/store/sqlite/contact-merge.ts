// Puts what is newly known of a contact over what was known, without losing anything.

import type { Phone } from '../../terms.ts';
import { contactIndex } from './contact-index.ts';
import type { Connection } from './database.ts';
import { parseObject } from './record-facts.ts';

export interface ContactMerge {
  readonly contact: number;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly phones: readonly Phone[];
  /** Phones that another contact has too are added all the same. */
  readonly shares: boolean;
}

/** Puts new values over a contact's old ones, empty ones aside, and its new phones behind the ones it has. */
export function contactMerge(db: Connection): (merge: ContactMerge) => void {
  const find = db.prepare<[number], { name: string; fields: string }>('SELECT name, fields FROM contacts WHERE id = ?');
  const update = db.prepare('UPDATE contacts SET name = ?, fields = ? WHERE id = ?');
  const owner = db.prepare<[string], 1>(`
    SELECT 1 FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
    WHERE p.number = ? AND i.state <> 'abandoned' LIMIT 1`);
  const has = db.prepare<[number, string], 1>('SELECT 1 FROM phones WHERE contact = ? AND number = ?');
  const addPhone = db.prepare(`
    INSERT INTO phones (contact, position, number, type)
    SELECT :contact, coalesce(max(position) + 1, 0), :number, :type FROM phones WHERE contact = :contact`);
  const index = contactIndex(db);
  return ({ contact, name, fields, phones, shares }) => {
    const old = find.get(contact);
    if (!old) return;
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    const merged = { ...parseObject<unknown>(old.fields), ...Object.fromEntries(given) };
    index.remove(contact);
    update.run(name === '' ? old.name : name, JSON.stringify(merged), contact);
    for (const { number, type } of phones) {
      if (shares ? !has.get(contact, number) : !owner.get(number)) addPhone.run({ contact, number, type });
    }
    index.add(contact);
  };
}
