// Attempts of any period from the store, page by page, so that a long report never holds a million rows or the loop.

import { defined } from '../base/defined.ts';
import type { AttemptQuery, AttemptRow } from '../engine/store/attempts.ts';
import type { Store } from '../engine/store/store.ts';

/** Every attempt that `query` asks for, oldest first, each once; pages of about `pageSize`. */
export async function* attemptPages(
  store: Pick<Store, 'attempts'>,
  query: AttemptQuery,
  pageSize = 2000,
): AsyncGenerator<readonly AttemptRow[]> {
  let fromAt = query.fromAt;
  let left = query.limit ?? Infinity;
  let limit = pageSize;
  let seen = new Set<string>();
  while (left > 0) {
    const page = await store.attempts.list({ ...query, ...defined({ fromAt }), limit });
    const fresh = page.filter((row) => !seen.has(row.attempt)).slice(0, left);
    if (fresh.length > 0) yield fresh;
    left -= fresh.length;
    const last = page.at(-1);
    if (!last || page.length < limit) return;
    // The next page starts at the last instant again: attempts of one millisecond may stand on both sides of the cut.
    const stuck = last.dialedAt === fromAt && fresh.length === 0;
    limit = stuck ? limit * 2 : limit;
    fromAt = last.dialedAt;
    seen = new Set(page.filter((row) => row.dialedAt === last.dialedAt).map((row) => row.attempt));
  }
}
