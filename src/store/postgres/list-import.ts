// Imports contacts batch by batch, a transaction each. An import's rows are there but not seen until it finishes;
// changes to contacts that were there before are staged and made at the finish, all of them in one transaction. How far an
// import has come is written with its contacts, so that one that was cut off goes on behind the last line that is here.

import { defined } from '../../base/defined.ts';
import type { ImportBatch, ImportCounts, ImportMet, NewContact } from '../../engine/store/lists.ts';
import { contactsOf, distinctPhones, unnamedIn } from '../contact-batch.ts';
import { duplicateRefusal } from '../duplicate.ts';
import { inheritFields, noteFields, passOnFields } from '../nouns/import-fields.ts';
import { beginRun, findRun, interruptRun, strayRuns, unfinishedRuns } from '../nouns/import-runs.ts';
import type { ImportRun } from '../nouns/import-runs.ts';
import { mergeContacts } from './contact-merge.ts';
import type { Merge } from './contact-merge.ts';
import { makeKey, matchesOf } from './contact-matches.ts';
import type { AddedContact, Match, Matches } from './contact-matches.ts';
import { json, sql } from './database.ts';
import type { Db } from './database.ts';
import { oneByOne, runOn } from './run.ts';
import type { BulkDb } from './lanes.ts';
import { importUnknown } from '../../engine/store/refusals.ts';
import { purgeImport } from './list-purge.ts';

/** Staged changes of contacts made at a time. */
const MERGES = 500;
/** An interrupted import is kept so long. */
const KEPT_MS = 7 * 86_400_000;

const NOTE = sql(`
  UPDATE imports SET members = members + $2, first_contact = coalesce(first_contact, $3), added = added + $4,
    merged = merged + $5, skipped = skipped + $6, done_line = greatest(done_line, $7), mark = coalesce($8, mark)
  WHERE id = $1`);

/** Adds a batch to an import, which is made with its list when it is the first. */
export async function importBatch(db: BulkDb, batch: ImportBatch): Promise<ImportCounts> {
  for (const stray of await runOn(db, strayRuns(batch.list, batch.importId))) await purgeImport(db, stray);
  if (batch.key !== undefined) await makeKey(db, batch.key);
  return db.transaction(async (inside) => {
    const run = await runOn(oneByOne(inside), beginRun(batch));
    // Of a batch that was asked for before, the first contacts may be here already.
    const given = contactsOf(batch);
    const contacts = batch.mark ? given.filter(({ line }) => line > run.doneLine) : given;
    const plan = await planBatch(inside, run, { ...batch, contacts });
    await addContacts(inside, run, plan.added);
    await stageMerges(inside, run, plan.staged);
    await mergeContacts(inside, plan.merged);
    const joined = await join(inside, run, [...plan.added.map(({ id }) => id), ...plan.matches]);
    await runOn(oneByOne(inside), noteFields(run.id, unnamedIn(batch, contacts), batch.fields));
    await runOn(oneByOne(inside), inheritFields(run.id, [...plan.matches]));
    const counts = {
      added: plan.added.length,
      merged: plan.mergedCount,
      skippedLines: plan.skippedLines,
      met: plan.met,
    };
    const line = batch.mark ? (contacts.at(-1)?.line ?? 0) : 0;
    const mark = batch.mark ? JSON.stringify(batch.mark) : null;
    const sums = [counts.added, counts.merged, counts.skippedLines.length];
    await inside.run(NOTE, [run.id, joined, plan.added[0]?.id ?? null, ...sums, line, mark]);
    return counts;
  });
}

/** Makes what the import brought visible; the name of its list. */
export async function finishImport(db: BulkDb, name: string): Promise<string> {
  const run = await runOn(db, findRun(name));
  if (!run || run.state === 'abandoned') throw importUnknown(name);
  if (run.state !== 'finished') {
    await db.transaction(async (inside) => {
      await applyStaged(oneByOne(inside), run);
      await inside.run(SET_FINISHED, [run.id]);
      await inside.run(SET_LIST, [run.list, Date.now(), run.id]);
    });
    for (const analyze of ANALYZE) await db.run(analyze);
  }
  return run.listName;
}

const SET_FINISHED = sql(`UPDATE imports SET state = 'finished', interrupted_at = NULL WHERE id = $1`);
const SET_LIST = sql(
  'UPDATE lists SET imported_at = $2, source = (SELECT source FROM imports WHERE id = $3) WHERE id = $1',
);
/** What the planner knows of the tables should not be that they are empty. */
const ANALYZE = [{ text: 'ANALYZE contacts' }, { text: 'ANALYZE phones' }, { text: 'ANALYZE list_contacts' }];

export async function abandonImport(db: BulkDb, name: string): Promise<void> {
  const run = await runOn(db, findRun(name));
  if (run && run.state !== 'finished') await purgeImport(db, run);
}

/** Keeps or takes back what a crash left half done; for the start of the store. */
export async function resumeImports(db: BulkDb): Promise<void> {
  const now = Date.now();
  for (const run of await runOn(db, unfinishedRuns())) {
    const isKept = run.state === 'staged' && run.fingerprint !== null && run.startedAt > now - KEPT_MS;
    if (run.state === 'finishing') await finishImport(db, run.name);
    else if (!isKept) await purgeImport(db, run);
    else if (run.interruptedAt === null) await runOn(db, interruptRun(run.name, now));
  }
}

interface BatchPlan {
  readonly added: AddedContact[];
  /** How many rows have changed a contact. */
  mergedCount: number;
  /** Changes of contacts that earlier batches have made: done at once, no one has seen them. */
  readonly merged: Merge[];
  readonly staged: Merge[];
  /** Contacts that were there before and are on the list too. */
  readonly matches: Set<number>;
  readonly skippedLines: number[];
  readonly met: ImportMet[];
}

