// Imports contacts batch by batch, a transaction each. An import's rows are there but seen by nobody until it finishes;
// changes to contacts that were there before are staged and made at the finish, all of them in one transaction.

import type { ImportBatch, ImportCounts, NewContact } from '../../engine/store.ts';
import type { FieldValue } from '../../list/fields.ts';
import type { Phone } from '../../terms.ts';
import { OperationalError } from '../../base/errors.ts';
import { duplicateRefusal } from '../duplicate.ts';
import { mergeContacts } from './contact-merge.ts';
import type { Merge } from './contact-merge.ts';
import { json, sql } from './database.ts';
import type { Db } from './database.ts';
import type { BulkDb } from './lanes.ts';
import { purgeImport } from './list-purge.ts';

interface ImportRow {
  readonly id: number;
  readonly name: string;
  readonly list: number;
  readonly listName: string;
  readonly state: 'staged' | 'finishing' | 'finished' | 'abandoned';
}

/** Staged changes of contacts made at a time. */
const MERGES = 500;

const RUN = 'SELECT i.id, i.name, i.list, l.name AS "listName", i.state FROM imports i JOIN lists l ON l.id = i.list';
const FIND = sql<ImportRow>(`${RUN} WHERE i.name = $1`);
const UNFINISHED = sql<ImportRow>(`${RUN} WHERE i.state <> 'finished' AND l.removed_at IS NULL`);
const OTHER = sql<object>(`SELECT 1 FROM imports WHERE list = $1 AND state <> 'finished' LIMIT 1`);
const FIND_LIST = sql<{ id: number }>('SELECT id FROM lists WHERE name = $1 AND removed_at IS NULL');
const ADD_LIST = sql<{ id: number }>('INSERT INTO lists (name, source) VALUES ($1, $2) RETURNING id');
const ADD_IMPORT = sql<{ id: number }>(`
  INSERT INTO imports (name, list, source, state, started_at) VALUES ($1, $2, $3, 'staged', $4) RETURNING id`);
const COUNT_MEMBERS = sql(
  'UPDATE imports SET members = members + $2, first_contact = coalesce(first_contact, $3) WHERE id = $1',
);

/** Adds a batch to an import, which is made with its list when it is the first. */
export function importBatch(db: BulkDb, batch: ImportBatch): Promise<ImportCounts> {
  return db.transaction(async (inside) => {
    const run = await begin(inside, batch);
    const plan = await planBatch(inside, run, batch);
    await addContacts(inside, run, plan.added);
    await stageMerges(inside, run, plan.staged);
    await mergeContacts(inside, plan.merged);
    const joined = await join(inside, run, [...plan.added.map(({ id }) => id), ...plan.twins]);
    await inside.run(COUNT_MEMBERS, [run.id, joined, plan.added[0]?.id ?? null]);
    const merged = plan.staged.length + plan.merged.length + plan.mergedHere;
    return { added: plan.added.length, merged, skippedLines: plan.skippedLines };
  });
}

/** Makes what the import brought visible; the name of its list. */
export async function finishImport(db: BulkDb, name: string): Promise<string> {
  const run = await db.first(FIND, [name]);
  if (!run || run.state === 'abandoned') throw importUnknown(name);
  if (run.state !== 'finished') {
    await db.transaction(async (inside) => {
      await applyStaged(inside, run.id);
      await inside.run(SET_FINISHED, [run.id]);
      await inside.run(SET_LIST, [run.list, Date.now(), run.id]);
    });
    for (const analyze of ANALYZE) await db.run(analyze);
  }
  return run.listName;
}

const SET_FINISHED = sql(`UPDATE imports SET state = 'finished' WHERE id = $1`);
const SET_LIST = sql(
  'UPDATE lists SET imported_at = $2, source = (SELECT source FROM imports WHERE id = $3) WHERE id = $1',
);
/** What the planner knows of the tables should not be that they are empty. */
const ANALYZE = [{ text: 'ANALYZE contacts' }, { text: 'ANALYZE phones' }, { text: 'ANALYZE list_contacts' }];

export async function abandonImport(db: BulkDb, name: string): Promise<void> {
  const run = await db.first(FIND, [name]);
  if (run && run.state !== 'finished') await purgeImport(db, run);
}

