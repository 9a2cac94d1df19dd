// Importing lists by command: mapping by options and by file, the preview, and bad files, each refused with one clear
// error, nothing changed.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configFolder, documentOf, outdial, type Ran } from './cli.ts';

let folder = '';

beforeAll(async () => {
  folder = await configFolder();
  await outdial(['migrate'], { folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[]): Promise<Ran> => outdial([...args, '--json'], { folder });

function put(content: string | Buffer, name = 'people.csv'): string {
  writeFileSync(path.join(folder, name), content);
  return name;
}

async function contactsOf(list: string): Promise<unknown> {
  const shown = documentOf(await run(['list', 'show', list])) as unknown as { contacts: { id: number }[] };
  return shown.contacts.map(({ id: _id, ...contact }) => contact);
}

describe('[L-01] what the columns are', () => {
  test('by options: a name, phones with types, typed fields', async () => {
    const file = put('Who,Tel,Cell,Open,Since\nAda,2125550100,2125550101,"1,234.50",3/4/2026\n');
    const options = ['--name', 'options', '--map', 'Who=name', '--phone', 'Tel:home', '--phone', 'Cell:mobile'];
    const types = ['--map', 'Open=balance:number', '--map', 'Since=since:date'];
    expect((await run(['list', 'import', file, ...options, ...types])).code).toBe(0);
    expect(await contactsOf('options')).toEqual([
      {
        name: 'Ada',
        fields: { balance: 1234.5, since: '2026-03-04' },
        phones: [
          { number: '+12125550100', type: 'home' },
          { number: '+12125550101', type: 'mobile' },
        ],
      },
    ]);
  });

  test('by a mapping file; an option goes before it; a value that does not fit rejects its row', async () => {
    const columns = [
      '  Wer: name',
      '  Tel: {phone: home}',
      '  Nr: customer',
      '  Offen: {field: balance, type: number}',
    ];
    const choice = '  Art: {field: art, type: choice, choices: [gold, silver]}';
    const head = ['list: mapped', 'delimiter: ";"', 'country: DE', 'key: customer', 'duplicates: merge', 'columns:'];
    const mapping = put([...head, ...columns, choice].join('\n'), 'mapping.yaml');
    const rows = ['1;Ada;030 901820-31;12,50;Gold', '1;Ada Moss;030 901820-32;13;', '2;Ben;030 901820-31;viel;gold'];
    const file = put(`Nr;Wer;Tel;Offen;Art\n${rows.join('\n')}\n3;Cleo;030 901820-31;1;bronze\n`);
    const ran = documentOf(await run(['list', 'import', file, '--mapping', mapping, '--name', 'mapped-2']));
    expect(ran).toMatchObject({
      ...{ rows: 4, added: 1, merged: 1, rejected: 2 },
      reasons: { 'Offen: "viel" is not a number': 1, 'Art: "bronze" is not one of gold, silver': 1 },
    });
    expect(await contactsOf('mapped-2')).toMatchObject([
      { name: 'Ada Moss', fields: { customer: '1', balance: 13, art: 'gold' }, phones: [{}, {}] },
    ]);
  });

  test('a mapping file with faults: each with its line', async () => {
    const mapping = put('countri: DE\nduplicates: keep\ncolumns: {Tel: {phone: pager}}\n', 'mapping.yaml');
    const { error } = documentOf(await run(['list', 'import', put('Tel\n2125550100\n'), '--mapping', mapping]));
    const places = (error as unknown as { places: { line: number; key: string }[] }).places;
    expect(error?.code).toBe('import-mapping-faulty');
    expect(places.map(({ line, key }) => `${line} ${key}`).sort()).toEqual([
      '1 countri',
      '2 duplicates',
      '3 columns.Tel.phone',
    ]);
  });

  test('the preview shows what was found, and changes nothing', async () => {
    const file = put('name;phone;balance\nAda;2125550100;12\nBen;nobody;13.5\n');
    const ran = await outdial(['list', 'import', file, '--name', 'previewed', '--preview'], { folder });
    expect(ran.out).toContain('delimiter ;');
    expect(ran.out).toMatch(/balance\s+field balance\s+number/);
    expect(ran.out).toContain('rejected: phone: letters in the number');
    expect(documentOf(await run(['list', 'show', 'previewed'])).error?.code).toBe('list-unknown');
  });

  test('[L-06] what a campaign says of its fields holds for the lists that it uses', async () => {
    const campaign = ['campaign: typed', 'mode: predictive', 'lists: [typed]', 'agents: [a]', 'trunk: main'];
    const fields = ['fields:', '  - {field: region, required: yes}', '  - {field: balance, type: number}'];
    const rest = ['caller_ids: {numbers: ["+12125550100"]}', ...fields, ''];
    writeFileSync(path.join(folder, 'config', 'campaigns', 'typed.yaml'), [...campaign, ...rest].join('\n'));
    const rows = ['Ada,2125550120,north,1', 'Ben,2125550121,,2', 'Cleo,2125550122,south,x'];
    const file = put(`name,phone,region,balance\n${rows.join('\n')}\n`);
    expect(documentOf(await run(['list', 'import', file, '--name', 'typed']))).toMatchObject({
      added: 1,
      reasons: { 'region: it is required': 1, 'balance: "x" is not a number': 1 },
    });
    const without = documentOf(await run(['list', 'import', put('name,phone\nAda,2125550100\n'), '--name', 'typed']));
    expect(without.error).toMatchObject({ code: 'import-columns' });
  });
});

describe('[L-01] bad files: one error with code, place and hint, exit 1, nothing changed', () => {
  const rows = 'Ada,+12125550100\n'.repeat(3);
  test.each<[string, string | Buffer, string, object]>([
    ['wrong columns', 'name,city\nAda,Bonn\n', 'import-columns', { line: 1 }],
    ['a quote that nobody closes', `name,phone\n${rows}"Ben,+1\n`, 'import-quotes', { line: 5 }],
    ['text behind a quote', 'name,phone\n"Ada"x,+1\n', 'import-quotes', { line: 2 }],
    ['a NUL byte', 'name,phone\nAda,+1212\0\n', 'import-nul', { line: 2, column: 10 }],
    ['a line of 1 MB', `name,phone\n${rows}${'x'.repeat(1e6)},1\n`, 'import-line-too-long', { line: 5 }],
    [
      'an encoding that is not kept to',
      Buffer.from('name,phone\nJos\u00e9,1\n\u0081\u008d,2\n', 'latin1'),
      'import-encoding',
      { line: 3 },
    ],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0014\0'), 'import-not-csv', {}],
    ['nothing', '', 'import-empty', {}],
    ['letters for numbers', 'name,phone\nAda,1-800-FLOWERS\n', 'import-all-rejected', {}],
    ['; in a number', 'name,phone\nAda,"+12125550100;ext=1"\n', 'import-all-rejected', {}],
    ['& in a number', 'name,phone\nAda,+12125550100&PJSIP\n', 'import-all-rejected', {}],
    ['@ in a number', 'name,phone\nAda,+12125550100@evil\n', 'import-all-rejected', {}],
    ['/ in a number', 'name,phone\nAda,PJSIP/+12125550100\n', 'import-all-rejected', {}],
    ['CR LF in a number', 'name,phone\nAda,"+12125550100\r\nAction: Originate"\n', 'import-all-rejected', {}],
  ])('%s', async (_what, content, code, spot) => {
    const before = documentOf(await run(['list', 'list']));
    const file = put(content, 'bad.csv');
    const ran = await run(['list', 'import', file, '--name', 'bad']);
    const { error } = documentOf(ran);
    expect({ exit: ran.code, code: error?.code }).toEqual({ exit: 1, code });
    expect(error?.hint).not.toBe('');
    const [place] = (error as unknown as { places: object[] }).places;
    expect(place).toMatchObject({ file: path.join(folder, file), ...spot });
    expect(documentOf(await run(['list', 'list']))).toEqual(before);
    if (code === 'import-all-rejected') {
      expect(readFileSync(path.join(folder, 'bad.rejected.csv'), 'utf8')).toMatch(/^line,reason,name,phone\n2,phone: /);
      rmSync(path.join(folder, 'bad.rejected.csv'));
    }
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('a duplicate where none may be: its line, and nothing of the file', async () => {
    const file = put('name,phone\nAda,2125550110\nBen,2125550111\nAda again,2125550110\n', 'twice.csv');
    const ran = await run(['list', 'import', file, '--duplicates', 'fail']);
    const place = { file: path.join(folder, 'twice.csv'), line: 4 };
    expect(documentOf(ran).error).toMatchObject({ code: 'import-duplicate', places: [place] });
    expect(documentOf(await run(['list', 'show', 'twice'])).error?.code).toBe('list-unknown');
    expect(existsSync(path.join(folder, 'twice.rejected.csv'))).toBe(false);
  });

  test('a file that is not there, a key that no column holds, an import to go on with that never was', async () => {
    const codeOf = async (...args: string[]): Promise<string | undefined> =>
      documentOf(await run(['list', 'import', ...args])).error?.code;
    expect(await codeOf('nowhere.csv')).toBe('import-unreadable');
    const file = put('name,phone\nAda,2125550100\n');
    expect(await codeOf(file, '--key', 'customer')).toBe('import-columns');
    expect(await codeOf(file, '--resume')).toBe('import-not-resumable');
  });

  test('what was imported without a daemon is in the audit log', async () => {
    await run(['list', 'import', put('name,phone\nAda,2125550177\n'), '--name', 'logged']);
    const [entry] = documentOf(await run(['audit', 'log', '--subject', 'logged'])) as unknown as object[];
    expect(entry).toMatchObject({ what: 'list.import', subject: 'logged', to: { added: 1 } });
  });

  test('undone without a daemon: list and contacts are gone, and the log says who did it', async () => {
    await run(['list', 'import', put('name,phone\nUndone Person,2125550178\n'), '--name', 'undone']);
    expect(documentOf(await run(['list', 'delete', 'undone']))).toEqual({ removed: 'undone' });
    expect(documentOf(await run(['list', 'delete', 'undone'])).error?.code).toBe('list-unknown');
    expect(documentOf(await run(['contact', 'find', 'Undone Person']))).toEqual([]);
    const log = documentOf(await run(['audit', 'log', '--subject', 'undone'])) as unknown as object[];
    expect(log).toMatchObject([{ what: 'list.delete' }, { what: 'list.import' }]);
  });

  test('[X-11] numbers, exports and backups without a daemon: each is in the audit log', async () => {
    await run(['dnc', 'import', put('+12125550179\n', 'numbers.txt'), '--list', 'state']);
    await run(['export', 'records', '--out', 'records.csv']);
    await run(['backup', 'copy.db']);
    const log = documentOf(await run(['audit', 'log', '--limit', '3'])) as unknown as object[];
    expect(log).toMatchObject([
      { what: 'backup.make', to: { file: path.join(folder, 'copy.db') } },
      { what: 'export.records', to: { format: 'csv', file: path.join(folder, 'records.csv') } },
      { what: 'do-not-call.import', subject: 'state', to: { numbers: 1 } },
    ]);
  });
});
