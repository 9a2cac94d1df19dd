// How a do-not-call list still knows the number of a forgotten person when it comes again.

import { pseudonymsBy } from '../pseudonyms.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import type { Connection } from './database.ts';

/** Of any numbers those that are a forgotten person's, with their places on do-not-call lists; mostly none. */
export function forgottenDigits(db: Connection): (numbers: readonly string[]) => ReadonlyMap<string, number> {
  const any = db.prepare<[], 1>('SELECT 1 FROM forgotten_numbers LIMIT 1').pluck();
  const known = db.prepare<[number], 1>('SELECT 1 FROM forgotten_numbers WHERE digits = ?').pluck();
  let names: Pseudonyms | undefined;
  return (numbers) => {
    const places = new Map<string, number>();
    if (any.get() === undefined) return places;
    const key = names ? undefined : keyOf(db);
    if (key !== undefined) names = pseudonymsBy(key);
    for (const number of numbers) {
      const digits = names?.digitsOf(number);
      if (digits !== undefined && known.get(digits) !== undefined) places.set(number, digits);
    }
    return places;
  };
}

function keyOf(db: Connection): string | undefined {
  return db.prepare<[], string>('SELECT key FROM privacy_key').pluck().get();
}
