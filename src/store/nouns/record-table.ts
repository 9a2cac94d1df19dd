// The table of records, page by page. What no index holds (a condition, two letters of a name) is asked of records one
// after the other in the order of the table, and never of all of them at once: a page looks at so many at most and says
// where the next one goes on.

import { defined } from '../../base/defined.ts';
import type { RecordRow, TablePage, TablePlace, TableQuery } from '../../engine/store/records.ts';
import type { FilterContext } from '../../conditions/conditions.ts';
import { holdsText } from '../contact-text.ts';
import { byParts } from '../dialect.ts';
import { filterInBoth } from '../filter-dialects.ts';
import { forOnce, sql, type InBoth, type Statement } from '../statement.ts';
import { all, pause, type Work } from '../work.ts';
import { isIndexed } from './contact-find.ts';
import { readableFilter } from './filters.ts';
import { listIdOf } from './list-names.ts';
import { alongIndexes, fewOf, inMemory, STANDING, type Asked, type Source, type Standing } from './record-places.ts';
import { CHOSEN_RECORD, recordRow, type StoredRecord } from './record-row.ts';

/** So many are looked at for one page: by the database, and where each has to be read to be sure. */
const MOST_LOOKED_AT = { said: 300_000, read: 20_000 };
/** The first look at an order; each one after it is four times as far, up to the last. */
const FIRST_LOOK = 200;
const LONGEST_LOOK = 4_000;

export function* recordTable(query: TableQuery): Work<TablePage> {
  const listId = query.list === undefined ? 0 : yield* listIdOf(query.list);
  const { limit: _limit, text, sort: _sort, descending, after: _after, condition, ...standing } = query;
  const dialed = { dialedFrom: query.lastFromAt ?? 0, dialedTo: query.lastToAt ?? Number.MAX_SAFE_INTEGER };
  const asked: Asked = { ...query, standing, values: { ...standing, ...dialed, listId } };
  const few = yield* fewOf(asked);
  const source = few ? inMemory(few.places, descending) : yield* alongIndexes(asked);
  const page = yield* firstThatFit(asked, source);
  const isCounted = few?.isAll === true && condition === undefined && isSaid(text);
  return { ...page, ...(isCounted ? { matches: few.places.length } : {}) };
}

/** Whether the text is answered by the indexes of the directory, or asks for nothing. */
const isSaid = (text: string): boolean => text.trim() === '' || isIndexed(text);

type Chosen = StoredRecord & Required<Pick<FilterContext, 'answers'>>;
type Looking = (places: readonly TablePlace[]) => Work<readonly RecordRow[]>;

function* firstThatFit(asked: Asked, source: Source): Work<Pick<TablePage, 'rows' | 'next'>> {
  const { look, most } = looking(asked);
  const rows: RecordRow[] = [];
  let behind = asked.after;
  for (let seen = 0, atMost = FIRST_LOOK; seen < most; atMost = Math.min(LONGEST_LOOK, 4 * atMost)) {
    const places = yield* source(behind, atMost);
    rows.push(...(yield* look(places)));
    const last = rows[asked.limit - 1];
    const full = last && places.find(({ id }) => id === last.id);
    if (full) return { rows: rows.slice(0, asked.limit), next: full };
    if (places.length < atMost) return { rows };
    behind = places.at(-1);
    seen += places.length;
    yield* pause();
  }
  return { rows, ...defined({ next: behind }) };
}

const CHOSEN = byParts(STANDING, (where) => sql<Chosen>`${CHOSEN_RECORD} WHERE r.id IN :ids AND ${where}`);

/** Which of some records fit, in their order. */
function looking({ text, condition, standing, values }: Asked): { readonly look: Looking; readonly most: number } {
  const filter = condition === undefined ? undefined : readableFilter(condition, 'condition');
  const said = filter && filterInBoth(filter.predicate);
  const choose = said ? withCondition(said.condition, standing) : CHOSEN(standing);
  const fits = ({ answers, ...row }: Chosen): readonly RecordRow[] => {
    const { fields, name } = row;
    if (filter && !said && !filter.test({ fields, answers, contact: { name } }).holds) return [];
    const record = recordRow(row);
    return isSaid(text) || holdsText(record.contact, { text }) ? [record] : [];
  };
  const look: Looking = function* (places) {
    if (places.length === 0) return [];
    const ids = places.map(({ id }) => id);
    const rows = (yield* all(choose, { ...said?.values, ...values, ids })).flatMap(fits);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  };
  const isRead = (filter !== undefined && said === undefined) || !isSaid(text);
  return { look, most: isRead ? MOST_LOOKED_AT.read : MOST_LOOKED_AT.said };
}

function withCondition(condition: InBoth, standing: Standing): Statement<Chosen> {
  const made = byParts(
    STANDING,
    (where) => sql<Chosen>`${CHOSEN_RECORD} WHERE r.id IN :ids AND ${where} AND ${condition}`,
  );
  return forOnce(made(standing));
}
