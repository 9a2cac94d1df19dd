// The numbers that are not dialed, by list: who put them there, when and why. Lists are made of parts (one for the numbers
// added by themselves, one for each import), so that millions of numbers begin and cease to count in one moment.

import type { DoNotCallEntry, DoNotCallPlace, DoNotCallStore, NewDoNotCall } from '../../engine/store/do-not-call.ts';
import { numbersOf } from '../dialect.ts';
import { digitsOf } from '../do-not-call-digits.ts';
import { sql } from '../statement.ts';
import { all, bulk, changes, foundOrMade, long, pause, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { abandonImport, doNotCallPurge, finishImport, importBatch } from './do-not-call-import.ts';
import { doNotCallListId, LISTS } from './do-not-call-lists.ts';
import { hiddenDigits } from './forgotten.ts';

export const doNotCall: Noun<DoNotCallStore> = {
  add: bulk((numbers, entry) => addNumbers(numbers, entry)),
  remove: write(function* (number, list) {
    const parts = yield* all(REMOVE, { list, digits: digitsOf(number) });
    for (const { part } of parts) yield* run(COUNT, { part, more: -1 });
    return parts.length > 0;
  }),
  check: quick((number) => checkNumber(number)),
  lists: quick(() => all(LISTS)),
  page: long((after, limit) => {
    const behind = after === null ? { part: 0, digits: 0 } : { part: after.part, digits: digitsOf(after.number) };
    return all(PAGE, { ...behind, limit });
  }),
  removeList: bulk(function* (list) {
    if ((yield* changes(HIDE, { list })) === 0) return false;
    yield* pause();
    yield* doNotCallPurge();
    return true;
  }),
  importBatch: bulk((batch) => importBatch(batch)),
  finishImport: bulk((importId, at) => finishImport(importId, at)),
  abandonImport: bulk((importId) => abandonImport(importId)),
};

const HIDE = sql`
  UPDATE do_not_call_parts SET state = 'gone', import = NULL
  WHERE list = (SELECT id FROM do_not_call_lists WHERE name = :list)`;

// ---- numbers

/** Numbers added between two places where others may come in. */
const STEP = 500;
const OWN_PART = sql<{ id: number }>`
  SELECT id FROM do_not_call_parts WHERE list = :id AND import IS NULL AND state = 'live'`;
const MAKE_PART = sql<{ id: number }>`INSERT INTO do_not_call_parts (list, state) VALUES (:id, 'live') RETURNING id`;
/** Numbers that a live part of the list has already are left out. */
const ADD = sql`
  INSERT INTO do_not_call_numbers (part, number, added_at, by, reason)
  SELECT :part, n.number, :at, :by, :reason FROM (SELECT DISTINCT number FROM ${numbersOf('digits')} given) n
  WHERE NOT EXISTS (SELECT 1 FROM do_not_call_parts p JOIN do_not_call_numbers d ON d.part = p.id AND d.number = n.number
    WHERE p.list = :id AND p.state = 'live')
  ON CONFLICT DO NOTHING`;
const COUNT = sql`UPDATE do_not_call_parts SET numbers = numbers + :more WHERE id = :part`;
const REMOVE = sql<{ part: number }>`
  DELETE FROM do_not_call_numbers WHERE number = :digits AND part IN (
    SELECT p.id FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list
    WHERE l.name = :list AND p.state = 'live')
  RETURNING part`;

function* addNumbers(numbers: readonly string[], { list, by, at, reason }: NewDoNotCall): Work<number> {
  const id = yield* doNotCallListId(list);
  const own = yield* foundOrMade(OWN_PART, MAKE_PART, { id });
  let added = 0;
  for (let from = 0; from < numbers.length; from += STEP) {
    if (from > 0) yield* pause();
    const digits = numbers.slice(from, from + STEP).map(digitsOf);
    const more = yield* changes(ADD, { id, part: own, digits, at, by, reason });
    yield* run(COUNT, { part: own, more });
    added += more;
  }
  return added;
}

// ---- looking

const CHECK = sql<Omit<DoNotCallEntry, 'number'>>`
  SELECT l.name AS list, coalesce(d.added_at, p.imported_at) AS "addedAt", coalesce(d.by, p.by) AS by,
    coalesce(d.reason, p.source) AS reason
  FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list
  JOIN do_not_call_numbers d ON d.part = p.id AND d.number IN :digits
  WHERE p.state = 'live' ORDER BY l.name, coalesce(d.added_at, p.imported_at), p.id`;
const PAGE = sql<DoNotCallPlace>`
  SELECT n.part, '+' || n.number AS number, l.name AS list
  FROM do_not_call_numbers n JOIN do_not_call_parts p ON p.id = n.part AND p.state = 'live'
  JOIN do_not_call_lists l ON l.id = p.list
  WHERE (n.part, n.number) > (:part, :digits) ORDER BY n.part, n.number LIMIT :limit`;

/** The first entry of each list. */
function* checkNumber(number: string): Work<readonly DoNotCallEntry[]> {
  const hidden = yield* hiddenDigits(number);
  const digits = [digitsOf(number), ...(hidden === undefined ? [] : [hidden])];
  const entries = (yield* all(CHECK, { digits })).map((entry) => ({ number, ...entry }));
  return entries.filter((entry, place) => entry.list !== entries[place - 1]?.list);
}
