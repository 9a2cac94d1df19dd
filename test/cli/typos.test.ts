// What an admin mistypes: names are refused with the nearest that there is, input in the words of the command line, and
// agents who would get no calls are warned of. The same words over HTTP.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../http/api.ts';
import { aCampaign } from '../records/builders.ts';
import { campaignView } from '../http/fake-control.ts';
import { CAMPAIGN, configFolder, outdial, type Ran } from './cli.ts';

let api: TestApi;
let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  api = await startTestApi([aCampaign({ name: 'renewals', lists: ['people'], agents: ['team-north'] })]);
  api.control.views.set('renewals', campaignView({ name: 'renewals' }));
  folder = await configFolder(Number(new URL(api.url).port));
  await writeFile(join(folder, 'token'), `${api.token}\n`, { mode: 0o600 });
  await writeFile(join(folder, 'config', 'campaigns', 'renewals.yaml'), CAMPAIGN);
  await writeFile(join(folder, 'people.csv'), 'name,phone\nAda,+12125550123\n');
  await run('list', 'import', 'people.csv');
  await run('agent', 'add', '1044', '--name', 'Ann', '--group', 'team-north');
  await run('filter', 'save', 'northern', 'fields.region == "north"');
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ['campaign-unknown', 'renewals', ['campaign', 'show', 'renewal']],
  ['campaign-unknown', 'renewals', ['campaign', 'start', 'renewasl']],
  ['campaign-unknown', 'renewals', ['campaign', 'stop', 'renwals']],
  ['campaign-unknown', 'renewals', ['campaign', 'approve', 'Renewal']],
  ['campaign-unknown', 'renewals', ['campaign', 'pause', 'renewels']],
  ['campaign-unknown', 'renewals', ['campaign', 'clone', 'renewels', 'copy']],
  ['campaign-unknown', 'renewals', ['simulate', 'renewels', '--agents', '4']],
  ['campaign-unknown', 'renewals', ['agent', 'card', 'renewels']],
  ['list-unknown', 'people', ['list', 'show', 'poeple']],
  ['list-unknown', 'people', ['list', 'delete', 'peopel']],
  ['list-unknown', 'people', ['filter', 'count', 'northern', '--list', 'pepole']],
  ['agent-unknown', '1044', ['agent', 'show', '1404']],
  ['agent-unknown', '1044', ['agent', 'logout', '1045']],
  ['agent-unknown', '1044', ['agent', 'set-pin', '104']],
  ['agent-unknown', '1044', ['agent', 'change', '1144', '--name', 'Ben']],
  ['filter-unknown', 'northern', ['filter', 'show', 'nothern']],
  ['filter-unknown', 'northern', ['filter', 'delete', 'northen']],
])('[O-02] %s: the nearest, %s, is named: outdial %j', async (code, nearest, args) => {
  const ran = await run(...args);
  expect([ran.code, ran.out]).toEqual([1, '']);
  expect(ran.err).toContain(`[${code}]`);
  expect(ran.err).toContain(`Did you mean "${nearest}"?`);
});

test('[O-10] an agent number, a group and a PIN that cannot be: in the words of the command line, with its help', async () => {
  const number = await run('agent', 'add', 'abc', '--name', 'Ann');
  expect([number.code, number.err]).toEqual([
    1,
    'error [invalid-request] <number>: digits only, at most 10\n  hint: outdial agent add --help shows what it takes.\n',
  ]);
  const several = await run('agent', 'add', '105', '--name', 'Ann;', '--group', 'a b', '--pin', '12');
  expect(several.err).toContain('--name: no quotes');
  expect(several.err).toContain('--group: letters, digits');
  expect(several.err).toContain('--pin: 4 to 12 digits');
  expect(several.err).not.toContain('body');
  const path = await run('agent', 'show', 'abc');
  expect(path.err).toContain('<number>: digits only');
  const reason = await api.ask('POST', '/api/agents', { number: 'abc', name: 'Ann' });
  expect(reason.body.error?.message).toBe('body.number: digits only, at most 10');
});

test('[O-03] an agent in no group, or in one that no campaign calls with: added, with a warning', async () => {
  const none = await run('agent', 'add', '201', '--name', 'Eve');
  expect(none.code).toBe(0);
  expect(none.out).toMatch(
    /warning: The agent is in no group and gets no calls\. outdial agent change 201 --group NAME\./,
  );
  const typo = await run('agent', 'add', '202', '--name', 'Eve', '--group', 'team-nroth');
  expect(typo.out).toContain('warning: No campaign calls with the group team-nroth.');
  expect(typo.out).toContain('Did you mean "team-north"?');
  const good = await run('agent', 'change', '202', '--group', 'team-north');
  expect(good.out).not.toContain('warning');
  const made = await api.ask('POST', '/api/agents', { number: '203', name: 'Eve' });
  expect(made.body['warnings']).toMatchObject([{ message: 'The agent is in no group and gets no calls.' }]);
});
