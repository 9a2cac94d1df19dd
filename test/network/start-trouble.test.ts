// What a daemon says that cannot start: one error with its code and a hint, exit 1, and nothing of anybody else's touched.

import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { health } from '../../src/http/wire/health.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { LinkProxy } from '../telephony/link-proxy.ts';

const LIMIT_MS = 240_000;
const OUTDIAL = path.resolve(import.meta.dirname, '../../bin/outdial');

let desk: Desk;
let agent: DeskAgent;
let made = 0;

/** A daemon is running all the while, with a person and an agent in conversation. */
beforeAll(async () => {
  desk = await Desk.open();
  await desk.ready('busy', [personAnswers({ afterS: 1 }, 1)]);
  agent = await desk.readyAgent('busy');
  await desk.act('busy', 'start');
  await desk.isIn(agent, 'talking');
}, LIMIT_MS);
afterAll(() => desk.close());

interface Ended {
  readonly code: number;
  readonly errors: readonly string[];
  readonly hints: number;
}

/** Settings of a second daemon with a database and a port of its own, changed by these replacements. */
async function settings(...changes: readonly (readonly [RegExp, string])[]): Promise<string> {
  made += 1;
  const dir = path.join(desk.centre.dir, `second-${made}`);
  mkdirSync(path.join(dir, 'campaigns'), { recursive: true });
  const own: (readonly [RegExp, string])[] = [
    [/outdial\.db/, `second-${made}/outdial.db`],
    [/port: \d+, token_file: \S+/, `port: ${await freePort()}, token_file: ${path.join(dir, 'token')}}`],
    [/campaigns: \S+/, `campaigns: ${path.join(dir, 'campaigns')}}`],
    // The running daemon listens there.
    [/ +sip_mirror: .*\n/, ''],
  ];
  let text = readFileSync(desk.centre.settingsFile, 'utf8');
  for (const [from, to] of [...own, ...changes]) {
    expect(text).toMatch(from);
    text = text.replace(from, to);
  }
  const file = path.join(dir, 'outdial.yaml');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function run(file: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(OUTDIAL, ['run', '--config', file], { timeout: LIMIT_MS - 10_000 }, (error, stdout, stderr) => {
      const text = stdout + stderr;
      const errors = [...text.matchAll(/^error \[([a-z-]+)\]/gm)].map(([, code = '']) => code);
      const hints = text.split('\n').filter((line) => line.startsWith('  hint: ')).length;
      resolve({ code: error === null ? 0 : Number(error.code), errors, hints });
    });
  });
}

describe('[O-09] [O-10] a daemon that cannot start', () => {
  test.each([
    ['wrong ARI password', 'ari-wrong-password', /(ari: .*password: )"[^"]+"/, '$1"wrong"'],
    ['wrong AMI secret', 'ami-wrong-password', /app: outdial([^]*)secret: "[^"]+"/, 'app: other$1secret: "wrong"'],
    ['the application is served by the running daemon', 'ari-app-taken', /app: outdial/, 'app: outdial'],
    ['an unknown key in the settings', 'settings-faulty', /drain: 60s/, 'dren: 60s'],
    ['a duration without a unit', 'settings-faulty', /drain: 60s/, 'drain: 60 parsecs'],
  ])(
    '%s: %s, with a hint, exit 1',
    async (_what, code, from, to) => {
      const ended = await run(await settings([from, to]));

      expect(ended).toEqual({ code: 1, errors: [code], hints: 1 });
    },
    LIMIT_MS,
  );

  test(
    'its HTTP port is taken: http-port-taken, exit 1',
    async () => {
      const port = /port: (\d+), token_file/.exec(readFileSync(desk.centre.settingsFile, 'utf8'))?.[1] ?? '';

      const ended = await run(await settings([/port: \d+, token_file/, `port: ${port}, token_file`]));

      expect(ended).toEqual({ code: 1, errors: ['http-port-taken'], hints: 1 });
    },
    LIMIT_MS,
  );

  test(
    'the database is the running daemon’s: store-in-use, exit 1',
    async () => {
      const ended = await run(await settings([/second-\d+\/outdial\.db/, 'outdial.db']));

      expect(ended).toEqual({ code: 1, errors: ['store-in-use'], hints: 1 });
    },
    LIMIT_MS,
  );

  test(
    'the database is of a newer version: store-newer, exit 1, and it is left as it was',
    async () => {
      const file = await settings();
      const database = path.join(path.dirname(file), 'outdial.db');
      migrateSqlite(database);
      const db = new Database(database);
      db.exec(`INSERT INTO migrations (version, name, checksum, applied_at) VALUES (9999, 'later', '', 0)`);
      db.close();
      const before = readFileSync(database);

      const ended = await run(file);

      expect(ended).toEqual({ code: 1, errors: ['store-newer'], hints: 1 });
      expect(readFileSync(database).equals(before)).toBe(true);
    },
    LIMIT_MS,
  );
});

describe.concurrent('[O-02] a daemon that starts before Asterisk', () => {
  const log = (text: string): readonly Readonly<Record<string, unknown>>[] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  /** A daemon whose ARI address does not answer until `comes`; what it has said so far, and how it ended. */
  async function early({ onTestFinished }: TestContext) {
    const { ariUrl } = desk.centre.box.pbx;
    const { hostname, port } = new URL(ariUrl);
    const cable = await LinkProxy.open(hostname, Number(port));
    cable.cut();
    const file = await settings(
      [/app: outdial/, 'app: early'],
      [/(ari: .*url: ")[^"]+/, `$1http://127.0.0.1:${cable.port}`],
    );
    const daemon = spawn(OUTDIAL, ['run', '--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(async () => {
      daemon.kill('SIGKILL');
      await cable.close();
    });
    let text = '';
    daemon.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => daemon.once('exit', resolve));
    const api = /port: (\d+), token_file/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    const look = async () => health.parse(await (await fetch(`http://127.0.0.1:${api}/api/health`)).json());
    const said = (message: string) => log(text).filter(({ msg }) => msg === message);
    await until('it waits', () => Promise.resolve(said(WAITS)[0]), 30_000);
    return { cable, daemon, ended, said, look };
  }

  const WAITS = 'no connection to Asterisk yet: tried again until there is one';

  test(
    'it waits, says so once, its health shows the link down; it runs as soon as Asterisk is there',
    async (context) => {
      const { cable, daemon, ended, said, look } = await early(context);
      expect(said(WAITS)).toMatchObject([{ level: 40, fault: { code: 'ari-unreachable' } }]);
      expect(await look()).toMatchObject({ ready: false, links: { ari: false, ami: false } });
      // Longer than the longest pause between two tries.
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      expect(said(WAITS)).toHaveLength(1);

      cable.restore();
      await until('it runs', () => Promise.resolve(said('outdial runs')[0]), 20_000);
      expect(await look()).toMatchObject({ links: { ari: true, ami: true } });
      daemon.kill('SIGTERM');
      expect(await ended).toBe(0);
    },
    LIMIT_MS,
  );

  test(
    'asked to stop while it waits: it ends at once, exit 0',
    async (context) => {
      const { daemon, ended, said } = await early(context);
      const askedAt = Date.now();
      daemon.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(Date.now() - askedAt).toBeLessThan(10_000);
      expect(said('outdial has stopped')).toHaveLength(1);
    },
    LIMIT_MS,
  );
});

test('[O-09] after all of it the running daemon still has its conversation', async () => {
  expect((await desk.view(agent)).state).toBe('talking');
  await agent.phone.press('**');
  await desk.isIn(agent, 'wrap-up');
});
