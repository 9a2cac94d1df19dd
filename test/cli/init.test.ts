// outdial init, and the page that leads from nothing to the first call: its commands are ten at most, and are commands.

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { documentOf, outdial, type Ran } from './cli.ts';

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });
const GIVEN = ['--country', 'DE', '--trunk-host', 'sip.carrier.example:5070', '--caller-id', '+493012345678'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outdial-init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

test('[O-02] init with options: settings and a campaign that check finds without fault, and what comes next', async () => {
  const ran = await run('init', ...GIVEN, '--ari-password', "it's #1", '--ami-host', '10.0.0.7', '--max-lines', '25');
  expect([ran.code, ran.err]).toEqual([0, '']);
  expect(ran.out).toContain('Next:');
  expect(ran.out).toContain('outdial campaign start first');

  const settings = loadSettings(join(folder, 'config', 'outdial.yaml'), {});
  expect(settings).toMatchObject({
    country: 'DE',
    asterisk: { ari: { password: "it's #1" }, ami: { host: '10.0.0.7', port: 5038 } },
    trunks: [{ name: 'main', endpoint: 'trunk-main', maxLines: 25 }],
  });
  expect(settings.asterisk.ami.secret).toMatch(/^[\w-]{24}$/);
  expect(await text('config/outdial.yaml')).toContain('# What an agent');
  expect((await stat(join(folder, 'config', 'outdial.yaml'))).mode & 0o777).toBe(0o600);
  const check = await run('check', '--json');
  expect([check.code, documentOf(check)]).toMatchObject([
    0,
    { campaigns: ['first'], warnings: [{ key: 'asterisk.ami.host' }, { key: 'asterisk.ari.password' }] },
  ]);
});

test('[O-02] init: Asterisk has the same passwords, address and trunk; nothing is left to fill in but comments', async () => {
  expect((await run('init', ...GIVEN, '--ari-url', 'http://127.0.0.1:8099', '--json')).code).toBe(0);
  const { asterisk } = loadSettings(join(folder, 'config', 'outdial.yaml'), {});
  const live = async (name: string): Promise<string> => (await text(`asterisk/site/${name}`)).replace(/^;.*$/gm, '');

  expect(await live('ari.conf')).toContain(`password = ${asterisk.ari.password}`);
  expect(await live('manager.conf')).toContain(`secret = ${asterisk.ami.secret}`);
  expect(await live('http.conf')).toContain('bindport = 8099');
  expect(await live('pjsip.conf')).toContain('contact = sip:sip.carrier.example:5070');
  for (const name of ['ari.conf', 'manager.conf', 'pjsip.conf']) expect(await live(name)).not.toContain('CHANGE-ME');
});

test('[O-02] init where a file is: refused with its place, nothing written; with --force it is', async () => {
  await run('init', ...GIVEN);
  await writeFile(join(folder, 'config', 'outdial.yaml'), 'mine\n');
  const again = await run('init', ...GIVEN, '--json');
  expect([again.code, documentOf(again).error?.code]).toEqual([1, 'init-exists']);
  expect(await text('config/outdial.yaml')).toBe('mine\n');
  expect((await run('init', ...GIVEN, '--force')).code).toBe(0);
  expect(await text('config/outdial.yaml')).toContain('country: DE');
});

test('[O-02] init without what no default can know, and no one to ask: the options are named; a caller ID that is none: refused', async () => {
  const ran = await run('init', '--country', 'DE', '--json');
  expect(documentOf(ran).error).toMatchObject({
    code: 'init-incomplete',
    message: 'Not said: --trunk-host sip.carrier.example, --caller-id +12125550100.',
  });
  const wrong = await run('init', ...GIVEN.slice(0, 4), '--caller-id', '12', '--json');
  expect([wrong.code, documentOf(wrong).error?.code]).toEqual([1, 'campaign-faulty']);
  await expect(stat(join(folder, 'config'))).rejects.toThrow();
});

test('[O-02] docs/first-call.md: ten commands at most, each known with its options, and the names that init writes', async () => {
  const page = await readFile(resolve(import.meta.dirname, '../../docs/first-call.md'), 'utf8');
  const commands = (/```sh\n(.*?)```/s.exec(page)?.[1] ?? '').trim().split('\n');
  expect(commands.length).toBeLessThanOrEqual(10);
  const ours = commands.flatMap(
    (line) => /(?:^| )outdial ((?:init|doctor|run|agent|list|campaign)\b.*)$/.exec(line)?.[1] ?? [],
  );
  expect(ours.length).toBeGreaterThanOrEqual(8);
  const done: string[] = [];
  for (const line of ours) {
    const program = buildProgram((command) => () => {
      done.push(command.name());
      return Promise.resolve();
    });
    await program.parseAsync(line.split(' '), { from: 'user' });
  }
  expect(done).toHaveLength(ours.length);
  const [init = ''] = ours;
  expect((await run(...init.split(' '))).code).toBe(0);
  const campaign = await text('config/campaigns/first.yaml');
  for (const part of ['campaign: first', 'lists: [people]', 'agents: [team]']) expect(campaign).toContain(part);
});