interface Planning {
  readonly plan: BatchPlan;
  readonly matches: Matches;
  readonly run: ImportRun;
  readonly shares: boolean;
}

const NEW_IDS = sql<{ id: number }>(`
  SELECT nextval(pg_get_serial_sequence('contacts', 'id')) AS id FROM generate_series(1, $1) ORDER BY 1`);

/** Decides row by row, as if each were written before the next is looked at. */
async function planBatch(db: Db, run: ImportRun, batch: ImportBatch): Promise<BatchPlan> {
  const { duplicates, key } = batch;
  const contacts = contactsOf(batch);
  const matches = await matchesOf(db, { run: run.id, contacts, ...defined({ key }) });
  const ids = (await db.all(NEW_IDS, [contacts.length])).map(({ id }) => id);
  const plan: BatchPlan = {
    added: [],
    mergedCount: 0,
    merged: [],
    staged: [],
    matches: new Set(),
    skippedLines: [],
    met: [],
  };
  for (const given of contacts) {
    const { name, fields, line } = given;
    const contact = { name, fields, line, phones: distinctPhones(given.phones) };
    const match = matches.find(contact);
    if (!match) {
      const id = ids[plan.added.length] ?? 0;
      const added = { id, name: contact.name, fields: contact.fields, phones: [...contact.phones] };
      plan.added.push(added);
      matches.own(contact, { contact: id, import: run.id, added });
    } else if (duplicates === 'fail') {
      throw duplicateRefusal(batch, contact);
    } else {
      if (!match.added) plan.matches.add(match.contact);
      const what = duplicates === 'skip' ? 'skipped' : 'merged';
      plan.met.push({ line: contact.line, contact: match.contact, what });
      if (duplicates === 'skip') plan.skippedLines.push(contact.line);
      else mergeInto({ plan, matches, run, shares: key !== undefined }, match, contact);
    }
  }
  return plan;
}

function mergeInto({ plan, matches, run, shares }: Planning, match: Match, contact: NewContact): void {
  const { name, fields, phones } = contact;
  const { added } = match;
  plan.mergedCount += 1;
  if (added) {
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    added.fields = { ...added.fields, ...Object.fromEntries(given) };
    if (name !== '') added.name = name;
    const has = (number: string): boolean => added.phones.some((phone) => phone.number === number);
    const free = phones.filter(
      (phone) => !has(phone.number) && (shares || !matches.find({ ...contact, phones: [phone] })),
    );
    added.phones.push(...free);
    matches.own({ fields, phones: free }, match);
    return;
  }
  const merge = { contact: match.contact, name, fields, phones, shares };
  if (match.import === run.id) {
    plan.merged.push(merge);
    matches.own(contact, match);
  } else plan.staged.push(merge);
}

const ADD_CONTACTS = sql(`
  INSERT INTO contacts (id, name, fields, import)
  SELECT x.id, x.name, x.fields, $2 FROM json_to_recordset($1) AS x (id bigint, name text, fields jsonb)`);
const ADD_PHONES = sql(`
  INSERT INTO phones (contact, position, number, type)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])`);

async function addContacts(db: Db, { id }: ImportRun, contacts: readonly AddedContact[]): Promise<void> {
  if (contacts.length === 0) return;
  const rows = contacts.map(({ id: contact, name, fields }) => ({ id: contact, name, fields }));
  await db.run(ADD_CONTACTS, [json(rows), id]);
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
async function join(db: Db, { id, list }: ImportRun, contacts: readonly number[]): Promise<number> {
  return contacts.length === 0 ? 0 : db.run(JOIN, [list, id, contacts]);
}

const STAGE = sql(`
  INSERT INTO staged_merges (import, contact, name, fields, phones)
  SELECT $2, x.contact, x.name, x.fields, jsonb_build_object('phones', x.phones, 'shares', x.shares)
  FROM json_to_recordset($1) AS x (contact bigint, name text, fields jsonb, phones jsonb, shares boolean)`);

async function stageMerges(db: Db, { id }: ImportRun, merges: readonly Merge[]): Promise<void> {
  if (merges.length > 0) await db.run(STAGE, [json(merges), id]);
}

/** Merges staged by an earlier version hold the phones alone. */
const STAGED = sql<Merge & { readonly id: number }>(`
  SELECT id, contact, name, fields, CASE jsonb_typeof(phones) WHEN 'array' THEN phones ELSE phones -> 'phones' END AS phones,
    CASE jsonb_typeof(phones) WHEN 'array' THEN FALSE ELSE (phones -> 'shares')::boolean END AS shares
  FROM staged_merges WHERE import = $1 AND id > $2 ORDER BY id LIMIT $3`);
const DROP_STAGED = sql('DELETE FROM staged_merges WHERE import = $1');
const EVENTS = sql(`
  INSERT INTO contact_events (contact, at, by, what, detail)
  SELECT contact, $2, $3, 'import-merged', $4 FROM unnest($1::bigint[]) AS contact`);

/** Makes the changes to contacts that were there before, each with a line in what happened to the contact. */
async function applyStaged(db: Db, { id, listName }: ImportRun): Promise<void> {
  const done = new Set([id]);
  for (let after = 0; ;) {
    const merges = await db.all(STAGED, [id, after, MERGES]);
    const last = merges.at(-1)?.id;
    if (last === undefined) break;
    await mergeContacts(db, merges);
    const contacts = merges.map(({ contact }) => contact);
    await runOn(db, passOnFields(id, contacts, done));
    await db.run(EVENTS, [contacts, Date.now(), `import ${listName}`, JSON.stringify({ list: listName })]);
    after = last;
  }
  await db.run(DROP_STAGED, [id]);
}