/** Takes back what a crash left half done; for the start of the store. */
export async function resumeImports(db: BulkDb): Promise<void> {
  for (const run of await db.all(UNFINISHED)) await purgeImport(db, run);
}

async function begin(db: Db, { importId, list, source }: ImportBatch): Promise<ImportRow> {
  const known = await db.first(FIND, [importId]);
  if (known) {
    if (known.state === 'staged' && known.listName === list) return known;
    const hint = 'Start a new import.';
    throw new OperationalError('import-ended', 'The import has ended already.', { hint, httpCode: 409 });
  }
  const listId = ((await db.first(FIND_LIST, [list])) ?? (await db.first(ADD_LIST, [list, source])))?.id ?? 0;
  if (await db.first(OTHER, [listId])) throw importRunning(list);
  const id = (await db.first(ADD_IMPORT, [importId, listId, source, Date.now()]))?.id ?? 0;
  return { id, name: importId, list: listId, listName: list, state: 'staged' };
}

interface AddedContact {
  readonly id: number;
  name: string;
  fields: Readonly<Record<string, FieldValue>>;
  readonly phones: Phone[];
}

interface BatchPlan {
  readonly added: AddedContact[];
  /** Contacts of this very batch that a later row of it has changed. */
  mergedHere: number;
  /** Contacts of earlier batches that are changed at once: nobody has seen them. */
  readonly merged: Merge[];
  readonly staged: Merge[];
  /** Contacts that were there before and are on the list too. */
  readonly twins: Set<number>;
  readonly skippedLines: number[];
}

interface Owner {
  readonly contact: number;
  readonly import: number;
  /** Set for contacts of this batch. */
  readonly added?: AddedContact;
}

const OWNERS = sql<{ number: string; contact: number; import: number }>(`
  SELECT DISTINCT ON (p.number) p.number, p.contact, c.import
  FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
  WHERE p.number = ANY ($1) AND (i.state = 'finished' OR i.id = $2) ORDER BY p.number, p.contact`);
const NEW_IDS = sql<{ id: number }>(`
  SELECT nextval(pg_get_serial_sequence('contacts', 'id')) AS id FROM generate_series(1, $1) ORDER BY 1`);

/** Decides row by row, as if each were written before the next is looked at. */
async function planBatch(db: Db, run: ImportRow, batch: ImportBatch): Promise<BatchPlan> {
  const { contacts, duplicates, key } = batch;
  if (key !== undefined) throw keyRefusal();
  const numbers = contacts.flatMap(({ phones }) => phones.map(({ number }) => number));
  const owners = new Map<string, Owner>();
  for (const { number, ...owner } of await db.all(OWNERS, [[...new Set(numbers)], run.id])) owners.set(number, owner);
  const ids = (await db.all(NEW_IDS, [contacts.length])).map(({ id }) => id);
  const plan: BatchPlan = { added: [], mergedHere: 0, merged: [], staged: [], twins: new Set(), skippedLines: [] };
  for (const contact of contacts) {
    const phones = distinctPhones(contact.phones);
    const owner = phones.map(({ number }) => owners.get(number)).find((match) => match !== undefined);
    if (!owner) {
      const id = ids[plan.added.length] ?? 0;
      const added = { id, name: contact.name, fields: contact.fields, phones: [...phones] };
      plan.added.push(added);
      own(owners, phones, { contact: id, import: run.id, added });
    } else if (duplicates === 'fail') {
      throw duplicateRefusal(batch, contact);
    } else if (duplicates === 'skip') {
      if (!owner.added) plan.twins.add(owner.contact);
      plan.skippedLines.push(contact.line);
    } else {
      mergeInto({ plan, owners, run }, owner, { ...contact, phones });
    }
  }
  return plan;
}

function keyRefusal(): OperationalError {
  return new OperationalError('import-key-unsupported', 'PostgreSQL knows contacts by their phones alone.', {
    hint: 'Import without --key.',
  });
}

function own(owners: Map<string, Owner>, phones: readonly Phone[], owner: Owner): void {
  for (const { number } of phones) if (!owners.has(number)) owners.set(number, owner);
}

