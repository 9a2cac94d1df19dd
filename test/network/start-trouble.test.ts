// What a daemon says that cannot start: one error with its code and a hint, exit 1, and nothing of anybody else's touched.

import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';

const LIMIT_MS = 70_000;
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
    [
      'nothing listens at the ARI address',
      'ari-unreachable',
      /url: "http:\/\/127\.0\.0\.1:\d+/,
      'url: "http://127.0.0.1:1',
    ],
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

test('[O-09] after all of it the running daemon still has its conversation', async () => {
  expect((await desk.view(agent)).state).toBe('talking');
  await agent.phone.press('**');
  await desk.isIn(agent, 'wrap-up');
});
