// Carries work out on PostgreSQL: each statement on the connection or pool of the request's lane.

import { Json, readJson, valueOf } from '../statement.ts';
import type { Statement, Values } from '../statement.ts';
import { handlersOf } from '../work.ts';
import type { Ask, Noun, Work } from '../work.ts';
import { json, sql } from './database.ts';
import type { Db, Statement as PostgresStatement, Transaction } from './database.ts';
import type { BulkDb, Lanes } from './lanes.ts';

/** Each statement by the one that the connections prepare under a name of their own. */
const NAMED = new WeakMap<Statement<unknown>, PostgresStatement<unknown>>();

/** Does the work; pauses mean nothing here. */
export async function runOn<R>(db: Db | Transaction, work: Work<R>): Promise<R> {
  let step = work.next();
  while (!step.done) step = work.next(await answer(db, step.value));
  return step.value;
}

/** Does the work in transactions of its own, one from pause to pause. */
export async function inSlices<R>(db: BulkDb, work: Work<R>): Promise<R> {
  for (;;) {
    const step = await db.transaction(async (transaction) => {
      const inside = oneByOne(transaction);
      let step = work.next();
      while (!step.done && step.value.want !== 'pause') step = work.next(await answer(inside, step.value));
      return step;
    });
    if (step.done) return step.value;
  }
}

/** The connection of long work takes one statement at a time. */
export function oneByOne(db: Transaction): Db {
  return {
    all: (statement, values) => db.all(statement, values),
    first: (statement, values) => db.first(statement, values),
    run: (statement, values) => db.run(statement, values),
  };
}

/** A part of the port, each method on the lane that it names. */
export function onPostgres<Part>({ read, write, bulk }: Lanes, noun: Noun<Part>): Part {
  const handlers = handlersOf(noun).map(([method, { lane, work }]) => {
    const carryOut = (...args: readonly unknown[]): Promise<unknown> => {
      if (lane === 'write') return write.do((db) => runOn(db, work(...args)));
      if (lane === 'bulk') return bulk.do((db) => inSlices(db, work(...args)));
      return runOn(read, work(...args));
    };
    return [method, carryOut] as const;
  });
  return Object.fromEntries(handlers) as Part;
}

function answer(db: Db | Transaction, asked: Ask): Promise<unknown> | undefined {
  if (asked.want === 'pause' || asked.want === 'breath') return undefined;
  const { want, statement } = asked;
  const { text, names, json } = statement.postgres;
  if (text === '') return Promise.resolve(want === 'rows' ? [] : 0);
  const values = names.map((name) => storable(asked.values, name));
  const named = namedStatement(statement);
  if (want === 'rows') return rowsOf(db, named, values, json);
  if (want === 'changes' || !('send' in db)) return db.run(named as PostgresStatement<never>, values);
  db.send(named as PostgresStatement<never>, values);
  return undefined;
}

async function rowsOf(
  db: Db,
  statement: PostgresStatement<unknown>,
  values: readonly unknown[],
  json: readonly string[],
): Promise<readonly unknown[]> {
  const rows = await db.all(statement, values);
  readJson(rows as Record<string, unknown>[], json);
  return rows;
}

function namedStatement(statement: Statement<unknown>): PostgresStatement<unknown> {
  if (statement.isForOnce) return { text: statement.postgres.text };
  let named = NAMED.get(statement);
  if (!named) NAMED.set(statement, (named = sql<unknown>(statement.postgres.text)));
  return named;
}

function storable(values: Values, name: string): unknown {
  const value = valueOf(values, name);
  return value instanceof Json ? json(value.value) : value;
}
