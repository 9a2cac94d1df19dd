// Somebody guesses passwords, and no one else is kept out by it; behind a proxy too.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { SignIns } from '../../src/http/access/sign-in.ts';
import type { Browser } from './browser.ts';
import { codeOf, PASSWORD, People } from './people.ts';

let people: People;
beforeEach(async () => {
  people = await People.start();
});
afterEach(() => people.api.close());

describe('[S-07] wrong passwords', () => {
  test('a wrong password and an unknown name: the same answer, after as long', async () => {
    await people.add('ann', 'supervisor');
    const timed = async (name: string): Promise<{ ms: number; text: string }> => {
      const startedAt = performance.now();
      const { code, body } = await people.browser().signIn(name, 'wrong password');
      return { ms: performance.now() - startedAt, text: `${code} ${JSON.stringify(body)}` };
    };
    await timed('warm-up');
    // In turns, so that a busy moment of the machine is not that of one name alone.
    const known: Awaited<ReturnType<typeof timed>>[] = [];
    const unknown: typeof known = [];
    for (let turn = 0; turn < 4; turn += 1) {
      known.push(await timed('ann'));
      unknown.push(await timed('zed'));
    }
    expect(new Set([...known, ...unknown].map(({ text }) => text)).size).toBe(1);
    const fastest = (all: readonly { ms: number }[]): number => Math.min(...all.map(({ ms }) => ms));
    expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 3);
  });

  test('a thousand from one address: ten are checked; the user signs in from another address', async () => {
    await people.api.close();
    people = await People.start({ url: 'https://dialer.example.com' });
    await people.add('ann', 'supervisor');
    const from = (address: string): Browser =>
      people.browser({ host: 'dialer.example.com', origin: 'https://dialer.example.com', 'x-forwarded-for': address });
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
    await expect.poll(() => people.logged('session.wrong-password')).toHaveLength(10);
    const entries = await people.logged('session.wrong-password');
    expect(entries[0]).toMatchObject({ who: 'address 203.0.113.66', subject: 'user ann' });
  });

  test('somebody guesses in the same office: a browser that knows its user is let in, and a new one after a while', async () => {
    await people.add('ann', 'supervisor');
    await people.add('bob', 'supervisor');
    const ann = await people.signedIn('ann');
    await ann.ask('DELETE', '/api/session');
    for (let round = 0; round < 12; round += 1) await people.browser().signIn('ann', 'wrong password');
    expect(await codeOf(people.browser().signIn('ann', PASSWORD))).toBe('sign-in-locked');
    expect((await ann.signIn('ann', PASSWORD)).code).toBe(200);
    expect(await codeOf(ann.signIn('bob', PASSWORD))).toBe('sign-in-locked');
    people.clock.aheadMs = 31_000;
    expect((await people.browser().signIn('bob', PASSWORD)).code).toBe(200);
  });

  test('the daemon starts again: whoever waits goes on waiting, others do not, and what is locked can be seen', async () => {
    await people.add('ann', 'supervisor');
    const ann = await people.signedIn('ann');
    for (let round = 0; round < 10; round += 1) await people.browser().signIn('ann', 'wrong password');
    await ann.signIn('ann', 'wrong password');
    const { body } = await people.api.ask('GET', '/api/security');
    expect(body['passwords']).toMatchObject([{ what: 'address', name: '127.0.0.1' }]);
    await expect.poll(async () => (await people.logged('session.wrong-password')).length).toBe(11);
    const { store } = people.api;
    const { clock } = people;
    const access = { user: () => undefined, knownDevice: () => undefined, open: () => Promise.resolve(undefined) };
    const again = new SignIns({ access, store, clock, log: silentLog });
    await again.start();
    const wanted = { name: 'ann', password: PASSWORD };
    await expect(again.signIn({ ...wanted, address: '127.0.0.1' })).rejects.toMatchObject({ code: 'sign-in-locked' });
    await expect(again.signIn({ ...wanted, address: '192.0.2.7' })).rejects.toMatchObject({ code: 'sign-in-wrong' });
    people.clock.aheadMs = 31_000;
    await expect(again.signIn({ ...wanted, address: '127.0.0.1' })).rejects.toMatchObject({ code: 'sign-in-wrong' });
  });

  test('guesses in a browser that was signed in once are counted too', async () => {
    await people.add('ann', 'supervisor');
    const ann = await people.signedIn('ann');
    const codes: (string | undefined)[] = [];
    for (let round = 0; round < 12; round += 1) codes.push(await codeOf(ann.signIn('ann', 'wrong password')));
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(2);
    expect((await people.browser().signIn('ann', PASSWORD)).code).toBe(200);
  });

  test('what was typed as a name that no one has, perhaps a password, is written down nowhere', async () => {
    await people.browser().signIn('hunter2-my-secret', 'x');
    await expect.poll(() => people.logged('session.wrong-password')).toMatchObject([{ subject: 'unknown user' }]);
    const entries = await people.logged('session.wrong-password');
    expect(JSON.stringify([entries, people.api.logged])).not.toContain('hunter2');
  });
});

describe('[S-07] behind a proxy with TLS', () => {
  test('only the __Host- cookie counts; another host, or the public name over plain http, is refused', async () => {
    await people.api.close();
    people = await People.start({ url: 'https://dialer.example.com' });
    await people.add('ann', 'supervisor');
    const page = { host: 'dialer.example.com', origin: 'https://dialer.example.com' };
    const ann = people.browser(page);
    await ann.signIn('ann', PASSWORD);
    const id = ann.cookies.get('__Host-outdial') ?? '';
    expect((await ann.ask('GET', '/api/lists')).code).toBe(200);
    expect(await codeOf(people.browser({ ...page, cookie: `outdial=${id}` }).ask('GET', '/api/lists'))).toBe(
      'token-wrong',
    );
    const plain = people.browser({ ...page, origin: 'http://dialer.example.com' });
    expect(await codeOf(plain.signIn('ann', PASSWORD))).toBe('origin-refused');
    const other = people.browser({ host: 'evil.example.com', origin: 'https://evil.example.com' });
    expect(await codeOf(other.signIn('ann', PASSWORD))).toBe('host-refused');
  });

  test('without http.url no one’s word on where a request comes from is believed', async () => {
    await people.add('ann', 'supervisor');
    for (let round = 0; round < 12; round += 1)
      await people.browser({ 'x-forwarded-for': `192.0.2.${round}` }).signIn('ann', 'wrong password');
    expect(await codeOf(people.browser().signIn('ann', PASSWORD))).toBe('sign-in-locked');
  });
});
