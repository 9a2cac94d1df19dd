// Saved filters, and how many contacts a filter fits: in SQL where it can be said there, else contact by contact.

import type { FilterCount, FilterQuery, FilterStore, SavedFilter } from '../../engine/store/filters.ts';
import { didYouMean } from '../../base/nearest.ts';
import { OperationalError } from '../../base/errors.ts';
import { compileFilter } from '../../conditions/conditions.ts';
import type { Compiled, FilterContext } from '../../conditions/conditions.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { filterCondition } from './filter-dialect.ts';
import type { Lanes } from './lanes.ts';

/** Contacts tested at a time. */
const WINDOW = 500;

const ALL = sql<SavedFilter>('SELECT name, expression, by, at FROM filters ORDER BY name');
const PUT = sql(`
  INSERT INTO filters (name, expression, by, at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (name) DO UPDATE SET expression = excluded.expression, by = excluded.by, at = excluded.at`);
const REMOVE = sql('DELETE FROM filters WHERE name = $1');
const FIND_LIST = sql<{ id: number }>('SELECT id FROM lists WHERE name = $1 AND removed_at IS NULL');

export function filterStore({ read, write }: Lanes): FilterStore {
  return {
    all: () => read.all(ALL),
    save: async ({ name, expression, by, at }) => {
      readableFilter(expression, `filter ${name}`);
      await write.run(PUT, [name, expression, by, at]);
    },
    remove: (name) => write.do(async (db) => (await db.run(REMOVE, [name])) > 0),
    count: (query) => countFitting(read, query),
  };
}

type ReadableFilter = Extract<Compiled<FilterContext>, { ok: true }>;

/** The filter, ready to be asked; refused with `filter-invalid`. */
function readableFilter(expression: string, what: string): ReadableFilter {
  const compiled = compileFilter(expression);
  if (compiled.ok) return compiled;
  const [fault] = compiled.faults;
  const message = `The ${what} cannot be read, column ${fault?.column ?? 1}: ${fault?.message ?? ''}`;
  throw new OperationalError('filter-invalid', message, { hint: fault?.hint ?? '' });
}

/** Contacts of finished imports, on one of the lists when there are any. */
const PEOPLE = `FROM contacts c WHERE EXISTS (SELECT 1 FROM imports i WHERE i.id = c.import AND i.state = 'finished')
  AND (cardinality($1::bigint[]) = 0 OR EXISTS (SELECT 1 FROM list_contacts m
    JOIN imports i ON i.id = m.import AND i.state = 'finished' WHERE m.contact = c.id AND m.list = ANY ($1::bigint[])))`;
const LISTS = sql<{ name: string }>('SELECT name FROM lists WHERE removed_at IS NULL');
const EACH = sql<{ id: number; name: string; fields: Readonly<Record<string, unknown>> }>(
  `SELECT c.id, c.name, c.fields ${PEOPLE} AND c.id > $2 ORDER BY c.id LIMIT ${WINDOW}`,
);

async function countFitting(db: Db, { expression, lists }: FilterQuery): Promise<FilterCount> {
  const filter = readableFilter(expression, 'filter');
  const ids: number[] = [];
  for (const name of lists) {
    const id = (await db.first(FIND_LIST, [name]))?.id;
    const known = id === undefined ? (await db.all(LISTS)).map((list) => list.name) : [];
    ids.push(id ?? listUnknown(name, known));
  }
  const said = filterCondition(filter.predicate, 1);
  if (said) {
    const text = `SELECT count(*) AS contacts, count(*) FILTER (WHERE ${said.sql}) AS fitting ${PEOPLE}`;
    const count = await db.first<FilterCount>({ text }, [ids, ...said.values]);
    return count ?? { contacts: 0, fitting: 0 };
  }
  const sum = { contacts: 0, fitting: 0 };
  for (let after = 0; ;) {
    const people = await db.all(EACH, [ids, after]);
    sum.contacts += people.length;
    sum.fitting += people.filter(({ name, fields }) => filter.test({ fields, contact: { name } }).holds).length;
    if (people.length < WINDOW) return sum;
    after = people.at(-1)?.id ?? 0;
  }
}

function listUnknown(name: string, known: readonly string[]): never {
  const hint = 'outdial list list shows the lists that there are.';
  throw new OperationalError('list-unknown', `There is no list ${name}.${didYouMean(name, known)}`, {
    hint,
    httpCode: 404,
  });
}
