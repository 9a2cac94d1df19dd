// People sign in from browsers, and others try to be them.

import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, PASSWORD, People } from './people.ts';

const HOUR = 3_600_000;
const LOWERED = { role: 'agent', agent: '201' };

let people: People;
beforeEach(async () => {
  people = await People.start();
});
afterEach(() => people.api.close());

describe('[S-07] a user signs in', () => {
  test('with a cookie that no script and no other site has; acts under the own name; signs out', async () => {
    await people.add('ann', 'campaign-manager', { fullName: 'Ann Moss' });
    const ann = people.browser();
    const { code, body, setCookies } = await ann.signIn('Ann', PASSWORD);
    expect(code).toBe(200);
    expect(body).toMatchObject({ who: 'user:ann', role: 'campaign-manager', fullName: 'Ann Moss' });
    expect(setCookies[0]).toMatch(/^outdial=[\w-]{43}; Path=\/; Max-Age=28800; HttpOnly; SameSite=Strict$/);
    expect(JSON.stringify(body)).not.toContain(ann.cookies.get('outdial'));
    await ann.ask('POST', '/api/campaigns/renewals/approve', {}, { 'x-outdial-by': 'somebody' });
    const out = await ann.ask('DELETE', '/api/session');
    expect([out.body['signedOut'], ann.cookies.has('outdial')]).toEqual([1, false]);
    const entries = await people.api.store.audit.list({ limit: 3, who: 'user:ann' });
    expect(entries.map(({ what, subject }) => [what, subject])).toEqual([
      ['session.end', 'user ann'],
      ['campaign.approve', 'renewals'],
      ['session.begin', 'user ann'],
    ]);
  });

  test('what was signed out, is guessed, or is of somebody else’s making opens nothing', async () => {
    await people.add('ann', 'admin');
    const ann = await people.signedIn('ann');
    const id = ann.cookies.get('outdial') ?? '';
    await ann.ask('DELETE', '/api/session');
    const hash = 'a'.repeat(43);
    for (const cookie of [id, hash, `${id}x`, '', '../../', '%00']) {
      const other = people.browser({ cookie: `outdial=${cookie}` });
      expect(await codeOf(other.ask('GET', '/api/lists'))).toMatch(/^(session-ended|token-wrong)$/);
    }
  });

  test('an id that somebody else fixed beforehand is not taken: the session has a new one, and the old one ends', async () => {
    await people.add('ann', 'admin');
    await people.add('eve', 'agent', await people.agent('201'));
    const eve = await people.signedIn('eve');
    const fixed = eve.cookies.get('outdial') ?? '';
    const ann = people.browser({ cookie: `outdial=${fixed}` });
    await ann.signIn('ann', PASSWORD);
    expect(ann.cookies.get('outdial')).not.toBe(fixed);
    expect(await codeOf(eve.ask('GET', '/api/session'))).toBe('session-ended');
  });

  test('two cookies of one name, one of them set by another program on this machine: none is taken', async () => {
    await people.add('ann', 'admin');
    await people.add('eve', 'agent', await people.agent('201'));
    const [ann, eve] = [await people.signedIn('ann'), await people.signedIn('eve')];
    const cookie = `outdial=${eve.cookies.get('outdial')}; outdial=${ann.cookies.get('outdial')}`;
    expect(await codeOf(people.browser({ cookie }).ask('GET', '/api/lists'))).toBe('token-wrong');
  });

  test('an agent’s session does an agent’s work alone', async () => {
    await people.add('eve', 'agent', await people.agent('201'));
    const eve = await people.signedIn('eve');
    expect((await eve.ask('GET', '/api/session')).body).toMatchObject({ agent: '201', rights: ['work'] });
    for (const path of ['/api/agents', '/api/records', '/api/users', '/api/live', '/api/audit/log'])
      expect(await codeOf(eve.ask('GET', path))).toBe('right-missing');
    expect(await codeOf(eve.ask('PATCH', '/api/users/eve', { role: 'admin' }))).toBe('right-missing');
  });
});

