// Who may speak to the API, and how it refuses everybody and everything else.

import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOwnHost } from '../../src/http/access/web-address.ts';
import { ensureToken, isAuthorized, readToken } from '../../src/secrets/token-file.ts';
import { hashSecret, verifySecret } from '../../src/secrets/hashes.ts';
import { maskNumbers } from '../../src/http/error-shape.ts';
import { startHttp } from '../../src/http/server.ts';
import { until } from '../support/until.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  await api.close();
});

/** A request with headers that fetch would not let through. */
function rawRequest(headers: Record<string, string>, path = '/api/campaigns'): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${api.url}${path}`, { headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ code: response.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** What the server sends to these bytes until it closes the connection. */
const errorIn = (answer: string): unknown =>
  (JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { error: unknown }).error;

function rawText(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text)).on('error', reject);
  });
}

describe('token', () => {
  test('[O-10] first start: the token file is made readable by its owner alone, later starts keep it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'outdial-token-'));
    const file = join(folder, 'run', 'token');
    const token = await ensureToken(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(token.length).toBeGreaterThanOrEqual(40);
    expect(await ensureToken(file)).toBe(token);
    await writeFile(file, 'short\n');
    await expect(readToken(file)).rejects.toMatchObject({ code: 'token-malformed' });
    await rm(folder, { recursive: true });
    await expect(readToken(file)).rejects.toMatchObject({ code: 'token-missing' });
  });

  test('[O-10] no token, a wrong one, one in another form: refused with 401; the right one is taken', async () => {
    for (const authorization of [undefined, 'Bearer wrong', api.token, `Basic ${api.token}`, `Bearer ${api.token}x`]) {
      const response = await fetch(`${api.url}/api/campaigns`, authorization ? { headers: { authorization } } : {});
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'token-wrong' } });
    }
    expect((await api.ask('GET', '/api/campaigns')).code).toBe(200);
    expect(isAuthorized(`bearer ${api.token}`, api.token)).toBe(true);
  });

  test('[O-10] wrong tokens are in the log with where they came from, once a minute, and never what was sent', async () => {
    for (let round = 0; round < 20; round += 1) {
      await fetch(`${api.url}/api/campaigns`, { headers: { authorization: 'Bearer guess-number-one' } });
    }
    const lines = api.logged.filter((line) => line.includes('wrong token'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('127.0.0.1');
    expect(api.logged.join('')).not.toContain('guess-number-one');
  });

  test('[O-10] two Host headers: refused, whichever is ours', async () => {
    const answer = await rawText(
      `GET /api/health HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  test('[O-10] one client opens connections without end: it has a share of them, others are answered', async () => {
    const sockets = Array.from({ length: 300 }, () => connect(Number(new URL(api.url).port), '127.0.0.1'));
    const closed = new Set<Socket>();
    for (const socket of sockets) socket.on('error', () => undefined).on('close', () => closed.add(socket));
    try {
      await until('surplus connections are closed', () => Promise.resolve(closed.size >= 50 || undefined), 10_000);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
    await until(
      'its places are free again',
      async () => (await fetch(`${api.url}/api/health`)).ok || undefined,
      10_000,
    );
  });

  test('[O-10] headers that never end: the connection is closed within seconds', async () => {
    const answer = await rawText('GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(errorIn(answer)).toMatchObject({ code: 'request-too-slow' });
  });

  test.each([
    [
      'headers of 100 kB',
      `GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000', 400, 'invalid-request'],
  ])('[O-10] %s: refused in the form of every refusal', async (_what, bytes, status, code) => {
    const answer = await rawText(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(errorIn(answer)).toEqual({
      code,
      message: expect.any(String) as string,
      hint: expect.any(String) as string,
    });
  });

  test('[O-10] unknown addresses and the live stream ask for the token too', async () => {
    for (const path of ['/api/nothing', '/api/live', '/api/openapi.json', '/', '/api/agents/101/account'])
      expect((await fetch(`${api.url}${path}`)).status).toBe(401);
  });

  test('[O-01] health needs no token: 200 when ready, 503 when not', async () => {
    const ready = await fetch(`${api.url}/api/health`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ ready: true, store: 'ok' });
    api.control.healthNow = { ...api.control.healthNow, ready: false };
    expect((await fetch(`${api.url}/api/health`)).status).toBe(503);
    api.control.healthNow = { ...api.control.healthNow, ready: true };
  });
});

describe('requests that no one honest sends', () => {
  test('[O-10] DNS rebinding: a foreign Host header is refused even with the token', async () => {
    const headers = { authorization: `Bearer ${api.token}` };
    expect((await rawRequest({ ...headers, host: 'evil.example:80' })).code).toBe(421);
    expect((await rawRequest({ ...headers, host: '127.0.0.1.evil.example' })).code).toBe(421);
    expect((await rawRequest({ ...headers, host: 'localhost:8088' })).code).toBe(200);
  });

  test.each([
    ['127.0.0.1:8088', true],
    ['[::1]:8088', true],
    ['localhost', true],
    ['192.168.1.5', true],
    ['evil.example', false],
    ['127.0.0.1@evil.example', false],
    ['', false],
    [undefined, false],
  ])('[O-10] Host %s: %s', (header, isOwn) => {
    expect(isOwnHost(header)).toBe(isOwn);
  });

  test('[O-10] a form post, plain text and XML are refused: JSON only, so no page can post across sites', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml']) {
      const response = await fetch(`${api.url}/api/reload`, {
        method: 'POST',
        headers: { authorization: `Bearer ${api.token}`, 'content-type': type },
        body: 'a=1',
      });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ error: { code: 'unsupported-content' } });
    }
  });

  test('[O-10] a body over 1 MiB is refused, broken JSON too, both in the one shape', async () => {
    const big = await api.ask('POST', '/api/campaigns', { yaml: 'x'.repeat(1_200_000) });
    expect([big.code, big.body.error?.code]).toEqual([413, 'body-too-large']);
    const broken = await fetch(`${api.url}/api/campaigns`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body: '{"yaml": ',
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ error: { code: 'invalid-json' } });
  });

  test('[O-10] __proto__ in a body is refused', async () => {
    const response = await fetch(`${api.url}/api/agents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
      body: '{"number": "150", "name": "Eve", "__proto__": {"admin": true}}',
    });
    expect(response.status).toBe(400);
  });

  test('[O-10] an unknown address: 404 in the one shape', async () => {
    const answer = await api.ask('GET', '/api/no-such-thing');
    expect(answer.code).toBe(404);
    expect(answer.body.error).toMatchObject({ code: 'route-unknown' });
    expect(Object.keys(answer.body)).toEqual(['error']);
  });

  test.each([
    '../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    'a b',
    "x'; DROP TABLE campaigns;--",
    'a%00b',
    '%zz',
    'x'.repeat(200),
  ])('[O-10] campaign %s: refused, never a file or a table reached', async (evil) => {
    const answer = await api.ask('GET', `/api/campaigns/${evil.includes('%') ? evil : encodeURIComponent(evil)}`);
    expect([400, 404, 414]).toContain(answer.code);
    expect(answer.body.error?.code).toMatch(/^[a-z-]+$/);
  });
});

