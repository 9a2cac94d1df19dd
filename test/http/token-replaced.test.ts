// A token that others may have is replaced while the daemon runs; whoever tries the wrong ones is counted.

import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Tokens } from '../../src/http/tokens.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi([]);
});
afterEach(() => api.close());

const codeWith = async (token: string): Promise<number> =>
  (await fetch(`${api.url}/api/lists`, { headers: { authorization: `Bearer ${token}` } })).status;
const tokenFile = (): string => join(api.folder, 'token');
const read = async (): Promise<string> => (await readFile(tokenFile(), 'utf8')).trim();

describe('[O-10] the token is replaced', () => {
  test('the old one ends at once, also for whoever reads live events with it; the new one is in the file, 0600', async () => {
    const live = await fetch(`${api.url}/api/live`, { headers: { authorization: `Bearer ${api.token}` } });
    const ended = live.text();
    const { code, body } = await api.ask('POST', '/api/token/replace');
    const token = await read();
    expect([code, token === api.token]).toEqual([200, false]);
    expect(JSON.stringify(body)).not.toContain(token);
    expect(await Promise.all([api.token, token].map(codeWith))).toEqual([401, 200]);
    expect((await stat(tokenFile())).mode & 0o777).toBe(0o600);
    await ended;
  });

  test('who did it is in the audit log, no token is', async () => {
    await api.ask('POST', '/api/token/replace', { graceMs: 60_000 });
    const { body } = await api.ask('GET', '/api/audit/log?limit=5');
    expect(body).toMatchObject([{ who: 'ann', what: 'token.replace', to: { graceMs: 60_000 } }]);
    expect(JSON.stringify(body)).not.toContain(await read());
    expect(JSON.stringify(body) + api.logged.join('')).not.toContain(api.token);
  });

  test('with a grace time both are taken until it is over; replaced in haste, all before it end', async () => {
    let now = 0;
    let ends = 0;
    const waiting: { readonly at: number; readonly wake: () => void }[] = [];
    const clock = {
      now: () => now,
      after: (delayMs: number, wake: () => void) => {
        waiting.push({ at: now + delayMs, wake });
        return () => undefined;
      },
    };
    const runTo = (at: number): void => {
      now = at;
      for (const timer of waiting.filter((one) => one.at <= at)) timer.wake();
    };
    const tokens = new Tokens({ file: tokenFile(), token: api.token, clock, onEnd: () => (ends += 1) });
    expect(await tokens.replace(1000)).toBe(1000);
    const second = await read();
    expect([api.token, second].map((token) => tokens.isAuthorized(`Bearer ${token}`))).toEqual([true, true]);
    runTo(999);
    expect([tokens.isAuthorized(`Bearer ${api.token}`), ends]).toEqual([true, 0]);
    runTo(1000);
    expect([tokens.isAuthorized(`Bearer ${api.token}`), ends]).toEqual([false, 1]);
    await tokens.replace(5000);
    const third = await read();
    await tokens.replace(0);
    const all = [api.token, second, third, await read()].map((token) => tokens.isAuthorized(`Bearer ${token}`));
    expect(all).toEqual([false, false, false, true]);
  });

  test('two at once: one of them is in the file, and it is the one that is taken', async () => {
    await Promise.all([1, 2, 3].map(() => api.ask('POST', '/api/token/replace', { graceMs: 5000 })));
    expect(await codeWith(await read())).toBe(200);
  });

  test('the file cannot be written: refused, and the token stays', async () => {
    await rm(tokenFile());
    await mkdir(join(tokenFile(), 'in-the-way'), { recursive: true });
    const { body } = await api.ask('POST', '/api/token/replace');
    expect(body.error?.code).toBe('token-unwritable');
    expect(await codeWith(api.token)).toBe(200);
  });
});

test('[O-10] refused tokens are counted by where they came from, for the holder of the token alone', async () => {
  for (let round = 0; round < 7; round += 1) await codeWith('x'.repeat(43));
  const { body } = await api.ask('GET', '/api/security');
  expect(body).toMatchObject({ tokens: { refused: 7, addresses: [{ from: '127.0.0.1', refused: 7 }] }, locks: [] });
  expect((await fetch(`${api.url}/api/security`)).status).toBe(401);
  api.control.locksNow = [{ what: 'phone', name: 'a101', until: 99 }];
  expect((await api.ask('GET', '/api/security')).body['locks']).toEqual([{ what: 'phone', name: 'a101', until: 99 }]);
});