describe('[S-07] sessions end', () => {
  test('without a request for too long, and at the latest after the whole time; live events end with them', async () => {
    await people.add('ann', 'supervisor');
    const [idle, busy] = [await people.signedIn('ann'), await people.signedIn('ann')];
    const live = await idle.live();
    for (let minutes = 50; minutes < 480; minutes += 50) {
      people.clock.aheadMs = minutes * 60_000;
      expect((await busy.ask('GET', '/api/session')).code).toBe(200);
    }
    expect(await codeOf(idle.ask('GET', '/api/session'))).toBe('session-ended');
    people.clock.wakeAll();
    await live.ended;
    people.clock.aheadMs = 8 * HOUR + 1;
    expect(await codeOf(busy.ask('GET', '/api/session'))).toBe('session-ended');
    expect((await busy.signIn('ann', PASSWORD)).code).toBe(200);
  });

  test('the daemon starts again: who was signed in still is, with the times of before', async () => {
    await people.add('ann', 'supervisor');
    const ann = await people.signedIn('ann');
    const [before] = await people.api.store.webSessions.all();
    people.clock.aheadMs = 30 * 60_000;
    await ann.ask('GET', '/api/session');
    people.clock.wakeAll();
    await expect
      .poll(async () => (await people.api.store.webSessions.all())[0]?.seenAt)
      .toBeGreaterThan(before?.seenAt ?? 0);
  });

  test.each([
    { what: 'the user is removed', act: ['DELETE', '/api/users/ann'], code: 'session-ended' },
    { what: 'all sessions are ended', act: ['POST', '/api/users/ann/sign-out', {}], code: 'session-ended' },
    { what: 'the user has a new password', act: ['POST', '/api/users/ann/password', {}], code: 'session-ended' },
    { what: 'the role is lowered', act: ['PATCH', '/api/users/ann', LOWERED], code: 'right-missing' },
  ] as const)('$what while live events are read: they end, and what comes next is refused', async ({ act, code }) => {
    const [method, path, body] = act;
    await people.agent('201');
    await people.add('ann', 'supervisor');
    await people.add('bob', 'supervisor');
    const [ann, bob] = [await people.signedIn('ann'), await people.signedIn('bob')];
    const [live, kept] = [await ann.live(), await bob.live()];
    expect((await people.api.ask(method, path, body)).code).toBe(200);
    await live.ended;
    expect(await codeOf(ann.ask('GET', '/api/lists'))).toBe(code);
    const still = bob.ask('GET', '/api/lists').then(({ code: status }) => status);
    expect(await Promise.race([kept.ended.then(() => 'ended'), still])).toBe(200);
  });

  test('a change that began before the user was removed, and whose body comes after it, is refused', async () => {
    await people.add('ann', 'campaign-manager');
    const ann = await people.signedIn('ann');
    const { hostname, port, origin } = new URL(people.api.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(
      `POST /api/campaigns/renewals/approve HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${origin}\r\n` +
        `Cookie: outdial=${ann.cookies.get('outdial')}\r\nX-Outdial-Request: 1\r\nContent-Type: application/json\r\n` +
        'Content-Length: 2\r\nConnection: close\r\n\r\n',
    );
    const seen = (await people.api.store.webSessions.all())[0]?.seenAt ?? 0;
    const seenAt = async (): Promise<number> => {
      const { body } = await people.api.ask('GET', '/api/users');
      return (body as unknown as readonly { seenAt: number }[])[0]?.seenAt ?? 0;
    };
    await expect.poll(seenAt).toBeGreaterThan(seen);
    await people.api.ask('DELETE', '/api/users/ann');
    socket.write('{}');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(answer).toContain('session-ended');
    expect(people.api.control.campaign('renewals')?.state).toBe('unapproved');
  });

  test('the own password is changed with the old one; every session ends; a wrong old one changes nothing', async () => {
    await people.add('ann', 'supervisor');
    const [ann, other] = [await people.signedIn('ann'), await people.signedIn('ann')];
    const change = (password: string, newPassword: string): Promise<string | undefined> =>
      codeOf(ann.ask('POST', '/api/session/password', { password, newPassword }));
    expect(await change('wrong', 'another good password')).toBe('sign-in-wrong');
    expect(await change(PASSWORD, 'short')).toBe('password-weak');
    expect(await change(PASSWORD, 'another good password')).toBeUndefined();
    expect(await codeOf(other.ask('GET', '/api/lists'))).toBe('session-ended');
    expect(await codeOf(people.browser().signIn('ann', PASSWORD))).toBe('sign-in-wrong');
    expect((await people.browser().signIn('ann', 'another good password')).code).toBe(200);
    expect(JSON.stringify([await people.logged('session'), people.api.logged])).not.toContain('another good');
  });
});

describe('[S-07] pages of others', () => {
  test('a cookie without the header, without Origin, from another page: refused; with a token it needs neither', async () => {
    await people.add('ann', 'campaign-manager');
    const ann = await people.signedIn('ann');
    const act = (more: Record<string, string>): Promise<string | undefined> =>
      codeOf(ann.ask('POST', '/api/campaigns/renewals/approve', {}, more));
    expect(await act({ 'x-outdial-request': '' })).toBe('request-header-missing');
    expect(await act({ origin: '' })).toBe('request-header-missing');
    for (const origin of [
      'http://evil.example',
      'null',
      'http://127.0.0.1:1',
      people.api.url.replace('http', 'https'),
      `${people.api.url}.evil.example`,
    ])
      expect(await act({ origin })).toBe('origin-refused');
    expect(people.api.control.campaign('renewals')?.state).toBe('unapproved');
    expect(await act({})).toBeUndefined();
  });

  test('a page on another port of this machine gets no data by a plain request either', async () => {
    await people.add('ann', 'supervisor');
    const ann = await people.signedIn('ann');
    const look = (more: Record<string, string>): Promise<string | undefined> =>
      codeOf(ann.ask('GET', '/api/records', undefined, more));
    expect(await look({ origin: 'http://127.0.0.1:3000' })).toBe('origin-refused');
    for (const site of ['same-site', 'cross-site'])
      expect(await look({ origin: '', 'sec-fetch-site': site })).toBe('origin-refused');
    for (const site of ['same-origin', 'none', ''])
      expect(await look({ origin: '', 'sec-fetch-site': site })).toBeUndefined();
  });

  test('a page of somebody else’s signs no one in, not even as itself', async () => {
    await people.add('eve', 'supervisor');
    const { body, setCookies } = await people.browser({ origin: 'http://evil.example' }).signIn('eve', PASSWORD);
    expect([body.error?.code, setCookies]).toEqual(['origin-refused', []]);
  });

  test('over a wire without TLS no password is taken', async () => {
    await people.add('ann', 'supervisor');
    const far = people.browser({ host: '192.0.2.5:8480', origin: 'http://192.0.2.5:8480' });
    expect(await codeOf(far.signIn('ann', PASSWORD))).toBe('sign-in-needs-tls');
  });
});
