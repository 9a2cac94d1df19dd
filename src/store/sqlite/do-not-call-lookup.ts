// Which of some numbers stand on which do-not-call lists, for the choice of the next record: SQLite's own, one statement
// with a look into an index for each part and number.

import { digitsOf } from '../do-not-call-digits.ts';
import type { Connection } from './database.ts';
import { forgottenDigits } from './forgotten.ts';

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
        if (filled.length === 0) return NO_LISTS;
        const others = hidden(numbers);
        const digits = [...numbers.map(digitsOf), ...others.values()];
        const found = holders.all(ids, JSON.stringify(digits));
        if (found.length === 0) return NO_LISTS;
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

const NO_LISTS: ReadonlyMap<string, readonly string[]> = new Map();
