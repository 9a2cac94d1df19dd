// The search index of the directory holds what the contacts say and nothing else, however they came and went.

import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ImportBatch, NewContact } from '../../src/engine/store/lists.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { connect } from '../../src/store/sqlite/database.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';
import { textOfContacts } from '../../src/store/contact-batch.ts';

let file: string;
let store: Store;
let desk: Desk;

beforeEach(async () => {
  file = path.join(testFolder(), 'outdial.db');
  store = await openSqliteStore({ file });
  desk = new Desk(store);
});

/** Terms of the index, each with the number of contacts that have it. */
function indexedTerms(): ReadonlyMap<string, number> {
  const db = connect({ file, readOnly: false });
  db.exec(`CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'contact_search', 'row')`);
  const rows = db.prepare<[], { term: string; doc: number }>('SELECT term, doc FROM temp.terms').all();
  db.close();
  return new Map(rows.map(({ term, doc }) => [term, doc]));
}

/** People with all that a field can hold, 250 of them: more than are written at a time. */
function crowd(): readonly NewContact[] {
  const fields = [
    { town: 'Zürich', note: 'two\nlines' },
    { balance: 12.5, town: 'Wien' },
    { member: true, since: 1e21 },
    { note: '', '2': 'b', '1': 'a' },
    {},
  ];
  const people = Array.from({ length: 250 }, (_, line) => {
    const values = fields[line % fields.length] ?? {};
    return desk.contact({ line, name: line % 7 === 0 ? '' : `Zoë Muster ${line}`, fields: values });
  });
  const [first, ...others] = people;
  // Twins within the import, beside each other and far apart.
  return first ? [first, { ...first, name: 'Other Name' }, ...others, { ...first, name: 'Third Name' }] : [];
}

function batchOf(contacts: readonly NewContact[]): ImportBatch {
  return { importId: 'i', list: 'crowd', source: 'crowd.csv', duplicates: 'merge', contacts: textOfContacts(contacts) };
}

describe('the search index', () => {
  test('[L-02] an import is finished, its list removed: no term is left', async () => {
    await store.lists.importBatch(batchOf(crowd()));
    expect(await store.lists.finishImport('i')).toMatchObject({ contacts: 250 });
    const terms = indexedTerms();
    expect(terms.get('mus')).toBeGreaterThan(200);
    expect(terms.get('thi')).toBe(1);
    expect(terms.has('oth')).toBe(false);
    await store.lists.remove('crowd');
    await store.close();
    expect([...indexedTerms().keys()]).toEqual([]);
  });

  test('[L-01] an import is abandoned in the middle: no term is left', async () => {
    await store.lists.importBatch(batchOf(crowd()));
    expect(indexedTerms().has('mus')).toBe(true);
    await store.lists.abandonImport('i');
    await store.close();
    expect([...indexedTerms().keys()]).toEqual([]);
  });
});
