import { chmod, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderError } from '../../src/base/errors.ts';
import { renderFault } from '../../src/config/faults.ts';
import { loadSettings, readSettings } from '../../src/config/load-settings.ts';
import { aFolder, SETTINGS } from './files.ts';
import type { TestFolder } from './files.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await aFolder();
});
afterEach(() => folder.remove());

async function faults(text: string, environment = {}): Promise<string[]> {
  const file = await folder.write('outdial.yaml', text);
  await chmod(file, 0o640);
  return readSettings(file, environment).faults.map((fault) => renderFault(fault).replace(`${file}:`, ''));
}

describe('settings', () => {
  test('[O-02] only what is needed: everything else has its default, paths are absolute', async () => {
    const file = await folder.write('outdial.yaml', SETTINGS);
    expect(loadSettings(file, {})).toEqual({
      file,
      store: { kind: 'sqlite', file: '/var/lib/outdial/outdial.db' },
      asterisk: {
        app: 'outdial',
        ari: { url: 'http://127.0.0.1:8088', user: 'outdial', password: 'ari-secret' },
        ami: { host: '127.0.0.1', port: 5038, user: 'outdial', secret: 'ami-secret' },
      },
      trunks: [
        {
          name: 'main',
          endpoint: 'main',
          maxLines: 60,
          maxCallsPerSecond: 10,
          prefix: '',
          plus: true,
          reach: {
            countries: ['US'],
            classes: ['fixed', 'mobile', 'fixed-or-mobile', 'voip', 'toll-free', 'unknown'],
          },
          hourly: { home: 'US', perHourAbroad: 120 },
        },
      ],
      http: {
        host: '127.0.0.1',
        port: 8480,
        tokenFile: '/var/lib/outdial/token',
        proxies: ['127.0.0.1', '::1'],
        signIn: { idleMs: 4 * 3_600_000, atMostMs: 16 * 3_600_000 },
      },
      folders: { campaigns: folder.file('campaigns') },
      files: { incoming: '/var/lib/outdial/incoming', roots: ['/var/lib/outdial/incoming'], maxBytes: 4_000_000_000 },
      agents: {
        signInCode: '*55',
        listenCode: '*56',
        maxWrongPins: 5,
        lockOutMs: 900_000,
        phones: { checkEveryMs: 2_000, soundLostAfterMs: 15_000, encrypted: false },
        sip: { realm: 'asterisk', server: '127.0.0.1' },
      },
      validation: { networks: [] },
      metrics: { access: 'token', agents: false },
      webhooks: { timeoutMs: 10_000, giveUpAfterMs: 3 * 86_400_000, networks: [], receivers: [] },
      reports: [],
      pacingLog: { folder: '/var/lib/outdial/pacing', keepMs: 30 * 86_400_000, maxBytes: 2_000_000_000 },
      engineLog: {
        isWritten: false,
        folder: '/var/lib/outdial/engine',
        keepMs: 86_400_000,
        maxBytes: 1_000_000_000,
      },
      unknownCallers: { perNumberPerDay: 2, perHour: 60 },
      log: { level: 'info', maskNumbers: true },
      drainMs: 600_000,
      country: 'US',
    });
  });

  test('[O-02] secrets from files beside the settings and from the environment', async () => {
    await folder.write('ari.txt', 'from-file\n');
    const text = SETTINGS.replace('password: ari-secret', 'password_file: ari.txt').replace(
      'ami-secret',
      '"${AMI_SECRET}"',
    );
    const file = await folder.write('outdial.yaml', text);
    const { asterisk } = loadSettings(file, { AMI_SECRET: 'from-env' });
    expect([asterisk.ari.password, asterisk.ami.secret]).toEqual(['from-file', 'from-env']);
  });

  test('[O-02] references to the environment inside other values, with what else to take', async () => {
    const file = await folder.write(
      'outdial.yaml',
      `${SETTINGS}http: {port: "\${PORT:-9000}"}\nlog: {level: "\${LEVEL}"}`,
    );
    const settings = loadSettings(file, { LEVEL: 'debug' });
    expect([settings.http.port, settings.log.level]).toEqual([9000, 'debug']);
  });

  test('[O-07] the store in one line or in keys of its own, its password in a file', async () => {
    await folder.write('password', 'p/w dQ7-z\n');
    const stores = [
      'postgres://outdial:Hk2-qw9Lm4@db:5432/outdial',
      'sqlite:data/outdial.db',
      '{postgres: "postgres://outdial@db/outdial?sslmode=require", password_file: password}',
      '{file: other.db}',
    ];
    const read = await Promise.all(
      stores.map(async (store, index) => {
        const file = await folder.write(`outdial-${index}.yaml`, `${SETTINGS}store: ${store}\n`);
        const settings = loadSettings(file, {});
        const place = (path: string): string => path.replace(file.replace(/[^/]*$/, ''), '');
        return settings.store.kind === 'sqlite' ? place(settings.store.file) : settings.store.url;
      }),
    );
    expect(read).toEqual([
      'postgres://outdial:Hk2-qw9Lm4@db:5432/outdial',
      'data/outdial.db',
      'postgres://outdial:p%2Fw%20dQ7-z@db/outdial?sslmode=require',
      'other.db',
    ]);
  });

  test('[O-07] a password written out in the address of the store, in a file that every user can read: a warning', async () => {
    const own = SETTINGS.replace('ari-secret', '"${A}"').replace('ami-secret', '"${B}"');
    const file = await folder.write('outdial.yaml', `${own}store: postgres://outdial:Hk2-qw9Lm4@db/outdial\n`);
    await chmod(file, 0o644);
    expect(readSettings(file, { A: 'Jr5-ari-t7Wq', B: 'Jr5-ami-t7Wq' }).faults).toMatchObject([
      { severity: 'warning', key: 'store', line: 7 },
    ]);
  });

  test('[O-02] trunk with every key: prefix, plus sign and header reach the trunk', async () => {
    const trunk = `{name: main, endpoint: carrier-1, max_lines: 30, max_calls_per_second: 2.5, prefix: "9", plus: no, allow_countries: [US, CA, international], allow_classes: [mobile, satellite], max_calls_per_hour: 500, max_calls_per_hour_abroad: 7, attempt_header: X-Attempt}`;
    const file = await folder.write('outdial.yaml', SETTINGS.replace('{name: main, max_lines: 60}', trunk));
    expect(loadSettings(file, {}).trunks).toEqual([
      {
        name: 'main',
        endpoint: 'carrier-1',
        maxLines: 30,
        maxCallsPerSecond: 2.5,
        prefix: '9',
        plus: false,
        reach: { countries: ['US', 'CA', '001'], classes: ['mobile', 'satellite'] },
        hourly: { home: 'US', perHour: 500, perHourAbroad: 7 },
        attemptHeader: 'X-Attempt',
      },
    ]);
  });

  test('[X-09] without allow_countries a trunk dials the country of the settings', async () => {
    const file = await folder.write('outdial.yaml', `${SETTINGS}country: DE\n`);
    expect(loadSettings(file, {}).trunks[0]).toMatchObject({ reach: { countries: ['DE'] }, hourly: { home: 'DE' } });
  });

  test('[X-09] how often unknown callers are called back', async () => {
    const text = `${SETTINGS}unknown_callers: {callbacks_per_number_per_day: 0, callbacks_per_hour: 5}\n`;
    const file = await folder.write('outdial.yaml', text);
    expect(loadSettings(file, {}).unknownCallers).toEqual({ perNumberPerDay: 0, perHour: 5 });
  });
});

