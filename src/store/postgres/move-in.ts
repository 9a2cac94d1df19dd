// Fills an empty PostgreSQL database with the rows of another store, table by table, in one transaction: all of them,
// read back and compared, or none. Knows rows and columns, not where they come from.

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { canonicalJson } from '../../base/canonical-json.ts';
import { OperationalError } from '../../base/errors.ts';
import type { NewAuditEntry } from '../../engine/store/audit.ts';
import { addressOf } from './address.ts';
import { appendEntry } from '../nouns/audit-log.ts';
import { Connection, json, sql } from './database.ts';
import type { Db } from './database.ts';
import { runOn } from './run.ts';
import { Owner } from './lock.ts';
import { migrate } from './migrate.ts';

type Value = string | number | null;
type Row = readonly Value[];

export interface Source {
  /** Its tables with their columns. */
  tables(): ReadonlyMap<string, readonly string[]>;
  count(table: string): number;
  /** All rows of a table, ascending by `order`, which is unique; texts compare byte by byte. */
  rows(table: string, columns: readonly string[], order: readonly string[]): Iterable<Row>;
}

export interface MovedTable {
  readonly table: string;
  readonly rows: number;
  /** Over all rows, as they were sent and as they were read back: they are the same. */
  readonly sha256: string;
}

export interface MoveProgress {
  readonly table: string;
  readonly doing: 'copy' | 'check';
  readonly rows: number;
  readonly total: number;
}

interface MoveNotes {
  readonly onProgress?: ((progress: MoveProgress) => void) | undefined;
  /** What the audit log holds of the move, behind the entries that were moved: with them or not at all. */
  readonly entryOf: (moved: readonly MovedTable[]) => NewAuditEntry;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Its primary key, or all of its columns. */
  readonly order: readonly string[];
}

/** Rows whose text is sent, or that are read back, at a time. */
const CHUNK = 2000;
/** Other tables refer to these. */
const FIRST = ['campaigns', 'lists', 'imports', 'do_not_call_lists', 'callbacks', 'audit_log'];

const TABLES = sql<{ name: string; columns: readonly Column[]; order: readonly string[] | null }>(`
  SELECT c.relname AS name,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL)) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT json_agg(a.attname ORDER BY k.place) FROM pg_constraint p
      CROSS JOIN LATERAL unnest(p.conkey) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
      WHERE p.conrelid = c.oid AND p.contype = 'p') AS order
  FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    AND c.relname <> 'outdial_migrations' ORDER BY c.relname`);
const INDEXES = sql<{ name: string; definition: string }>(`
  SELECT i.indexname AS name, i.indexdef AS definition FROM pg_indexes i
  WHERE i.schemaname = current_schema() AND i.tablename = $1
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname)`);
const SEQUENCE = sql<{ sequence: string | null }>('SELECT pg_get_serial_sequence($1, $2) AS sequence');

/**
 * Moves everything in. Refused with `store-in-use` while a daemon runs on the database, `migrate-target-not-empty`,
 * `migrate-mismatch` when what is read back is not what was sent; then nothing is there.
 */
export async function moveIn(
  url: string,
  source: Source,
  { onProgress = () => undefined, entryOf }: MoveNotes,
): Promise<readonly MovedTable[]> {
  const address = addressOf(url);
  const onOpen = async (connection: Connection): Promise<void> => {
    await migrate(connection, address);
  };
  const owner = new Owner({ url, onOpen });
  try {
    await owner.connection();
    const connection = await Connection.open({ url, name: owner.name, statementMs: 0 });
    try {
      const moved = await connection.transaction(async () => {
        const tables = await new Move(connection, source, onProgress).all(address);
        await runOn(connection, appendEntry(entryOf(tables)));
        return tables;
      });
      await connection.run({ text: 'ANALYZE' });
      return moved;
    } finally {
      await connection.close();
    }
  } finally {
    await owner.close();
  }
}

class Move {
  readonly #connection: Connection;
  readonly #db: Db;
  readonly #source: Source;
  readonly #onProgress: (progress: MoveProgress) => void;

  constructor(connection: Connection, source: Source, onProgress: (progress: MoveProgress) => void) {
    this.#connection = connection;
    this.#db = connection;
    this.#source = source;
    this.#onProgress = onProgress;
  }

