// Whoever has the token names files: nothing outside the folders of the settings is read, by whatever way it is named.

import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBelow, openBelowNow, OutsideError } from '../../src/base/below.ts';
import { readRegularFile } from '../../src/config/regular-file.ts';
import { Incoming } from '../../src/imports/incoming.ts';
import { planImport, runImport } from '../../src/store/import/run.ts';
import { recordingFolder } from '../../src/store/recording-files.ts';
import { startTestApi, type TestApi } from './api.ts';

const PEOPLE = 'name,phone\nAda,+12125550123\nEve,12;34\n';
let api: TestApi;
/** Outside of every root: what an attacker wants to see. */
let outside: string;
let secret: string;
beforeAll(async () => {
  api = await startTestApi([]);
  outside = await mkdtemp(join(tmpdir(), 'outdial-outside-'));
  secret = join(outside, 'secret.csv');
  await writeFile(secret, 'name,phone\nroot,$6$salt$hash\n');
});
afterAll(async () => {
  await api.close();
  await rm(outside, { recursive: true });
});

describe('[X-10] files that the API names lie below the roots', () => {
  test('a file outside, straight, round corners, through links: refused by import, preview and numbers alike', async () => {
    const under = (name: string): string => join(api.folder, name);
    await symlink(secret, under('link.csv'));
    await symlink(outside, under('folder'));
    await symlink('link.csv', under('link-to-link.csv'));
    const ways = [
      ...[secret, `${api.folder}/../${basename(outside)}/secret.csv`, '/etc/passwd', '/proc/self/environ'],
      ...[under('link.csv'), under('link-to-link.csv'), under('folder/secret.csv')],
      `${api.folder}/${relative(api.folder, secret)}`,
    ];
    for (const file of ways) {
      for (const path of ['/api/imports', '/api/imports/preview', '/api/do-not-call-imports']) {
        const { code, body } = await api.ask('POST', path, { file, list: 'taken' });
        expect([path, file, code, body.error?.code]).toEqual([path, file, 403, 'file-outside-roots']);
        expect(body.error?.hint).toContain('files.roots');
        expect(JSON.stringify(body)).not.toContain('salt');
      }
    }
  });

  test('a file outside that is not there: the same answer, so that nothing can be felt for', async () => {
    const [there, away] = await Promise.all(
      [secret, join(outside, 'none.csv')].map((file) =>
        api.ask('POST', '/api/imports/preview', { file, list: 'felt' }),
      ),
    );
    expect([there?.code, there?.body.error?.code]).toEqual([away?.code, away?.body.error?.code]);
    expect(there?.body.error?.message.replace('secret', 'none')).toBe(away?.body.error?.message);
  });

  test('what is put in its place after the check is not read: the thread of the import looks again', async () => {
    const file = join(api.folder, 'swapped.csv');
    await writeFile(file, PEOPLE);
    const roots = [api.folder];
    const plan = await planImport(file, { list: 'swapped', country: 'US' }, roots);
    await rm(file);
    await symlink(secret, file);
    await expect(planImport(file, { list: 'swapped', country: 'US' }, roots)).rejects.toMatchObject({
      code: 'file-outside-roots',
    });
    await expect(runImport(plan, api.store, { roots })).rejects.toMatchObject({ code: 'file-outside-roots' });
  });

  test('a pipe, a device, a folder: refused at once', async () => {
    await expect(openBelow('/dev/zero')).rejects.toThrow('no regular file');
    expect(() => openBelowNow('/dev/zero')).toThrow('no regular file');
    await expect(openBelow(api.folder)).rejects.toThrow('no regular file');
    await expect(openBelow(api.folder, [api.folder])).rejects.toBeInstanceOf(OutsideError);
  });

  test('a file of a campaign (holidays) through a link that leads out: refused with its reason', async () => {
    await symlink(secret, join(api.folder, 'holidays.yaml'));
    expect(() => readRegularFile(join(api.folder, 'holidays.yaml'), { under: api.folder })).toThrow('lies outside');
    await writeFile(join(api.folder, 'own.yaml'), '- 2026-12-25\n');
    expect(readRegularFile(join(api.folder, 'own.yaml'), { under: api.folder })).toContain('2026-12-25');
  });

  test('a recording that is a link to something else is no recording: not played, not looked at, nothing outside goes', async () => {
    const recordings = join(api.folder, 'recordings');
    await mkdir(recordings);
    await writeFile(join(outside, 'kept.wav'), 'RIFF');
    await symlink(secret, join(recordings, 'r1.wav'));
    await symlink(outside, join(recordings, 'day'));
    const folder = recordingFolder(recordings);
    for (const name of ['r1', 'day/kept']) {
      await expect(folder.read(name)).rejects.toMatchObject({ code: 'recording-missing' });
      expect(await folder.look(name)).toBeUndefined();
      await folder.remove(name).catch(() => false);
    }
    expect(await readdir(outside)).toEqual(expect.arrayContaining(['kept.wav', 'secret.csv']));
  });

  test('a preview is in the audit log, with who asked for which file', async () => {
    const file = join(api.folder, 'people.csv');
    await writeFile(file, PEOPLE);
    await api.ask('POST', '/api/imports/preview', { file, list: 'people' });
    const { body } = await api.ask('GET', '/api/audit/log?limit=1');
    expect(body).toMatchObject([{ who: 'ann', what: 'list.preview', subject: 'people', to: { file } }]);
  });
});

