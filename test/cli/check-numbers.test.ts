// outdial check, and what the import says, of lists whose numbers the trunks never dial; on the store alone.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { CAMPAIGN, configFolder, documentOf, outdial, type Ran } from './cli.ts';

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  folder = await configFolder();
  await writeFile(join(folder, 'config', 'campaigns', 'renewals.yaml'), CAMPAIGN);
  const people = ['name,phone', 'Ada,+12125550123', 'Ben,+493012345678', 'Cleo,+493012345679', 'Dan,+19005551234'];
  await writeFile(join(folder, 'people.csv'), [...people, ''].join('\n'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('[L-01] [C-01] a list mostly of another country: the import and check say so, nothing is lost', async () => {
  const imported = documentOf(await run('list', 'import', 'people.csv', '--name', 'people', '--json'));
  expect(imported).toMatchObject({
    added: 4,
    neverDialed: { 'a number of a fixed line of DE': 2, 'a premium number of US': 1 },
  });
  const checked = await run('check', '--json');
  expect(checked.code).toBe(0);
  expect(documentOf(checked).lists).toEqual([
    'list people, campaign renewals: 3 of its first 4 phones are never dialed, most because one is ' +
      'a number of a fixed line of DE: not allowed on trunk main (allow_countries).',
  ]);
  expect((await run('check')).out).toContain('list people, campaign renewals: 3 of its first 4 phones');
});

test('[C-01] [C-02] check, of the store alone: fields that no list has, with their place; agents who get no calls', async () => {
  const file = join(folder, 'config', 'campaigns', 'renewals.yaml');
  await writeFile(join(folder, 'more.csv'), 'name,phone,region\nEve,+12125550125,north\n');
  await run('list', 'import', 'more.csv', '--name', 'people');
  await writeFile(file, `${CAMPAIGN}filter: contact.name != "" && fields.regoin == "north"\n`);
  const store = await openSqliteStore({ file: join(folder, 'outdial.db') });
  const agent = { groups: ['team-north'], by: 'ann' };
  for (const [number, groups] of [
    ['1041', ['team-north']],
    ['1042', []],
    ['1043', ['team-nort']],
  ] as const)
    await store.agents.save({ ...agent, number, name: number, groups });
  await store.close();

  const { out, code } = await run('check');
  expect(code).toBe(0);
  expect(out).toContain(
    `${file}:7:31: warning: filter: No list of the campaign has a field regoin. Its lists have: region. Did you mean "region"?`,
  );
  expect(out).toContain(
    'warning: agent 1042 is in no group and gets no calls: outdial agent change NUMBER --group NAME.',
  );
  expect(out).toContain(
    'warning: no campaign calls with the group team-nort (1043). Groups of campaigns: team-north. Did you mean "team-north"?',
  );
  expect(documentOf(await run('check', '--json')).agents).toHaveLength(2);
  await writeFile(file, `${CAMPAIGN}filter: fields.region == "north"\n`);
  expect((await run('check')).out).not.toContain('No list of the campaign');
  expect((await run('filter', 'count', 'fields.regoin == "north"')).out).toBe(
    'warning: No list has a field regoin. Its lists have: region. Did you mean "region"?\n0 of 5 contacts fit.\n',
  );
});
