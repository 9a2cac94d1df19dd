// The directory on PostgreSQL: its contract, and that a forgotten person is in no table any more.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { Desk, NOON } from '../contract/store-desk.ts';
import { describeContacts } from '../contract/store-contacts.ts';
import { PostgresServer } from '../support/postgres.ts';

let server: PostgresServer;
let store: Store;
let desk: Desk;

beforeAll(async () => {
  server = await PostgresServer.start();
  store = await openPostgresStore({ url: await server.database() });
  desk = new Desk(store);
});
afterAll(async () => {
  await store.close();
  await server.remove();
});

describe('the directory on PostgreSQL', () => {
  describeContacts(() => desk);

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
