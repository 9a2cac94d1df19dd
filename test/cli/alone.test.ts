// Commands without a daemon: exit codes, one JSON document, errors with place and hint, what works on the store alone.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAMPAIGN, configFolder, documentOf, outdial, OUTDIAL, started, writeSettings, type Ran } from './cli.ts';

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  folder = await configFolder();
  await writeFile(join(folder, 'config', 'campaigns', 'renewals.yaml'), CAMPAIGN);
  await writeFile(
    join(folder, 'people.csv'),
    'name,phone,city\nAda Moss,+12125550123,Troy\nBen Ash,+12125550124,Troy\n',
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('usage', () => {
  test('[C-01] an unknown command: exit 2, the nearest one is named', async () => {
    const { code, out, err } = await run('campain', 'list');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('campaign');
    const below = await run('campaign', 'lst');
    expect(below.code).toBe(2);
    expect(below.err).toContain('list');
  });

  test.each([
    [['campaign', 'start']],
    [['record', 'show', 'abc']],
    [['list', 'import', 'x.csv', '--duplicates', 'maybe']],
    [[]],
  ])('wrong usage %j with --json: exit 2 and an error document', async (args) => {
    const ran = await run(...args, '--json');
    expect(ran.code).toBe(2);
    expect(documentOf(ran).error).toMatchObject({ code: 'wrong-usage' });
  });

  test('help and version: exit 0, on stdout', async () => {
    const help = await run('campaign', '--help');
    expect([help.code, help.err]).toEqual([0, '']);
    expect(help.out).toContain('approve');
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('from another directory and through a symlink: the same program', async () => {
    const link = join(folder, 'od');
    await symlink(OUTDIAL, link);
    const ran = await started(['--version'], { folder: '/', program: link });
    expect([ran.code, ran.err]).toEqual([0, '']);
  });

  test('the program itself: 0 done, 1 refused, 2 wrong usage, one document on stdout', async () => {
    const done = await started(['check', '--json'], { folder });
    const refused = await started(['campaign', 'list', '--json'], { folder });
    const wrong = await started(['campaign', 'lst'], { folder });
    expect([done.code, refused.code, wrong.code]).toEqual([0, 1, 2]);
    expect([documentOf(done)['campaigns'], documentOf(refused).error?.code]).toEqual([
      ['renewals'],
      'daemon-not-running',
    ]);
  });
});

describe('settings', () => {
  test('no settings file: exit 1, code and place on stdout with --json', async () => {
    const ran = await outdial(['check', '--json', '--config', '/nowhere/outdial.yaml']);
    expect(ran.code).toBe(1);
    expect(documentOf(ran).error).toMatchObject({
      code: 'settings-unreadable',
      places: [{ file: '/nowhere/outdial.yaml' }],
    });
  });

  test('OUTDIAL_CONFIG names the settings, --config goes before it', async () => {
    const file = join(folder, 'config', 'outdial.yaml');
    const named = await outdial(['check', '--json'], { env: { OUTDIAL_CONFIG: file } });
    expect(documentOf(named)).toMatchObject({ settings: file });
    const both = await outdial(['check', '--json', '--config', '/nowhere.yaml'], { env: { OUTDIAL_CONFIG: file } });
    expect(both.code).toBe(1);
  });
});

describe('check', () => {
  test('[C-01] files without fault: exit 0', async () => {
    const ran = await run('check', '--json');
    expect(ran.code).toBe(0);
    expect(documentOf(ran)).toMatchObject({ campaigns: ['renewals'], soundsChecked: false });
  });

  test('[C-01] three faults in two files: all at once, each with file, line, column and hint; exit 1', async () => {
    const file = join(folder, 'config', 'campaigns', 'broken.yaml');
    await writeFile(
      file,
      CAMPAIGN.replace('renewals', 'broken').replace('agents:', 'agnets:') + 'pacing: {ring: 25}\n',
    );
    await writeSettings(folder, 1, '../outdial.db\nstoer: 1');
    const settings = join(folder, 'config', 'outdial.yaml');
    await writeFile(
      settings,
      (await readFile(settings, 'utf8')).replace('store: {file: ../outdial.db\nstoer: 1}', 'stoer: 1'),
    );
    const json = documentOf(await run('check', '--json')).error as unknown as { code: string; places: object[] };
    expect(json.code).toBe('config-faulty');
    expect(json.places).toContainEqual(expect.objectContaining({ file, line: 4, column: 1 }) as object);
    expect(json.places.filter((place) => 'file' in place && place.file === settings)).toHaveLength(1);
    expect(json.places.length).toBeGreaterThanOrEqual(3);
    const plain = await run('check');
    expect([plain.code, plain.out]).toEqual([1, '']);
    expect(plain.err).toContain(`${file}:4:1`);
    expect(plain.err).toContain('agents');
    await rm(file);
    await writeSettings(folder, 1);
  });
});

describe('without a daemon', () => {
  test('commands that need it say so, with what to do; exit 1', async () => {
    for (const args of [['campaign', 'list'], ['agent', 'list'], ['reload'], ['campaign', 'start', 'renewals']]) {
      const ran = await run(...args, '--json');
      expect(ran.code).toBe(1);
      expect(documentOf(ran).error?.code).toBe('daemon-not-running');
      expect(documentOf(ran).error?.hint).toContain('outdial run');
    }
    const plain = await run('campaign', 'list');
    expect(plain.out).toBe('');
    expect(plain.err).toMatch(/error \[daemon-not-running\]/);
    expect(plain.err).not.toContain('\u001b[');
  });

  test('[O-06] migrate makes the database, and has nothing to do the second time', async () => {
    expect(documentOf(await run('migrate', '--json'))).toMatchObject({ from: 0 });
    expect(documentOf(await run('migrate', '--json'))).toMatchObject({ applied: [] });
  });

  test('[L-01] preview changes nothing; import puts the rows into the store and shows the figures', async () => {
    const preview = await run('list', 'import', 'people.csv', '--preview', '--json');
    expect(documentOf(preview)).toMatchObject({ list: 'people', delimiter: ',', encoding: 'utf-8' });
    expect(documentOf(await run('list', 'list', '--json'))).toEqual([]);
    const ran = await run('list', 'import', 'people.csv', '--phone', 'phone:mobile', '--map', 'city=town', '--json');
    expect(ran.code).toBe(0);
    expect(documentOf(ran)).toMatchObject({ rows: 2, added: 2, rejected: 0, list: { name: 'people' } });
    expect(documentOf(await run('list', 'show', 'people', '--json'))).toMatchObject({
      contacts: [{ phones: [{ number: '+12125550123', type: 'mobile' }], fields: { town: 'Troy' } }, {}],
    });
  });

  test('[L-01] a broken file: one error with code, line and hint, nothing imported', async () => {
    await writeFile(join(folder, 'broken.csv'), 'name,"phone\nAda,+12125550123\n');
    const ran = await run('list', 'import', 'broken.csv', '--json');
    expect(ran.code).toBe(1);
    expect(documentOf(ran).error).toMatchObject({ code: 'import-quotes', places: [{ line: 1 }] });
    const missing = await run('list', 'import', 'none.csv', '--json');
    expect([missing.code, documentOf(missing).error?.code]).toEqual([1, 'import-unreadable']);
    expect(documentOf(await run('list', 'list', '--json'))).toHaveLength(1);
  });

  test('[L-12] explain and find read the store alone; unknown records are refused', async () => {
    expect(documentOf(await run('record', 'find', 'Ada', '--json'))).toEqual([]);
    const ran = await run('record', 'explain', 'Nobody', '--json');
    expect([ran.code, documentOf(ran).error?.code]).toEqual([1, 'record-unknown']);
  });

  test('[S-06] reports read the store alone', async () => {
    expect(documentOf(await run('report', 'campaign', 'renewals', '--json'))).toMatchObject({ attempts: 0 });
    for (const kind of ['agents', 'abandonment', 'attempts'])
      expect(documentOf(await run('report', kind, '--from', 'today', '--json'))).toEqual([]);
    expect((await run('report', 'attempts', '--from', 'yesteryear')).code).toBe(2);
  });

  test('[O-08] audit: no attempts and no records agree; a record that no one placed does not', async () => {
    const none = await run('audit', '--json');
    expect([none.code, documentOf(none)]).toMatchObject([0, { attempts: 0, callRecords: 0, unmatched: 0, open: 0 }]);
    const fields = ['', '', '12125550199', 'out', '"" <+12125550100>', 'PJSIP/main-1', '', 'Stasis', 'outdial'];
    const times = ['2026-11-20 10:00:00', '2026-11-20 10:00:05', '2026-11-20 10:01:00', '60', '55'];
    const line = [...fields, ...times, 'ANSWERED', 'DOCUMENTATION', 'c9', 'a9'].map(
      (text) => `"${text.replaceAll('"', '""')}"`,
    );
    await writeFile(join(folder, 'stray.csv'), `${line.join(',')}\n`);
    const stray = await run('audit', '--cdr', 'stray.csv', '--json');
    expect([stray.code, documentOf(stray)]).toMatchObject([1, { callRecords: 1, unmatched: 1 }]);
  });

  test('[O-06] backup: a whole copy under a new name, never over a file', async () => {
    const ran = await run('backup', 'copy.db', '--json');
    expect(ran.code).toBe(0);
    expect(existsSync(join(folder, 'copy.db.partial'))).toBe(false);
    await mkdir(join(folder, 'other', 'config', 'campaigns'), { recursive: true });
    await writeSettings(join(folder, 'other'), 1, join(folder, 'copy.db'));
    const lists = await outdial(['list', 'list', '--json'], { folder: join(folder, 'other') });
    expect(documentOf(lists)).toHaveLength(1);
    expect(documentOf(await run('backup', 'copy.db', '--json')).error?.code).toBe('backup-exists');
    expect(documentOf(await run('restore', 'copy.db', '--check', '--json'))).toMatchObject({ contacts: 2 });
    const restored = await run('restore', 'copy.db', '--json');
    expect(restored.code).toBe(0);
    expect(documentOf(await run('list', 'list', '--json'))).toHaveLength(1);
    expect(documentOf(await run('restore', 'nothing.db', '--json')).error?.code).toBe('backup-missing');
  });

  test('[O-06] a database of another program is refused with its place, and not touched', async () => {
    const other = await configFolder();
    await writeFile(
      join(other, 'outdial.db'),
      'this is no database, only words, and more than a page of them is not needed',
    );
    const ran = await outdial(['migrate', '--json'], { folder: other });
    expect(ran.code).toBe(1);
    expect(documentOf(ran).error?.code).toMatch(/^store-/);
    expect(await readFile(join(other, 'outdial.db'), 'utf8')).toContain('this is no database');
    await rm(other, { recursive: true });
  });

  test('[O-02] doctor: each thing with ✔ or ✘ and how to fix it; exit 1 when Asterisk is not there', async () => {
    const ran = await run('doctor', '--json');
    expect(ran.code).toBe(1);
    const { ok, checks } = documentOf(ran) as unknown as {
      ok: boolean;
      checks: { check: string; ok: boolean; hint: string }[];
    };
    expect(ok).toBe(false);
    const verdicts = new Map(checks.map((check) => [check.check, check]));
    for (const check of ['node', 'time zones', 'settings', 'store', 'disk', 'token file', 'campaign files', 'agents'])
      expect(verdicts.get(check)).toMatchObject({ ok: true });
    expect(verdicts.get('ARI')).toMatchObject({ ok: false, hint: expect.stringMatching(/./) as string });
  });
});

describe('completion', () => {
  const complete = async (...words: string[]): Promise<string[]> =>
    (await run('complete', '--', ...words)).out.split('\n').filter((word) => word !== '');

  test('commands, options, choices and campaign names', async () => {
    expect(await complete('camp')).toEqual(['campaign']);
    expect(await complete('campaign', 'a')).toEqual(['approve', 'archive']);
    expect(await complete('campaign', 'start', '')).toEqual(['renewals']);
    expect(await complete('report', 'attempts', '--campaign', '')).toEqual(['renewals']);
    expect(await complete('list', 'import', '--dup')).toEqual(['--duplicates']);
    expect(await complete('list', 'import', '--duplicates', '')).toEqual(['skip', 'merge', 'fail']);
    expect(await complete('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await complete('audit', '--jso')).toEqual(['--json']);
  });

  test('bash loads the script and completes with it', async () => {
    const script = `PATH="${join(OUTDIAL, '..')}:$PATH"; eval "$(outdial completion bash)"
COMP_WORDS=(outdial campaign start ''); COMP_CWORD=3; _outdial; echo "\${COMPREPLY[*]}"`;
    const ran = await started(['-c', script], { folder, program: 'bash' });
    expect(ran.out.trim()).toBe('renewals');
  });
});
