// What a request does in a database, in the words of neither: a generator that asks statements one after the other.
// SQLite's thread carries such work out at once, or in slices (sqlite/run.ts); PostgreSQL's waits for each answer
// (postgres/run.ts).

import type { Statement, Values } from './statement.ts';

/** Work that ends with an `R`; called with `yield*` inside of other work. */
export type Work<R> = Generator<Ask, R, unknown>;

export type Ask =
  /** `none` is not waited for: it is carried out before all that comes after it, and if it fails the whole work does. */
  | { readonly want: 'rows' | 'changes' | 'none'; readonly statement: Statement<unknown>; readonly values: Values }
  | { readonly want: 'pause' }
  | { readonly want: 'breath' };

/** The rows of a statement. */
export function* all<Row>(statement: Statement<Row>, values: Values = {}): Work<readonly Row[]> {
  return (yield { want: 'rows', statement, values }) as readonly Row[];
}

/** Its first row; undefined when there is none. */
export function* first<Row>(statement: Statement<Row>, values: Values = {}): Work<Row | undefined> {
  const [row] = yield* all(statement, values);
  return row;
}

/** Carries a statement out that gives nothing back. */
export function* run(statement: Statement<never>, values: Values = {}): Work<void> {
  yield { want: 'none', statement, values };
}

/** Carries a statement out; how many rows it changed. */
export function* changes(statement: Statement<never>, values: Values = {}): Work<number> {
  return (yield { want: 'changes', statement, values }) as number;
}

/** The id of the row that the first statement finds; made by the second when there is none. */
export function* foundOrMade(
  find: Statement<{ id: number }>,
  make: Statement<{ id: number }>,
  values: Values,
): Work<number> {
  return ((yield* first(find, values)) ?? (yield* first(make, values)))?.id ?? 0;
}

/** Long work: others may come in between here; what has been written so far is kept even if the rest fails. */
export function* pause(): Work<void> {
  yield { want: 'pause' };
}

/** Long work in one piece: others may come in between where one thread does everything, on SQLite. */
export function* breathe(): Work<void> {
  yield { want: 'breath' };
}

/**
 * Where a request is carried out.
 * write: in the next durable transaction, with all others that wait for it.
 * bulk: between the transactions of the others, from pause to pause.
 * quick: a look at a few rows; SQLite's writer answers it at once.
 * long: may read many rows; SQLite's reader answers it, on a connection of its own. PostgreSQL reads both on a pool.
 */
export type Lane = 'write' | 'bulk' | 'quick' | 'long';

/** How a method of the port is carried out. */
interface Handler<Args extends readonly unknown[], R> {
  readonly lane: Lane;
  readonly work: (...args: Args) => Work<R>;
}

/** A part of the port, method by method. */
export type Noun<Part> = {
  readonly [M in keyof Part]: Part[M] extends (...args: infer Args) => Promise<infer R> ? Handler<Args, R> : never;
};

export function write<Args extends readonly unknown[], R>(work: (...args: Args) => Work<R>): Handler<Args, R> {
  return { lane: 'write', work };
}

export function bulk<Args extends readonly unknown[], R>(work: (...args: Args) => Work<R>): Handler<Args, R> {
  return { lane: 'bulk', work };
}

export function quick<Args extends readonly unknown[], R>(work: (...args: Args) => Work<R>): Handler<Args, R> {
  return { lane: 'quick', work };
}

export function long<Args extends readonly unknown[], R>(work: (...args: Args) => Work<R>): Handler<Args, R> {
  return { lane: 'long', work };
}

/** The methods of a part with how each is carried out. */
export function handlersOf<Part>(
  noun: Noun<Part>,
): readonly (readonly [string, Handler<readonly unknown[], unknown>])[] {
  // A request comes with the arguments of its own method: the port's types have seen to that where it was made.
  return Object.entries(noun as unknown as Readonly<Record<string, Handler<readonly unknown[], unknown>>>);
}

/** The lanes alone. */
export function lanesOf<Part>(noun: Noun<Part>): { readonly [M in keyof Part]: Lane } {
  const lanes = handlersOf(noun).map(([method, { lane }]) => [method, lane]);
  return Object.fromEntries(lanes) as { readonly [M in keyof Part]: Lane };
}
