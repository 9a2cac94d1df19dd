// The records that the table may have, in its order, a few at a time; without what no index holds of them.
//
// few    a text, a list, an agent or what a record stands at gives no more than so many: they are sorted here
// many   they are gone through along the index that has the order, of each campaign

import type { RecordSort, TablePlace, TableQuery } from '../../engine/store/records.ts';
import { holdsText } from '../contact-text.ts';
import { byParts, onlySqlite } from '../dialect.ts';
import { part, sql, type InBoth, type Statement, type Values } from '../statement.ts';
import { all, pause, type Work } from '../work.ts';
import { candidates, isIndexed, MOST_CANDIDATES } from './contact-find.ts';

/** So many are sorted here; more are gone through in order. */
const FEW = 20_000;
/** People of whom the records are looked up at a time. */
const PEOPLE = 4_000;

const KEYS: Readonly<Record<RecordSort, string>> = {
  'taken-up': 'r.id',
  'last-attempt': 'coalesce(r.last_attempt_at, 0)',
  due: 'coalesce(r.due_at, 9007199254740991)',
};

/** The index that has a campaign's records in that order. */
const INDEXES: Readonly<Record<RecordSort, string>> = {
  'taken-up': 'records_campaign',
  'last-attempt': 'records_last',
  due: 'records_next',
};

function bySort<T>(make: (sort: RecordSort) => T): Readonly<Record<RecordSort, T>> {
  return { 'taken-up': make('taken-up'), 'last-attempt': make('last-attempt'), due: make('due') };
}

export type Standing = Omit<TableQuery, 'text' | 'limit' | 'sort' | 'descending' | 'after' | 'condition'>;

const ON_LIST = `EXISTS (SELECT 1 FROM list_contacts m JOIN imports i ON i.id = m.import AND i.state = 'finished'
  WHERE m.list = :listId AND m.contact = r.contact)`;
export const STANDING: Readonly<Record<keyof Standing, string>> = {
  campaign: 'r.campaign = (SELECT id FROM campaigns WHERE name = :campaign)',
  state: 'r.state = :state',
  result: 'r.last_result = :result',
  disposition: 'r.last_disposition = :disposition',
  agent: 'r.last_agent = :agent',
  lastFromAt: 'r.last_attempt_at >= :lastFromAt',
  lastToAt: 'r.last_attempt_at < :lastToAt',
  list: ON_LIST,
};

/** The next records in the order of the table, behind the last that it gave; the first ones `behind` a place of it. */
export type Source = (behind: TablePlace | undefined, atMost: number) => Work<readonly TablePlace[]>;

export interface Asked extends TableQuery {
  readonly standing: Standing;
  readonly values: Values;
}

// ---- few

const placesOf = (sort: RecordSort): string => `r.id, ${KEYS[sort]} AS key`;

const STATES = `r.state IN ('fresh', 'waiting', 'dialing', 'finished', 'removed')`;
const OF_CAMPAIGNS = part`FROM records r ${onlySqlite('INDEXED BY records_state')}
  WHERE r.campaign IN (SELECT id FROM campaigns) AND ${STATES}`;
const DIALED_THEN = part`FROM records r ${onlySqlite('INDEXED BY records_last')}
  WHERE r.campaign IN (SELECT id FROM campaigns)
    AND coalesce(r.last_attempt_at, 0) >= :dialedFrom AND coalesce(r.last_attempt_at, 0) < :dialedTo`;
const ALL_OF_THEM = part`FROM records r WHERE TRUE`;

/** Where the records that stand so are found soonest. SQLite is given the index; PostgreSQL knows how many there are of each. */
function roadTo(standing: Standing): InBoth {
  const { disposition, agent, campaign, state, result, lastFromAt, lastToAt } = standing;
  const by = (index: string): InBoth => part`FROM records r ${onlySqlite(`INDEXED BY ${index}`)} WHERE TRUE`;
  if (disposition !== undefined) return by('records_disposition');
  if (agent !== undefined) return by('records_agent');
  if (lastFromAt !== undefined || lastToAt !== undefined) return DIALED_THEN;
  if (campaign !== undefined || state !== undefined || result !== undefined) return OF_CAMPAIGNS;
  return ALL_OF_THEM;
}

const STOOD_SO = new Map<string, (query: Standing) => Statement<TablePlace>>();

