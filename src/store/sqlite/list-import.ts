// Imports contacts batch by batch. An import's rows are there but seen by nobody until it finishes; changes to contacts
// that were there before are staged and made at the finish, which goes on by itself after a crash.

import type { ImportBatch, ImportCounts, ListStore, ListSummary, NewContact } from '../../engine/store.ts';
import type { Phone } from '../../terms.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Connection } from './database.ts';
import { importPurge } from './list-purge.ts';
import { parseObject } from './record-facts.ts';
import type { Handlers, Slices } from './requests.ts';

type ImportHandlers = Pick<Handlers<ListStore>, 'importBatch' | 'finishImport' | 'abandonImport'>;

export interface ImportRow {
  readonly id: number;
  readonly name: string;
  readonly list: number;
  readonly listName: string;
  readonly state: 'staged' | 'finishing' | 'finished' | 'abandoned';
}

export function importHandlers(db: Connection, summaryOf: (list: string) => ListSummary): ImportHandlers {
  const imports = importRows(db);
  const addContact = contactAdder(db);
  const countMembers = db.prepare('UPDATE imports SET members = members + ? WHERE id = ?');
  const finish = importFinish(db);
  const purge = importPurge(db);
  return {
    *importBatch(batch): Slices<ImportCounts> {
      const run = imports.begin(batch);
      const counts = { added: 0, merged: 0, members: 0, skippedLines: [] as number[] };
      for (const contact of batch.contacts) {
        const { what, joined } = addContact(run, contact, batch.duplicates);
        if (joined) counts.members += 1;
        if (what === 'skipped') counts.skippedLines.push(contact.line);
        else counts[what] += 1;
        yield;
      }
      countMembers.run(counts.members, run.id);
      return { added: counts.added, merged: counts.merged, skippedLines: counts.skippedLines };
    },
    *finishImport(name) {
      const run = imports.find(name);
      if (!run) throw importUnknown(name);
      yield* finish(run);
      return summaryOf(run.listName);
    },
    *abandonImport(name) {
      const run = imports.find(name);
      if (run && run.state !== 'finished') yield* purge(run);
    },
  };
}

/** Finishes or takes back what a crash left half done; for the start of the store. */
export function* resumeImports(db: Connection): Slices<void> {
  const imports = importRows(db);
  const finish = importFinish(db);
  const purge = importPurge(db);
  for (const run of imports.unfinished()) yield* run.state === 'finishing' ? finish(run) : purge(run);
}

interface ImportRows {
  find(name: string): ImportRow | undefined;
  /** The import of a batch, made with its list when it is the first. */
  begin(batch: ImportBatch): ImportRow;
  unfinished(): readonly ImportRow[];
}

function importRows(db: Connection): ImportRows {
  const columns = 'i.id, i.name, i.list, l.name AS listName, i.state FROM imports i JOIN lists l ON l.id = i.list';
  const find = db.prepare<[string], ImportRow>(`SELECT ${columns} WHERE i.name = ?`);
  const unfinished = db.prepare<[], ImportRow>(
    `SELECT ${columns} WHERE i.state <> 'finished' AND l.removed_at IS NULL`,
  );
  const other = db.prepare<[number], 1>(`SELECT 1 FROM imports WHERE list = ? AND state <> 'finished'`);
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const addList = db.prepare('INSERT INTO lists (name, source) VALUES (?, ?)');
  const add = db.prepare(`INSERT INTO imports (name, list, source, state, started_at) VALUES (?, ?, ?, 'staged', ?)`);
  return {
    find: (name) => find.get(name),
    unfinished: () => unfinished.all(),
    begin({ importId, list, source }) {
      const known = find.get(importId);
      if (known) {
        if (known.state === 'staged' && known.listName === list) return known;
        const hint = 'Start a new import.';
        throw new OperationalError('import-ended', 'The import has ended already.', { hint, httpCode: 409 });
      }
      const listId = findList.get(list) ?? Number(addList.run(list, source).lastInsertRowid);
      if (other.get(listId)) throw importRunning(list);
      const id = Number(add.run(importId, listId, source, Date.now()).lastInsertRowid);
      return { id, name: importId, list: listId, listName: list, state: 'staged' };
    },
  };
}

interface Outcome {
  readonly what: 'added' | 'merged' | 'skipped';
  /** Whether the contact was not on the list before. */
  readonly joined: boolean;
}

