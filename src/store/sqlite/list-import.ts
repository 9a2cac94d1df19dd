// Imports contacts batch by batch. An import's rows are there but not seen until it finishes; changes to contacts
// that were there before are staged and made at the finish, which goes on by itself after a crash. How far an import has
// come is written with its contacts, so that one that was cut off goes on behind the last line that is here.

import type { ImportBatch, ImportCounts, ImportMet, ListStore } from '../../engine/store/lists.ts';
import type { Phone } from '../../terms.ts';
import { contactsOf, distinctPhones, unnamedIn } from '../contact-batch.ts';
import type { BatchContact } from '../contact-batch.ts';
import { duplicateRefusal } from '../duplicate.ts';
import { inheritFields, noteFields, passOnFields } from '../nouns/import-fields.ts';
import { beginRun, findRun, interruptRun, strayRuns, unfinishedRuns } from '../nouns/import-runs.ts';
import type { ImportRun } from '../nouns/import-runs.ts';
import { listSummary } from '../nouns/lists.ts';
import { contactIndex } from './contact-index.ts';
import { contactMerge } from './contact-merge.ts';
import { keyMaker, newcomerSearch, matchSearch } from './contact-matches.ts';
import type { Match } from './contact-matches.ts';
import type { Connection } from './database.ts';
import { importPurge } from './list-purge.ts';
import { newContacts } from './new-contacts.ts';
import type { MadeContact, NewContacts } from './new-contacts.ts';
import { parseObject } from './record-facts.ts';
import type { Handlers, Slices } from './requests.ts';
import { importUnknown } from '../../engine/store/refusals.ts';
import { runOn } from './run.ts';

type ImportHandlers = Pick<Handlers<ListStore>, 'importBatch' | 'finishImport' | 'abandonImport'>;

/**
 * Contacts between two places where others may come in: about two ms. They are put into the search index together, for
 * the index writes down what it has taken in before most other statements.
 */
const PER_SLICE = 100;
/** An interrupted import is kept so long. */
const KEPT_MS = 7 * 86_400_000;

export function importHandlers(db: Connection): ImportHandlers {
  const addAll = batchAdder(db);
  const makeKey = keyMaker(db);
  const finish = importFinish(db);
  const purge = importPurge(db);
  return {
    *importBatch(batch): Slices<ImportCounts> {
      for (const stray of runOn(db, strayRuns(batch.list, batch.importId))) yield* purge(stray);
      const run = runOn(db, beginRun(batch));
      if (batch.key !== undefined) yield* makeKey(batch.key);
      return yield* addAll(run, batch);
    },
    *finishImport(name) {
      const run = runOn(db, findRun(name));
      if (!run) throw importUnknown(name);
      yield* finish(run);
      return runOn(db, listSummary(run.listName));
    },
    *abandonImport(name) {
      const run = runOn(db, findRun(name));
      if (run && run.state !== 'finished') yield* purge(run);
    },
  };
}

/** Finishes, keeps or takes back what a crash left half done; for the start of the store. */
export function* resumeImports(db: Connection): Slices<void> {
  const finish = importFinish(db);
  const purge = importPurge(db);
  const now = Date.now();
  for (const run of runOn(db, unfinishedRuns())) {
    const isKept = run.state === 'staged' && run.fingerprint !== null && run.startedAt > now - KEPT_MS;
    if (run.state === 'finishing') yield* finish(run);
    else if (!isKept) yield* purge(run);
    else if (run.interruptedAt === null) runOn(db, interruptRun(run.name, now));
  }
}

function batchAdder(db: Connection): (run: ImportRun, batch: ImportBatch) => Slices<ImportCounts> {
  const addChunk = chunkAdder(db);
  const note = db.prepare(`
    UPDATE imports SET members = members + :members, added = added + :added, merged = merged + :merged,
      skipped = skipped + :skipped, done_line = max(done_line, :line) WHERE id = :id`);
  const mark = db.prepare('UPDATE imports SET mark = ? WHERE id = ?');
  return function* (run, batch) {
    const given = contactsOf(batch);
    // Of a batch that a crash has cut in two, the first contacts are here already.
    const rest = batch.mark ? given.filter(({ line }) => line > run.doneLine) : given;
    const counts = { added: 0, merged: 0, skippedLines: [] as number[], met: [] as ImportMet[] };
    runOn(db, noteFields(run.id, unnamedIn(batch, rest), batch.fields));
    for (let start = 0; start < rest.length; start += PER_SLICE) {
      const chunk = rest.slice(start, start + PER_SLICE);
      const before: number[] = [];
      const part = { members: 0, added: 0, merged: 0, skipped: 0 };
      addChunk({ run, batch, made: [] }, chunk, ({ what, joined, met, line }) => {
        if (met !== undefined && what !== 'added') counts.met.push({ line, contact: met, what });
        if (joined && met !== undefined) before.push(met);
        if (joined) part.members += 1;
        if (what === 'skipped') counts.skippedLines.push(line);
        part[what] += 1;
      });
      runOn(db, inheritFields(run.id, before));
      counts.added += part.added;
      counts.merged += part.merged;
      note.run({ ...part, line: batch.mark ? (chunk.at(-1)?.line ?? 0) : 0, id: run.id });
      yield;
    }
    if (batch.mark) mark.run(JSON.stringify(batch.mark), run.id);
    return counts;
  };
}