function stoodSo(sort: RecordSort, standing: Standing): Statement<TablePlace> {
  const road = roadTo(standing);
  const key = `${sort} ${road.sqlite}`;
  const known = STOOD_SO.get(key);
  if (known) return known(standing);
  const made = byParts(
    STANDING,
    (where) => sql<TablePlace>`SELECT ${placesOf(sort)} ${road} AND ${where} LIMIT ${FEW + 1}`,
  );
  STOOD_SO.set(key, made);
  return made(standing);
}

const MEMBERS = sql<{ contact: number }>`SELECT contact FROM list_contacts WHERE list = :listId LIMIT ${FEW + 1}`;

interface Few {
  readonly places: readonly TablePlace[];
  /** A search for something that very many people have does not look at all of them. */
  readonly isAll: boolean;
}

/** All that the table may have, when they are few. */
export function* fewOf({ text, sort, standing, values }: Asked): Work<Few | undefined> {
  const people = yield* peopleOf(text, values, standing.list !== undefined);
  if (people) {
    const places = yield* ofContacts(people.contacts, { sort, standing, values });
    return { places, isAll: people.isAll };
  }
  const found = yield* all(stoodSo(sort, standing), values);
  yield* pause();
  return found.length > FEW ? undefined : { places: found, isAll: true };
}

interface People {
  readonly contacts: readonly number[];
  readonly isAll: boolean;
}

/** The people that the text or a small list leaves; undefined: neither decides. */
function* peopleOf(text: string, values: Values, hasList: boolean): Work<People | undefined> {
  if (text.trim() !== '' && isIndexed(text)) {
    const found: number[] = [];
    let looked = 0;
    // eslint-disable-next-line require-yield -- asks nothing of the database.
    yield* candidates(text, function* (people) {
      looked += people.length;
      found.push(...people.filter((contact) => holdsText(contact, { text })).map(({ id }) => id));
      return true;
    });
    return { contacts: found, isAll: looked < MOST_CANDIDATES };
  }
  if (!hasList) return undefined;
  const members = yield* all(MEMBERS, values);
  return members.length > FEW ? undefined : { contacts: members.map(({ contact }) => contact), isAll: true };
}

const OF_CONTACTS = bySort((sort) =>
  byParts(
    STANDING,
    (where) => sql<TablePlace>`SELECT ${placesOf(sort)} FROM records r ${onlySqlite('INDEXED BY records_contact')}
      WHERE r.contact IN :contacts AND ${where}`,
  ),
);

function* ofContacts(
  contacts: readonly number[],
  { sort, standing, values }: Pick<Asked, 'sort' | 'standing' | 'values'>,
): Work<readonly TablePlace[]> {
  const found: TablePlace[] = [];
  for (let from = 0; from < contacts.length; from += PEOPLE) {
    const some = contacts.slice(from, from + PEOPLE);
    found.push(...(yield* all(OF_CONTACTS[sort](standing), { ...values, contacts: some })));
    yield* pause();
  }
  return found;
}

export function inMemory(few: readonly TablePlace[], descending: boolean): Source {
  const sorted = few.toSorted(order(descending));
  // eslint-disable-next-line require-yield -- asks nothing of the database.
  return function* (behind, atMost) {
    const isBehind = behind && ((place: TablePlace) => order(descending)(place, behind) > 0);
    const from = isBehind ? sorted.findIndex(isBehind) : 0;
    return from < 0 ? [] : sorted.slice(from, from + atMost);
  };
}

function order(descending: boolean): (a: TablePlace, b: TablePlace) => number {
  const turn = descending ? -1 : 1;
  return (a, b) => turn * (a.key - b.key || a.id - b.id);
}

// ---- many

interface Along {
  readonly first: Statement<TablePlace>;
  /** More with the same value as the last. */
  readonly same: Statement<TablePlace>;
  readonly behind: Statement<TablePlace>;
}

const ALONG = bySort((sort) => ({ up: along(sort, '>', 'ASC'), down: along(sort, '<', 'DESC') }));

