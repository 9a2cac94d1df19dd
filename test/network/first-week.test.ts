// An admin's first week, command after command on a running call centre: each answers at once and in words that say what
// to do next. The time that the commands took is printed.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busy, personAnswers } from '../../asterisk/box/numbers.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
const times: { readonly command: string; readonly ms: number }[] = [];

beforeAll(async () => void (desk = await Desk.open()), 90_000);
afterAll(() => desk.close());

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly json: unknown }> {
  const startedAt = performance.now();
  const ran = await desk.cli(...args);
  times.push({ command: args.slice(0, 2).join(' '), ms: Math.round(performance.now() - startedAt) });
  return ran;
}

const done = async (...args: readonly string[]): Promise<unknown> => {
  const { code, json } = await run(...args);
  expect({ args, code, json }).toMatchObject({ code: 0 });
  return json;
};

const inWeek = (name: string): string => path.join(desk.centre.dir, 'week', name);

test('[C-01] [L-01] [L-12] [S-06] the first week: list, rejects corrected, do-not-call, campaign, calls, why, reports, forgetting', async () => {
  mkdirSync(inWeek('.'), { recursive: true });
  const people = [personAnswers({ afterS: 1, talksS: 2 }, 1), personAnswers({ afterS: 1, talksS: 2 }, 2), busy(3, 1)];
  const rows = [...people.map((number, at) => `Person ${at + 1},${number},north`), 'Person 4,12,north'];
  writeFileSync(inWeek('people.csv'), ['name,mobile phone,region', ...rows, ''].join('\n'));
  const fixed = personAnswers({ afterS: 1, talksS: 2 }, 4);
  const away = personAnswers({ afterS: 1, talksS: 2 }, 5);

  // Monday: a list with a row that is rejected, corrected in the file of rejects, imported again.
  expect(await done('list', 'import', inWeek('people.csv'), '--name', 'people')).toMatchObject({
    added: 3,
    rejected: 1,
  });
  const rejects = readdirSync(inWeek('.')).find((name) => name.startsWith('people.rejected')) ?? 'none';
  writeFileSync(inWeek(rejects), readFileSync(inWeek(rejects), 'utf8').replace('Person 4,12', `Person 4,${fixed}`));
  expect(await done('list', 'import', inWeek(rejects), '--name', 'people')).toMatchObject({ added: 1, rejected: 0 });
  writeFileSync(inWeek('away.csv'), `name,mobile phone,region\nPerson 5,${away},south\n`);
  await done('list', 'import', inWeek('away.csv'), '--name', 'people');
  writeFileSync(inWeek('blocked.txt'), `${fixed} # asked by letter\n`);
  await done('dnc', 'import', inWeek('blocked.txt'), '--list', 'global');

  // Tuesday: a campaign, from its file to its first calls.
  await desk.campaign('people', {
    filter: `fields.region == "north"`,
    wrap_up: '{limit: 1s, over: ready}',
    call_again: `[{when: 'result == "busy"', after: 1h}]`,
  });
  await done('check');
  await done('campaign', 'approve', 'people');
  const agent = await desk.readyAgent('people');
  expect(await done('campaign', 'start', 'people')).toMatchObject({
    state: 'running',
    hours: 'at any time (no schedule)',
  });
  const calls = await desk.ended('people', 3);
  expect(calls.map(({ result }) => result).sort()).toEqual(['busy', 'connected', 'connected']);

  // Wednesday: why does it not dial these?
  expect(await done('campaign', 'show', 'people')).toMatchObject({
    fileFaults: [],
    progress: { total: 4, waits: [{ count: 1, why: 'call_again rule 1: result == "busy"' }] },
  });
  const blocked = (await done('record', 'explain', fixed, '--campaign', 'people')) as {
    checks: { rule: string; allows: boolean }[];
  }[];
  expect(blocked[0]?.checks.filter(({ allows }) => !allows).map(({ rule }) => rule)).toContain('do-not-call');
  const filtered = (await done('record', 'explain', away, '--campaign', 'people')) as {
    checks: { rule: string; why: string }[];
  }[];
  expect(filtered[0]?.checks.find(({ rule }) => rule === 'filter')?.why).toContain('(region is "south")');
  await done('campaign', 'pause', 'people');

  // Thursday: what was done, and by whom; data leaves.
  for (const report of ['campaign', 'attempts', 'agents', 'abandonment'])
    await done('report', report, ...(report === 'campaign' ? ['people'] : []), '--from', 'today');
  await done('export', 'records', '--campaign', 'people', '--out', inWeek('export.csv'));

  // Friday: a person asks to be forgotten; the campaign ends, its agent is signed out.
  const [person] = (await done('contact', 'find', 'Person 5')) as { id: number }[];
  await done('contact', 'forget', String(person?.id), '--reason', 'letter of 3 March');
  expect(await done('contact', 'find', 'Person 5')).toEqual([]);
  await done('campaign', 'stop', 'people');
  await done('campaign', 'archive', 'people');
  await desk.isIn(agent, 'offline');
  expect(JSON.stringify(await done('campaign', 'list'))).not.toContain('"archived"');
  expect(await done('campaign', 'list', '--all')).toContainEqual(
    expect.objectContaining({ name: 'people', state: 'archived' }),
  );
  await done('audit', 'log');
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  console.log(
    `first week: ${times.length} commands in ${total} ms; ${times.map(({ command, ms }) => `${command} ${ms}`).join(', ')}`,
  );
}, 280_000);