interface Adding {
  readonly run: ImportRun;
  readonly batch: ImportBatch;
  /** Contacts made in this slice, not yet in the search index. */
  readonly made: MadeContact[];
}

interface Outcome {
  readonly what: 'added' | 'merged' | 'skipped';
  /** Whether the contact was not on the list before. */
  readonly joined: boolean;
  /** The contact that was there already. */
  readonly met?: number;
}

type Report = (outcome: Outcome & { readonly line: number }) => void;

/** Adds contacts in their order: those that are certainly new many at a time, the others one by one. */
function chunkAdder(db: Connection): (adding: Adding, chunk: readonly BatchContact[], report: Report) => void {
  const fresh = newContacts(db, contactIndex(db));
  const newcomers = newcomerSearch(db);
  const addOne = contactAdder(db, fresh);
  return (adding, chunk, report) => {
    const { run, batch, made } = adding;
    let waiting: BatchContact[] = [];
    const writeWaiting = (): void => {
      if (waiting.length > 0) made.push(...fresh.write(run, waiting));
      waiting = [];
    };
    const isNew = newcomers(chunk, batch.key);
    for (const contact of chunk) {
      const { line } = contact;
      if (isNew(contact)) {
        waiting.push(contact);
        report({ what: 'added', joined: true, line });
        continue;
      }
      writeWaiting();
      report({ ...addOne(adding, contact), line });
    }
    writeWaiting();
    fresh.index(made);
  };
}

function contactAdder(db: Connection, fresh: NewContacts): (adding: Adding, contact: BatchContact) => Outcome {
  const matchOf = matchSearch(db);
  const join = db.prepare('INSERT INTO list_contacts (list, contact, import) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const merge = matchMerge(db, fresh);
  return (adding, contact) => {
    const { run, batch, made } = adding;
    const match = matchOf(contact, run.id, batch.key);
    if (!match) {
      made.push(...fresh.write(run, [contact]));
      return { what: 'added', joined: true };
    }
    if (batch.duplicates === 'fail') throw duplicateRefusal(batch, contact);
    const joined = join.run(run.list, match.contact, run.id).changes > 0;
    if (batch.duplicates === 'skip') return { what: 'skipped', joined, met: match.contact };
    merge(adding, match, contact);
    return { what: 'merged', joined, met: match.contact };
  };
}

/** Merges at once into a contact of the same import, and at the finish into one that was there before. */
function matchMerge(db: Connection, fresh: NewContacts): (adding: Adding, match: Match, contact: BatchContact) => void {
  const stage = db.prepare('INSERT INTO staged_merges (import, contact, name, fields, phones) VALUES (?, ?, ?, ?, ?)');
  const merge = contactMerge(db);
  return ({ run, batch, made }, match, { name, fields, phones: given }) => {
    const phones = distinctPhones(given);
    const shares = batch.key !== undefined;
    if (match.import === run.id) {
      fresh.index(made.splice(0));
      merge({ contact: match.contact, name, fields, phones, shares });
    } else stage.run(run.id, match.contact, name, JSON.stringify(fields), JSON.stringify({ phones, shares }));
  };
}

interface StagedMerge {
  readonly id: number;
  readonly contact: number;
  readonly name: string;
  readonly fields: string;
  readonly phones: string;
}

function importFinish(db: Connection): (run: ImportRun) => Slices<void> {
  const setState = db.prepare('UPDATE imports SET state = ?, interrupted_at = NULL WHERE id = ?');
  const setList = db.prepare(
    'UPDATE lists SET imported_at = ?, source = (SELECT source FROM imports WHERE id = ?) WHERE id = ?',
  );
  const applyMerges = stagedMerges(db);
  return function* (run) {
    if (run.state === 'finished') return;
    if (run.state === 'abandoned') throw importUnknown(run.name);
    setState.run('finishing', run.id);
    yield* applyMerges(run);
    setState.run('finished', run.id);
    setList.run(Date.now(), run.id, run.list);
  };
}

/** Makes the changes to contacts that were there before, each with a line in what happened to the contact. */
function stagedMerges(db: Connection): (run: ImportRun) => Slices<void> {
  const next = db.prepare<[number], StagedMerge>(
    'SELECT id, contact, name, fields, phones FROM staged_merges WHERE import = ? ORDER BY id LIMIT 1',
  );
  const drop = db.prepare('DELETE FROM staged_merges WHERE id = ?');
  const event = db.prepare(`
    INSERT INTO contact_events (contact, at, by, what, detail) VALUES (?, ?, ?, 'import-merged', ?)`);
  const merge = contactMerge(db);
  return function* (run) {
    const done = new Set([run.id]);
    for (let staged = next.get(run.id); staged; staged = next.get(run.id)) {
      const { id, contact, name, fields } = staged;
      const { phones, shares } = readPhones(staged.phones);
      merge({ contact, name, fields: parseObject<unknown>(fields), phones, shares });
      runOn(db, passOnFields(run.id, [contact], done));
      event.run(contact, Date.now(), `import ${run.listName}`, JSON.stringify({ list: run.listName }));
      drop.run(id);
      yield;
    }
  };
}

/** Merges staged by an earlier version hold the phones alone. */
function readPhones(json: string): { readonly phones: readonly Phone[]; readonly shares: boolean } {
  const stored = JSON.parse(json) as readonly Phone[] | { phones: readonly Phone[]; shares: boolean };
  return 'phones' in stored ? stored : { phones: stored, shares: false };
}