function contactAdder(
  db: Connection,
): (run: ImportRow, contact: NewContact, duplicates: ImportBatch['duplicates']) => Outcome {
  const known = db.prepare<[string, number], { contact: number; import: number }>(`
    SELECT p.contact, c.import FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
    WHERE p.number = ? AND (i.state = 'finished' OR i.id = ?) LIMIT 1`);
  const add = db.prepare('INSERT INTO contacts (name, fields, import) VALUES (?, ?, ?)');
  const addPhone = db.prepare('INSERT INTO phones (contact, position, number, type) VALUES (?, ?, ?, ?)');
  const join = db.prepare('INSERT INTO list_contacts (list, contact, import) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const first = db.prepare('UPDATE imports SET first_contact = ? WHERE id = ? AND first_contact IS NULL');
  const stage = db.prepare('INSERT INTO staged_merges (import, contact, name, fields, phones) VALUES (?, ?, ?, ?, ?)');
  const merge = contactMerge(db);
  return (run, contact, duplicates) => {
    const phones = distinctPhones(contact.phones);
    const twin = phones.map(({ number }) => known.get(number, run.id)).find((match) => match !== undefined);
    if (!twin) {
      const id = Number(add.run(contact.name, JSON.stringify(contact.fields), run.id).lastInsertRowid);
      phones.forEach(({ number, type }, position) => addPhone.run(id, position, number, type));
      first.run(id, run.id);
      join.run(run.list, id, run.id);
      return { what: 'added', joined: true };
    }
    const joined = join.run(run.list, twin.contact, run.id).changes > 0;
    if (duplicates === 'skip') return { what: 'skipped', joined };
    const { name, fields } = contact;
    if (twin.import === run.id) merge({ contact: twin.contact, name, fields, phones });
    else stage.run(run.id, twin.contact, name, JSON.stringify(fields), JSON.stringify(phones));
    return { what: 'merged', joined };
  };
}

function distinctPhones(phones: readonly Phone[]): readonly Phone[] {
  return phones.filter(({ number }, index) => phones.findIndex((phone) => phone.number === number) === index);
}

interface Merge {
  readonly contact: number;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly phones: readonly Phone[];
}

/** Puts new values over a contact's old ones, empty ones aside, and its new phones behind the ones it has. */
function contactMerge(db: Connection): (merge: Merge) => void {
  const find = db.prepare<[number], { name: string; fields: string }>('SELECT name, fields FROM contacts WHERE id = ?');
  const update = db.prepare('UPDATE contacts SET name = ?, fields = ? WHERE id = ?');
  const owner = db.prepare<[string], 1>(`
    SELECT 1 FROM phones p JOIN contacts c ON c.id = p.contact JOIN imports i ON i.id = c.import
    WHERE p.number = ? AND i.state <> 'abandoned' LIMIT 1`);
  const addPhone = db.prepare(`
    INSERT INTO phones (contact, position, number, type)
    SELECT :contact, coalesce(max(position) + 1, 0), :number, :type FROM phones WHERE contact = :contact`);
  return ({ contact, name, fields, phones }) => {
    const old = find.get(contact);
    if (!old) return;
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    const merged = { ...parseObject<unknown>(old.fields), ...Object.fromEntries(given) };
    update.run(name === '' ? old.name : name, JSON.stringify(merged), contact);
    for (const { number, type } of phones) if (!owner.get(number)) addPhone.run({ contact, number, type });
  };
}

function importFinish(db: Connection): (run: ImportRow) => Slices<void> {
  const setState = db.prepare('UPDATE imports SET state = ? WHERE id = ?');
  const setList = db.prepare(
    'UPDATE lists SET imported_at = ?, source = (SELECT source FROM imports WHERE id = ?) WHERE id = ?',
  );
  const staged = db.prepare<[number], { id: number; contact: number; name: string; fields: string; phones: string }>(
    'SELECT id, contact, name, fields, phones FROM staged_merges WHERE import = ? ORDER BY id LIMIT 1',
  );
  const drop = db.prepare('DELETE FROM staged_merges WHERE id = ?');
  const merge = contactMerge(db);
  return function* (run) {
    if (run.state === 'finished') return;
    if (run.state === 'abandoned') throw importUnknown(run.name);
    setState.run('finishing', run.id);
    for (let next = staged.get(run.id); next; next = staged.get(run.id)) {
      const phones = JSON.parse(next.phones) as readonly Phone[];
      merge({ contact: next.contact, name: next.name, fields: parseObject<unknown>(next.fields), phones });
      drop.run(next.id);
      yield;
    }
    setState.run('finished', run.id);
    setList.run(Date.now(), run.id, run.list);
  };
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