describe('faults of the settings', () => {
  test.each([
    ['htpp: {port: 1}', ['7:1: htpp: There is no key htpp here. Did you mean http?']],
    ['http: {port: 99999}', ['7:14: http.port: 99999 is too much. Possible: 0 to 65535.']],
    ['drain: 10 minutes', ['7:8: drain: "10 minutes" is no duration. Write 10m.']],
    ['country: Germany', ['7:10: country: "Germany" is no country. Write its two capital letters, such as US or DE.']],
    ['country: QZ', ['7:10: country: "QZ" is no country. Write its two capital letters, such as US or DE.']],
    ['log: {level: verbose}', ['7:14: log.level: "verbose" is not possible here. Possible: debug, info, warn, error.']],
    ['store: {kind: mysql}', ['7:15: store.kind: "mysql" is not possible here. Possible: sqlite, postgres.']],
    [
      'store: {kind: postgres}',
      ['7:1: store.postgres: The address is missing. Write postgres: postgres://outdial@127.0.0.1:5432/outdial.'],
    ],
    [
      'store: mysql://x',
      [
        '7:8: store: "mysql://x" is no address of a database. Write it like postgres://outdial@127.0.0.1:5432/outdial or sqlite:/var/lib/outdial/outdial.db.',
      ],
    ],
    [
      'store: {file: x.db, postgres: "postgres://a@b/c"}',
      [
        '7:15: store.file: There is an address of PostgreSQL as well. Write file for SQLite or postgres for PostgreSQL.',
      ],
    ],
    [
      'store: {postgres: "postgres://a:b@c/d", password_file: none}',
      ['7:56: store.password_file: The address has a password too. Leave one of them out.'],
    ],
    [
      'store: {postgres: "postgres://a@c/d", password_file: none}',
      ['7:54: store.password_file: The file none cannot be read (ENOENT). Check its path, owner and mode.'],
    ],
    ['agents: {sign_in_code: "55;"}', ['7:24: agents.sign_in_code: "55;" is no code to dial. Write it like "*55".']],
    [
      'http: {token_file: "${NOWHERE}"}',
      [
        '7:20: http.token_file: The environment variable NOWHERE is not set. Set it before the start, or write ${NOWHERE:-a default}.',
      ],
    ],
  ])('[O-02] %s: %j', async (more, expected) => {
    expect(await faults(`${SETTINGS}${more}`)).toEqual(expected);
  });

  test('[O-02] reference to the environment without quotes inside braces: one fault, and to put it into quotes', async () => {
    expect(await faults(SETTINGS.replace('ari-secret', '${X}'))).toEqual([
      '3:20: No valid YAML: Unexpected flow-map-start at node end. Put the value with ${…} into quotes.',
    ]);
  });

  test('[O-02] no Asterisk, no trunk: both are reported, and nothing else', async () => {
    expect(await faults('country: US')).toEqual([
      '1:1: asterisk: The key is missing. Needed: the Asterisk that places the calls.',
      '1:1: trunks: The key is missing. Needed: ways out to the telephone network.',
    ]);
  });

  test('[O-02] password missing, doubled or in a file that is not there: reported at its place', async () => {
    expect((await faults(SETTINGS.replace('password: ari-secret', 'user: x')))[0]).toContain(
      'asterisk.ari.password: The password is missing.',
    );
    expect((await faults(SETTINGS.replace('password: ari-secret', 'password: x, password_file: y')))[0]).toContain(
      'asterisk.ari.password_file: password is there as well.',
    );
    expect((await faults(SETTINGS.replace('password: ari-secret', 'password_file: none')))[0]).toContain(
      'The file none cannot be read (ENOENT).',
    );
  });

  test('[O-02] two trunks of one name: the second is reported', async () => {
    expect(await faults(`${SETTINGS}  - {name: main, max_lines: 5}\n`)).toEqual([
      '7:12: trunks[1].name: There is a trunk main already. Give each trunk a name of its own.',
    ]);
  });

  test('[O-02] secret in a file that every user can read: a warning, and the settings load', async () => {
    const file = await folder.write('outdial.yaml', SETTINGS);
    await chmod(file, 0o644);
    const { settings, faults: found } = readSettings(file, {});
    expect(settings?.asterisk.ari.password).toBe('ari-secret');
    expect(found).toMatchObject([{ severity: 'warning', key: 'asterisk.ari.password', line: 3 }]);
    await chmod(file, 0o640);
    expect(readSettings(file, {}).faults).toEqual([]);
    await folder.write('outdial.yaml', SETTINGS.replace('ari-secret', '"${A}"').replace('ami-secret', '"${B}"'));
    await chmod(file, 0o644);
    expect(readSettings(file, { A: 'Jr5-ari-t7Wq', B: 'Jr5-ami-t7Wq' }).faults).toEqual([]);
  });

  test('[O-02] faulty or missing file as an error: code, every place, hint', async () => {
    const file = await folder.write('outdial.yaml', `${SETTINGS}drain: 5\ncountry: x\n`);
    expect(() => loadSettings(file, {})).toThrow(expect.objectContaining({ code: 'settings-faulty' }) as Error);
    try {
      loadSettings(file, {});
    } catch (error) {
      expect(renderError(error).places).toHaveLength(2);
    }
    expect(() => loadSettings(folder.file('none.yaml'), {})).toThrow(
      expect.objectContaining({ code: 'settings-unreadable' }) as Error,
    );
  });

  test('[O-02] secrets never stand in what is reported', async () => {
    const file = await folder.write('outdial.yaml', `${SETTINGS}drain: 5\n`);
    await chmod(file, 0o644);
    const reported = JSON.stringify(readSettings(file, {}).faults);
    expect(reported).not.toContain('ari-secret');
    expect(await readFile(file, 'utf8')).toContain('ari-secret');
  });
});
