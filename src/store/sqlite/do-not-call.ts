// The numbers that are not dialed, by list: who put them there, when and why. Lists are made of parts (one for the numbers
// added by themselves, one for each import), so that millions of numbers begin and cease to count in one moment.

import type { DoNotCallEntry, DoNotCallList, DoNotCallPlace, DoNotCallStore } from '../../engine/store/do-not-call.ts';
import { digitsOf } from '../do-not-call-digits.ts';
import type { Connection } from './database.ts';
import { doNotCallImports, doNotCallPurge } from './do-not-call-import.ts';
import { forgottenDigits } from './forgotten.ts';
import type { Handlers } from './requests.ts';

export function doNotCallHandlers(db: Connection): Handlers<DoNotCallStore> {
  const lists = listQueries(db);
  return {
    add: numberAdder(db, lists),
    remove: numberRemover(db),
    check: numberCheck(db),
    lists: () => lists.all(),
    page: numberPages(db),
    removeList: listRemoval(db),
    ...doNotCallImports(db, lists),
  };
}

export interface ListQueries {
  all(): readonly DoNotCallList[];
  find(name: string): DoNotCallList | undefined;
  /** The list's id; made when there is none of that name. */
  idOf(name: string): number;
}

function listQueries(db: Connection): ListQueries {
  const summary = `
    SELECT l.name, sum(p.numbers) AS numbers, max(p.imported_at) AS importedAt,
      coalesce((SELECT source FROM do_not_call_parts WHERE list = l.id AND state = 'live' AND import IS NOT NULL
        ORDER BY imported_at DESC, id DESC LIMIT 1), '') AS source
    FROM do_not_call_lists l JOIN do_not_call_parts p ON p.list = l.id AND p.state = 'live'`;
  const all = db.prepare<[], DoNotCallList>(`${summary} GROUP BY l.id ORDER BY l.name`);
  const one = db.prepare<[string], DoNotCallList>(`${summary} WHERE l.name = ? GROUP BY l.id`);
  const id = db.prepare<[string], number>('SELECT id FROM do_not_call_lists WHERE name = ?').pluck();
  const make = db.prepare('INSERT INTO do_not_call_lists (name) VALUES (?)');
  return {
    all: () => all.all(),
    find: (name) => one.get(name),
    idOf: (name) => id.get(name) ?? Number(make.run(name).lastInsertRowid),
  };
}

function numberAdder(db: Connection, lists: ListQueries): Handlers<DoNotCallStore>['add'] {
  const ownPart = db
    .prepare<[number], number>('SELECT id FROM do_not_call_parts WHERE list = ? AND import IS NULL')
    .pluck();
  const makePart = db.prepare(`INSERT INTO do_not_call_parts (list, state) VALUES (?, 'live')`);
  const known = db
    .prepare<[number, number], 1>(
      `SELECT 1 FROM do_not_call_parts p JOIN do_not_call_numbers n ON n.part = p.id AND n.number = ?
       WHERE p.list = ? AND p.state = 'live' LIMIT 1`,
    )
    .pluck();
  const put = db.prepare('INSERT INTO do_not_call_numbers (part, number, added_at, by, reason) VALUES (?, ?, ?, ?, ?)');
  const count = db.prepare('UPDATE do_not_call_parts SET numbers = numbers + 1 WHERE id = ?');
  return function* (numbers, { list, by, at, reason }) {
    const id = lists.idOf(list);
    const part = ownPart.get(id) ?? Number(makePart.run(id).lastInsertRowid);
    let added = 0;
    for (const number of numbers) {
      const digits = digitsOf(number);
      if (known.get(digits, id) === undefined) {
        put.run(part, digits, at, by, reason);
        count.run(part);
        added += 1;
      }
      yield;
    }
    return added;
  };
}

function numberRemover(db: Connection): Handlers<DoNotCallStore>['remove'] {
  const parts = db
    .prepare<[string], number>(
      `SELECT p.id FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE l.name = ? AND p.state = 'live'`,
    )
    .pluck();
  const take = db.prepare('DELETE FROM do_not_call_numbers WHERE part = ? AND number = ?');
  const count = db.prepare('UPDATE do_not_call_parts SET numbers = numbers - 1 WHERE id = ?');
  return (number, list) => {
    const holders = parts.all(list).filter((part) => take.run(part, digitsOf(number)).changes > 0);
    for (const part of holders) count.run(part);
    return holders.length > 0;
  };
}

