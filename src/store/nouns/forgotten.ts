// The key of the hashes that stand for forgotten people.

import { newPrivacyKey, pseudonymsBy } from '../pseudonyms.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { sql } from '../statement.ts';
import { first, run } from '../work.ts';
import type { Work } from '../work.ts';

const KEY = sql<{ key: string }>`SELECT key FROM privacy_key LIMIT 1`;
const KEEP = sql`INSERT INTO privacy_key (key) VALUES (:key)`;

/** The hashes of this store; its key is made when it is first needed. */
export function* pseudonyms(): Work<Pseudonyms> {
  const known = (yield* first(KEY))?.key;
  const key = known ?? newPrivacyKey();
  if (known === undefined) yield* run(KEEP, { key });
  return pseudonymsBy(key);
}

const ANYBODY = sql<{ key: string }>`
  SELECT key FROM privacy_key WHERE EXISTS (SELECT 1 FROM forgotten_numbers) LIMIT 1`;

/** What do-not-call lists hold in the place of a number when it is a forgotten person's; undefined when none is forgotten. */
export function* hiddenDigits(number: string): Work<number | undefined> {
  const key = (yield* first(ANYBODY))?.key;
  return key === undefined ? undefined : pseudonymsBy(key).digitsOf(number);
}
