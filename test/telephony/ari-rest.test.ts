// Requests to Asterisk on connections of our own: every form of answer is understood, a command is never carried out
// twice, and what was not answered in time does not arrive later.

import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { AriFailure, AriRest, STATUS_LINK_DOWN, STATUS_TIMEOUT } from '../../src/telephony/ari-rest.ts';

/** What the server does with each request that it reads: number, its text, and the connection. */
type Serve = (number: number, text: string, socket: Socket) => void;

let server: Server | undefined;
let rest: AriRest | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  rest?.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

async function asterisk(serve: Serve, timeoutMs = 2_000): Promise<AriRest> {
  let requests = 0;
  const listening = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      requests += 1;
      serve(requests, data.toString(), socket);
    });
  });
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  const { port } = listening.address() as AddressInfo;
  rest = new AriRest({ url: `http://127.0.0.1:${port}`, user: 'me', password: 'secret', timeoutMs });
  return rest;
}

const OK = 'HTTP/1.1 204 No Content\r\n\r\n';
const HANG_UP = { method: 'DELETE', path: '/channels/c-1' } as const;
const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof AriFailure ? [error.status, error.message] : error),
  );

describe('answers', () => {
  test.each([
    ['with a length', ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"a":"ü"}'.replace('9', '10')]],
    ['in pieces', ['HTTP/1.1 200 OK\r\nContent-Le', 'ngth: 10\r\n\r\n{"a":', '"ü"}']],
    ['in chunks', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n', '5\r\n"ü"}\r\n0\r\n\r\n']],
    ['after a 100', ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"a":"ü"}']],
  ])('[D-01] %s: understood, and the connection serves again', async (_form, parts) => {
    const { send } = bound(
      await asterisk((_number, _text, socket) => {
        void parts.reduce((sent, part) => sent.then(() => written(socket, part)), Promise.resolve());
      }),
    );
    expect(await send(HANG_UP)).toEqual({ a: 'ü' });
    expect(await send(HANG_UP)).toEqual({ a: 'ü' });
    expect(sockets).toHaveLength(1);
  });

  test('[D-01] up to the end of the connection: understood', async () => {
    const { send } = bound(await asterisk((_n, _t, socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n{"a":1}')));
    expect(await send(HANG_UP)).toEqual({ a: 1 });
  });

  test('[D-01] a refusal: its code and its sentence', async () => {
    const body = '{"message":"Channel not found"}';
    const { send } = bound(
      await asterisk((_n, _t, socket) =>
        socket.write(`HTTP/1.1 404 Not Found\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      ),
    );
    expect(await failureOf(send(HANG_UP))).toEqual([404, 'Channel not found']);
  });

  test('[D-01] what is no HTTP: no answer at all', async () => {
    const { send } = bound(await asterisk((_n, _t, socket) => socket.write('SSH-2.0-OpenSSH\r\n\r\n')));
    expect(await failureOf(send(HANG_UP))).toEqual([STATUS_LINK_DOWN, 'the answer is no HTTP']);
  });
});

test('[D-01] a body with letters of any alphabet: its length in bytes, and the whole of it', async () => {
  let text = '';
  const { send } = bound(
    await asterisk((_n, request, socket) => {
      text = request;
      socket.write(OK);
    }),
  );
  await send({ method: 'POST', path: '/channels', query: { app: 'a b' }, body: { callerId: '"Zoë"' } });
  expect(text).toMatch(/^POST \/ari\/channels\?app=a%20b HTTP\/1\.1\r\nhost: 127/);
  expect(text).toContain('\r\ncontent-length: 23\r\n\r\n{"callerId":"\\"Zoë\\""}');
});

test('[O-10] a path with a line break: refused, nothing is sent', async () => {
  const { send } = bound(await asterisk((_n, _t, socket) => socket.write(OK)));
  expect(await failureOf(send({ method: 'GET', path: '/channels HTTP/1.1\r\nx: y' }))).toEqual([
    400,
    expect.anything(),
  ]);
  expect(sockets).toHaveLength(0);
});

test('[O-09] Asterisk closes an idle connection as it is used: sent once more on another, once', async () => {
  const asked: number[] = [];
  const { send } = bound(
    await asterisk((number, _text, socket) => {
      asked.push(number);
      if (number === 2) socket.resetAndDestroy();
      else socket.write(OK);
    }),
  );
  await send(HANG_UP);
  await send(HANG_UP);
  expect([asked, sockets.length]).toEqual([[1, 2, 3], 2]);
});

test('[O-09] the connection breaks in the middle of an answer: not sent again', async () => {
  const asked: number[] = [];
  const { send } = bound(
    await asterisk((number, _text, socket) => {
      asked.push(number);
      if (number === 1) socket.write(OK);
      else socket.write('HTTP/1.1 2', () => socket.destroy());
    }),
  );
  await send(HANG_UP);
  expect(await failureOf(send(HANG_UP))).toEqual([STATUS_LINK_DOWN, expect.any(String)]);
  expect(asked).toEqual([1, 2]);
});

test('[O-09] no answer in time: reset, and not sent again', async () => {
  let isReset = false;
  const asked: number[] = [];
  const { send } = bound(
    await asterisk((number, _text, socket) => {
      asked.push(number);
      if (number === 1) socket.write(OK);
      else socket.once('close', () => (isReset = true));
    }, 150),
  );
  await send(HANG_UP);
  expect(await failureOf(send(HANG_UP))).toEqual([STATUS_TIMEOUT, 'no answer from Asterisk within 150 ms']);
  await send({ method: 'GET', path: '/asterisk/ping' }).catch(() => undefined);
  expect(isReset).toBe(true);
  expect(asked).toEqual([1, 2, 3]);
});

test('[D-01] more requests at once than connections: the others follow on those that are free', async () => {
  const waiting: Socket[] = [];
  const { send } = bound(
    await asterisk((_number, _text, socket) => {
      waiting.push(socket);
      if (waiting.length === 32) for (const one of waiting.splice(0)) one.write(OK);
    }),
  );
  await Promise.all(Array.from({ length: 64 }, () => send(HANG_UP)));
  expect(sockets).toHaveLength(32);
});

test('[O-09] nothing listens: no answer, with the reason', async () => {
  const nowhere = new AriRest({ url: 'http://127.0.0.1:1', user: 'a', password: 'b', timeoutMs: 1000 });
  expect(await failureOf(nowhere.send(HANG_UP))).toEqual([STATUS_LINK_DOWN, expect.stringContaining('ECONNREFUSED')]);
});

const bound = (of: AriRest) => ({ send: of.send.bind(of) });

const written = (socket: Socket, part: string): Promise<void> =>
  new Promise((resolve) => {
    socket.write(part, () => setImmediate(resolve));
  });
