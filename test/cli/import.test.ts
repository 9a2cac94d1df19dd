// Importing lists by command: mapping by options and by file, the preview, and bad files, each refused with one clear
// error, nothing changed.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
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
      rows: 4,
      added: 1,
      merged: 1,
      rejected: 2,
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

  test('[L-02] the preview shows each phone as written, what stands beside it, and as it was read', async () => {
    const file = put('phone_code,phone,country\n44,2079460958,\n,2125550100,US\n44,2125550100,US\n,12,\n');
    const asked = ['list', 'import', file, '--name', 'beside', '--preview'];
    const { out } = await outdial(asked, { folder });
    expect(out).toMatch(/LINE\s+COLUMN\s+WRITTEN\s+BESIDE IT\s+READ AS\n/);
    expect(out).toMatch(/2\s+phone\s+2079460958\s+phone_code 44\s+\+442079460958\n/);
    expect(out).toMatch(/3\s+phone\s+2125550100\s+country US\s+\+12125550100\n/);
    expect(out).toMatch(
      /4\s+phone\s+2125550100\s+phone_code 44, country US\s+left out: phone_code and country disagree\n/,
    );
    expect(out).toMatch(/5\s+phone\s+12\s+left out: /);
    const { preview } = documentOf(await outdial([...asked, '--json'], { folder }));
    expect(preview).toMatchObject([
      { phones: [{ column: 'phone', beside: [{ column: 'phone_code', says: '44' }], numbers: ['+442079460958'] }] },
      {},
      { phones: [{ numbers: [], why: 'phone_code and country disagree' }] },
      {},
    ]);
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

describe('[L-01] files as people send them, by command', () => {
  test('numbers with a country code and none: doubts are shown, refused on a terminal until somebody accepts them', async () => {
    const file = put('name,phone,mobile\nAda,491773333333,030901820\nBen,030901821,\n', 'doubtful.csv');
    const args = ['list', 'import', file, '--country', 'DE', '--name', 'doubtful'];
    const doubt = '1 of the first 2 rows have numbers that may be two: say --country-code present or absent.';
    const asked = await outdial(args, { folder, isScreen: true });
    expect(asked.code).toBe(1);
    expect(asked.err).toContain(doubt);
    expect(asked.err).toContain('--yes');
    expect(documentOf(await run(['list', 'show', 'doubtful'])).error?.code).toBe('list-unknown');
    const accepted = await outdial([...args, '--yes'], { folder, isScreen: true });
    expect(accepted.code).toBe(0);
    expect(accepted.out).toContain(doubt);
    expect(accepted.out).toMatch(/phones left out\s+1/);
    const script = documentOf(await run([...args, '--duplicates', 'merge', '--country-code', 'present']));
    expect(script).toMatchObject({ phonesLeftOut: 0, added: 0, merged: 2 });
    // No doubt is left but that this trunk dials no country but its own.
    expect(script['doubts']).toEqual([
      expect.stringMatching(/^No trunk dials 3 of the first 3/),
      expect.stringMatching(/^3 phones are kept and never dialed/),
    ]);
    expect(await contactsOf('doubtful')).toMatchObject([
      { phones: [{ number: '+4930901820' }, { number: '+491773333333' }] },
      { phones: [{ number: '+4930901821' }] },
    ]);
  });

  test('without a header, with the mark of decimals said by option or mapping file', async () => {
    const file = put('Ada;2125550160;1.234\nBen;2125550161;5\n', 'bare.csv');
    const columns = ['--map', 'column 1=name', '--map', 'column 3=balance:number'];
    const options = ['--no-header', '--decimal', 'comma', '--name', 'bare'];
    expect(documentOf(await run(['list', 'import', file, ...columns, ...options]))).toMatchObject({ added: 2 });
    expect(await contactsOf('bare')).toMatchObject([{ name: 'Ada', fields: { balance: 1234 } }, { name: 'Ben' }]);
    const lines = ['header: no', 'decimal: point', 'country_code: absent', 'columns:', '  column 1: name'];
    const mapping = put([...lines, '  column 3: {field: balance, type: number}'].join('\n'), 'bare.yaml');
    const merged = ['--mapping', mapping, '--name', 'bare', '--duplicates', 'merge'];
    expect(documentOf(await run(['list', 'import', file, ...merged]))).toMatchObject({ merged: 2 });
    expect(await contactsOf('bare')).toMatchObject([{ fields: { balance: 1.234 } }, { name: 'Ben' }]);
  });

  test('rows that are skipped stand in a file with the contact that they met', async () => {
    const file = put('name,phone\nAda,2125550170\n', 'met.csv');
    await run(['list', 'import', file]);
    const again = documentOf(await run(['list', 'import', file]));
    expect(again).toMatchObject({ added: 0, skipped: 1, notesFile: path.join(folder, 'met.notes.csv') });
    const [contact] = (documentOf(await run(['list', 'show', 'met'])) as unknown as { contacts: { id: number }[] })
      .contacts;
    const notes = readFileSync(path.join(folder, 'met.notes.csv'), 'utf8');
    expect(notes).toBe(
      `line,reason,met contact,name,phone\n2,skipped: is there already,${contact?.id ?? 0},Ada,2125550170\n`,
    );
  });

  test('[X-01] a typed number that may be two: named with both readings, nothing put on the list; others are', async () => {
    const typed = ['dnc', 'add', '491773333333', '+4407911123456'];
    await run(['migrate']);
    const settings = readFileSync(path.join(folder, 'config', 'outdial.yaml'), 'utf8');
    writeFileSync(path.join(folder, 'config', 'outdial.yaml'), `${settings}country: DE\n`);
    try {
      const ran = await run(typed);
      expect(ran.code).toBe(1);
      const why = '491773333333 may be +491773333333 or +49491773333333.';
      expect(documentOf(ran)).toEqual({ added: 1, known: 0, invalid: [{ line: 1, text: '491773333333', why }] });
      expect(documentOf(await run(['dnc', 'check', '+447911123456']))).toMatchObject({ blocked: true });
      expect(documentOf(await run(['dnc', 'check', '491773333333'])).error).toMatchObject({ message: why });
    } finally {
      writeFileSync(path.join(folder, 'config', 'outdial.yaml'), settings);
    }
  });
});

describe('[X-01] entries that match no number that is dialed', () => {
  test('shown, and on request the right numbers are put on the same lists beside them', async () => {
    const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
    const entry = { list: 'old', by: 'eve', at: 1, reason: '' };
    await store.doNotCall.add(['+4407911123456', '+5215512345678', '+12125550190', '+1'], entry);
    await store.close();
    const shown = await run(['dnc', 'repair']);
    const unmatched = [
      { list: 'old', entry: '+4407911123456', number: '+447911123456' },
      { list: 'old', entry: '+5215512345678', number: '+525512345678' },
    ];
    expect(shown.code).toBe(1);
    const listed = documentOf(shown) as unknown as { unmatched: { list: string }[] };
    expect(listed.unmatched.filter(({ list }) => list === 'old')).toEqual(
      unmatched.toSorted((a, b) => a.entry.length - b.entry.length),
    );
    expect(documentOf(await run(['dnc', 'check', '+525512345678']))).toMatchObject({ blocked: false });
    expect(documentOf(await run(['dnc', 'repair', '--yes']))).toMatchObject({ added: 2, unreadable: 1 });
    expect(documentOf(await run(['dnc', 'check', '+5215512345678']))).toMatchObject({ blocked: true });
    expect(documentOf(await run(['dnc', 'repair']))).toMatchObject({ unmatched: [], added: 0 });
  });
});

describe('[L-01] bad files: one error with code, place and hint, exit 1, nothing changed', () => {
  const rows = 'Ada,+12125550100\n'.repeat(3);
  test.each<[string, string | Buffer, string, object]>([
    ['wrong columns', 'name,city\nAda,Bonn\n', 'import-columns', { line: 1 }],
    ['a header with a quote that nobody closes', `name,"phone\n${rows}`, 'import-quotes', { line: 1 }],
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
