// People sign in from browsers, and others try to be them.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';
import { Browser } from './browser.ts';

const HOUR = 3_600_000;
const PASSWORD = 'correct horse battery';
const LOWERED = { role: 'agent', agent: '201' };

let api: TestApi;
let clockAheadMs = 0;
/** Timers, for the look every minute. */
let timers: (() => void)[] = [];
const clock = {
  now: () => Date.now() + clockAheadMs,
  after: (_ms: number, wake: () => void) => {
    timers.push(wake);
    return () => undefined;
  },
};

beforeEach(async () => {
  clockAheadMs = 0;
  timers = [];
  api = await startTestApi(undefined, { clock });
});
afterEach(() => api.close());

const add = async (name: string, role: string, more: object = {}): Promise<void> => {
  const { code } = await api.ask('POST', '/api/users', { name, role, password: PASSWORD, ...more });
  expect(code).toBe(201);
};
const browser = (headers: Record<string, string> = {}): Browser => new Browser(api.url, headers);
const signedIn = async (name: string): Promise<Browser> => {
  const one = browser();
  expect((await one.signIn(name, PASSWORD)).code).toBe(200);
  return one;
};
const codeOf = async (answer: Promise<{ body: { error?: { code: string } } }>): Promise<string | undefined> =>
  (await answer).body.error?.code;
const logged = async (what: string): Promise<readonly object[]> => api.store.audit.list({ what, limit: 100 });

describe('[S-07] a user signs in', () => {
  test('with a cookie that no script and no other site has; acts under the own name; signs out', async () => {
    await add('ann', 'campaign-manager', { fullName: 'Ann Moss' });
    const ann = browser();
    const { code, body, setCookies } = await ann.signIn('Ann', PASSWORD);
    expect(code).toBe(200);
    expect(body).toMatchObject({ who: 'user:ann', role: 'campaign-manager', fullName: 'Ann Moss' });
    expect(setCookies[0]).toMatch(/^outdial=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; SameSite=Strict$/);
    expect(JSON.stringify(body)).not.toContain(ann.cookies.get('outdial'));
    await ann.ask('POST', '/api/campaigns/renewals/approve', {}, { 'x-outdial-by': 'somebody' });
    const out = await ann.ask('DELETE', '/api/session');
    expect([out.body['signedOut'], ann.cookies.has('outdial')]).toEqual([1, false]);
    const entries = await api.store.audit.list({ limit: 3, who: 'user:ann' });
    expect(entries.map(({ what, subject }) => [what, subject])).toEqual([
      ['session.end', 'user ann'],
      ['campaign.approve', 'renewals'],
      ['session.begin', 'user ann'],
    ]);
  });

  test('what was signed out, is guessed, or is of somebody else’s making opens nothing', async () => {
    await add('ann', 'admin');
    const ann = await signedIn('ann');
    const id = ann.cookies.get('outdial') ?? '';
    await ann.ask('DELETE', '/api/session');
    const hash = 'a'.repeat(43);
    for (const cookie of [id, hash, `${id}x`, '', '../../', '%00']) {
      const other = browser({ cookie: `outdial=${cookie}` });
      expect(await codeOf(other.ask('GET', '/api/lists'))).toMatch(/^(session-ended|token-wrong)$/);
    }
  });

  test('an id that somebody else fixed beforehand is not taken: the session has a new one, and the old one ends', async () => {
    await add('ann', 'admin');
    await add('eve', 'agent', await asAgent('201'));
    const eve = await signedIn('eve');
    const fixed = eve.cookies.get('outdial') ?? '';
    const ann = browser({ cookie: `outdial=${fixed}` });
    await ann.signIn('ann', PASSWORD);
    expect(ann.cookies.get('outdial')).not.toBe(fixed);
    expect(await codeOf(eve.ask('GET', '/api/session'))).toBe('session-ended');
  });

  test('two cookies of one name, one of them set by another program on this machine: none is taken', async () => {
    await add('ann', 'admin');
    await add('eve', 'agent', await asAgent('201'));
    const [ann, eve] = [await signedIn('ann'), await signedIn('eve')];
    const cookie = `outdial=${eve.cookies.get('outdial')}; outdial=${ann.cookies.get('outdial')}`;
    expect(await codeOf(browser({ cookie }).ask('GET', '/api/lists'))).toBe('token-wrong');
  });

  test('an agent’s session does an agent’s work alone', async () => {
    await add('eve', 'agent', await asAgent('201'));
    const eve = await signedIn('eve');
    expect((await eve.ask('GET', '/api/session')).body).toMatchObject({ agent: '201', rights: ['work'] });
    for (const path of ['/api/agents', '/api/records', '/api/users', '/api/live', '/api/audit/log'])
      expect(await codeOf(eve.ask('GET', path))).toBe('right-missing');
    expect(await codeOf(eve.ask('PATCH', '/api/users/eve', { role: 'admin' }))).toBe('right-missing');
  });
});