function numberCheck(db: Connection): Handlers<DoNotCallStore>['check'] {
  const find = db.prepare<[number], Omit<DoNotCallEntry, 'number'>>(`
    SELECT l.name AS list, coalesce(n.added_at, p.imported_at) AS addedAt, coalesce(n.by, p.by) AS by,
      coalesce(n.reason, p.source) AS reason
    FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list
    JOIN do_not_call_numbers n ON n.part = p.id AND n.number = ? WHERE p.state = 'live' ORDER BY l.name, addedAt, p.id`);
  const hidden = forgottenDigits(db);
  return (number) => {
    const digits = [digitsOf(number), ...hidden([number]).values()];
    const entries = digits.flatMap((place) => find.all(place)).map((entry) => ({ number, ...entry }));
    return entries.filter((entry, place) => entry.list !== entries[place - 1]?.list);
  };
}

function numberPages(db: Connection): Handlers<DoNotCallStore>['page'] {
  const page = db.prepare<[number, number, number], DoNotCallPlace>(`
    SELECT n.part, '+' || n.number AS number, l.name AS list
    FROM do_not_call_numbers n JOIN do_not_call_parts p ON p.id = n.part AND p.state = 'live'
    JOIN do_not_call_lists l ON l.id = p.list
    WHERE (n.part, n.number) > (?, ?) ORDER BY n.part, n.number LIMIT ?`);
  return (after, limit) => page.all(after?.part ?? 0, after === null ? 0 : digitsOf(after.number), limit);
}

function listRemoval(db: Connection): Handlers<DoNotCallStore>['removeList'] {
  const find = db.prepare<[string], number>('SELECT id FROM do_not_call_lists WHERE name = ?').pluck();
  const hide = db.prepare(`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE list = ?`);
  const purge = doNotCallPurge(db);
  return function* (name) {
    const list = find.get(name);
    if (list === undefined || hide.run(list).changes === 0) return false;
    yield;
    yield* purge();
    return true;
  };
}

/** The lists that hold a number, of those that are looked at. */
export interface DoNotCallLookup {
  /** By number; numbers that no list holds are left out. */
  blocked(numbers: readonly string[]): ReadonlyMap<string, readonly string[]>;
  /** None of the lists has a number. */
  readonly isEmpty: boolean;
  /** When each of the lists was last imported; lists that never were are left out. */
  readonly importedAt: ReadonlyMap<string, number>;
}

/** Prepares the look-up in some lists for one request: one statement, a look into an index for each part and number. */
export function doNotCallLookups(db: Connection): (lists: readonly string[]) => DoNotCallLookup {
  const live = db.prepare<[], { id: number; list: string; importedAt: number | null; numbers: number }>(`
    SELECT p.id, l.name AS list, p.imported_at AS importedAt, p.numbers
    FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE p.state = 'live' ORDER BY l.name`);
  const holders = db.prepare<[string, string], { part: number; digits: number }>(`
    SELECT n.part, n.number AS digits FROM json_each(?) p CROSS JOIN json_each(?) d
    CROSS JOIN do_not_call_numbers n ON n.part = p.value AND n.number = d.value`);
  const hidden = forgottenDigits(db);
  return (lists) => {
    const parts = live.all().filter(({ list }) => lists.includes(list));
    const importedAt = new Map<string, number>();
    for (const part of parts) {
      if (part.importedAt !== null)
        importedAt.set(part.list, Math.max(part.importedAt, importedAt.get(part.list) ?? 0));
    }
    const filled = parts.filter(({ numbers }) => numbers > 0);
    const ids = JSON.stringify(filled.map(({ id }) => id));
    return {
      importedAt,
      isEmpty: filled.length === 0,
      blocked(numbers) {
        if (filled.length === 0) return NOBODY;
        const others = hidden(numbers);
        const digits = [...numbers.map(digitsOf), ...others.values()];
        const found = holders.all(ids, JSON.stringify(digits));
        if (found.length === 0) return NOBODY;
        const listsWith = (number: string): readonly string[] => {
          const own = found.filter(({ digits: d }) => d === digitsOf(number) || d === others.get(number));
          const on = filled.filter(({ id }) => own.some(({ part }) => part === id));
          return [...new Set(on.map(({ list }) => list))];
        };
        const on = [...new Set(numbers)].map((number) => [number, listsWith(number)] as const);
        return new Map(on.filter(([, names]) => names.length > 0));
      },
    };
  };
}

const NOBODY: ReadonlyMap<string, readonly string[]> = new Map();
