// The first records that are like what is asked for, for commands and programs that want no page after the first.

import type { RecordQuery, RecordRow, TableQuery } from '../engine/store/records.ts';
import type { Store } from '../engine/store/store.ts';

export type RecordSearch = Omit<RecordQuery, 'after'> &
  Pick<TableQuery, 'list' | 'condition' | 'lastFromAt' | 'lastToAt'>;

/** In the order in which they were taken up. Refused with `filter-invalid`, `list-unknown`. */
export async function findRecords(store: Pick<Store, 'records'>, search: RecordSearch): Promise<readonly RecordRow[]> {
  const rows: RecordRow[] = [];
  let after: TableQuery['after'];
  do {
    const limit = search.limit - rows.length;
    const page = await store.records.table({
      ...search,
      limit,
      sort: 'taken-up',
      descending: false,
      ...(after && { after }),
    });
    rows.push(...page.rows);
    after = page.next;
  } while (after && rows.length < search.limit);
  return rows;
}
