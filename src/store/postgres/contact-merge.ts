// Puts what is newly known of contacts over what was known, without losing anything: new values over old ones, empty ones
// aside, and new phones behind the ones they have. Many at a time, in their order.

import type { Phone } from '../../terms.ts';
import { json, sql } from './database.ts';
import type { Db } from './database.ts';

export interface Merge {
  readonly contact: number;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly phones: readonly Phone[];
  /** Phones that another contact has too are added all the same. */
  readonly shares: boolean;
}

interface Person {
  readonly id: number;
  name: string;
  fields: Readonly<Record<string, unknown>>;
  readonly nextPosition: number;
  readonly numbers: string[];
  readonly newPhones: Phone[];
}

const READ = sql<Omit<Person, 'newPhones'>>(`
  SELECT c.id, c.name, c.fields,
    coalesce((SELECT max(position) + 1 FROM phones WHERE contact = c.id), 0) AS "nextPosition",
    ARRAY(SELECT number FROM phones WHERE contact = c.id) AS numbers
  FROM contacts c WHERE c.id = ANY ($1) ORDER BY c.id FOR UPDATE`);
/** Numbers that somebody has already; those of a person who is being taken back are free. */
const OWNED = sql<{ number: string }>(`
  SELECT DISTINCT p.number FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
  WHERE p.number = ANY ($1) AND i.state <> 'abandoned'`);
const WRITE = sql(`
  UPDATE contacts c SET name = x.name, fields = x.fields
  FROM json_to_recordset($1) AS x (id bigint, name text, fields jsonb) WHERE c.id = x.id`);
const ADD_PHONES = sql(`
  INSERT INTO phones (contact, position, number, type)
  SELECT x.contact, x.position, x.number, x.type
  FROM json_to_recordset($1) AS x (contact bigint, position bigint, number text, type text)`);

/** Makes the changes, inside a transaction; contacts that are gone are left out. */
export async function mergeContacts(db: Db, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return;
  const people = new Map<number, Person>();
  const ids = [...new Set(merges.map(({ contact }) => contact))];
  for (const person of await db.all(READ, [ids])) people.set(person.id, { ...person, newPhones: [] });
  const numbers = [...new Set(merges.flatMap(({ phones }) => phones.map(({ number }) => number)))];
  const owned = new Set((await db.all(OWNED, [numbers])).map(({ number }) => number));
  for (const merge of merges) {
    const person = people.get(merge.contact);
    if (person) mergeInto(person, merge, owned);
  }
  await db.run(WRITE, [json([...people.values()].map(({ id, name, fields }) => ({ id, name, fields })))]);
  const phones = [...people.values()].flatMap(({ id, nextPosition, newPhones }) =>
    newPhones.map((phone, index) => ({ ...phone, contact: id, position: nextPosition + index })),
  );
  if (phones.length > 0) await db.run(ADD_PHONES, [json(phones)]);
}

function mergeInto(person: Person, { name, fields, phones, shares }: Merge, owned: Set<string>): void {
  const given = Object.entries(fields).filter(([, value]) => value !== '');
  person.fields = { ...person.fields, ...Object.fromEntries(given) };
  if (name !== '') person.name = name;
  for (const phone of phones) {
    if (shares ? person.numbers.includes(phone.number) : owned.has(phone.number)) continue;
    owned.add(phone.number);
    person.numbers.push(phone.number);
    person.newPhones.push(phone);
  }
}
