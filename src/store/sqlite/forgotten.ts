// The key of the hashes that stand for forgotten people, and how a do-not-call list still knows the number of one when it
// comes again.

import { newPrivacyKey, pseudonymsBy } from '../pseudonyms.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import type { Connection } from './database.ts';

/** The hashes of this store; its key is made when it is first needed. */
export function pseudonyms(db: Connection): Pseudonyms {
  return pseudonymsBy(keyOf(db) ?? makeKey(db));
}

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

function makeKey(db: Connection): string {
  const key = newPrivacyKey();
  db.prepare('INSERT INTO privacy_key (key) VALUES (?)').run(key);
  return key;
}
