// Users: what they may be called, which passwords they may have, and what no one is shown.

import { defined } from '../../src/base/defined.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';
import { Browser } from './browser.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const codeOf = async (answer: Promise<{ body: { error?: { code: string } } }>): Promise<string | undefined> =>
  (await answer).body.error?.code;
const logged = (what: string): Promise<readonly object[]> => api.store.audit.list({ what, limit: 100 });

describe('[S-07] users', () => {
  test.each([
    'ann\r\nSet-Cookie: outdial=x',
    'ann\u0000',
    'ann\u001b[2J',
    'a\u202enna',
    'an\u200fn',
    'ann moss',
    'Ann',
    'аnn',
    '"ann"',
    'user:ann',
    '-rf',
    '',
    'x'.repeat(65),
  ])('the name %j: refused', async (name) => {
    const { code, body } = await api.ask('POST', '/api/users', { name, role: 'admin' });
    expect([code, body.error?.code]).toEqual([400, 'invalid-request']);
  });

  test.each(['a\r\nb', 'a\u202eb', 'a\u200fb', 'a\u2028b', 'a\u200bb', '<b>', 'a"b', '\u{e0041}'])(
    'the full name %j: refused, of a user and of an agent',
    async (fullName) => {
      expect((await api.ask('POST', '/api/users', { name: 'ann', role: 'admin', fullName })).code).toBe(400);
      expect((await api.ask('POST', '/api/agents', { number: '7', name: fullName })).code).toBe(400);
    },
  );

  test.each(['Łukasz O’Müller', 'محمد', 'نمی\u200cخواهم', '李雷'])('the full name %s: taken', async (fullName) => {
    const name = `named${fullName.length}`;
    expect((await api.ask('POST', '/api/users', { name, role: 'admin', fullName })).code).toBe(201);
  });

  test('a password that is made up is shown once and opens; none is in the list, the log, the audit log', async () => {
    const { body } = await api.ask('POST', '/api/users', { name: 'bea', role: 'admin' });
    const password = String(body['password']);
    expect(password).toMatch(/^(\w{5}-){3}\w{5}$/);
    expect((await new Browser(api.url).signIn('bea', password)).code).toBe(200);
    const list = await api.ask('GET', '/api/users');
    expect(list.body).toContainEqual(expect.objectContaining({ name: 'bea', role: 'admin', sessions: 1 }));
    const shown = JSON.stringify([list.body, await logged('user'), await logged('session'), api.logged]);
    for (const secret of [password, 'argon2', 'passwordHash']) expect(shown).not.toContain(secret);
  });

  test.each([
    ['short', 'Sh0rt!'],
    ['one character', 'aaaaaaaaaaaaaaaa'],
    ['the own name', 'ann-ann-ann-123456'],
  ])('a weak password (%s): refused', async (_what, password) => {
    expect(await codeOf(api.ask('POST', '/api/users', { name: 'ann', role: 'admin', password }))).toBe('password-weak');
  });

  test('an agent’s user needs an agent that there is and that is no other user', async () => {
    await api.ask('POST', '/api/agents', { number: '201', name: 'Eve' });
    const wanted = (name: string, agent?: string): Promise<string | undefined> =>
      codeOf(api.ask('POST', '/api/users', { name, role: 'agent', ...defined({ agent }) }));
    expect(await wanted('eve')).toBe('user-agent-missing');
    expect(await wanted('eve', '999')).toBe('agent-unknown');
    expect(await wanted('eve', '201')).toBeUndefined();
    expect(await wanted('eve', '201')).toBe('user-exists');
    expect(await wanted('mal', '201')).toBe('user-agent-taken');
    expect(await codeOf(api.ask('PATCH', '/api/users/eve', { agent: null, role: 'agent' }))).toBe('user-agent-missing');
    expect(await codeOf(api.ask('PATCH', '/api/users/eve', { agent: null, role: 'supervisor' }))).toBeUndefined();
    expect(await codeOf(api.ask('PATCH', '/api/users/evi', { role: 'admin' }))).toBe('user-unknown');
    expect(await codeOf(api.ask('POST', '/api/users', { name: 'eve', role: 'admin' }))).toBe('user-exists');
  });

  test('one who signs in with the token file’s word for a user gets no further by it', async () => {
    await api.ask('GET', '/api/lists');
    const { body } = await new Browser(api.url, {
      authorization: `Bearer ${api.token}`,
      'x-outdial-by': 'user:ann',
    }).ask('GET', '/api/session');
    expect(body['who']).toBe('api');
  });
});
