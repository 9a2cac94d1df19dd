// Which contact of the directory a new one is: by a phone, or by the value of a key field. Contacts of other imports that
// have not finished are not seen; those of the same batch are.

import { own } from '../../base/own.ts';
import type { NewContact } from '../../engine/store/lists.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { BulkDb } from './lanes.ts';
import type { FieldValue } from '../../campaign/fields.ts';
import type { Phone } from '../../terms.ts';

/** A contact that a batch makes, as it is after the rows that were looked at. */
export interface AddedContact {
  readonly id: number;
  name: string;
  fields: Readonly<Record<string, FieldValue>>;
  readonly phones: Phone[];
}

export interface Match {
  readonly contact: number;
  /** The import that made it. */
  readonly import: number;
  /** Set for contacts of this very batch. */
  readonly added?: AddedContact;
}

/** The contacts that those of one batch may be. */
export interface Matches {
  find(contact: NewContact): Match | undefined;
  /** From now on a contact like this one is that one. */
  own(contact: Pick<NewContact, 'fields' | 'phones'>, match: Match): void;
}

const BY_NUMBER = sql<Match & { number: string }>(`
  SELECT DISTINCT ON (p.number) p.number, p.contact, c.import
  FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
  WHERE p.number = ANY ($1) AND (i.state = 'finished' OR i.id = $2) ORDER BY p.number, p.contact`);
const BY_KEY = sql<Match & { value: string }>(`
  SELECT DISTINCT ON (k.value) k.value, k.contact, c.import
  FROM contact_keys k JOIN contacts c ON c.id = k.contact JOIN imports i ON i.id = c.import
  WHERE k.field = $3 AND k.value = ANY ($1) AND (i.state = 'finished' OR i.id = $2) ORDER BY k.value, k.contact`);

/** Looks up a batch of the import `run` at once; `key` names the field, without it phones decide. */
export async function matchesOf(
  db: Db,
  { run, contacts, key }: { readonly run: number; readonly contacts: readonly NewContact[]; readonly key?: string },
): Promise<Matches> {
  const namesOf = ({ fields, phones }: Pick<NewContact, 'fields' | 'phones'>): readonly string[] => {
    if (key === undefined) return phones.map(({ number }) => number);
    const value = own(fields, key);
    return value === undefined || value === '' ? [] : [String(value)];
  };
  const names = [...new Set(contacts.flatMap(namesOf))];
  const known = new Map<string, Match>();
  if (key === undefined) {
    for (const { number, ...match } of await db.all(BY_NUMBER, [names, run])) known.set(number, match);
  } else {
    for (const { value, ...match } of await db.all(BY_KEY, [names, run, key])) known.set(value, match);
  }
  return {
    find: (contact) =>
      namesOf(contact)
        .map((name) => known.get(name))
        .find((match) => match !== undefined),
    own(contact, match) {
      for (const name of namesOf(contact)) if (!known.has(name)) known.set(name, match);
    },
  };
}

const IS_KEY = sql<object>('SELECT 1 FROM key_fields WHERE field = $1');
const LOCK = { text: 'LOCK TABLE contacts IN SHARE MODE' };
const GATHER = sql(`
  INSERT INTO contact_keys (field, value, contact)
  SELECT $1, c.fields ->> $1, c.id FROM contacts c WHERE c.fields ->> $1 <> '' ON CONFLICT DO NOTHING`);
const ADD_KEY = sql('INSERT INTO key_fields (field) VALUES ($1) ON CONFLICT DO NOTHING');

/** Makes a field a key: from then on the database keeps its values by itself; those that are there are gathered now. */
export async function makeKey(db: BulkDb, field: string): Promise<void> {
  if (await db.first(IS_KEY, [field])) return;
  await db.transaction(async (inside) => {
    await inside.run(LOCK);
    await inside.run(GATHER, [field]);
    await inside.run(ADD_KEY, [field]);
  });
}