async function asAgent(number: string): Promise<{ agent: string }> {
  await api.ask('POST', '/api/agents', { number, name: 'Eve' });
  return { agent: number };
}

describe('[S-07] sessions end', () => {
  test('without a request for too long, and at the latest after the whole time; live events end with them', async () => {
    await add('ann', 'supervisor');
    const [idle, busy] = [await signedIn('ann'), await signedIn('ann')];
    const live = await idle.live();
    for (let minutes = 50; minutes < 480; minutes += 50) {
      clockAheadMs = minutes * 60_000;
      expect((await busy.ask('GET', '/api/session')).code).toBe(200);
    }
    expect(await codeOf(idle.ask('GET', '/api/session'))).toBe('session-ended');
    for (const wake of timers.splice(0)) wake();
    await live.ended;
    clockAheadMs = 8 * HOUR + 1;
    expect(await codeOf(busy.ask('GET', '/api/session'))).toBe('session-ended');
    expect((await busy.signIn('ann', PASSWORD)).code).toBe(200);
  });

  test('the daemon starts again: who was signed in still is, with the times of before', async () => {
    await add('ann', 'supervisor');
    const ann = await signedIn('ann');
    const [before] = await api.store.webSessions.all();
    clockAheadMs = 30 * 60_000;
    await ann.ask('GET', '/api/session');
    for (const wake of timers.splice(0)) wake();
    await expect.poll(async () => (await api.store.webSessions.all())[0]?.seenAt).toBeGreaterThan(before?.seenAt ?? 0);
  });

  test.each([
    { what: 'the user is removed', act: ['DELETE', '/api/users/ann'], code: 'session-ended' },
    { what: 'all sessions are ended', act: ['POST', '/api/users/ann/sign-out', {}], code: 'session-ended' },
    { what: 'the user has a new password', act: ['POST', '/api/users/ann/password', {}], code: 'session-ended' },
    { what: 'the role is lowered', act: ['PATCH', '/api/users/ann', LOWERED], code: 'right-missing' },
  ] as const)('$what while live events are read: they end, and what comes next is refused', async ({ act, code }) => {
    const [method, path, body] = act;
    await asAgent('201');
    await add('ann', 'supervisor');
    await add('bob', 'supervisor');
    const [ann, bob] = [await signedIn('ann'), await signedIn('bob')];
    const [live, kept] = [await ann.live(), await bob.live()];
    expect((await api.ask(method, path, body)).code).toBe(200);
    await live.ended;
    expect(await codeOf(ann.ask('GET', '/api/lists'))).toBe(code);
    const still = bob.ask('GET', '/api/lists').then(({ code: status }) => status);
    expect(await Promise.race([kept.ended.then(() => 'ended'), still])).toBe(200);
  });

  test('the own password is changed with the old one; every session ends; a wrong old one changes nothing', async () => {
    await add('ann', 'supervisor');
    const [ann, other] = [await signedIn('ann'), await signedIn('ann')];
    const change = (password: string, newPassword: string): Promise<string | undefined> =>
      codeOf(ann.ask('POST', '/api/session/password', { password, newPassword }));
    expect(await change('wrong', 'another good password')).toBe('sign-in-wrong');
    expect(await change(PASSWORD, 'short')).toBe('password-weak');
    expect(await change(PASSWORD, 'another good password')).toBeUndefined();
    expect(await codeOf(other.ask('GET', '/api/lists'))).toBe('session-ended');
    expect(await codeOf(browser().signIn('ann', PASSWORD))).toBe('sign-in-wrong');
    expect((await browser().signIn('ann', 'another good password')).code).toBe(200);
    expect(JSON.stringify([await logged('session'), api.logged])).not.toContain('another good');
  });
});

