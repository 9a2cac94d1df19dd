// What of the settings lets others in or listen: warned of, and refused where anybody would get in.

import { chmod } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLoopback } from '../../src/base/addresses.ts';
import { loadSettings, readSettings } from '../../src/config/load-settings.ts';
import { weaknessOf } from '../../src/config/openings.ts';
import { aFolder, type TestFolder } from './files.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await aFolder();
});
afterEach(() => folder.remove());

const GOOD = 'k3Jd0-qLz81w';
async function faultsOf(parts: { ari?: string; ami?: string; http?: string; store?: string }): Promise<string[]> {
  const { ari = `password: ${GOOD}`, ami = `secret: ${GOOD}`, http = '{}', store = '{}' } = parts;
  const text = `store: ${store}\nasterisk:\n  ari: {${ari}}\n  ami: {${ami}}\nhttp: ${http}\ntrunks:\n  - {name: main, max_lines: 5}\n`;
  const file = await folder.write('outdial.yaml', text);
  await chmod(file, 0o600);
  return readSettings(file, {}).faults.map(({ severity, key, message }) => `${severity} ${key ?? ''}: ${message}`);
}

describe('[X-10] secrets that everybody tries first', () => {
  test.each([
    ...[
      'change-me',
      'CHANGE-ME',
      'changeme',
      'Change_Me1',
      '',
      'outdial',
      'secret',
      'Secret123',
      'asterisk',
      'password',
    ],
    ...['1234', '12345678', 'aaaaaaaaaa', 'admin', 'short', 'amp111', 'mysecret', 'xxx'],
  ])('%j: weak', (secret) => {
    expect(weaknessOf(secret, 'someone')).toBeDefined();
  });

  test.each([GOOD, 'correct horse battery', '8f14e45fceea167a5a36dedd4bea2543', '739201845566'])(
    '%j: not',
    (secret) => {
      expect(weaknessOf(secret, 'someone')).toBeUndefined();
    },
  );

  test('the name of its user: weak', () => {
    expect(weaknessOf('Dialer-North-7', 'dialer-north-7')).toBe('is the name of its user');
  });

  test('on loopback a warning, elsewhere a refusal: the daemon does not start', async () => {
    expect(await faultsOf({ ari: 'password: change-me', ami: 'secret: outdial' })).toEqual([
      expect.stringMatching(/^warning asterisk.ari.password: The password of ARI is one that everybody tries first/),
      expect.stringMatching(/^warning asterisk.ami.secret: The secret of AMI is the name of its user/),
    ]);
    const away = await faultsOf({ ari: 'url: "https://pbx.example:8089", password: change-me' });
    expect(away).toEqual([expect.stringMatching(/^fault asterisk.ari.password: .*Everybody who reaches pbx.example/)]);
    expect(() => loadSettings(folder.file('outdial.yaml'), {})).toThrow('Everybody who reaches pbx.example');
    expect(await faultsOf({ store: 'postgres://outdial:outdial@db.example/outdial' })).toEqual([
      expect.stringMatching(/^fault store/),
    ]);
  });
});

describe('[X-10] what leaves this machine unprotected', () => {
  test('ARI over plain http, AMI, the API: each a warning; over https or on loopback none', async () => {
    const open = await faultsOf({
      ari: `url: "http://10.0.0.5:8088", password: ${GOOD}`,
      ami: `host: pbx.example, secret: ${GOOD}`,
      http: '{host: 0.0.0.0}',
    });
    expect(open.map((fault) => fault.split(':')[0])).toEqual([
      ...['warning asterisk.ari.url', 'warning asterisk.ami.host', 'warning http.host'],
    ]);
    expect(await faultsOf({ ari: `url: "https://10.0.0.5:8089", password: ${GOOD}` })).toEqual([]);
    expect(await faultsOf({ http: '{host: "::1"}' })).toEqual([]);
    for (const host of ['"::"', '192.168.1.7', 'outdial.example'])
      expect(await faultsOf({ http: `{host: ${host}}` })).toEqual([expect.stringMatching(/^warning http.host/)]);
  });

  test('what is loopback', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1'].map(isLoopback)).toEqual(
      Array(5).fill(true),
    );
    expect(['0.0.0.0', '::', '10.0.0.1', '', 'localhost.example'].map(isLoopback)).toEqual(Array(5).fill(false));
  });
});
