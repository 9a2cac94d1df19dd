// How a do-not-call list still knows the number of a forgotten person when it comes again.

import { pseudonymsBy } from '../pseudonyms.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

const ANYBODY = sql<{ key: string }>(
  'SELECT key FROM privacy_key WHERE EXISTS (SELECT 1 FROM forgotten_numbers) LIMIT 1',
);
const ON_LISTS = sql<{ digits: number; part: number }>(`
  SELECT f.digits, d.part FROM forgotten_numbers f JOIN do_not_call_numbers d ON d.number = f.digits
  WHERE f.digits = ANY ($1::bigint[])`);

/** For look-ups of any number; undefined when no number of a forgotten person is on a list. */
export async function forgottenNumbers(db: Db): Promise<Pseudonyms | undefined> {
  const key = (await db.first(ANYBODY))?.key;
  return key === undefined ? undefined : pseudonymsBy(key);
}

/** The parts of do-not-call lists that hold one of the numbers as a forgotten person's. */
export async function partsWithForgotten(
  db: Db,
  names: Pseudonyms,
  numbers: readonly string[],
): Promise<readonly { readonly number: string; readonly part: number }[]> {
  const byDigits = new Map(numbers.map((number) => [names.digitsOf(number), number]));
  const found = await db.all(ON_LISTS, [[...byDigits.keys()]]);
  return found.map(({ digits, part }) => ({ number: byDigits.get(digits) ?? '', part }));
}
