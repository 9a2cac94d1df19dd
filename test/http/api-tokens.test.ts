// Tokens of programs: shown once, kept as hashes, told apart in the audit log, ended at once.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';
import { Browser } from './browser.ts';

let api: TestApi;
let clockAheadMs = 0;
beforeEach(async () => {
  clockAheadMs = 0;
  const clock = { now: () => Date.now() + clockAheadMs, after: () => () => undefined };
  api = await startTestApi(undefined, { clock });
});
afterEach(() => api.close());

const made = async (name: string, scopes: readonly string[], more: object = {}): Promise<string> => {
  const { code, body } = await api.ask('POST', '/api/tokens', { name, scopes, ...more });
  expect(code).toBe(201);
  return String(body['token']);
};
const as = (token: string): Browser => new Browser(api.url, { authorization: `Bearer ${token}`, origin: '' });

describe('[O-04] tokens of programs', () => {
  test('one is made, does what its scopes say under its own name, whatever it calls itself', async () => {
    const token = await made('crm', ['read', 'do-not-call']);
    const crm = as(token);
    expect((await crm.ask('GET', '/api/session')).body).toMatchObject({
      who: 'token:crm',
      kind: 'token',
      name: 'crm',
      rights: ['read', 'do-not-call'],
    });
    await crm.ask('POST', '/api/do-not-call', { numbers: ['+12125550100'] }, { 'x-outdial-by': 'ann' });
    const { body } = await api.ask('GET', '/api/audit/log?limit=2');
    expect(body).toMatchObject([
      { who: 'token:crm', what: 'do-not-call.add' },
      { who: 'ann', what: 'token.add', subject: 'token crm', to: { scopes: ['read', 'do-not-call'], endsAt: null } },
    ]);
    expect(JSON.stringify(body)).not.toContain(token);
  });

  test('nowhere but in the answer to its making: not in lists, log, audit log, database', async () => {
    const token = await made('crm', ['read']);
    const { body } = await api.ask('GET', '/api/tokens');
    expect(body).toMatchObject([{ name: 'crm', scopes: ['read'], addedBy: 'ann', revokedAt: null }]);
    const kept = JSON.stringify([body, await api.store.apiTokens.all(), api.logged]);
    expect(kept).not.toContain(token.slice(8));
    expect(JSON.stringify(body)).not.toContain('hash');
  });

  test('revoked while it reads live events: they end, the next request is refused, the name stays taken', async () => {
    const crm = as(await made('crm', ['read']));
    const other = as(await made('board', ['read']));
    const [live, kept] = [await crm.live(), await other.live()];
    expect((await api.ask('DELETE', '/api/tokens/crm')).code).toBe(200);
    await live.ended;
    expect(
      await Promise.race([kept.ended.then(() => 'ended'), other.ask('GET', '/api/lists').then(() => 'reads')]),
    ).toBe('reads');
    expect((await crm.ask('GET', '/api/lists')).body.error).toMatchObject({ code: 'token-ended' });
    expect((await api.ask('DELETE', '/api/tokens/crm')).body.error?.code).toBe('token-unknown');
    const again = await api.ask('POST', '/api/tokens', { name: 'crm', scopes: ['read'] });
    expect([again.code, again.body.error?.code]).toEqual([409, 'token-exists']);
  });

  test('with an end: taken until then', async () => {
    const crm = as(await made('crm', ['read'], { forMs: 60_000 }));
    clockAheadMs = 59_000;
    expect((await crm.ask('GET', '/api/lists')).code).toBe(200);
    clockAheadMs = 60_001;
    const { code, body } = await crm.ask('GET', '/api/lists');
    expect([code, body.error?.code]).toEqual([401, 'token-ended']);
  });

  test('a token without admin makes no token, no user, and no other right for itself', async () => {
    const crm = as(await made('crm', ['read', 'agents', 'campaigns']));
    for (const [method, path, body] of [
      ['POST', '/api/tokens', { name: 'more', scopes: ['admin'] }],
      ['POST', '/api/users', { name: 'eve', role: 'admin' }],
      ['POST', '/api/token/replace', {}],
      ['DELETE', '/api/tokens/crm', undefined],
    ] as const)
      expect((await crm.ask(method, path, body)).body.error?.code).toBe('right-missing');
    expect(await api.store.apiTokens.all()).toHaveLength(1);
  });

  test('unknown scopes, none, names for a header or a screen: refused', async () => {
    for (const wanted of [
      { name: 'crm', scopes: ['root'] },
      { name: 'crm', scopes: [] },
      ...['a\r\nX-Admin: 1', 'a b', 'a\u202eb', '', 'x'.repeat(65), 'user:ann'].map((name) => ({
        name,
        scopes: ['read'],
      })),
    ])
      expect((await api.ask('POST', '/api/tokens', wanted)).code).toBe(400);
  });
});
