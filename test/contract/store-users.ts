// People who sign in, their sessions and devices, and tokens of programs in a store.

import { describe, expect, test } from 'vitest';
import type { ApiToken, User, WebSession } from '../../src/engine/store/users.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeUsers(desk: () => Desk): void {
  userTests(desk);
  sessionTests(desk);
  tokenTests(desk);
}

const named = (name: string, change: Partial<User> = {}): User => ({
  name,
  fullName: 'Ann Moss',
  role: 'supervisor',
  agent: null,
  passwordHash: `hash of ${name}`,
  addedAt: NOON,
  passwordAt: NOON,
  ...change,
});

function userTests(desk: () => Desk): void {
  const find = async (name: string): Promise<User | undefined> =>
    (await desk().store.users.all()).find((one) => one.name === name);

  describe('[S-07] users', () => {
    test('one is added, changed in parts, removed; what is not said stays', async () => {
      const { users } = desk().store;
      const ann = named(desk().unique('ann'), { agent: desk().unique('10') });
      expect(await users.add(ann)).toBe('added');
      expect(await find(ann.name)).toEqual(ann);
      expect(await users.change(ann.name, { role: 'admin' })).toBe('changed');
      expect(await users.change(ann.name, { fullName: 'Ann' })).toBe('changed');
      expect(await find(ann.name)).toEqual({ ...ann, role: 'admin', fullName: 'Ann' });
      expect(await users.change(ann.name, { agent: null, password: { hash: 'new', at: NOON + 1 } })).toBe('changed');
      const changed = {
        ...ann,
        role: 'admin',
        fullName: 'Ann',
        agent: null,
        passwordHash: 'new',
        passwordAt: NOON + 1,
      };
      expect(await find(ann.name)).toEqual(changed);
      expect([await users.remove(ann.name), await users.remove(ann.name)]).toEqual([true, false]);
      expect([await find(ann.name), await users.change(ann.name, { role: 'admin' })]).toEqual([undefined, 'unknown']);
    });

    test('a name and an agent belong to one user alone', async () => {
      const { users } = desk().store;
      const agent = desk().unique('10');
      const [ann, bob] = [named(desk().unique('ann'), { agent }), named(desk().unique('bob'))];
      expect([await users.add(ann), await users.add(bob)]).toEqual(['added', 'added']);
      expect(await users.add({ ...ann, role: 'admin', agent: null })).toBe('name-taken');
      expect(await users.add(named(desk().unique('eve'), { agent }))).toBe('agent-taken');
      expect(await users.change(bob.name, { agent })).toBe('agent-taken');
      expect(await users.change(ann.name, { agent })).toBe('changed');
      expect([await find(ann.name), await find(bob.name)]).toEqual([ann, bob]);
    });
  });
}

