// The audit log: entries are added at the end of the chain, listed, and checked. Nothing here changes one; the database
// refuses it too (triggers).

import type { AuditEntry, AuditLog, AuditQuery, NewAuditEntry } from '../../engine/store/audit.ts';
import { checkChain, nextEntry, openValues } from '../audit-chain.ts';
import type { ChainedEntry, CheckedEntry } from '../audit-chain.ts';
import { byParts } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, first, long, pause, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';

export const audit: Noun<AuditLog> = {
  append: write((entry) => appendEntry(entry)),
  list: long(function* (query) {
    return (yield* all(LIST(query), { ...query })).map(shown);
  }),
  check: long(function* (head) {
    return checkChain(yield* allEntries(), head);
  }),
};

interface StoredEntry extends ChainedEntry {
  readonly salt: string | null;
  readonly body: string | null;
  readonly erasedBy: number | null;
}

/** Entries read at a time for the check. */
const PAGE = 5000;

const HEAD = sql<{ entry: number; hash: string }>`SELECT entry, hash FROM audit_log ORDER BY entry DESC LIMIT 1`;
const ADD = sql`
  INSERT INTO audit_log (entry, at, who, what, subject, seal, previous, hash)
  VALUES (:entry, :at, :who, :what, :subject, :seal, :previous, :hash)`;
const KEEP = sql`INSERT INTO audit_values (entry, salt, body) VALUES (:entry, :salt, :body)`;

/** Adds an entry inside the transaction that runs; its number. */
export function* appendEntry(added: NewAuditEntry): Work<number> {
  const { chained, values } = nextEntry(yield* first(HEAD), added);
  yield* run(ADD, { ...chained });
  yield* run(KEEP, { entry: chained.entry, ...values });
  return chained.entry;
}

const SELECT = part`
  SELECT l.entry, l.at, l.who, l.what, l.subject, l.seal, l.previous, l.hash, v.salt, v.body, e.by_entry AS "erasedBy"
  FROM audit_log l LEFT JOIN audit_values v ON v.entry = l.entry LEFT JOIN audit_erasures e ON e.entry = l.entry`;
const LIST = byParts<StoredEntry, Exclude<keyof AuditQuery, 'limit'>>(
  {
    fromAt: 'l.at >= :fromAt',
    toAt: 'l.at < :toAt',
    who: 'l.who = :who',
    what: `(l.what = :what OR substr(l.what, 1, length(:what::text) + 1) = :what::text || '.')`,
    subject: 'l.subject = :subject',
    before: 'l.entry < :before',
  },
  (where) => sql`${SELECT} WHERE ${where} ORDER BY l.entry DESC LIMIT :limit`,
);
const AFTER = sql<StoredEntry>`${SELECT} WHERE l.entry > :after ORDER BY l.entry LIMIT :limit`;

function* allEntries(): Work<readonly CheckedEntry[]> {
  const entries: CheckedEntry[] = [];
  for (let after = 0; ;) {
    const page = yield* all(AFTER, { after, limit: PAGE });
    for (const { salt, body, ...row } of page) entries.push({ ...row, values: valuesOf(salt, body) });
    if (page.length < PAGE) return entries;
    after = page.at(-1)?.entry ?? 0;
    yield* pause();
  }
}

function shown({ entry, at, who, what, subject, hash, salt, body, erasedBy }: StoredEntry): AuditEntry {
  const values = valuesOf(salt, body);
  const opened = values ? openValues(values) : { from: null, to: null };
  return { entry, at, who, what, subject, ...opened, hash, ...(erasedBy === null ? {} : { erasedBy }) };
}

/** Null once they were erased. */
function valuesOf(salt: string | null, body: string | null): CheckedEntry['values'] {
  return salt !== null && body !== null ? { salt, body } : null;
}
