// outdial user and outdial token, with and without a daemon.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../http/api.ts';
import { configFolder, documentOf, outdial, writeSettings, type Ran } from './cli.ts';

const PASSWORD = 'correct horse battery';
const codeOf = (ran: Ran): string | undefined => documentOf(ran).error?.code;

/** What holds in either case. */
function describeCommands(run: (...args: string[]) => Promise<Ran>, folder: () => string): void {
  test('[S-07] a user is added with a password that is shown once, listed, given another role, removed', async () => {
    const added = documentOf(
      await run('user', 'add', 'ann', '--role', 'supervisor', '--full-name', 'Ann Moss', '--json'),
    );
    expect(added).toMatchObject({ name: 'ann', fullName: 'Ann Moss', role: 'supervisor', sessions: 0 });
    expect(String(added['password'])).toHaveLength(23);
    expect((await run('user', 'list')).out).toMatch(/NAME +FULL NAME +ROLE[^]*ann +Ann Moss +supervisor/);
    expect((await run('user', 'set-role', 'ann', 'admin')).out).toBe('User ann is admin now.\n');
    const renewed = documentOf(await run('user', 'set-password', 'ann', '--json'));
    expect(renewed['password']).not.toBe(added['password']);
    expect((await run('user', 'sign-out', 'ann')).out).toBe('0 sessions of ann ended.\n');
    expect(codeOf(await run('user', 'add', 'ann', '--role', 'admin', '--json'))).toBe('user-exists');
    expect((await run('user', 'remove', 'ann')).out).toBe('User ann is removed.\n');
    expect(codeOf(await run('user', 'remove', 'ann', '--json'))).toBe('user-unknown');
    const { out } = await run('audit', 'log', '--what', 'user');
    expect(out).toMatch(/user\.remove[^]*user\.sign-out[^]*user\.set-password[^]*user\.change[^]*user\.add/);
    for (const secret of [added, renewed]) expect(out).not.toContain(String(secret['password']));
  });

  test('[S-07] a password out of a file: not shown; a weak one, none, no such file: refused', async () => {
    const file = join(folder(), 'password');
    await writeFile(file, `${PASSWORD}\nsecond line\n`);
    const add = (name: string): Promise<Ran> =>
      run('user', 'add', name, '--role', 'admin', '--password-file', file, '--json');
    expect(documentOf(await add('bob'))).not.toHaveProperty('password');
    await writeFile(file, 'short\n');
    expect(codeOf(await add('eve'))).toBe('password-weak');
    await rm(file);
    expect(codeOf(await add('eve'))).toBe('password-unreadable');
    await run('user', 'remove', 'bob');
  });

  test('[S-07] names that a header or a screen takes for something else: refused', async () => {
    for (const name of ['An\u202en', 'a\r\nb', 'ann moss', '\u001b[2J'])
      expect(codeOf(await run('user', 'add', name, '--role', 'admin', '--json'))).toMatch(
        /^(user-name-invalid|invalid-request)$/,
      );
    expect((await run('user', 'add', 'eve', '--role', 'root')).code).toBe(2);
    expect(codeOf(await run('user', 'add', 'eve', '--role', 'agent', '--json'))).toBe('user-agent-missing');
  });

  test('[O-04] a token is added with scopes, listed, revoked; its name is never given again', async () => {
    const add = (...more: string[]): Promise<Ran> => run('token', 'add', 'crm', '--scope', 'read', ...more);
    const made = documentOf(await add('--scope', 'records', '--for', '90d', '--json'));
    expect(made).toMatchObject({ name: 'crm', scopes: ['read', 'records'] });
    expect(made['token']).toMatch(/^outdial_[\w-]{43}$/);
    const list = await run('token', 'list');
    expect(list.out).toMatch(/crm +read records +until \d{4}-/);
    expect(list.out).not.toContain(String(made['token']));
    expect((await run('token', 'revoke', 'crm')).out).toBe('Token crm is revoked.\n');
    expect((await run('token', 'list')).out).toMatch(/crm +read records +revoked /);
    expect([codeOf(await add('--json')), codeOf(await run('token', 'revoke', 'crm', '--json'))]).toEqual([
      'token-exists',
      'token-unknown',
    ]);
    expect((await run('token', 'add', 'x', '--scope', 'root')).code).toBe(2);
    expect((await run('token', 'add', 'x')).code).toBe(2);
    expect((await run('audit', 'log', '--what', 'token')).out).toMatch(/token\.revoke[^]*token\.add/);
  });
}

describe('without a daemon', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await configFolder();
    await outdial(['migrate'], { folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  describeCommands(
    (...args) => outdial(args, { folder }),
    () => folder,
  );
});

describe('with a daemon', () => {
  let folder = '';
  let api: TestApi;
  beforeAll(async () => {
    folder = await configFolder();
    api = await startTestApi();
    await writeSettings(folder, Number(new URL(api.url).port));
    await writeFile(join(folder, 'token'), api.token);
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });
  describeCommands(
    (...args) => outdial(args, { folder }),
    () => folder,
  );

  test('[S-07] the completion offers the roles and the scopes', async () => {
    const { out } = await outdial(['complete', '--', 'user', 'add', 'ann', '--role', ''], { folder });
    expect(out.split('\n')).toEqual(expect.arrayContaining(['admin', 'campaign-manager', 'supervisor', 'agent']));
    expect((await outdial(['complete', '--', 'token', 'add', 'x', '--scope', ''], { folder })).out).toContain(
      'do-not-call',
    );
  });
});
