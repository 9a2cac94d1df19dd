// PostgreSQL comes and goes: what is refused meanwhile, that the store is the same afterwards, that an opening no one
// heard the answer to is taken back, and that there is one daemon on a database.

import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { Desk, HOUR_MS, NOON, codeOf, waitingUntil } from '../contract/store-desk.ts';
import { PostgresServer } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

async function openStore(
  url?: string,
): Promise<{ readonly store: Store; readonly url: string; readonly name: string }> {
  const address = url ?? (await server.database());
  const store = await openPostgresStore({ url: address });
  onTestFinished(() => store.close());
  return { store, url: address, name: address.split('/').at(-1) ?? '' };
}

test(
  '[O-09] the server is gone and comes back: refused meanwhile, then as before, and its own again',
  { timeout: TIMEOUT_MS },
  async () => {
    const { store, url } = await openStore();
    const desk = new Desk(store);
    const campaign = await desk.people(3);
    const { attempt, record } = await desk.dial(campaign);
    await server.stop('immediate');
    const closing = desk.close(attempt, { next: waitingUntil(NOON + HOUR_MS) });
    expect(await codeOf(closing)).toBe('store-unreachable');
    expect(await codeOf(desk.open(campaign, 1))).toBe('store-unreachable');
    expect(await codeOf(store.agents.all())).toBe('store-unreachable');
    await server.run();
    await works(() => desk.close(attempt, { next: waitingUntil(NOON + HOUR_MS) }));
    expect(await store.records.show(record.record)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect((await desk.open(campaign, 3)).opened).toHaveLength(2);
    expect(await codeOf(openPostgresStore({ url }))).toBe('store-in-use');
  },
);

test(
  '[O-07] two daemons on one database: the second is refused, readers are not; the first keeps it when its connection breaks',
  { timeout: TIMEOUT_MS },
  async () => {
    const { store, url, name } = await openStore();
    expect(await codeOf(openPostgresStore({ url }))).toBe('store-in-use');
    const reader = await openPostgresStore({ url, readOnly: true });
    expect(await reader.lists.all()).toEqual([]);
    expect(await codeOf(reader.agents.remove('101'))).toBe('store-read-only');
    await reader.close();
    await server.query(
      name,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await works(() => store.agents.save({ number: '101' }));
    expect(await codeOf(openPostgresStore({ url }))).toBe('store-in-use');
    await store.close();
    const second = await openPostgresStore({ url });
    expect((await second.agents.all()).map(({ number }) => number)).toEqual(['101']);
    await second.close();
    expect(await codeOf(second.agents.all())).toBe('store-closed');
  },
);

test(
  '[O-09] the answer to an opening is lost with the connection: the attempt is taken back, its record is dialed next',
  { timeout: TIMEOUT_MS },
  async () => {
    const wire = await Wire.to(server.port);
    const { store, url, name } = await openStore((await server.database()).replace(/:\d+\//, `:${wire.port}/`));
    expect(url).toContain(String(wire.port));
    const desk = new Desk(store);
    const campaign = await desk.people(2);
    const before = await desk.dial(campaign);
    await desk.close(before.attempt, { next: waitingUntil(NOON + HOUR_MS) });
    wire.cutAfter('COMMIT');
    expect(await codeOf(desk.open(campaign, 2, NOON + 2 * HOUR_MS))).toBe('store-unreachable');
    const [lost] = await server.query(name, 'SELECT count(*)::int AS open FROM attempts WHERE result IS NULL');
    expect(lost).toEqual({ open: 2 });
    await works(() => store.agents.save({ number: '101' }));
    expect(await store.attempts.unfinished()).toEqual([]);
    expect((await store.records.counts(campaign.name)).byState).toMatchObject({ fresh: 1, waiting: 1, dialing: 0 });
    expect((await desk.open(campaign, 2, NOON + 2 * HOUR_MS)).opened).toHaveLength(2);
  },
);

/** Resolves when the store takes the request again. */
async function works(ask: () => Promise<unknown>): Promise<void> {
  await until('the store works again', async () => ((await codeOf(ask())) === 'done' ? true : undefined), 20_000);
}

/** Between the store and the server: lets everything through until it cuts the connection. */
class Wire {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #word: string | undefined;

  private constructor(own: Server, port: number) {
    this.#server = own;
    this.port = port;
  }

  static async to(port: number): Promise<Wire> {
    const own = createServer();
    own.listen(0, '127.0.0.1');
    await once(own, 'listening');
    const address = own.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const wire = new Wire(own, address.port);
    own.on('connection', (near) => wire.#join(near, connect(port, '127.0.0.1')));
    onTestFinished(() => wire.#close());
    return wire;
  }

  /** The server still hears a message with that word, and its answer gets lost. */
  cutAfter(word: string): void {
    this.#word = word;
  }

  #join(near: Socket, far: Socket): void {
    let isDeaf = false;
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
    near.on('data', (chunk) => {
      far.write(chunk);
      if (this.#word === undefined || !chunk.includes(this.#word)) return;
      isDeaf = true;
      this.#word = undefined;
    });
    far.on('data', (chunk) => {
      if (isDeaf) near.destroy();
      else near.write(chunk);
    });
    near.on('close', () => far.end());
    far.on('close', () => near.end());
  }

  #close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
