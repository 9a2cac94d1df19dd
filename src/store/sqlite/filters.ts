// Saved filters, and how many contacts a filter fits: in SQL where it can be said there, else contact by contact.

import type { FilterCount, FilterStore, SavedFilter } from '../../engine/store/filters.ts';
import { didYouMean } from '../../base/nearest.ts';
import { OperationalError } from '../../base/errors.ts';
import { compileFilter } from '../../conditions/conditions.ts';
import type { Compiled, FilterContext } from '../../conditions/conditions.ts';
import { filterSql } from '../filter-sql.ts';
import type { FilterSql } from '../filter-sql.ts';
import type { Connection } from './database.ts';
import { filterParameters, SQLITE_FILTERS } from './filter-dialect.ts';
import { parseObject } from './record-facts.ts';
import type { Handlers, Slices } from './requests.ts';

/** Contacts looked at between two places where others may come in: by SQL, and one by one. */
const WINDOW = 2000;
const WINDOW_ONE_BY_ONE = 200;

export function filterHandlers(db: Connection): Handlers<FilterStore> {
  const all = db.prepare<[], SavedFilter>('SELECT name, expression, by, at FROM filters ORDER BY name');
  const put = db.prepare(`
    INSERT INTO filters (name, expression, by, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET expression = excluded.expression, by = excluded.by, at = excluded.at`);
  const remove = db.prepare('DELETE FROM filters WHERE name = ?');
  return {
    all: () => all.all(),
    save({ name, expression, by, at }) {
      readableFilter(expression, `filter ${name}`);
      put.run(name, expression, by, at);
    },
    remove: (name) => remove.run(name).changes > 0,
    count: filterCount(db),
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

/** What a filter adds to a query on contacts `c`: a column `fits`, with its parameters; undefined when SQL cannot say it. */
export function fitsColumn(
  filter: ReadableFilter,
): { sql: string; parameters: Record<string, string | number> } | undefined {
  const said: FilterSql | undefined = filter.predicate && filterSql(filter.predicate, SQLITE_FILTERS);
  return said && { sql: `(${said.sql}) IS TRUE`, parameters: filterParameters(said) };
}

interface Window {
  readonly contacts: number;
  readonly fitting: number;
  readonly last: number | null;
}

function filterCount(db: Connection): (query: Parameters<FilterStore['count']>[0]) => Slices<FilterCount> {
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const names = db.prepare<[], string>('SELECT name FROM lists WHERE removed_at IS NULL').pluck();
  return function* ({ expression, lists }) {
    const filter = readableFilter(expression, 'filter');
    const ids = lists.map((name) => findList.get(name) ?? listUnknown(name, names.all()));
    const sum = { contacts: 0, fitting: 0 };
    for (const part of ids.length === 0
      ? [undefined]
      : ids.map((list, place) => ({ list, before: ids.slice(0, place) }))) {
      const next = windows(db, filter, part);
      for (let window = next(0); window.last !== null; window = next(window.last)) {
        sum.contacts += window.contacts;
        sum.fitting += window.fitting;
        yield;
      }
    }
    return sum;
  };
}

/** Contacts of a list that are on none of the lists before it. */
interface ListPart {
  readonly list: number;
  readonly before: readonly number[];
}

const FINISHED = `JOIN imports i ON i.state = 'finished' AND i.id`;
const EVERYBODY = (limit: number): string => `SELECT c.id, c.name, c.fields FROM contacts c ${FINISHED} = c.import
  WHERE c.id > :after ORDER BY c.id LIMIT ${limit}`;
const ON_LIST = (
  limit: number,
): string => `SELECT c.id, c.name, c.fields FROM list_contacts m ${FINISHED} = m.import JOIN contacts c ON c.id = m.contact
  WHERE m.list = :list AND m.contact > :after AND NOT EXISTS (SELECT 1 FROM list_contacts e
    JOIN imports j ON j.id = e.import AND j.state = 'finished'
    WHERE e.contact = m.contact AND e.list IN (SELECT value FROM json_each(:before)))
  ORDER BY m.contact LIMIT ${limit}`;

/** Counts the next contacts behind one. */
function windows(db: Connection, filter: ReadableFilter, part: ListPart | undefined): (after: number) => Window {
  const column = fitsColumn(filter);
  const people = (part ? ON_LIST : EVERYBODY)(column ? WINDOW : WINDOW_ONE_BY_ONE);
  const common = part ? { list: part.list, before: JSON.stringify(part.before) } : {};
  if (column) {
    const count = db.prepare<[Record<string, unknown>], Window>(`
      SELECT count(*) AS contacts, coalesce(sum(${column.sql}), 0) AS fitting, max(c.id) AS last FROM (${people}) c`);
    return (after) => count.get({ ...common, ...column.parameters, after }) ?? { contacts: 0, fitting: 0, last: null };
  }
  const each = db.prepare<[Record<string, unknown>], { id: number; name: string; fields: string }>(people);
  return (after) => {
    const rows = each.all({ ...common, after });
    const fits = rows.filter(
      ({ name, fields }) => filter.test({ fields: parseObject(fields), contact: { name } }).holds,
    );
    return { contacts: rows.length, fitting: fits.length, last: rows.at(-1)?.id ?? null };
  };
}

function listUnknown(name: string, known: readonly string[]): never {
  const hint = 'outdial list list shows the lists that there are.';
  throw new OperationalError('list-unknown', `There is no list ${name}.${didYouMean(name, known)}`, {
    hint,
    httpCode: 404,
  });
}
