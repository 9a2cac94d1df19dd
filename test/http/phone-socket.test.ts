// The way of a browser to Asterisk's SIP: who gets through, to what, and what ends it. Behind it stands a web server that
// answers like Asterisk's.

import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { OperationalError } from '../../src/base/errors.ts';
import type { Access } from '../../src/http/access/access.ts';
import { WebAddress } from '../../src/http/access/web-address.ts';
import { LISTENING_SOCKET, ListeningLines } from '../../src/http/phone/listening-lines.ts';
import { PhoneLines } from '../../src/http/phone/lines.ts';
import { PHONE_SOCKET, phoneSocket } from '../../src/http/phone/socket.ts';
import { until } from '../support/until.ts';

const COOKIE = 'outdial=' + 'c'.repeat(43);
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

const asterisk = createServer();
const daemon = createServer();
const asked: string[] = [];
const upstreams: Duplex[] = [];
const reported: boolean[] = [];
const watching = new Set<(view: { session?: { session: string; phoneKind: string } }) => void>();
let session: { session: string; phoneKind: string } | undefined = { session: 's1', phoneKind: 'browser' };
let caller: unknown = { kind: 'user', agent: '7', rights: new Set(['work']) };
let signOut: () => void = () => undefined;

const desks = {
  view: () => ({ agent: '7', version: 0, state: 'ready', since: 0, ...(session && { session }) }),
  subscribe: (_agent: string, listener: (view: { session?: { session: string; phoneKind: string } }) => void) => {
    watching.add(listener);
    return () => watching.delete(listener);
  },
  admitBrowser: () => Promise.resolve(),
  browserConnection: (_agent: string, isThere: boolean) => void reported.push(isThere),
};
const ended: string[] = [];
let waits: () => void = () => undefined;
let ears: { phone: string; agent: string }[] = [{ phone: 'browser:sue', agent: '7' }];
const listening = new ListeningLines({
  control: {
    listenings: () => ears,
    admitListener: () => Promise.resolve(),
    endListening: (agent: string, phone: string) => Promise.resolve(void ended.push(`${agent} ${phone}`)),
  } as unknown as ConstructorParameters<typeof ListeningLines>[0]['control'],
  clock: { now: () => 0, after: (_ms: number, wake: () => void) => ((waits = wake), () => undefined) },
  realm: 'asterisk',
});
const lines = new PhoneLines(desks as unknown as ConstructorParameters<typeof PhoneLines>[0], 'asterisk');

beforeAll(async () => {
  asterisk.on('upgrade', (asking: IncomingMessage, socket: Duplex) => {
    asked.push(`${asking.url ?? ''} ${JSON.stringify(asking.headers)}`);
    upstreams.push(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n');
    socket.write('sec-websocket-accept: yes\r\nsec-websocket-protocol: sip\r\n\r\n');
    socket.on('data', (part: Buffer) => socket.write(`heard ${part.toString()}`));
    socket.on('error', () => undefined);
  });
  for (const server of [asterisk, daemon]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const access = {
    bySession: (id: string) => (id === '' ? undefined : caller),
    watch: (_caller: unknown, end: () => void) => {
      signOut = end;
      return () => undefined;
    },
  };
  phoneSocket(daemon, {
    access: access as unknown as Access,
    web: new WebAddress(undefined),
    lines,
    listening,
    log: silentLog,
    ariUrl: `http://127.0.0.1:${(asterisk.address() as AddressInfo).port}`,
  });
});
afterAll(() => {
  lines.closeAll();
  for (const server of [asterisk, daemon]) server.close();
});

const host = (): string => `127.0.0.1:${(daemon.address() as AddressInfo).port}`;

interface Opened {
  readonly code: number;
  readonly body: string;
  readonly socket?: Duplex;
}

/** What the daemon answers to a WebSocket with these headers; undefined takes a usual one away. */
function open(change: Readonly<Record<string, string | undefined>> = {}, path = PHONE_SOCKET): Promise<Opened> {
  const usual: Record<string, string | undefined> = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': KEY,
    'sec-websocket-version': '13',
    'sec-websocket-protocol': 'sip',
    origin: `http://${host()}`,
    cookie: COOKIE,
    ...change,
  };
  const headers = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  return new Promise((resolve, reject) => {
    const asking = request(`http://${host()}${path}`, { headers });
    asking.on('upgrade', (answer, socket) => {
      socket.on('error', () => undefined);
      resolve({ code: answer.statusCode ?? 0, body: '', socket });
    });
    asking.on('response', (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => (body += part.toString()));
      answer.on('end', () => resolve({ code: answer.statusCode ?? 0, body }));
    });
    asking.on('error', reject);
    asking.end();
  });
}

const closed = (socket: Duplex | undefined): Promise<void> =>
  new Promise((resolve) => (socket?.destroyed === true ? resolve() : socket?.once('close', () => resolve())));

test.each([
  ['without a page that it comes from', { origin: undefined }, 403],
  ['from a page of someone else', { origin: 'http://elsewhere.example' }, 403],
  ['without a cookie', { cookie: undefined }, 401],
  ['for another protocol', { 'sec-websocket-protocol': 'ari' }, 400],
  ['for two protocols', { 'sec-websocket-protocol': 'sip, ari' }, 400],
  ['with a key that is none', { 'sec-websocket-key': 'x\t' }, 400],
  ['under a name that is not ours', { host: 'evil.example', origin: 'http://evil.example' }, 421],
] as const)('[A-04] [X-11] a WebSocket %s: refused before a byte is passed on', async (_how, change, code) => {
  const before = asked.length;
  expect((await open(change)).code).toBe(code);
  expect(asked).toHaveLength(before);
});

