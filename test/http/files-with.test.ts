// Files that name a forgotten person, as somebody who wants to find the person again would look for them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesWith } from '../../src/privacy/files-with.ts';

const NEEDLES = ['Zoë Ångström', 'zoe@example.org', '+12125550188', '+4930123456'];

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'files-with-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, content: string | Buffer): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};
const namesOf = (files: readonly string[]): readonly string[] => files.map((file) => basename(file));

test.each<readonly [string, string | Buffer]>([
  ['the number as people write it, the name in two columns', 'Zoë,Ångström,(212) 555-0188\n'],
  ['with dots', 'a,212.555.0188\n'],
  ['with its trunk prefix', 'a,030/123456\n'],
  ['the name in Windows-1252', Buffer.from('"Zoë Ångström",1\n', 'latin1')],
  ['the name in UTF-16', Buffer.from('"Zoë Ångström"\t1\n', 'utf16le')],
  ['the number in UTF-16', Buffer.from('212-555-0188\n', 'utf16le')],
  ['far into the file, over the edge of what is read at once', `${'x'.repeat(65_530)}zoe@example.org`],
])('[L-14] a file with %s is found', async (_, content) => {
  expect(namesOf(await filesWith(NEEDLES, [await write('people.csv', content)]))).toEqual(['people.csv']);
});

test('[L-14] files that imports wrote beside it are found too: rejected ones of every time, and those with notes', async () => {
  const source = await write('list.csv', 'name\nsomebody else\n');
  for (const what of ['rejected', 'rejected-2', 'notes', 'other'])
    await write(`list.${what}.csv`, 'line,reason\n2,(212) 555-0188\n');
  await write('list2.rejected.csv', '+12125550188');
  expect(namesOf(await filesWith(NEEDLES, [source]))).toEqual([
    ...['list.notes.csv', 'list.rejected-2.csv', 'list.rejected.csv'],
  ]);
});

test('[L-14] a file of others is not named; nothing to look for names none; a file that is gone is passed over', async () => {
  const file = await write('others.csv', 'Zoe,+12125550189\nAda,2125550.199\n');
  expect(await filesWith(NEEDLES, [file, join(folder, 'gone.csv'), '/nowhere/x.csv'])).toEqual([]);
  expect(await filesWith([], [file])).toEqual([]);
});
