// The directory on SQLite: its contract, and that a forgotten person is in no file any more.

import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, NOON } from '../contract/store-desk.ts';
import { describeContacts } from '../contract/store-contacts.ts';
import { describeForgetting } from '../contract/store-forgetting.ts';
import { describeSelection } from '../contract/store-selection.ts';
import { makeFolder } from './folder.ts';

const folder = makeFolder();
const file = path.join(folder, 'outdial.db');
let store: Store;
let desk: Desk;

beforeAll(async () => {
  store = await openSqliteStore({ file });
  desk = new Desk(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the directory on SQLite', () => {
  describeContacts(() => desk);
  describeSelection(() => desk);
  describeForgetting(() => ({ desk, folder, search: inBytes, searchScrubbed: inBytes }));

  test('[L-14] name and number are in no byte of the database, its log and the backups made afterwards', async () => {
    const name = 'Xaverine Quastenflosser';
    // So many that pages are split and moved about, which leaves copies of rows behind.
    const crowd = Array.from({ length: 3000 }, (_, index) => desk.contact({ name: `Crowd ${index % 700} Member` }));
    const one = desk.contact({ name, fields: { note: 'x' } });
    const campaign = await desk.campaign([...crowd.slice(0, 1500), one, ...crowd.slice(1500)]);
    const [found] = await store.contacts.find({ text: name, limit: 1 });
    if (!found) throw new Error('the contact is not there');
    const number = found.phones[0]?.number ?? '';
    await store.contacts.edit({ contact: found.id, by: 'ann', at: NOON, definitions: [], fields: { note: name } });
    await store.doNotCall.add([number], { list: 'global', by: 'ann', at: NOON, reason: name });
    await desk.open(campaign, 20);
    const { needles } = await store.contacts.forget({ contact: found.id, by: 'ann', at: NOON, reason: '' });
    expect(needles).toEqual(expect.arrayContaining([number, name]));
    expect(await store.contacts.scrub({ rewrite: false })).toBe(true);
    if ((await store.contacts.traces(needles)) > 0) {
      expect(await store.contacts.scrub({ rewrite: true })).toBe(true);
    }
    expect(await store.contacts.traces(needles)).toBe(0);
    const backup = path.join(folder, 'backup.db');
    await store.backup(backup);
    for (const one of [file, `${file}-wal`, backup]) {
      const bytes = readFileSync(one);
      for (const needle of [name, 'Quastenflosser', number, number.slice(1)]) {
        expect({ one, needle, found: bytes.includes(needle) }).toEqual({ one, needle, found: false });
      }
    }
    expect(await store.contacts.traces(['Crowd 1 Member'])).toBeGreaterThan(0);
  });
});

/** In the database's files, and in a backup made now. */
async function inBytes(texts: readonly string[]): Promise<readonly string[]> {
  const backup = path.join(folder, 'attacked.db');
  await store.backup(backup);
  const files = [file, `${file}-wal`, backup].map((name) => ({ name, bytes: readFileSync(name) }));
  return files.flatMap(({ name, bytes }) =>
    texts.filter((text) => bytes.includes(text)).map((text) => `${text} in ${path.basename(name)}`),
  );
}