test.each(['/ws', '/ari/events?app=outdial', `${PHONE_SOCKET}/../../../ari/events`, `${PHONE_SOCKET}?x=1`])(
  '[A-04] [X-11] %s leads nowhere: ARI cannot be reached',
  async (path) => {
    expect((await open({}, path)).code).toBe(404);
  },
);

test('[A-04] whoever has no session with the browser is informed, and so is who is no agent', async () => {
  session = undefined;
  expect(await open()).toMatchObject({ code: 409, body: expect.stringContaining('no-session') as string });
  session = { session: 's1', phoneKind: 'account' };
  expect(await open()).toMatchObject({ code: 409, body: expect.stringContaining('phone-not-browser') as string });
  session = { session: 's1', phoneKind: 'browser' };
  const eve = caller;
  caller = { kind: 'user', agent: null, rights: new Set(['read']) };
  expect((await open()).code).toBe(403);
  caller = eve;
});

test('[A-04] an agent gets through to /ws alone, with nothing of the request; one connection at a time', async () => {
  const first = await open();
  expect(first.code).toBe(101);
  first.socket?.write('REGISTER');
  const heard = await new Promise<string>((resolve) =>
    first.socket?.once('data', (part: Buffer) => resolve(String(part))),
  );
  expect(heard).toBe('heard REGISTER');
  expect(asked.at(-1)).toMatch(/^\/ws /);
  expect(asked.at(-1)).not.toMatch(/cookie|origin/);
  const second = await open();
  await closed(first.socket);
  expect(reported.at(-1)).toBe(true);
  second.socket?.destroy();
  await until('the phone is reported', () => Promise.resolve(reported.at(-1) === false ? true : undefined), 5_000);
});

test('[A-04] it ends with the session, with the sign-in, with Asterisk, and when it says too much', async () => {
  const ofSession = await open();
  for (const listener of watching) listener({});
  await closed(ofSession.socket);
  const ofSignIn = await open();
  signOut();
  await closed(ofSignIn.socket);
  const ofAsterisk = await open();
  upstreams.at(-1)?.destroy();
  await closed(ofAsterisk.socket);
  const loud = await open();
  loud.socket?.resume();
  loud.socket?.write(Buffer.alloc(300_000));
  await closed(loud.socket);
});

test('[A-04] Asterisk is away: said so with 503', async () => {
  for (const one of upstreams) one.destroy();
  const { port } = asterisk.address() as AddressInfo;
  await new Promise((resolve) => {
    asterisk.close(resolve);
    asterisk.closeAllConnections();
  });
  expect(await open()).toMatchObject({ code: 503, body: expect.stringContaining('asterisk-unreachable') as string });
  await new Promise<void>((resolve) => asterisk.listen(port, '127.0.0.1', resolve));
});

test('[A-04] the line is the same for a session, another for the next, and none where the exchange refuses', async () => {
  const first = await lines.of('7');
  expect(first.user).toMatch(/^web-[0-9a-f]{24}$/);
  expect(await lines.of('7')).toBe(first);
  session = { session: 's2', phoneKind: 'browser' };
  const refusing = new PhoneLines(
    {
      ...desks,
      admitBrowser: () => Promise.reject(new OperationalError('asterisk-unreachable', 'Away.', { hint: 'Wait.' })),
    } as unknown as ConstructorParameters<typeof PhoneLines>[0],
    'asterisk',
  );
  await expect(refusing.of('7')).rejects.toMatchObject({ code: 'asterisk-unreachable' });
  expect((await lines.of('7')).user).not.toBe(first.user);
});

test('[S-03] a supervisor’s browser gets through who waits to listen, and no one else; a page that is gone for good ends it', async () => {
  const eve = caller;
  caller = { kind: 'user', name: 'sue', agent: null, rights: new Set(['supervise']) };
  expect(await open({}, LISTENING_SOCKET)).toMatchObject({
    code: 409,
    body: expect.stringContaining('not-listening') as string,
  });
  expect((await open({}, PHONE_SOCKET)).code).toBe(403);
  ears = [];
  await expect(listening.of('sue')).rejects.toMatchObject({ code: 'not-listening' });
  ears = [{ phone: 'browser:sue', agent: '7' }];
  expect(await listening.of('sue')).toMatchObject({ socket: LISTENING_SOCKET, number: 'session' });
  caller = { kind: 'user', name: 'eve', agent: '7', rights: new Set(['work']) };
  expect((await open({}, LISTENING_SOCKET)).code).toBe(403);
  caller = { kind: 'user', name: 'sue', agent: null, rights: new Set(['supervise']) };

  const first = await open({}, LISTENING_SOCKET);
  expect(first.code).toBe(101);
  const second = await open({}, LISTENING_SOCKET);
  await closed(first.socket);
  waits();
  expect(ended).toEqual([]);
  second.socket?.destroy();
  await until('the connection is missed', () => Promise.resolve((waits(), ended.length > 0)), 5_000);
  expect(ended).toEqual(['7 browser:sue']);
  expect((await open({}, LISTENING_SOCKET)).code).toBe(409);
  caller = eve;
});