function along(sort: RecordSort, than: string, turn: string): Along {
  const key = KEYS[sort];
  const from = part`SELECT ${placesOf(sort)} FROM records r ${onlySqlite(`INDEXED BY ${INDEXES[sort]}`)}
    WHERE r.campaign = :owner`;
  const sorted = sort === 'taken-up' ? `ORDER BY r.id ${turn}` : `ORDER BY ${key} ${turn}, r.id ${turn}`;
  return {
    first: sql`${from} ${sorted} LIMIT :atMost`,
    same: sql`${from} AND ${key} = :key AND r.id ${than} :id ORDER BY r.id ${turn} LIMIT :atMost`,
    behind: sql`${from} AND ${key} ${than} :key ${sorted} LIMIT :atMost`,
  };
}

const CAMPAIGNS = sql<{ id: number; name: string }>`SELECT id, name FROM campaigns ORDER BY id`;
/** Read ahead of each campaign at least. */
const LEAST_AHEAD = 50;

/** A campaign on the way along its index. */
interface Way {
  readonly owner: number;
  ahead: readonly TablePlace[];
  /** Of those ahead, the next one. */
  at: number;
  behind: TablePlace | undefined;
  isOver: boolean;
}

/** The records of each campaign along its index; of several, always the one that comes first in all of them. */
export function* alongIndexes(asked: Asked): Work<Source> {
  const { campaign, sort, descending } = asked;
  const campaigns = (yield* all(CAMPAIGNS)).filter(({ name }) => campaign === undefined || name === campaign);
  const range = rangeOf(asked);
  const behind = asked.after ?? beginning(range, descending);
  const ways = campaigns.map(({ id }): Way => ({ owner: id, ahead: [], at: 0, behind, isOver: false }));
  const compare = order(descending);
  const read = ahead({ sort, descending, range });
  return function* (_behind, atMost) {
    const found: TablePlace[] = [];
    const each = Math.max(LEAST_AHEAD, Math.ceil(atMost / Math.max(1, ways.length)));
    while (found.length < atMost) {
      let first: Way | undefined;
      for (const way of ways) {
        if (way.at === way.ahead.length && !way.isOver) yield* read(way, each);
        const [place, best] = [way.ahead[way.at], first?.ahead[first.at]];
        if (place && (!best || compare(place, best) < 0)) first = way;
      }
      const place = first?.ahead[first.at];
      if (!first || !place) return found;
      first.at += 1;
      found.push(place);
    }
    return found;
  };
}

/** What the sorted value of all that is asked for lies between, `to` not included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

const NEVER_DUE = Number.MAX_SAFE_INTEGER;

/** Where what is asked for decides it, so that the others need not be gone through. */
function rangeOf({ sort, standing }: Asked): Range {
  const { lastFromAt, lastToAt = Infinity, result, disposition, state } = standing;
  if (sort === 'last-attempt') {
    const wasDialed = result !== undefined || disposition !== undefined || lastToAt !== Infinity;
    return { from: lastFromAt ?? (wasDialed ? 1 : -Infinity), to: lastToAt };
  }
  return { from: -Infinity, to: sort === 'due' && state === 'waiting' ? NEVER_DUE : Infinity };
}

function beginning({ from, to }: Range, descending: boolean): TablePlace | undefined {
  if (descending) return to === Infinity ? undefined : { key: to, id: 0 };
  return from === -Infinity ? undefined : { key: from, id: 0 };
}

interface Direction {
  readonly sort: RecordSort;
  readonly descending: boolean;
  readonly range: Range;
}

/** Reads the next records of a campaign. */
function ahead({ sort, descending, range }: Direction): (way: Way, atMost: number) => Work<void> {
  const { first, same, behind: further } = ALONG[sort][descending ? 'down' : 'up'];
  const next = function* ({ owner, behind }: Way, atMost: number): Work<readonly TablePlace[]> {
    if (!behind) return yield* all(first, { owner, atMost });
    const equal = sort === 'taken-up' ? [] : yield* all(same, { owner, ...behind, atMost });
    if (equal.length >= atMost) return equal;
    return [...equal, ...(yield* all(further, { owner, key: behind.key, atMost: atMost - equal.length }))];
  };
  return function* (way, atMost) {
    const read = yield* next(way, atMost);
    way.ahead = read.filter(({ key }) => key >= range.from && key < range.to);
    way.at = 0;
    way.behind = read.at(-1) ?? way.behind;
    way.isOver = way.ahead.length < atMost;
  };
}
