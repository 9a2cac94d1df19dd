// A data set moves from SQLite to PostgreSQL: everything is there and the same, and work goes on with it. Also that both
// stores have the same tables, which is what makes the move possible.

import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { moveToPostgres } from '../../src/store/migrate-to-postgres/move.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, FINISHED, HOUR_MS, NOON, codeOf, waitingUntil } from '../contract/store-desk.ts';
import { PostgresServer } from '../support/postgres.ts';
import { testFolder } from './folder.ts';

const TIMEOUT_MS = 60_000;
/** Who moves it. */
const BY = { who: 'cli.eve', at: NOON + HOUR_MS };

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

/** A store with something in every state. */
async function someData(file: string): Promise<Campaign> {
  const store = await openSqliteStore({ file });
  const desk = new Desk(store);
  const odd = { note: 'tab\tline\nback\\slash "quoted" \u0000 Zoë 𝔘', balance: 12.5, empty: '' };
  const contacts = Array.from({ length: 2500 }, () => desk.contact({ fields: { ...odd, region: 'north' } }));
  const campaign = await desk.campaign(contacts, { filter: 'fields.region == "north"' });
  const { opened } = await desk.open(campaign, 5);
  const [first = '', second = '', third = ''] = opened.map(({ attempt }) => attempt);
  await desk.close(first, { next: waitingUntil(NOON + HOUR_MS, { rule: 0 }) });
  await desk.close(second, { result: 'connected', agent: '101', next: { state: 'dialing' } });
  await store.attempts.dispose({ attempt: third, disposition: 'sale', agent: '101', at: NOON, next: FINISHED });
  await store.doNotCall.add([desk.number()], { list: 'global', by: 'eve', at: NOON, reason: 'asked' });
  await store.agents.save({ number: '101', name: 'Ann', groups: ['team'], pinHash: 'hash' });
  await store.sessions.open({
    session: 's1',
    agent: '101',
    campaign: campaign.name,
    phoneMode: 'nailed-up',
    phoneKind: 'account',
    phoneNumber: null,
    leg: null,
    bridge: 'b',
    startedAt: NOON,
  });
  for (const what of ['campaign.start', 'campaign.pause']) {
    await store.audit.append({ at: NOON, who: 'ann', what, subject: campaign.name, from: null, to: { a: 1 } });
  }
  await store.close();
  return campaign;
}

/** What can be asked of a store, the same whichever it is. */
async function everythingOf(store: Store, campaign: string): Promise<unknown> {
  const found = await store.records.find({ campaign, text: '', limit: 10_000 });
  return {
    counts: await store.records.counts(campaign),
    found,
    attempts: await store.attempts.list({}),
    unfinished: await store.attempts.unfinished(),
    sessions: await store.sessions.unfinished(),
    agents: await store.agents.all(),
    secrets: await store.agents.secrets('101'),
    lists: await store.lists.all(),
    doNotCall: await store.doNotCall.lists(),
    log: await store.audit.list({ limit: 10, toAt: BY.at }),
  };
}

/** PostgreSQL holds no NUL: that alone is different after the move. */
const withoutNul = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '\uFFFD'));

test(
  '[O-07] [X-11] a data set in every state: everything is there and the same, and dialing goes on with it',
  { timeout: TIMEOUT_MS },
  async () => {
    const file = path.join(testFolder(), 'outdial.db');
    const campaign = await someData(file);
    const url = await server.database();
    const reported = new Set<string>();
    const moved = await moveToPostgres({
      ...BY,
      from: file,
      to: url,
      onProgress: ({ table, doing }) => reported.add(`${doing} ${table}`),
    });
    const rowsOf = new Map(moved.map(({ table, rows }) => [table, rows]));
    expect(rowsOf.get('contacts')).toBe(2500);
    expect(rowsOf.get('attempts')).toBe(5);
    expect(reported.has('check records')).toBe(true);

    const before = await openSqliteStore({ file, readOnly: true });
    const expected = withoutNul(await everythingOf(before, campaign.name));
    await before.close();
    const store = await openPostgresStore({ url });
    expect(withoutNul(await everythingOf(store, campaign.name))).toEqual(expected);
    const rows = moved.reduce((sum, table) => sum + table.rows, 0);
    const target = url.replace(/:[^:@/]*@/, '@');
    expect(await store.audit.list({ limit: 10, fromAt: BY.at })).toMatchObject([
      { entry: 3, ...BY, what: 'store.migrate', subject: target, from: { store: file }, to: { store: target, rows } },
    ]);
    const check = await store.audit.check();
    expect(check).toMatchObject({ entries: 3 });
    expect(check.broken).toBeUndefined();
    // New rows get numbers that are free, and what was begun there is ended here.
    const lines = ['after-1', 'after-2'].map((attempt, turn) => ({ attempt, trunk: 'main', turn }));
    expect((await store.attempts.open({ campaign, now: NOON, lines })).opened).toHaveLength(2);
    const contacts = [
      { name: 'Eve', fields: {}, phones: [{ number: '+12129999999', type: 'home' as const }], line: 2 },
    ];
    const batch = { importId: 'after', list: 'after', source: 'after.csv', duplicates: 'skip' as const, contacts };
    expect(await store.lists.importBatch(batch)).toMatchObject({ added: 1 });
    expect(await store.lists.finishImport('after')).toMatchObject({ contacts: 1 });
    expect(await store.audit.append({ at: NOON, who: 'x', what: 'y', subject: 'z', from: 1, to: 2 })).toBe(4);
    await new Desk(store).close('after-1');
    await store.close();
  },
);

test(
  '[O-07] a daemon on either side, data on the other: refused, and nothing is moved',
  { timeout: TIMEOUT_MS },
  async () => {
    const file = path.join(testFolder(), 'outdial.db');
    await someData(file);
    const url = await server.database();
    const daemon = await openSqliteStore({ file });
    expect(await codeOf(moveToPostgres({ ...BY, from: file, to: url }))).toBe('store-in-use');
    await daemon.close();
    const other = await openPostgresStore({ url });
    expect(await codeOf(moveToPostgres({ ...BY, from: file, to: url }))).toBe('store-in-use');
    await other.agents.save({ number: '102' });
    await other.close();
    expect(await codeOf(moveToPostgres({ ...BY, from: file, to: url }))).toBe('migrate-target-not-empty');
    expect(await codeOf(moveToPostgres({ ...BY, from: `${file}-not-there`, to: url }))).toBe('store-missing');
    const store = await openPostgresStore({ url });
    expect(await store.lists.all()).toEqual([]);
    await store.close();
  },
);

test(
  '[O-07] a row that PostgreSQL refuses: nothing is kept, and the move works once the row is corrected',
  { timeout: TIMEOUT_MS },
  async () => {
    const file = path.join(testFolder(), 'outdial.db');
    await someData(file);
    const url = await server.database();
    const tamper = (sql: string): void => {
      const db = new Database(file);
      db.exec(sql);
      db.close();
    };
    tamper(`UPDATE agents SET groups = '"broken' WHERE number = '101'`);
    await expect(moveToPostgres({ ...BY, from: file, to: url })).rejects.toThrow();
    const [left] = await server.query(url.split('/').at(-1) ?? '', 'SELECT count(*)::int AS contacts FROM contacts');
    expect(left).toEqual({ contacts: 0 });
    tamper(`UPDATE agents SET groups = '[]' WHERE number = '101'`);
    expect(await moveToPostgres({ ...BY, from: file, to: url })).toContainEqual(
      expect.objectContaining({ table: 'agents', rows: 1 }),
    );
  },
);