describe('[S-07] pages of others', () => {
  test('a cookie without the header, without Origin, from another page: refused; with a token it needs neither', async () => {
    await add('ann', 'campaign-manager');
    const ann = await signedIn('ann');
    const act = (more: Record<string, string>): Promise<string | undefined> =>
      codeOf(ann.ask('POST', '/api/campaigns/renewals/approve', {}, more));
    expect(await act({ 'x-outdial-request': '' })).toBe('request-header-missing');
    expect(await act({ origin: '' })).toBe('request-header-missing');
    for (const origin of [
      'http://evil.example',
      'null',
      'http://127.0.0.1:1',
      api.url.replace('http', 'https'),
      `${api.url}.evil.example`,
    ])
      expect(await act({ origin })).toBe('origin-refused');
    expect(api.control.campaign('renewals')?.state).toBe('unapproved');
    expect(await act({})).toBeUndefined();
  });

  test('a page on another port of this machine gets no data by a plain request either', async () => {
    await add('ann', 'supervisor');
    const ann = await signedIn('ann');
    const look = (more: Record<string, string>): Promise<string | undefined> =>
      codeOf(ann.ask('GET', '/api/records', undefined, more));
    expect(await look({ origin: 'http://127.0.0.1:3000' })).toBe('origin-refused');
    for (const site of ['same-site', 'cross-site'])
      expect(await look({ origin: '', 'sec-fetch-site': site })).toBe('origin-refused');
    for (const site of ['same-origin', 'none', ''])
      expect(await look({ origin: '', 'sec-fetch-site': site })).toBeUndefined();
  });

  test('a page of somebody else’s signs nobody in, not even as itself', async () => {
    await add('eve', 'supervisor');
    const { body, setCookies } = await browser({ origin: 'http://evil.example' }).signIn('eve', PASSWORD);
    expect([body.error?.code, setCookies]).toEqual(['origin-refused', []]);
  });

  test('over a wire without TLS no password is taken', async () => {
    await add('ann', 'supervisor');
    const far = browser({ host: '192.0.2.5:8480', origin: 'http://192.0.2.5:8480' });
    expect(await codeOf(far.signIn('ann', PASSWORD))).toBe('sign-in-needs-tls');
  });
});

