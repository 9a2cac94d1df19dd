// Records by what their contact holds and by how they stand. A text is looked up in the indexes of the directory; without
// one, or with less than three characters, the records are gone through in their order.

import type { ContactRow } from '../../engine/store-lists.ts';
import type { RecordQuery, RecordRow } from '../../engine/store-records.ts';
import { holdsText } from '../contact-text.ts';
import { candidates, isIndexed } from './contact-find.ts';
import type { Db, Statement } from './database.ts';
import { RECORD_COLUMNS, recordRow } from './record-rows.ts';
import type { StoredRecord } from './record-rows.ts';

type Part = Exclude<keyof RecordQuery, 'limit' | 'text' | 'after'>;

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Part, string>> = {
  campaign: 'p.name',
  state: 'r.state',
  result: 'r.last_result',
  disposition: 'r.last_disposition',
  agent: 'r.last_agent',
};
const PARTS = Object.keys(CONDITIONS) as readonly Part[];
/** Records, or contacts whose records are asked for, at a time. */
const PAGE = 500;

export async function searchRecords(db: Db, query: RecordQuery): Promise<readonly RecordRow[]> {
  const { text, limit } = query;
  const asked = PARTS.filter((part) => query[part] !== undefined);
  const where = asked.map((part, index) => `AND ${CONDITIONS[part]} = $${index + 3}`).join(' ');
  const values = asked.map((part) => query[part]);
  const found: RecordRow[] = [];
  const isFull = (rows: readonly StoredRecord[]): boolean => {
    const shown = rows.map(recordRow).filter(({ contact }) => text.trim() === '' || holdsText(contact, { text }));
    found.push(...shown);
    return found.length >= limit;
  };
  if (isIndexed(text)) {
    const select = `SELECT ${RECORD_COLUMNS} WHERE r.contact = ANY ($1::bigint[]) ${where} ORDER BY r.contact, r.id LIMIT $2`;
    for await (const people of pagesOf(candidates(db, text))) {
      const contacts = people.map(({ id }) => id);
      if (isFull(await db.all(statement(select), [contacts, limit, ...values]))) break;
    }
  } else {
    const select = statement(`SELECT ${RECORD_COLUMNS} WHERE r.id > $1 ${where} ORDER BY r.id LIMIT $2`);
    for (let after = query.after ?? 0; ;) {
      const rows = await db.all(select, [after, PAGE, ...values]);
      const last = rows.at(-1)?.id;
      if (isFull(rows) || last === undefined) break;
      after = last;
    }
  }
  return found.slice(0, limit);
}

function statement(text: string): Statement<StoredRecord> {
  return { text };
}

async function* pagesOf(people: AsyncIterable<ContactRow>): AsyncGenerator<readonly ContactRow[], void, undefined> {
  let page: ContactRow[] = [];
  for await (const person of people) {
    page.push(person);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
