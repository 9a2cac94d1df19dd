// Live events: a whole picture first, then changes; readers that fall behind are dropped and never slow the engine.

import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServerResponse } from 'node:http';
import { EventEmitter } from 'node:events';
import { silentLog } from '../../src/base/log.ts';
import type { Clock } from '../../src/base/clock.ts';
import { LiveHub } from '../../src/http/live.ts';
import { readServerSentEvents, type ServerSentEvent } from '../../src/cli/server-sent-events.ts';
import { startTestApi, type TestApi } from './api.ts';
import { campaignView, FakeControl } from './fake-control.ts';

/** Wakes by hand. */
class HandClock implements Clock {
  readonly #waiting = new Map<object, { at: number; wake: () => void }>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  after(delayMs: number, wake: () => void): () => void {
    const key = {};
    this.#waiting.set(key, { at: this.#now + delayMs, wake });
    return () => this.#waiting.delete(key);
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    for (const [key, { at, wake }] of [...this.#waiting]) {
      if (at > this.#now || !this.#waiting.delete(key)) continue;
      wake();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A reader that counts what it was sent; `unsent` bytes are waiting. */
class Reader extends EventEmitter {
  readonly written: string[] = [];
  writableLength = 0;
  destroyed = false;
  ended = false;

  writeHead(): this {
    return this;
  }

  write(text: string): boolean {
    this.written.push(text);
    return true;
  }

  end(): void {
    this.ended = true;
    this.emit('close');
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }

  asResponse(): ServerResponse {
    return this as unknown as ServerResponse;
  }
}

const noAgents = { agents: { all: () => Promise.resolve([]) } } as unknown as ConstructorParameters<
  typeof FakeControl
>[0];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('hub', () => {
  const start = (options: Partial<ConstructorParameters<typeof LiveHub>[0]> = {}) => {
    const clock = new HandClock();
    const control = new FakeControl(noAgents);
    const hub = new LiveHub({ control, clock, log: silentLog, gatherMs: 250, heartbeatMs: 15_000, ...options });
    return { clock, control, hub };
  };

  test('[S-01] a new reader is sent first how everything stands', async () => {
    const { hub } = start();
    const reader = new Reader();
    hub.add(reader.asResponse());
    await turn();
    expect(reader.written.join('')).toMatch(/event: campaign\ndata: .*"name":"renewals"/);
  });

  test('[S-01] a hundred changes of one campaign within a quarter of a second: sent once, as the newest', async () => {
    const { hub, clock, control } = start();
    const reader = new Reader();
    hub.add(reader.asResponse());
    await turn();
    reader.written.length = 0;
    for (let change = 1; change <= 100; change += 1) {
      control.views.set('renewals', campaignView({ changedAt: change }));
      control.emit({ type: 'campaign', at: change, campaign: 'renewals' });
    }
    expect(reader.written).toEqual([]);
    await clock.pass(250);
    const text = reader.written.join('');
    expect(text.match(/event: campaign/g)).toHaveLength(1);
    expect(text).toContain('"changedAt":100');
  });

  test('[S-01] call steps are kept in order; far too many are counted instead of sent', async () => {
    const { hub, clock, control } = start();
    const reader = new Reader();
    hub.add(reader.asResponse());
    await turn();
    for (let call = 0; call < 600; call += 1)
      control.emit({
        type: 'call',
        at: call,
        attempt: `a${call}`,
        campaign: 'renewals',
        from: 'placing',
        to: 'ringing',
        event: 'x',
      });
    await clock.pass(250);
    const text = reader.written.join('');
    expect(text.match(/event: call/g)).toHaveLength(500);
    expect(text.indexOf('"a7"')).toBeLessThan(text.indexOf('"a8"'));
    expect(text).toContain('{"type":"skipped","calls":100}');
  });

  test('[S-01] a reader of one campaign hears nothing of others', async () => {
    const { hub, clock, control } = start();
    control.views.set('other', campaignView({ name: 'other' }));
    const reader = new Reader();
    hub.add(reader.asResponse(), { campaign: 'renewals' });
    await turn();
    control.emit({ type: 'campaign', at: 1, campaign: 'other' });
    await clock.pass(250);
    expect(reader.written.join('')).not.toContain('"name":"other"');
  });

  test('a reader that does not keep up is dropped, the others go on', async () => {
    const { hub, clock, control } = start({ maxUnsentBytes: 1000 });
    const slow = new Reader();
    const quick = new Reader();
    hub.add(slow.asResponse());
    hub.add(quick.asResponse());
    await turn();
    slow.writableLength = 1001;
    quick.written.length = 0;
    control.emit({ type: 'campaign', at: 1, campaign: 'renewals' });
    await clock.pass(250);
    expect([slow.destroyed, quick.destroyed, hub.readers()]).toEqual([true, false, 1]);
    expect(quick.written.join('')).toContain('event: campaign');
  });

  test('no one reads: the engine is not listened to and nothing is awaited', async () => {
    const { hub, clock, control } = start();
    expect(control.listeners.size).toBe(0);
    const reader = new Reader();
    hub.add(reader.asResponse());
    expect(control.listeners.size).toBe(1);
    await turn();
    reader.end();
    expect(control.listeners.size).toBe(0);
    reader.written.length = 0;
    await clock.pass(60_000);
    expect(reader.written).toEqual([]);
  });

  test('a quiet stream carries a heartbeat', async () => {
    const { hub, clock } = start();
    const reader = new Reader();
    hub.add(reader.asResponse());
    await turn();
    reader.written.length = 0;
    await clock.pass(15_000);
    await clock.pass(15_000);
    expect(reader.written).toEqual([': still here\n\n', ': still here\n\n']);
  });

  test('[S-01] one client takes all places: its oldest readers give way to others, who stay', () => {
    const { hub } = start({ maxReaders: 4 });
    const greedy = Array.from({ length: 4 }, () => new Reader());
    for (const reader of greedy) hub.add(reader.asResponse(), { address: '10.0.0.1' });
    const other = new Reader();
    hub.add(other.asResponse(), { address: '10.0.0.2' });
    expect(greedy.map(({ ended }) => ended)).toEqual([true, false, false, false]);
    hub.add(new Reader().asResponse(), { address: '10.0.0.1' });
    expect([other.ended, hub.readers()]).toEqual([false, 4]);
  });
});

describe('over HTTP', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi();
  });
  afterEach(async () => {
    await api.close();
  });

  test('[S-01] events arrive as Server-Sent Events and end with the server', async () => {
    const headers = { authorization: `Bearer ${api.token}` };
    const response = await fetch(`${api.url}/api/live?campaign=renewals`, { headers });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    if (!response.body) throw new Error('no stream');
    const events = readServerSentEvents(response.body);
    expect(await next(events)).toMatchObject({ type: 'campaign', data: { campaign: { state: 'unapproved' } } });
    await api.ask('POST', '/api/campaigns/renewals/approve');
    expect(await next(events)).toMatchObject({ type: 'campaign', data: { campaign: { state: 'approved' } } });
  });

  test('[S-01] a reader that goes away is forgotten', async () => {
    const port = Number(new URL(api.url).port);
    // The board listens too.
    const before = api.control.listeners.size;
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET /api/live HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.token}\r\n\r\n`);
    await vi.waitUntil(() => api.control.listeners.size === before + 1, { timeout: 5000 });
    socket.destroy();
    await vi.waitUntil(() => api.control.listeners.size === before, { timeout: 5000 });
  });

  async function next(events: AsyncGenerator<ServerSentEvent>): Promise<ServerSentEvent | undefined> {
    const result = await events.next();
    return result.done === true ? undefined : result.value;
  }
});

describe('reading Server-Sent Events', () => {
  test('events cut anywhere between bytes arrive whole; comments do not', async () => {
    const bytes = new TextEncoder().encode(': beat\n\nretry: 2000\n\nevent: call\ndata: {"name":"Zoë"}\n\ndata: 1\n\n');
    for (const size of [1, 2, 3, 7, 1000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      });
      const events: ServerSentEvent[] = [];
      for await (const event of readServerSentEvents(stream)) events.push(event);
      expect(events).toEqual([
        { type: 'call', data: { name: 'Zoë' } },
        { type: 'message', data: 1 },
      ]);
    }
  });
});
