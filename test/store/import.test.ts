// CSV files as people really send them: what becomes a contact, what is rejected row by row, and which files are refused
// as a whole.

import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import type { Store } from '../../src/engine/store/store.ts';
import type { ImportOptions, ImportPlan } from '../../src/store/import/plan.ts';
import { makePlan } from '../../src/store/import/plan.ts';
import { planImport, runImport } from '../../src/store/import/run.ts';
import type { ImportReport } from '../../src/store/import/report.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { codeOf } from '../contract/store-desk.ts';
import { makeFolder } from './folder.ts';

const folder = makeFolder();
let store: Store;
let counter = 0;

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A list's name that no other test uses. */
function newList(): string {
  counter += 1;
  return `list-${counter}`;
}

/** Numbers that no other test uses, one after the other. */
function phone(): string {
  counter += 1;
  return `+1646${String(2_000_000 + counter)}`;
}

function csv(content: string | Buffer, name = 'people.csv'): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const plan = (content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<ImportPlan> =>
  makePlan(csv(content), { list: newList(), country: 'US', ...options });

async function imported(content: string, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  return runImport(await plan(content, options), store);
}

const contactsOf = async (report: ImportReport): Promise<unknown> =>
  (await store.lists.show(report.list.name, 10)).contacts.map(({ id: _id, ...contact }) => contact);

/** What a file is refused with, and where. */
async function refusal(content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<unknown> {
  try {
    return (await plan(content, options)).columns;
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    expect(error.hint).not.toBe('');
    const { file: _file, ...spot } = error.places[0] ?? { file: '' };
    return { code: error.code, ...spot };
  }
}

describe('what a file means', () => {
  test('[L-01] names, several phones with types and fields are found by the header', async () => {
    const [mobile, home, work] = [phone(), phone(), phone()];
    const header = 'Customer No.,First Name,Last Name,Cell Phone,Home Phone,Büro Telefon,Phone Type,Fax';
    const found = await plan(`${header}\n0007,Ada,Moss,${mobile},${home},${work},x,+12125550199\n`);
    expect(found.columns.map(({ use }) => use)).toEqual([
      { as: 'field', field: 'Customer No.' },
      ...[{ as: 'name' }, { as: 'name' }],
      ...[
        { as: 'phone', type: 'mobile' },
        { as: 'phone', type: 'home' },
        { as: 'phone', type: 'work' },
      ],
      ...[
        { as: 'field', field: 'Phone Type' },
        { as: 'field', field: 'Fax' },
      ],
    ]);
    expect(await contactsOf(await runImport(found, store))).toEqual([
      {
        name: 'Ada Moss',
        fields: { 'Customer No.': '0007', 'Phone Type': 'x', Fax: '+12125550199' },
        phones: [
          { number: mobile, type: 'mobile' },
          { number: home, type: 'home' },
          { number: work, type: 'work' },
        ],
      },
    ]);
  });

  test('[L-01] whoever imports may say what a column is', async () => {
    const columns = { Nr: { as: 'phone', type: 'work' }, Wer: { as: 'name' }, Geheim: { as: 'ignore' } } as const;
    const number = phone();
    const report = await imported(`Nr,Wer,Geheim\n${number},Ada,x\n`, { columns });
    expect(await contactsOf(report)).toEqual([{ name: 'Ada', fields: {}, phones: [{ number, type: 'work' }] }]);
  });

  test.each([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'bar'],
  ])('[L-01] values apart by %j (%s), with quotes, line breaks and CR LF', async (delimiter) => {
    const row = [phone(), `"Ada ""A."" ${delimiter} Moss"`, '"two\r\nlines"'].join(delimiter);
    const report = await imported(`${['phone', 'name', 'note'].join(delimiter)}\r\n\r\n${row}\r\n`);
    expect(await contactsOf(report)).toMatchObject([
      { name: `Ada "A." ${delimiter} Moss`, fields: { note: 'two\r\nlines' } },
    ]);
  });

  test.each([
    ['utf-8', (text: string) => Buffer.from(text)],
    ['utf-8', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['utf-16le', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', (text: string) => Buffer.from(text, 'utf16le')],
    ['utf-16be', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ] as const)('[L-01] the encoding %s is found, accents are right', async (encoding, encode) => {
    const found = await plan(encode(`name;phone\nJosé Müller;${phone()}\n`));
    expect(found).toMatchObject({ encoding, delimiter: ';' });
    expect(found.columns[0]?.header).toBe('name');
    expect(await contactsOf(await runImport(found, store))).toMatchObject([{ name: 'José Müller' }]);
  });

  test('[L-01] the preview shows the first rows with their lines, and what is doubtful', async () => {
    const found = await plan(`name,phone,account\n\n"A\nB",${phone()},2125550123\nBen,call me,2125550124\n`);
    expect(found.preview).toMatchObject([
      { line: 3, reading: { kind: 'contact' } },
      { line: 5, reading: { kind: 'rejected', reason: 'phone: letters in the number' } },
    ]);
    expect(found.doubts).toEqual([
      '1 of the first 2 rows would be rejected; check columns and country.',
      'Column "account" has values like telephone numbers and is kept as a field.',
    ]);
  });

  test('[L-02] national numbers belong to the country; field values are kept to the letter', async () => {
    const report = await imported('name;phone;note\nAda;(030) 901820-31; =1+1 \n', { country: 'de' });
    expect(await contactsOf(report)).toMatchObject([
      { phones: [{ number: '+493090182031', type: 'other' }], fields: { note: ' =1+1 ' } },
    ]);
  });
});

describe('rows that are rejected', () => {
  test.each([
    ['1-800-FLOWERS', 'phone: letters in the number'],
    ['+12125550100;+12125550101', 'phone: ";" in the number'],
    ['2125550100&x=1', 'phone: letters in the number'],
    ['2125550100&1', 'phone: "&" in the number'],
    ['212@5550100', 'phone: "@" in the number'],
    ['212/5550100', 'phone: "/" in the number'],
    ['2125550100,2125550101', 'phone: "," in the number'],
    ['+1212\r\n5550100', 'phone: a line break in the value'],
    ['+12125550100\r\n', 'phone: a line break in the value'],
    ['+1212\u00075550100', 'phone: the control character 7 in the number'],
    ['2.125E+09', 'phone: a number that a spreadsheet has rounded; format the column as text'],
    ['212 555', 'phone: no valid telephone number (country US)'],
    ['++12125550100', 'phone: "+" in the number'],
    ['', 'has no telephone number'],
  ])('[L-01] %j as a number rejects its row: %s', async (value, reason) => {
    const found = await plan(`name,phone\nAda,"${value}"\nBen,${phone()}\n`);
    expect(found.preview[0]?.reading).toEqual({ kind: 'rejected', reason });
  });

  test('[L-01] rejected rows are in a file with line and reason, the others are imported', async () => {
    const [first, second] = [phone(), phone()];
    const own = makeFolder();
    const rows = [
      'name,phone,note',
      `Ada,${first},x`,
      'Ben,nobody,"a ""b"", c"',
      'Cleo',
      `Dan,${second},y`,
      `E,${first},z`,
    ];
    const file = path.join(own, 'people.csv');
    writeFileSync(file, `${rows.join('\n')}\n`);
    const importFile = async (): Promise<ImportReport> =>
      runImport(await makePlan(file, { list: newList(), country: 'US' }), store);
    const report = await importFile();
    expect(report).toMatchObject({ rows: 5, added: 2, skipped: 1, skippedLines: [6], rejected: 2 });
    expect(report.reasons).toEqual({
      'phone: letters in the number': 1,
      'has 1 values where the header has 3 columns': 1,
    });
    const rejectedFile = path.join(own, 'people.rejected.csv');
    expect(report.rejectedFile).toBe(rejectedFile);
    expect(statSync(rejectedFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(rejectedFile, 'utf8').split('\n')).toEqual([
      ...['line,reason,name,phone,note', '3,phone: letters in the number,Ben,nobody,"a ""b"", c"'],
      ...['4,has 1 values where the header has 3 columns,Cleo', ''],
    ]);
    const notes = readFileSync(report.notesFile ?? '', 'utf8').split('\n');
    const [met] = (await store.lists.show(report.list.name, 1)).contacts;
    expect(notes).toEqual([
      ...['line,reason,met contact,name,phone,note', `6,skipped: is there already,${met?.id ?? 0},E,'${first},z`, ''],
    ]);
    // Somebody corrects the file: no later import touches it, whether it rejects rows or not.
    writeFileSync(rejectedFile, 'corrected');
    expect((await importFile()).rejectedFile).toBe(path.join(own, 'people.rejected-2.csv'));
    writeFileSync(file, `name,phone\nFay,${phone()}\n`);
    expect((await importFile()).rejectedFile).toBeUndefined();
    expect(readFileSync(rejectedFile, 'utf8')).toBe('corrected');
    expect(readdirSync(own).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('[L-01] a corrected file that still has rows to reject: line and reason stand once', async () => {
    const first = await imported(`name,phone\nAda,${phone()}\nBen,nobody\nCleo,nobody\n`);
    const corrected = readFileSync(first.rejectedFile ?? '', 'utf8').replace('nobody', phone());
    const second = await imported(corrected);
    expect(second).toMatchObject({ added: 1, rejected: 1 });
    const text = readFileSync(second.rejectedFile ?? '', 'utf8');
    expect(text).toBe('line,reason,name,phone\n3,phone: letters in the number,Cleo,nobody\n');
    const notes = 'line,reason,met contact,name,phone\n2,merged,7,Ada,nobody\n';
    const third = await plan(notes);
    expect(third.columns.map(({ use }) => use.as)).toEqual(['ignore', 'ignore', 'ignore', 'name', 'phone']);
  });

  test('[L-01] rows that are left out never go through a link, and hold nothing that a program obeys', async () => {
    const own = makeFolder();
    const victim = path.join(own, 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, path.join(own, 'people.rejected.csv'));
    symlinkSync(victim, path.join(own, 'people.rejected.csv.part'));
    const file = path.join(own, 'people.csv');
    const bad = ['=HYPERLINK("http://x")', '\u000b=1+1', '\u200b@x', '\u001b[2J', "'t Hart", "'=1", '-5'];
    const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
    writeFileSync(file, `name,phone,note\nAda,${phone()},\n${bad.map((one) => `x,nobody,${quoted(one)}\n`).join('')}`);
    const options = { list: newList(), country: 'US', duplicates: 'merge' } as const;
    const report = await runImport(await makePlan(file, options), store);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(report.rejectedFile).toBe(path.join(own, 'people.rejected-2.csv'));
    const rows = readFileSync(report.rejectedFile ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const cells = rows.map((row) =>
      row
        .slice(row.indexOf('nobody,') + 7)
        .replace(/^"|"$/g, '')
        .replaceAll('""', '"'),
    );
    expect(cells).toEqual([
      ...[`'=HYPERLINK("http://x")`, '\ufffd=1+1', "'\u200b@x", '\ufffd[2J', "'t Hart", "''=1", "'-5"],
    ]);
    writeFileSync(file, readFileSync(report.rejectedFile ?? '', 'utf8').replaceAll('nobody', '2125550100'));
    const again = await makePlan(file, { ...options, columns: { note: { as: 'field', field: 'note' } } });
    const notes = again.preview.map(({ reading }) =>
      reading.kind === 'contact' ? reading.contact.fields['note'] : '',
    );
    expect(notes).toEqual(['=HYPERLINK("http://x")', '\ufffd=1+1', '\u200b@x', '\ufffd[2J', "'t Hart", "'=1", '-5']);
  });

  test('[L-01] the file of rejected rows is corrected and imported the same way: no field too many, every letter right', async () => {
    const given = { encoding: 'windows-1252', delimiter: ';', country: 'DE', list: newList() } as const;
    const rows = Buffer.from(
      'Name;Telefon;Ort\r\nZo\xeb;030 901820;K\xf6ln\r\nJ\xfcrgen;nobody;M\xfcnchen\r\n',
      'latin1',
    );
    const first = await runImport(await plan(rows, given), store);
    expect(first).toMatchObject({ added: 1, rejected: 1 });
    const corrected = readFileSync(first.rejectedFile ?? '', 'utf8').replace('nobody', '089/2180-0');
    const second = await runImport(await plan(corrected, given), store);
    expect(second).toMatchObject({ added: 1, rejected: 0 });
    expect(await contactsOf(second)).toContainEqual({
      name: 'Jürgen',
      fields: { Ort: 'München' },
      phones: [{ number: '+498921800', type: 'other' }],
    });
  });

  test.each([
    ['089/2180-0', '+498921800'],
    ['(089) / 2180 0', '+498921800'],
    ['+49 89/21800', '+498921800'],
  ])('[L-01] %j: the slash parts area code and number', async (value, number) => {
    const { preview } = await plan(`name,phone\nAda,${value}\n`, { country: 'DE' });
    expect(preview[0]?.reading).toMatchObject({ kind: 'contact', contact: { phones: [{ number }] } });
  });

  test.each(['030 901820/21', '030 901820/0171 1234567', '030/901820/1'])(
    '[L-01] %j may be two numbers: rejected',
    async (value) => {
      const { preview } = await plan(`name,phone\nAda,${value}\n`, { country: 'DE' });
      expect(preview[0]?.reading).toMatchObject({ kind: 'rejected' });
    },
  );

  test('[L-01] all rows are rejected: nothing is imported, the reasons are kept', async () => {
    const found = await plan('name,phone\nAda,nobody\n');
    expect(await codeOf(runImport(found, store))).toBe('import-all-rejected');
    const kept = readdirSync(folder).filter((name) => name.startsWith('people.rejected'));
    expect(kept.some((name) => readFileSync(path.join(folder, name), 'utf8').includes('Ada,nobody'))).toBe(true);
    expect(await codeOf(store.lists.show(found.list, 1))).toBe('list-unknown');
  });
});

describe('files that are refused as a whole', () => {
  const rows = (count: number): string => 'Ada,+12125550100\n'.repeat(count);

  test.each([
    ['it is empty', '', { code: 'import-empty' }],
    ['it has a header only', 'name,phone\n\n', { code: 'import-empty' }],
    ['no header', 'Ada,+12125550100\nBen,+12125550101\n', { code: 'import-columns', line: 1 }],
    ['no column of phones', 'name,city\nAda,Bonn\n', { code: 'import-columns', line: 1 }],
    ['two columns of one name', 'phone,a,a\n+12125550100,1,2\n', { code: 'import-columns', line: 1 }],
    ['a broken quote in the header', `name,"phone\n${rows(3)}`, { code: 'import-quotes', line: 1 }],
    ['a NUL byte', `name,phone\nAda,+1212\0\n`, { code: 'import-nul', line: 2, column: 10 }],
    ['a line of 1 MB', `name,phone\n${rows(2)}${'x'.repeat(1e6)},1\n`, { code: 'import-line-too-long', line: 4 }],
    ['a line of 1 MB at the end', `name,phone\n${'x'.repeat(1e6)}`, { code: 'import-line-too-long', line: 2 }],
    ['a workbook', Buffer.from('PK\u0003\u0004\u0014\0'), { code: 'import-not-csv' }],
  ])('[L-01] %s', async (_why, content, expected) => {
    expect(await refusal(content)).toEqual(expected);
  });

  test('[L-01] bytes that are not of the encoding: refused with their place', async () => {
    const latin = Buffer.from('name,phone\nJosé,+12125550100\n', 'latin1');
    expect(await refusal(latin, { encoding: 'utf-8' })).toEqual({ code: 'import-encoding', line: 2, column: 4 });
    const mixed = Buffer.concat([Buffer.from('name,phone\nJosé,1\nZoë,2\n'), latin]);
    expect(await refusal(mixed)).toEqual({ code: 'import-encoding', line: 5, column: 4 });
    const neither = Buffer.concat([Buffer.from('name,phone\nA'), Buffer.from([0x81, 0x8d]), Buffer.from(',1\n')]);
    expect(await refusal(neither)).toEqual({ code: 'import-encoding', line: 2, column: 2 });
  });

  test('[L-01] a column that the file does not have, a country or list name that is none', async () => {
    const content = 'name,phone\nAda,+12125550100\n';
    const columns = { telephone: { as: 'ignore' } } as const;
    expect(await refusal(content, { columns })).toMatchObject({ code: 'import-columns' });
    expect(await refusal(content, { country: 'XX' })).toEqual({ code: 'import-country' });
    expect(await refusal(content, { list: '../x' })).toEqual({ code: 'import-list-name' });
  });

  test('[L-01] a file that is not there or cannot be read', async () => {
    const options = { list: newList(), country: 'US' };
    expect(await codeOf(planImport(path.join(folder, 'nowhere.csv'), options))).toBe('import-unreadable');
    expect(await codeOf(makePlan(folder, options))).toBe('import-unreadable');
  });
});

describe('all or nothing', () => {
  test('[L-01] a fault far down in the file: nothing of it is imported, nothing is left beside it', async () => {
    const last = phone();
    const many = Array.from({ length: 20_000 }, () => `Ada,${phone()}`).join('\n');
    const found = await plan(`name,phone\nBad,nobody\n${many}\nBen,${last}\nBen,${last}\n`, { duplicates: 'fail' });
    expect(await codeOf(runImport(found, store))).toBe('import-duplicate');
    expect(await codeOf(store.lists.show(found.list, 1))).toBe('list-unknown');
    expect(existsSync(`${path.join(folder, 'people.rejected.csv')}.part`)).toBe(false);
  });

  test('[L-01] called off half-way: nothing is imported; progress was reported', async () => {
    const many = Array.from({ length: 5000 }, () => `Ada,${phone()}`).join('\n');
    const found = await planImport(csv(`name,phone\n${many}\n`), { list: newList(), country: 'US' });
    const stop = new AbortController();
    const seen: number[] = [];
    const running = runImport(found, store, {
      signal: stop.signal,
      onProgress({ added, rows, totalBytes }) {
        seen.push(added);
        expect(rows).toBeGreaterThanOrEqual(added);
        expect(totalBytes).toBe(found.bytes);
        if (added >= 2000) stop.abort();
      },
    });
    expect(await codeOf(running)).toBe('import-cancelled');
    expect(seen.length).toBeGreaterThan(1);
    expect(await codeOf(store.lists.show(found.list, 1))).toBe('list-unknown');
    expect((await runImport(found, store)).added).toBe(5000);
  });

  test('[L-01] rejected rows cannot be written: nothing is imported', async () => {
    const found = await plan(`name,phone\nAda,${phone()}\nBen,nobody\n`);
    const rejectedFile = path.join(folder, 'nowhere', 'rejected.csv');
    expect(await codeOf(runImport(found, store, { rejectedFile }))).toBe('import-rejected-file');
    expect(await codeOf(store.lists.show(found.list, 1))).toBe('list-unknown');
  });
});