interface Planning {
  readonly plan: BatchPlan;
  readonly owners: Map<string, Owner>;
  readonly run: ImportRow;
}

function mergeInto({ plan, owners, run }: Planning, owner: Owner, contact: NewContact): void {
  const { name, fields, phones } = contact;
  const { added } = owner;
  if (added) {
    plan.mergedHere += 1;
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    added.fields = { ...added.fields, ...Object.fromEntries(given) };
    if (name !== '') added.name = name;
    const free = phones.filter(({ number }) => !owners.has(number));
    added.phones.push(...free);
    own(owners, free, owner);
    return;
  }
  plan.twins.add(owner.contact);
  const merge = { contact: owner.contact, name, fields, phones };
  if (owner.import === run.id) {
    plan.merged.push(merge);
    own(owners, phones, owner);
  } else plan.staged.push(merge);
}

function distinctPhones(phones: readonly Phone[]): readonly Phone[] {
  return phones.filter(({ number }, index) => phones.findIndex((phone) => phone.number === number) === index);
}

const ADD_CONTACTS = sql(`
  INSERT INTO contacts (id, name, fields, import)
  SELECT x.id, x.name, x.fields, $2 FROM json_to_recordset($1) AS x (id bigint, name text, fields jsonb)`);
const ADD_PHONES = sql(`
  INSERT INTO phones (contact, position, number, type)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])`);

async function addContacts(db: Db, { id }: ImportRow, contacts: readonly AddedContact[]): Promise<void> {
  if (contacts.length === 0) return;
  await db.run(ADD_CONTACTS, [
    json(contacts.map(({ id: contact, name, fields }) => ({ id: contact, name, fields }))),
    id,
  ]);
  const phones = contacts.flatMap((contact) =>
    contact.phones.map((phone, position) => ({ ...phone, position, contact: contact.id })),
  );
  const column = (key: 'contact' | 'position' | 'number' | 'type'): unknown[] => phones.map((phone) => phone[key]);
  await db.run(ADD_PHONES, [column('contact'), column('position'), column('number'), column('type')]);
}

const JOIN = sql(`
  INSERT INTO list_contacts (list, contact, import) SELECT $1, contact, $2 FROM unnest($3::bigint[]) AS contact
  ON CONFLICT DO NOTHING`);

/** How many were not on the list before. */
async function join(db: Db, { id, list }: ImportRow, contacts: readonly number[]): Promise<number> {
  return contacts.length === 0 ? 0 : db.run(JOIN, [list, id, contacts]);
}

const STAGE = sql(`
  INSERT INTO staged_merges (import, contact, name, fields, phones)
  SELECT $2, x.contact, x.name, x.fields, x.phones
  FROM json_to_recordset($1) AS x (contact bigint, name text, fields jsonb, phones jsonb)`);

async function stageMerges(db: Db, { id }: ImportRow, merges: readonly Merge[]): Promise<void> {
  if (merges.length > 0) await db.run(STAGE, [json(merges), id]);
}

const STAGED = sql<Merge & { readonly id: number }>(
  'SELECT id, contact, name, fields, phones FROM staged_merges WHERE import = $1 AND id > $2 ORDER BY id LIMIT $3',
);
const DROP_STAGED = sql('DELETE FROM staged_merges WHERE import = $1');

async function applyStaged(db: Db, run: number): Promise<void> {
  for (let after = 0; ;) {
    const merges = await db.all(STAGED, [run, after, MERGES]);
    const last = merges.at(-1)?.id;
    if (last === undefined) break;
    await mergeContacts(db, merges);
    after = last;
  }
  await db.run(DROP_STAGED, [run]);
}

function importUnknown(name: string): OperationalError {
  const hint = 'An import ends when it is finished or abandoned, and with the daemon.';
  return new OperationalError('import-unknown', `There is no import ${name}.`, { hint, httpCode: 404 });
}

/** Refusal of whatever an unfinished import into the list forbids. */
export function importRunning(list: string): OperationalError {
  return new OperationalError('import-running', `An import into the list ${list} is running.`, {
    hint: 'Wait until it has finished, or abandon it.',
    httpCode: 409,
  });
}
