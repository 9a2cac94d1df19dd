// The directory on PostgreSQL: its contract, and that a forgotten person is in no table any more.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { Desk, NOON } from '../contract/store-desk.ts';
import { describeForgetting } from '../contract/store-forgetting.ts';
import { describeContacts } from '../contract/store-contacts.ts';
import { PostgresServer } from '../support/postgres.ts';

let server: PostgresServer;
let store: Store;
let desk: Desk;
let address = '';
const folder = mkdtempSync(path.join(tmpdir(), 'outdial-forgetting-'));

beforeAll(async () => {
  server = await PostgresServer.start();
  address = await server.database();
  store = await openPostgresStore({ url: address });
  desk = new Desk(store);
});
afterAll(async () => {
  await store.close();
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('the directory on PostgreSQL', () => {
  describeContacts(() => desk);
  describeForgetting(() => ({ desk, folder, search: inRows, searchScrubbed: inFiles }));

  test('[L-14] name and number are in no row of any table', async () => {
    const name = 'Xaverine Quastenflosser';
    const number = desk.number();
    const phones = [{ number, type: 'home' as const }];
    await desk.campaign([desk.contact({ name, phones, fields: { note: `for ${name}` } })]);
    const [person] = await store.contacts.find({ text: name, limit: 1 });
    await store.audit.append({ at: NOON, who: 'ann', what: 'x', subject: 'y', from: null, to: { name, number } });
    expect(await store.contacts.traces([name, number])).toBeGreaterThan(2);
    const { needles } = await store.contacts.forget({ contact: person?.id ?? 0, by: 'ann', at: NOON, reason: 'asked' });
    expect(needles).toEqual(expect.arrayContaining([number, name]));
    expect(await store.contacts.scrub({ rewrite: true })).toBe(true);
    expect(await store.contacts.traces(needles)).toBe(0);
  });
});

/** In whatever the server shows: a dump of all rows, and the samples of values that it plans with. */
async function inRows(texts: readonly string[]): Promise<readonly string[]> {
  const dump = execFileSync(server.tool('pg_dump'), [address], { maxBuffer: 1e9 }).toString();
  const statistics = JSON.stringify(await server.query(databaseName(), 'SELECT t::text FROM pg_stats t'));
  const found = (where: string, content: string): readonly string[] =>
    texts.filter((text) => content.includes(text)).map((text) => `${text} in ${where}`);
  return [...found('the dump', dump), ...found('the statistics', statistics)];
}

/** In the bytes of the database's own files after a checkpoint; the write-ahead log is its administrator's. */
async function inFiles(texts: readonly string[]): Promise<readonly string[]> {
  const database = databaseName();
  await server.query(database, 'CHECKPOINT');
  const [row] = await server.query(database, 'SELECT oid::text FROM pg_database WHERE datname = current_database()');
  const base = path.join(server.folder, 'data', 'base', String(row?.['oid']));
  const names = readdirSync(base).filter((name) => statSync(path.join(base, name)).isFile());
  return names.flatMap((name) => {
    const bytes = readFileSync(path.join(base, name));
    return texts.filter((text) => bytes.includes(text)).map((text) => `${text} in ${name}`);
  });
}

function databaseName(): string {
  return new URL(address).pathname.slice(1);
}
