// The audit log on SQLite: entries are added at the end of the chain, listed, and checked. Nothing here changes one; the
// database refuses it too (triggers).

import type { AuditEntry, AuditLog, AuditQuery, NewAuditEntry } from '../../engine/store-audit.ts';
import { checkChain, nextEntry, openValues } from '../audit-chain.ts';
import type { ChainedEntry, CheckedEntry } from '../audit-chain.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

interface StoredEntry extends ChainedEntry {
  readonly salt: string | null;
  readonly body: string | null;
  readonly erasedBy: number | null;
}

const COLUMNS = `l.entry, l.at, l.who, l.what, l.subject, l.seal, l.previous, l.hash, v.salt, v.body,
  e.by_entry AS erasedBy FROM audit_log l LEFT JOIN audit_values v ON v.entry = l.entry
  LEFT JOIN audit_erasures e ON e.entry = l.entry`;

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Exclude<keyof AuditQuery, 'limit'>, string>> = {
  fromAt: 'l.at >= :fromAt',
  toAt: 'l.at < :toAt',
  who: 'l.who = :who',
  what: `(l.what = :what OR substr(l.what, 1, length(:what) + 1) = :what || '.')`,
  subject: 'l.subject = :subject',
  before: 'l.entry < :before',
};

export function auditHandlers(db: Connection): Handlers<AuditLog> {
  const walk = db.prepare<[], StoredEntry>(`SELECT ${COLUMNS} ORDER BY l.entry`);
  return {
    append: auditAppend(db),
    list: auditList(db),
    check: (head) => checkChain(checked(walk.iterate()), head),
  };
}

/** Adds an entry inside the transaction that runs; its number. */
export function auditAppend(db: Connection): (entry: NewAuditEntry) => number {
  const head = db.prepare<[], { entry: number; hash: string }>(
    'SELECT entry, hash FROM audit_log ORDER BY entry DESC LIMIT 1',
  );
  const add = db.prepare(`
    INSERT INTO audit_log (entry, at, who, what, subject, seal, previous, hash)
    VALUES (:entry, :at, :who, :what, :subject, :seal, :previous, :hash)`);
  const keep = db.prepare('INSERT INTO audit_values (entry, salt, body) VALUES (?, ?, ?)');
  return (entry) => {
    const { chained, values } = nextEntry(head.get(), entry);
    add.run(chained);
    keep.run(chained.entry, values.salt, values.body);
    return chained.entry;
  };
}

function auditList(db: Connection): (query: AuditQuery) => readonly AuditEntry[] {
  return (query) => {
    const asked = Object.entries(CONDITIONS).filter(([part]) => query[part as keyof AuditQuery] !== undefined);
    const where = ['TRUE', ...asked.map(([, condition]) => condition)].join(' AND ');
    const find = db.prepare<Record<string, unknown>, StoredEntry>(
      `SELECT ${COLUMNS} WHERE ${where} ORDER BY l.entry DESC LIMIT :limit`,
    );
    return find.all({ ...query }).map(shown);
  };
}

function shown({ entry, at, who, what, subject, hash, salt, body, erasedBy }: StoredEntry): AuditEntry {
  const values = salt !== null && body !== null ? openValues({ salt, body }) : { from: null, to: null };
  return { entry, at, who, what, subject, ...values, hash, ...(erasedBy === null ? {} : { erasedBy }) };
}

function* checked(rows: Iterable<StoredEntry>): Generator<CheckedEntry> {
  for (const { salt, body, ...row } of rows) {
    yield { ...row, values: salt !== null && body !== null ? { salt, body } : null };
  }
}
