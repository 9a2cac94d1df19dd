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
