// Carries work out on a connection of SQLite's thread: at once, or in slices where it pauses.

import type { Statement as Prepared } from 'better-sqlite3';
import { Json, readJson, valueOf } from '../statement.ts';
import type { Statement, Values } from '../statement.ts';
import { handlersOf } from '../work.ts';
import type { Ask, Noun, Work } from '../work.ts';
import type { Connection } from './database.ts';
import type { Handlers, Slices } from './requests.ts';

type Row = Record<string, unknown>;

/** Statements are prepared when they are first asked for. */
const PREPARED = new WeakMap<Connection, Map<Statement<unknown>, Prepared<[Row], Row>>>();

/** Does the work, all of it now. */
export function runOn<R>(db: Connection, work: Work<R>): R {
  const slices = inSlices(db, work);
  let step = slices.next();
  while (!step.done) step = slices.next();
  return step.value;
}

/** Does the work; where it pauses others may come in between. */
export function* inSlices<R>(db: Connection, work: Work<R>): Slices<R> {
  let step = work.next();
  while (!step.done) {
    if (step.value.want === 'pause' || step.value.want === 'breath') {
      yield;
      step = work.next();
    } else step = work.next(answer(db, step.value));
  }
  return step.value;
}

/** A part of the port, carried out on a connection. */
export function onSqlite<Part>(db: Connection, noun: Noun<Part>): Handlers<Part> {
  const handlers = handlersOf(noun).map(([method, { lane, work }]) => {
    const isSliced = lane === 'bulk' || lane === 'long';
    const carryOut = (...args: readonly unknown[]): unknown =>
      isSliced ? inSlices(db, work(...args)) : runOn(db, work(...args));
    return [method, carryOut] as const;
  });
  return Object.fromEntries(handlers) as Handlers<Part>;
}

function answer(db: Connection, { want, statement, values }: Exclude<Ask, { want: 'pause' | 'breath' }>): unknown {
  const { text, names, yesNo, json } = statement.sqlite;
  if (text === '') return want === 'rows' ? [] : 0;
  const prepared = preparedOn(db, statement);
  const bound = boundValues(names, values);
  if (want !== 'rows') return prepared.run(bound).changes;
  const rows = prepared.all(bound);
  for (const name of yesNo) for (const row of rows) if (row[name] !== null) row[name] = row[name] === 1;
  readJson(rows, json);
  return rows;
}

function preparedOn(db: Connection, statement: Statement<unknown>): Prepared<[Row], Row> {
  if (statement.isForOnce) return db.prepare<[Row], Row>(statement.sqlite.text);
  let known = PREPARED.get(db);
  if (!known) PREPARED.set(db, (known = new Map<Statement<unknown>, Prepared<[Row], Row>>()));
  let prepared = known.get(statement);
  if (!prepared) known.set(statement, (prepared = db.prepare<[Row], Row>(statement.sqlite.text)));
  return prepared;
}

function boundValues(names: readonly string[], values: Values): Row {
  const bound: Row = {};
  for (const name of names) {
    const value = valueOf(values, name);
    if (value instanceof Json) bound[name] = JSON.stringify(value.value);
    else bound[name] = Array.isArray(value) ? JSON.stringify(value) : value;
  }
  return bound;
}
