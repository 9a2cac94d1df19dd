// outdial check, and what the import says, of lists whose numbers the trunks never dial; on the store alone.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
