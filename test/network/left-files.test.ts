// What a run of the daemon leaves on the disk is for its own user alone, whatever umask it starts with.

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { incomingFile } from '../../src/http/wire/imports.ts';
import { started } from '../cli/cli.ts';
import { Desk } from '../support/desk.ts';

const LIMIT_MS = 240_000;
/** What the test itself writes. */
const OURS = /^(daemon\.log|outdial\.yaml|campaigns|campaigns\/(talk|demo)\.yaml|[\w-]+\.csv)$/;

let desk: Desk;
let before: number;
beforeAll(async () => {
  before = process.umask(0);
  desk = await Desk.open();
}, LIMIT_MS);
afterAll(async () => {
  process.umask(before);
  await desk.close();
});

test(
  '[X-10] a day with a call, an import, a new campaign, a token: no file that others can read or write',
  async () => {
    const { dir, settingsFile } = desk.centre;
    await desk.ready('talk', [personAnswers({ afterS: 1 }, 1)]);
    const agent = await desk.readyAgent('talk');
    await desk.act('talk', 'start');
    await desk.isIn(agent, 'talking');
    await desk.centre.client.post(incomingFile, '/incoming', {
      id: '0123456789abcdef',
      name: 'people.csv',
    });
    await started(['campaign', 'clone', 'talk', 'copy', '--config', settingsFile]);
    await started(['backup', path.join(dir, 'backup.db'), '--config', settingsFile]);
    const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
    const all = names.filter((name) => !OURS.test(name));
    for (const wanted of [
      'token',
      'outdial.db',
      'outdial.db-wal',
      'outdial.db-shm',
      'campaigns/copy.yaml',
      'backup.db',
    ])
      expect(all).toContain(wanted);
    expect(all).toContain('incoming/0123456789abcdef/people.csv');
    expect(all.filter((name) => name.endsWith('.jsonl'))).not.toEqual([]);
    const open = all.flatMap((name) => {
      const { mode } = statSync(path.join(dir, name));
      return (mode & 0o077) === 0 ? [] : [`${name} ${(mode & 0o777).toString(8)}`];
    });
    expect(open).toEqual([]);
  },
  LIMIT_MS,
);