function sessionTests(desk: () => Desk): void {
  const open = async (user: User, change: Partial<WebSession> = {}, device = 'd1', most = 20): Promise<WebSession> => {
    const session = desk().unique('session');
    const row = { session, user: user.name, address: '192.0.2.7', beganAt: NOON, seenAt: NOON, ...change };
    const proof = { passwordHash: user.passwordHash, device, most };
    expect(await desk().store.webSessions.open(row, proof)).toBe(true);
    return row;
  };
  const added = async (): Promise<User> => {
    const user = named(desk().unique('user'));
    await desk().store.users.add(user);
    return user;
  };
  const of = async ({ name }: User): Promise<readonly WebSession[]> =>
    (await desk().store.webSessions.all()).filter(({ user }) => user === name);
  const devicesOf = async ({ name }: User): Promise<readonly string[]> =>
    (await desk().store.webSessions.devices()).flatMap(({ user, device }) => (user === name ? [device] : []));

  describe('[S-07] sessions of browsers', () => {
    test('one begins, is seen, ends; its device stays known', async () => {
      const user = await added();
      const { webSessions } = desk().store;
      const row = await open(user);
      expect([await of(user), await devicesOf(user)]).toEqual([[row], ['d1']]);
      await webSessions.seen([{ session: row.session, seenAt: NOON + 5 }]);
      await webSessions.seen([{ session: row.session, seenAt: NOON + 2 }]);
      expect(await of(user)).toEqual([{ ...row, seenAt: NOON + 5 }]);
      expect([await webSessions.end(row.session), await webSessions.end(row.session)]).toEqual([true, false]);
      expect([await of(user), await devicesOf(user)]).toEqual([[], ['d1']]);
    });

    test('the password was changed, or the user removed, while it was checked: no session begins', async () => {
      const user = await added();
      const { users, webSessions } = desk().store;
      await users.change(user.name, { password: { hash: 'another', at: NOON } });
      const row = { session: desk().unique('s'), user: user.name, address: '', beganAt: NOON, seenAt: NOON };
      const proof = { passwordHash: user.passwordHash, device: 'd', most: 9 };
      expect(await webSessions.open(row, proof)).toBe(false);
      await users.remove(user.name);
      expect(await webSessions.open(row, { ...proof, passwordHash: 'another' })).toBe(false);
      expect([await of(user), await devicesOf(user)]).toEqual([[], []]);
    });

    test('a new password, a removal, the end of all: nothing of the user is open any more, others stay', async () => {
      const other = await added();
      const kept = await open(other);
      const { users, webSessions } = desk().store;
      const acts: readonly ((user: User) => Promise<unknown>)[] = [
        ({ name }) => users.change(name, { password: { hash: 'another', at: NOON } }),
        ({ name }) => users.remove(name),
        ({ name }) => webSessions.endOf(name),
      ];
      for (const act of acts) {
        const user = await added();
        await open(user);
        await open(user);
        await act(user);
        expect([await of(user), await devicesOf(user)]).toEqual([[], []]);
      }
      expect(await of(other)).toEqual([kept]);
    });

    test('all but the one that asks end, and its device stays known', async () => {
      const user = await added();
      const [, own] = [await open(user), await open(user)];
      expect(await desk().store.webSessions.endOf(user.name, own.session)).toBe(1);
      expect([await of(user), await devicesOf(user)]).toEqual([[own], ['d1']]);
    });

    test('old ones end: those not seen for long, and those that began long ago', async () => {
      const user = await added();
      await open(user, { seenAt: NOON - 10 });
      await open(user, { beganAt: NOON - 100 });
      const young = await open(user);
      await desk().store.webSessions.endOld({ seenBefore: NOON - 9, beganBefore: NOON - 99 });
      expect(await of(user)).toEqual([young]);
    });

    test('of more than allowed the oldest end, the new one stays', async () => {
      const user = await added();
      await open(user, {}, 'd1', 2);
      const second = await open(user, { seenAt: NOON + 1, beganAt: NOON + 1 }, 'd2', 2);
      const third = await open(user, { seenAt: NOON + 2, beganAt: NOON + 2 }, 'd3', 2);
      expect([await of(user), await devicesOf(user)]).toEqual([
        [second, third],
        ['d2', 'd3'],
      ]);
    });
  });
}

function tokenTests(desk: () => Desk): void {
  test('[O-04] a token is added, used, revoked once; its name is never given again', async () => {
    const { apiTokens } = desk().store;
    const name = desk().unique('crm');
    const token = { name, hash: desk().unique('hash'), scopes: ['read', 'lists'], addedAt: NOON, addedBy: 'cli.ann' };
    const find = async (): Promise<ApiToken | undefined> => (await apiTokens.all()).find((one) => one.name === name);
    expect(await apiTokens.add({ ...token, endsAt: NOON + 9 })).toBe(true);
    expect(await apiTokens.add({ ...token, hash: desk().unique('hash'), endsAt: null })).toBe(false);
    await apiTokens.used([{ name, usedAt: NOON + 3 }]);
    await apiTokens.used([{ name, usedAt: NOON + 2 }]);
    expect(await find()).toEqual({ ...token, endsAt: NOON + 9, revokedAt: null, usedAt: NOON + 3 });
    expect([await apiTokens.revoke(name, NOON + 4), await apiTokens.revoke(name, NOON + 5)]).toEqual([true, false]);
    expect(await find()).toMatchObject({ revokedAt: NOON + 4 });
    expect(await apiTokens.add({ ...token, hash: desk().unique('hash'), endsAt: null })).toBe(false);
  });
}