describe('[L-01] files that are handed over', () => {
  const put = async (path: string, body: string): Promise<{ code: number; body: Record<string, unknown> }> => {
    const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/octet-stream' };
    const response = await fetch(`${api.url}/api${path}`, { method: 'PUT', headers, body });
    return { code: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const id = '0123456789abcdef';

  test('in pieces, for the daemon’s user alone; a piece out of step is refused; removed with all that lies with it', async () => {
    const { body } = await api.ask('POST', '/api/incoming', { id, name: 'people.csv' });
    const file = String(body['file']);
    expect(await put(`/incoming/${id}/people.csv?at=0`, 'name,phone\n')).toMatchObject({
      code: 200,
      body: { bytes: 11 },
    });
    expect(await put(`/incoming/${id}/people.csv?at=5`, 'x')).toMatchObject({
      code: 409,
      body: { error: { code: 'incoming-out-of-step' } },
    });
    await put(`/incoming/${id}/people.csv?at=11`, 'Ada,+12125550123\n');
    expect(await readFile(file, 'utf8')).toBe('name,phone\nAda,+12125550123\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(api.folder, 'incoming'))).mode & 0o777).toBe(0o700);
    // What was cut off goes on where it stands.
    const stands = [{ name: 'people.csv', file, bytes: 28 }];
    expect(await api.ask('GET', `/api/incoming/${id}`)).toEqual({ code: 200, body: stands });
    expect((await api.ask('GET', '/api/incoming/ffffffffffffffff')).body.error?.code).toBe('incoming-unknown');
    const { code } = await api.ask('DELETE', `/api/incoming/${id}`);
    expect([code, await readdir(join(api.folder, 'incoming'))]).toEqual([200, []]);
  });

  test('a file that becomes larger than may be: the piece is refused, what was there stays as it was', async () => {
    const small = new Incoming({ incoming: join(api.folder, 'small'), maxBytes: 10 });
    await small.begin(id, 'people.csv', 0);
    const people = { id, name: 'people.csv' };
    await small.add(people, { at: 0, piece: Buffer.from('name,phone') });
    const more = small.add(people, { at: 10, piece: Buffer.from('\n') });
    await expect(more).rejects.toMatchObject({ code: 'incoming-too-large', httpCode: 413 });
    expect(await small.files(id)).toMatchObject([{ bytes: 10 }]);
  });

  test('names that lead elsewhere, and links in the folder: refused, nothing is written or read through them', async () => {
    for (const name of ['../token', 'a/b', '.hidden', '', '..', 'a\u0000b']) {
      expect((await api.ask('POST', '/api/incoming', { id, name })).body.error?.code).toBe('invalid-request');
    }
    for (const bad of ['../../..', 'abc', `${id}0`, '%2e%2e']) {
      expect((await put(`/incoming/${bad}/people.csv?at=0`, 'x')).code).toBeGreaterThanOrEqual(400);
    }
    expect((await put(`/incoming/${id}/..%2f..%2ftoken?at=44`, 'x')).code).toBe(400);
    await api.ask('POST', '/api/incoming', { id, name: 'people.csv' });
    const there = join(api.folder, 'incoming', id);
    await rm(join(there, 'people.csv'));
    await symlink(secret, join(there, 'people.csv'));
    const { size } = await stat(secret);
    expect(await put(`/incoming/${id}/people.csv?at=${size}`, 'more')).toMatchObject({ code: 404 });
    const fetched = await api.ask('GET', `/api/incoming/${id}/people.csv`);
    expect(fetched.body.error?.code).toBe('incoming-unknown');
    expect((await stat(secret)).size).toBe(size);
    await link(secret, join(outside, 'still-there.csv'));
    await api.ask('DELETE', `/api/incoming/${id}`);
    expect(await readFile(secret, 'utf8')).toContain('salt');
  });

  test('only this route takes bytes: no other takes anything but JSON', async () => {
    const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/octet-stream' };
    const response = await fetch(`${api.url}/api/imports`, { method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(415);
  });
});
