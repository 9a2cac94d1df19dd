// Saved filters, and how many contacts a filter fits: in SQL where it can be said there, else contact by contact.

import type { FilterCount, FilterQuery, FilterStore, SavedFilter } from '../../engine/store/filters.ts';
import { OperationalError } from '../../base/errors.ts';
import { compileFilter } from '../../conditions/conditions.ts';
import type { Compiled, FilterContext } from '../../conditions/conditions.ts';
import { filterInBoth } from '../filter-dialects.ts';
import { forOnce, part, sql } from '../statement.ts';
import type { InBoth, Values } from '../statement.ts';
import { all, changes, first, long, pause, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { listIdOf } from './list-names.ts';

export const filters: Noun<FilterStore> = {
  all: quick(() => all(ALL)),
  save: write(function* ({ name, expression, by, at }) {
    readableFilter(expression, `filter ${name}`);
    yield* run(PUT, { name, expression, by, at });
  }),
  remove: write(function* (name) {
    return (yield* changes(REMOVE, { name })) > 0;
  }),
  count: long((query) => countFitting(query)),
};

const ALL = sql<SavedFilter>`SELECT name, expression, by, at FROM filters ORDER BY name`;
const PUT = sql`
  INSERT INTO filters (name, expression, by, at) VALUES (:name, :expression, :by, :at)
  ON CONFLICT (name) DO UPDATE SET expression = excluded.expression, by = excluded.by, at = excluded.at`;
const REMOVE = sql`DELETE FROM filters WHERE name = :name`;

type ReadableFilter = Extract<Compiled<FilterContext>, { ok: true }>;

/** The filter, ready to be asked; refused with `filter-invalid`. */
export function readableFilter(expression: string, what: string): ReadableFilter {
  const compiled = compileFilter(expression);
  if (compiled.ok) return compiled;
  const [fault] = compiled.faults;
  const message = `The ${what} cannot be read, column ${fault?.column ?? 1}: ${fault?.message ?? ''}`;
  throw new OperationalError('filter-invalid', message, { hint: fault?.hint ?? '' });
}

// ---- counting

/** Contacts looked at between two places where others may come in: by SQL, and one by one. */
const WINDOW: InBoth = { sqlite: '2000', postgres: '50000' };
const WINDOW_ONE_BY_ONE: InBoth = { sqlite: '200', postgres: '500' };

const FINISHED = part`JOIN imports i ON i.state = 'finished' AND i.id`;
const EVERYBODY = part`SELECT c.id, c.name, c.fields, c.answers FROM contacts c ${FINISHED} = c.import
  WHERE c.id > :after ORDER BY c.id`;
/** Contacts of a list that are on none of the lists before it. */
const ON_LIST = part`SELECT c.id, c.name, c.fields, c.answers FROM list_contacts m ${FINISHED} = m.import
  JOIN contacts c ON c.id = m.contact
  WHERE m.list = :list AND m.contact > :after AND NOT EXISTS (SELECT 1 FROM list_contacts e
    JOIN imports j ON j.id = e.import AND j.state = 'finished'
    WHERE e.contact = m.contact AND e.list IN :before::bigint[])
  ORDER BY m.contact`;

function* countFitting({ expression, lists }: FilterQuery): Work<FilterCount> {
  const filter = readableFilter(expression, 'filter');
  const ids: number[] = [];
  for (const name of lists) ids.push(yield* listIdOf(name));
  if (ids.length === 0) return yield* countWindows(filter, EVERYBODY, {});
  const sum = { contacts: 0, fitting: 0 };
  for (const [place, list] of ids.entries()) {
    const count = yield* countWindows(filter, ON_LIST, { list, before: ids.slice(0, place) });
    sum.contacts += count.contacts;
    sum.fitting += count.fitting;
  }
  return sum;
}

interface Window extends FilterCount {
  readonly last: number | null;
}

function* countWindows(filter: ReadableFilter, people: InBoth, values: Values): Work<FilterCount> {
  const next = windows(filter, people);
  const sum = { contacts: 0, fitting: 0 };
  for (let after: number | null = 0; after !== null;) {
    const window: Window = yield* next({ ...values, after });
    sum.contacts += window.contacts;
    sum.fitting += window.fitting;
    after = window.last;
    yield* pause();
  }
  return sum;
}

/** Counts the next contacts behind one. */
function windows(filter: ReadableFilter, people: InBoth): (values: Values) => Work<Window> {
  const said = filterInBoth(filter.predicate);
  if (said) {
    const count = forOnce(sql<Window>`
      SELECT count(*) AS contacts, coalesce(sum(CASE WHEN ${said.condition} THEN 1 ELSE 0 END), 0) AS fitting,
        max(c.id) AS last FROM (${people} LIMIT ${WINDOW}) c`);
    return function* (values) {
      return (yield* first(count, { ...said.values, ...values })) ?? { contacts: 0, fitting: 0, last: null };
    };
  }
  const each = sql<FilterContext & { id: number; name: string }>`
    SELECT c.id, c.name, c.fields AS "fields{}", c.answers AS "answers{}" FROM (${people} LIMIT ${WINDOW_ONE_BY_ONE}) c ORDER BY c.id`;
  return function* (values) {
    const rows = yield* all(forOnce(each), values);
    const fits = rows.filter(({ name, ...asked }) => filter.test({ ...asked, contact: { name } }).holds);
    return { contacts: rows.length, fitting: fits.length, last: rows.at(-1)?.id ?? null };
  };
}
