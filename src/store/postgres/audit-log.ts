// The audit log on PostgreSQL: entries are added at the end of the chain, listed, and checked. Nothing here changes one;
// the database refuses it too (triggers).

import type { AuditEntry, AuditLog, AuditQuery, NewAuditEntry } from '../../engine/store-audit.ts';
import { checkChain, nextEntry, openValues } from '../audit-chain.ts';
import type { ChainedEntry, CheckedEntry } from '../audit-chain.ts';
import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';
import type { Lanes } from './lanes.ts';

interface StoredEntry extends ChainedEntry {
  readonly salt: string | null;
  readonly body: string | null;
  readonly erasedBy: number | null;
}

type Part = Exclude<keyof AuditQuery, 'limit'>;

/** Entries read at a time for the check. */
const PAGE = 5000;

const COLUMNS = `l.entry, l.at, l.who, l.what, l.subject, l.seal, l.previous, l.hash, v.salt, v.body,
  e.by_entry AS "erasedBy" FROM audit_log l LEFT JOIN audit_values v ON v.entry = l.entry
  LEFT JOIN audit_erasures e ON e.entry = l.entry`;
const HEAD = sql<{ entry: number; hash: string }>('SELECT entry, hash FROM audit_log ORDER BY entry DESC LIMIT 1');
const ADD = sql(`
  INSERT INTO audit_log (entry, at, who, what, subject, seal, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`);
const KEEP = sql('INSERT INTO audit_values (entry, salt, body) VALUES ($1, $2, $3)');
const AFTER = sql<StoredEntry>(`SELECT ${COLUMNS} WHERE l.entry > $1 ORDER BY l.entry LIMIT $2`);

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Part, (value: string) => string>> = {
  fromAt: (value) => `l.at >= ${value}`,
  toAt: (value) => `l.at < ${value}`,
  who: (value) => `l.who = ${value}`,
  what: (value) => `(l.what = ${value} OR starts_with(l.what, ${value}::text || '.'))`,
  subject: (value) => `l.subject = ${value}`,
  before: (value) => `l.entry < ${value}`,
};
const PARTS = Object.keys(CONDITIONS) as readonly Part[];

export function auditLog({ read, write }: Lanes): AuditLog {
  return {
    append: (entry) => write.do((db) => appendEntry(db, entry)),
    list: (query) => listEntries(read, query),
    check: async (head) => checkChain(await allEntries(read), head),
  };
}

/** Adds an entry inside the transaction that runs; its number. */
export async function appendEntry(db: Db, entry: NewAuditEntry): Promise<number> {
  const { chained, values } = nextEntry(await db.first(HEAD), entry);
  const { entry: place, at, who, what, subject, seal, previous, hash } = chained;
  await db.run(ADD, [place, at, who, what, subject, seal, previous, hash]);
  await db.run(KEEP, [place, values.salt, values.body]);
  return place;
}

async function listEntries(db: Db, query: AuditQuery): Promise<readonly AuditEntry[]> {
  const asked = PARTS.filter((part) => query[part] !== undefined);
  const where = ['TRUE', ...asked.map((part, index) => CONDITIONS[part](`$${index + 2}`))].join(' AND ');
  const find: Statement<StoredEntry> = { text: `SELECT ${COLUMNS} WHERE ${where} ORDER BY l.entry DESC LIMIT $1` };
  return (await db.all(find, [query.limit, ...asked.map((part) => query[part])])).map(shown);
}

function shown({ entry, at, who, what, subject, hash, salt, body, erasedBy }: StoredEntry): AuditEntry {
  const values = salt !== null && body !== null ? openValues({ salt, body }) : { from: null, to: null };
  return { entry, at, who, what, subject, ...values, hash, ...(erasedBy === null ? {} : { erasedBy }) };
}

async function allEntries(db: Db): Promise<readonly CheckedEntry[]> {
  const entries: CheckedEntry[] = [];
  for (let after = 0; ;) {
    const page = await db.all(AFTER, [after, PAGE]);
    for (const { salt, body, ...row } of page) {
      entries.push({ ...row, values: salt !== null && body !== null ? { salt, body } : null });
    }
    if (page.length < PAGE) return entries;
    after = page.at(-1)?.entry ?? 0;
  }
}