describe('[S-07] wrong passwords', () => {
  test('a wrong password and an unknown name: the same answer, after as long', async () => {
    await add('ann', 'supervisor');
    const timed = async (name: string): Promise<{ ms: number; text: string }> => {
      const startedAt = performance.now();
      const { code, body } = await browser().signIn(name, 'wrong password');
      return { ms: performance.now() - startedAt, text: `${code} ${JSON.stringify(body)}` };
    };
    await timed('warm-up');
    const known = [await timed('ann'), await timed('ann'), await timed('ann')];
    const unknown = [await timed('zed'), await timed('zed'), await timed('zed')];
    expect(new Set([...known, ...unknown].map(({ text }) => text)).size).toBe(1);
    const fastest = (all: readonly { ms: number }[]): number => Math.min(...all.map(({ ms }) => ms));
    expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 3);
  });

  test('a thousand from one address: ten are checked; the user signs in from another address', async () => {
    await api.close();
    api = await startTestApi(undefined, { clock, http: { url: 'https://dialer.example.com' } });
    await add('ann', 'supervisor');
    const from = (address: string): Browser =>
      browser({ host: 'dialer.example.com', origin: 'https://dialer.example.com', 'x-forwarded-for': address });
    const evil = from('203.0.113.66');
    const codes: (string | undefined)[] = [];
    for (let round = 0; round < 10; round += 1) {
      const guesses = Array.from({ length: 100 }, (_one, place) => evil.signIn('ann', `guess ${round} ${place}`));
      codes.push(...(await Promise.all(guesses.map(codeOf))));
    }
    expect(codes.filter((code) => code === 'sign-in-wrong')).toHaveLength(10);
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(990);
    expect(await codeOf(evil.signIn('ann', PASSWORD))).toBe('sign-in-locked');
    const ann = from('198.51.100.7');
    const { code, setCookies } = await ann.signIn('ann', PASSWORD);
    expect(code).toBe(200);
    expect(setCookies[0]).toMatch(
      /^__Host-outdial=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
    );
    const entries = await logged('session.wrong-password');
    expect(entries).toHaveLength(10);
    expect(entries[0]).toMatchObject({ who: 'address 203.0.113.66', subject: 'user ann' });
  });

  test('somebody guesses in the same office: a browser that knows its user is let in, and a new one after a while', async () => {
    await add('ann', 'supervisor');
    await add('bob', 'supervisor');
    const ann = await signedIn('ann');
    await ann.ask('DELETE', '/api/session');
    for (let round = 0; round < 12; round += 1) await browser().signIn('ann', 'wrong password');
    expect(await codeOf(browser().signIn('ann', PASSWORD))).toBe('sign-in-locked');
    expect((await ann.signIn('ann', PASSWORD)).code).toBe(200);
    expect(await codeOf(ann.signIn('bob', PASSWORD))).toBe('sign-in-locked');
    clockAheadMs = 31_000;
    expect((await browser().signIn('bob', PASSWORD)).code).toBe(200);
  });

  test('guesses in a browser that was signed in once are counted too', async () => {
    await add('ann', 'supervisor');
    const ann = await signedIn('ann');
    const codes: (string | undefined)[] = [];
    for (let round = 0; round < 12; round += 1) codes.push(await codeOf(ann.signIn('ann', 'wrong password')));
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(2);
    expect((await browser().signIn('ann', PASSWORD)).code).toBe(200);
  });

  test('what was typed as a name that nobody has, perhaps a password, is written down nowhere', async () => {
    await browser().signIn('hunter2-my-secret', 'x');
    const entries = await logged('session.wrong-password');
    expect(entries).toMatchObject([{ subject: 'unknown user' }]);
    expect(JSON.stringify([entries, api.logged])).not.toContain('hunter2');
  });
});

describe('[S-07] behind a proxy with TLS', () => {
  test('only the __Host- cookie counts; another host, or the public name over plain http, is refused', async () => {
    await api.close();
    api = await startTestApi(undefined, { clock, http: { url: 'https://dialer.example.com' } });
    await add('ann', 'supervisor');
    const page = { host: 'dialer.example.com', origin: 'https://dialer.example.com' };
    const ann = browser(page);
    await ann.signIn('ann', PASSWORD);
    const id = ann.cookies.get('__Host-outdial') ?? '';
    expect((await ann.ask('GET', '/api/lists')).code).toBe(200);
    expect(await codeOf(browser({ ...page, cookie: `outdial=${id}` }).ask('GET', '/api/lists'))).toBe('token-wrong');
    const plain = browser({ ...page, origin: 'http://dialer.example.com' });
    expect(await codeOf(plain.signIn('ann', PASSWORD))).toBe('origin-refused');
    const other = browser({ host: 'evil.example.com', origin: 'https://evil.example.com' });
    expect(await codeOf(other.signIn('ann', PASSWORD))).toBe('host-refused');
  });

  test('without http.url nobody’s word on where a request comes from is believed', async () => {
    await add('ann', 'supervisor');
    for (let round = 0; round < 12; round += 1)
      await browser({ 'x-forwarded-for': `192.0.2.${round}` }).signIn('ann', 'wrong password');
    expect(await codeOf(browser().signIn('ann', PASSWORD))).toBe('sign-in-locked');
  });
});