  async all(address: string): Promise<readonly MovedTable[]> {
    const tables = await this.#tables();
    for (const { name } of tables) await this.#requireEmpty(name, address);
    const moved: MovedTable[] = [];
    for (const table of tables) moved.push(await this.#move(table));
    return moved;
  }

  /** The tables of both sides, those first that others refer to. */
  async #tables(): Promise<readonly Table[]> {
    const theirs = this.#source.tables();
    const ours = await this.#db.all(TABLES);
    const shapeOf = (columns: readonly string[]): string => [...columns].sort().join(',');
    const mine = new Map(ours.map(({ name, columns }) => [name, shapeOf(columns.map((column) => column.name))]));
    const differing = [...new Set([...mine.keys(), ...theirs.keys()])].filter(
      (name) => mine.get(name) !== shapeOf(theirs.get(name) ?? []),
    );
    if (differing.length > 0) throw new Error(`the stores have different tables: ${differing.join(', ')}`);
    const rank = (name: string): number => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);
    const tables = ours.map((table) => ({
      ...table,
      order: table.order ?? table.columns.map((column) => column.name),
    }));
    return tables.sort((a, b) => rank(a.name) - rank(b.name));
  }

  /** What the migrations themselves have put there is no data: the list of everybody, without a number. */
  async #requireEmpty(table: string, address: string): Promise<void> {
    if (table === 'do_not_call_lists' || table === 'do_not_call_parts') {
      await this.#db.run({ text: `DELETE FROM ${table === 'do_not_call_lists' ? 'do_not_call_parts' : table}` });
      await this.#db.run({ text: `DELETE FROM ${table}` });
      return;
    }
    const [found] = await this.#db.all<object>({ text: `SELECT 1 FROM ${table} LIMIT 1` });
    if (!found) return;
    throw new OperationalError('migrate-target-not-empty', `There is data in ${address} already (${table}).`, {
      hint: 'Name an empty database: dropdb and createdb make one.',
      httpCode: 409,
    });
  }

  async #move(table: Table): Promise<MovedTable> {
    const { name, columns, order } = table;
    const indexes = await this.#db.all(INDEXES, [name]);
    // An index is quicker made of all rows at once; rows that are moved set nothing off.
    for (const index of indexes) await this.#db.run({ text: `DROP INDEX ${index.name}` });
    await this.#db.run({ text: `ALTER TABLE ${name} DISABLE TRIGGER USER` });
    const sent = await this.#copy(table);
    for (const index of indexes) await this.#db.run({ text: index.definition });
    await this.#db.run({ text: `ALTER TABLE ${name} ENABLE TRIGGER USER` });
    const there = await this.#readBack(table, sent.rows);
    if (there.rows !== sent.rows || there.sha256 !== sent.sha256) throw mismatch(name, sent, there);
    if (columns.some((column) => column.name === 'id') && order[0] === 'id') await this.#setSequence(name);
    return { table: name, ...sent };
  }

  async #copy({ name, columns, order }: Table): Promise<Summary> {
    const total = this.#source.count(name);
    const names = columns.map((column) => column.name);
    const rows = this.#source.rows(name, names, order);
    const summary = new Sum();
    const chunks = textOf({ rows, columns, summary, report: () => this.#report(name, 'copy', summary.rows, total) });
    const into = this.#connection.client.query(copyFrom(`COPY ${name} (${names.join(', ')}) FROM STDIN`));
    await pipeline(Readable.from(chunks, { objectMode: false }), into);
    return summary.end();
  }

  async #readBack({ name, columns, order }: Table, total: number): Promise<Summary> {
    const summary = new Sum();
    const names = columns.map((column) => column.name);
    const select = `SELECT json_build_array(${names.join(', ')})::text AS row FROM ${name} ORDER BY ${order.join(', ')}`;
    await this.#db.run({ text: `DECLARE moved NO SCROLL CURSOR FOR ${select}` });
    for (;;) {
      const rows = await this.#db.all<{ row: string }>({ text: `FETCH ${CHUNK} FROM moved` });
      for (const { row } of rows) summary.add(canonicalJson(JSON.parse(row)));
      this.#report(name, 'check', summary.rows, total);
      if (rows.length < CHUNK) break;
    }
    await this.#db.run({ text: 'CLOSE moved' });
    return summary.end();
  }

  async #setSequence(table: string): Promise<void> {
    const { sequence } = (await this.#db.first(SEQUENCE, [table, 'id'])) ?? { sequence: null };
    if (sequence === null) return;
    const last = `(SELECT coalesce(max(id), 0) FROM ${table})`;
    await this.#db.all<object>({ text: `SELECT setval('${sequence}', greatest(${last}, 1), ${last} > 0)` });
  }

  #report(table: string, doing: MoveProgress['doing'], rows: number, total: number): void {
    this.#onProgress({ table, doing, rows, total });
  }
}

interface Summary {
  readonly rows: number;
  readonly sha256: string;
}

/** The number of rows and a hash over all of them in their order. */
class Sum {
  rows = 0;
  readonly #hash = createHash('sha256');

  add(row: string): void {
    this.rows += 1;
    this.#hash.update(row).update('\n');
  }

  end(): Summary {
    return { rows: this.rows, sha256: this.#hash.digest('hex') };
  }
}

/** Rows in COPY's text format, in chunks, each row also added to the sum as the other side will read it. */
function* textOf(sending: {
  readonly rows: Iterable<Row>;
  readonly columns: readonly Column[];
  readonly summary: Sum;
  readonly report: () => void;
}): Generator<string, void, undefined> {
  const { rows, columns, summary, report } = sending;
  let chunk: string[] = [];
  for (const row of rows) {
    const values = row.map((value, place) => storable(value, columns[place]?.type ?? ''));
    summary.add(canonicalJson(values.map((value, place) => meaning(value, columns[place]?.type ?? ''))));
    chunk.push(`${values.map(escaped).join('\t')}\n`);
    if (chunk.length < CHUNK) continue;
    yield chunk.join('');
    report();
    chunk = [];
  }
  if (chunk.length > 0) yield chunk.join('');
  report();
}

/** A value as PostgreSQL can hold it: no NULs, no halves of surrogate pairs. */
function storable(value: Value, type: string): Value {
  if (typeof value !== 'string') return value;
  return type === 'jsonb' ? json(JSON.parse(value)) : value.replaceAll('\0', '\uFFFD');
}

function meaning(value: Value, type: string): unknown {
  return type === 'jsonb' && typeof value === 'string' ? JSON.parse(value) : value;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(value: Value): string {
  if (value === null) return '\\N';
  return typeof value === 'number' ? String(value) : value.replaceAll(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign);
}

function mismatch(table: string, sent: Summary, there: Summary): OperationalError {
  const message = `The table ${table} is not the same on both sides: ${sent.rows} rows were sent, ${there.rows} are there.`;
  return new OperationalError('migrate-mismatch', message, {
    hint: 'Nothing was kept. Please report it with the output of outdial migrate --json.',
    httpCode: 500,
  });
}