describe('starting', () => {
  test('[O-10] the port is taken: refused with http-port-taken', async () => {
    const port = Number(new URL(api.url).port);
    const { store, control } = api;
    const { settingsIn, catalogueOf } = await import('./api.ts');
    const { silentLog } = await import('../../src/base/log.ts');
    const { systemClock } = await import('../../src/base/clock.ts');
    const start = startHttp({
      host: '127.0.0.1',
      port,
      token: api.token,
      control,
      store,
      log: silentLog,
      clock: systemClock,
      settings: settingsIn(api.folder, port),
      campaigns: catalogueOf([], api.folder),
      emergencies: { declare: () => Promise.reject(new Error()), end: () => Promise.reject(new Error()) },
      importer: { preview: () => Promise.reject(new Error()), run: () => Promise.reject(new Error()) },
      numberImporter: () => Promise.reject(new Error()),
      readNumber: () => ({ kind: 'empty' }),
    });
    await expect(start).rejects.toMatchObject({ code: 'http-port-taken' });
  });
});

describe('secrets', () => {
  test('[A-01] a PIN is kept as an argon2id hash; only the right PIN fits it', async () => {
    const hash = await hashSecret('1234');
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(await verifySecret(hash, '1234')).toBe(true);
    expect(await verifySecret(hash, '1235')).toBe(false);
    expect(await verifySecret('1234', '1234')).toBe(false);
    expect(await verifySecret(undefined, '1234')).toBe(false);
    expect(await verifySecret('$argon2id$broken', '1234')).toBe(false);
  });

  test('[O-05] telephone numbers in what is logged are masked', () => {
    expect(maskNumbers('INVITE +12125550123 failed, 4930123456 too, code 486')).toBe(
      'INVITE +121******23 failed, 4930****56 too, code 486',
    );
  });
});
