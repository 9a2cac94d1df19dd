// Files as people and programs send them: every form is read, or the one row of it is left out and named.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { makePlan } from '../../src/store/import/plan.ts';
import type { ImportOptions, ImportPlan } from '../../src/store/import/plan.ts';
import { readRows } from '../../src/store/import/csv-rows.ts';
import type { Row } from '../../src/store/import/csv-rows.ts';
import { makeFolder } from './folder.ts';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plan(content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<ImportPlan> {
  const file = path.join(mkdtempSync(path.join(folder, 'x-')), 'people.csv');
  writeFileSync(file, content);
  return makePlan(file, { list: 'people', country: 'US', ...options });
}

/** The first rows: numbers of contacts, or why there are none. */
async function numbersOf(content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<readonly unknown[]> {
  const { preview } = await plan(content, options);
  return preview.map(({ reading }) =>
    reading.kind === 'contact' ? reading.contact.phones.map(({ number }) => number).join(' ') : reading.reason,
  );
}

const NUMBER = '+12125550100';

describe('[L-01] files as people send them', () => {
  test.each([
    ['a formula that is text', 'name,phone\nAda,="2125550100"\n'],
    ['the same in quotes', 'name,phone\nAda,"=""2125550100"""\n'],
    ["a spreadsheet's apostrophe", "name,phone\nAda,'2125550100\n"],
    ['our own', "name,phone\nAda,'+12125550100\n"],
    ['a first line that names the delimiter', 'sep=;\nname;phone\nAda;2125550100\n'],
    ['the same, with a mark and CR LF', '\ufeffsep=;\r\nname;phone\r\nAda;2125550100\r\n'],
    ['a title and its date', 'Customers of May\nMade on;2026-05-01\n\nname;phone;city\nAda;2125550100;Bonn\n'],
    ['invisible marks', 'name,phone\nAda,\u202a2125550100\u202c\nBen,212\u200b555\u00ad0100\n'],
    ['digits of other scripts', 'name,phone\nAda,２１２５５５０１００\nBen,٢١٢٥٥٥٠١٠٠\n'],
    ['what Facebook writes', 'full name,phone\nAda,p:+12125550100\n'],
    ['CR line ends', 'name,phone\rAda,2125550100\rBen,2125550100\r'],
    ['VICIdial', 'vendor_id,phone_code,phone_number,first_name\n7,1,2125550100,Ada\n'],
    ['a country beside', 'name,country,phone\nAda,USA,2125550100\n'],
  ])('%s', async (_what, content) => {
    const numbers = await numbersOf(content, { country: content.includes('+') ? 'DE' : 'US' });
    expect(new Set(numbers)).toEqual(new Set([NUMBER]));
  });

  test.each(['constructor', '__proto__', 'toString'])(
    '[O-10] a column called %s: a field like any other',
    async (column) => {
      const { preview } = await plan(`name,phone,${column}\nAda,2125550100,x\nBen,2125550101,\n`);
      expect(preview).toMatchObject([
        { reading: { kind: 'contact', contact: { name: 'Ada', phones: [{ number: NUMBER }] } } },
        { reading: { kind: 'contact', contact: { name: 'Ben' } } },
      ]);
      const values = preview.map(({ reading }) =>
        reading.kind === 'contact' ? Object.entries(reading.contact.fields) : [],
      );
      expect(values).toEqual([[[column, 'x']], [[column, '']]]);
    },
  );

  test('a file without a header: columns by place; with none said, the fault names the option', async () => {
    const content = 'Ada,2125550100,x\nBen,2125550101,y\n';
    const columns = { 'column 1': { as: 'name' } } as const;
    const found = await plan(content, { header: false, columns });
    expect(found.preview).toMatchObject([
      { line: 1, reading: { contact: { name: 'Ada', phones: [{ number: NUMBER }], fields: { 'column 3': 'x' } } } },
      { line: 2, reading: { contact: { name: 'Ben' } } },
    ]);
    await expect(plan(content)).rejects.toMatchObject({
      code: 'import-columns',
      hint: expect.stringContaining('--no-header') as string,
    });
  });

  test('the title is left out and said, and a table without one is read from its first line', async () => {
    const title = await plan('Customers of May\n\nname;phone;city\nAda;2125550100;Bonn\n');
    expect(title.doubts).toContain('What stands before line 3 is left out: that line names the columns.');
    const plain = await plan('Who,Tel,Channel\nAda,2125550100,Phone\n');
    expect(plain).toMatchObject({ headerLine: 1, doubts: ['No column holds the name of the contact.'] });
  });

  test('rows without their empty last cells, and with empty ones too many', async () => {
    const content = `name,phone,city,note\nAda,2125550100\nBen,2125550100,Bonn,x,,\nCleo,2125550100,Bonn,x,y\nDan\n`;
    expect(await numbersOf(content)).toEqual([
      ...[NUMBER, NUMBER, 'has 5 values where the header has 4 columns', 'has 1 values where the header has 4 columns'],
    ]);
  });

  test.each([
    ['inside a value', 'Ada 5" tall,2125550101', 'a quote stands inside the unquoted value 1'],
    ['opened and never closed', '"Ada,2125550101', 'a quote is opened and never closed'],
    ['with text behind it', '"Ada" x,2125550101', 'text follows the closing quote of value 1'],
  ])('a quote %s costs its row alone', async (_what, row, why) => {
    const plain = await numbersOf(`name,phone\nAda,2125550100\n${row}\nBen,2125550100\n"Cleo, x",2125550100\n`);
    const rejected = `broken quotes: ${why}`;
    // The quote without its end meets the next one, which opens.
    const expected = row.startsWith('"Ada,') ? 'broken quotes: text follows the closing quote of value 1' : rejected;
    expect(plain).toEqual([NUMBER, expected, NUMBER, NUMBER]);
    expect(await numbersOf(`name,phone\n${row}\nBen,2125550100\n`)).toEqual([rejected, NUMBER]);
  });

  test('a second phone that is none is left out and said, the person stays', async () => {
    const { preview } = await plan('name,phone,mobile\nAda,2125550100,ask her\nBen,none,2125550100\nCleo,none,none\n');
    expect(preview.map(({ reading }) => reading)).toMatchObject([
      { kind: 'contact', contact: { phones: [{ number: NUMBER }] }, dropped: ['mobile: letters in the number'] },
      {
        kind: 'contact',
        contact: { phones: [{ number: NUMBER, type: 'mobile' }] },
        dropped: ['phone: letters in the number'],
      },
      { kind: 'rejected', reason: 'phone: letters in the number' },
    ]);
  });

  test('several numbers of one cell and the types beside them, as Google writes them', async () => {
    const header = 'Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value';
    const found = await plan(`${header}\nAda,Mobile,+12125550100 ::: 212-555-0101,Work,2125550102\n`);
    expect(found.preview[0]?.reading).toMatchObject({
      contact: {
        phones: [
          { number: '+12125550100', type: 'mobile' },
          { number: '+12125550101', type: 'mobile' },
          { number: '+12125550102', type: 'work' },
        ],
      },
    });
  });

  test('what stands beside a number is its country; where they disagree it is a doubt', async () => {
    const rows = [
      ...['44,2079460958,', '49,01773333333,', '+44,442079460958,GB', '44,+442079460958,', ',2125550100,'],
      ...['44,+12125550100,', '44,2079460958,US', 'x,2125550100,', ',02079460958,United Kingdom', ',030901820,Germny'],
    ];
    expect(await numbersOf(`country_code,phone,country\n${rows.join('\n')}\n`)).toEqual([
      ...['+442079460958', '+491773333333', '+442079460958', '+442079460958', NUMBER],
      'phone: the number and its country code disagree',
      'phone: country_code and country disagree',
      'phone: country_code is no country code',
      '+442079460958',
      'phone: country is no country',
    ]);
  });
});

describe('[L-01] what the columns are', () => {
  test.each([
    ...(
      [
        'Telefonnummer',
        'Telefoonnummer',
        'Fone',
        'Tlf',
        'Rufnummer',
        'Telefon 2',
        'phone_number',
        'Phone Number',
      ] as const
    ).map((header) => [header, 'other'] as const),
    ...(
      ['Handynummer', 'Mobilnummer', 'mobilephone', 'mobilePhone', 'Cellulare', 'Handy-Nr.', 'Mobile Phone'] as const
    ).map((header) => [header, 'mobile'] as const),
    ['Festnetznummer', 'home'],
    ['Business Phone', 'work'],
    ['Tel. dienstl. (Büro)', 'work'],
  ] as const)('%s is a phone: %s', async (header, type) => {
    const { columns } = await plan(`name,${header}\nAda,2125550100\n`);
    expect(columns[1]?.use).toEqual({ as: 'phone', type });
  });

  test.each([
    "Assistant's Phone",
    'TTY/TDD Phone',
    'TTY',
    'Fax',
    'Home Fax',
    'Telefax',
    'Faxnummer',
    'Emergency Contact Phone',
    'Pager',
    'Telex',
  ])('%s is not dialed', async (header) => {
    const { columns } = await plan(`name,phone,${header}\nAda,2125550100,2125550101\n`);
    expect(columns[2]?.use).toEqual({ as: 'field', field: header });
  });
});

describe('[L-01] doubts', () => {
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

  test('Central European letters read as Windows-1252 are a doubt, also where that was said; the right encoding has none', async () => {
    const bytes = latin('name;phone\n\u00a3ukasz W\u00b3odarczyk;2125550100\n');
    const doubt = expect.stringContaining('ukasz" is not of Windows-1252') as string;
    expect((await plan(bytes)).doubts).toContainEqual(doubt);
    expect((await plan(bytes, { encoding: 'windows-1252' })).doubts).toContainEqual(doubt);
    const right = await plan(bytes, { encoding: 'iso-8859-2' });
    expect(right).toMatchObject({ doubts: [], preview: [{ reading: { contact: { name: 'Łukasz Włodarczyk' } } }] });
    const spanish = await plan(latin('name;phone;note\nJos\u00e9;2125550100;\u00bfQu\u00e9? \u00a35 m\u00b3\n'));
    expect(spanish.doubts).toEqual([expect.stringContaining('Look at accented letters')]);
  });

  test('numbers with or without a country code: said, and gone when somebody says which', async () => {
    const content = 'name,phone\nAda,491773333333\nBen,01773333333\n';
    const doubt = '1 of the first 2 rows have numbers that may be two: say --country-code present or absent.';
    expect((await plan(content, { country: 'DE' })).doubts).toContain(doubt);
    const said = await plan(content, { country: 'DE', countryCode: 'present' });
    expect(said.doubts).toEqual([]);
    const numbers = said.preview.map(({ reading }) =>
      reading.kind === 'contact' ? reading.contact.phones[0]?.number : '',
    );
    expect(numbers).toEqual(['+491773333333', '+491773333333']);
    const columns = { phone: { as: 'phone', type: 'home', countryCode: 'absent' } } as const;
    expect(await numbersOf(content, { country: 'DE', columns })).toEqual(['+49491773333333', '+491773333333']);
  });

  const balance = (values: readonly string[]): string =>
    `name;phone;balance\n${values.map((value) => `Ada;2125550100;${value}`).join('\n')}\n`;
  const number = { balance: { as: 'field', field: 'balance', type: 'number' } } as const;
  const read = async (values: readonly string[], options: Partial<ImportOptions> = {}) => {
    const found = await plan(balance(values), { columns: number, ...options });
    const fields = found.preview.map(({ reading }) =>
      reading.kind === 'contact' ? reading.contact.fields['balance'] : 'no',
    );
    return { fields, doubts: found.doubts.filter((doubt) => doubt.includes('fraction')) };
  };

  test.each([
    [['1.234', '12,50'], {}, [1234, 12.5], 0],
    [['1,234', '12.50'], {}, [1234, 12.5], 0],
    [['1.234', '5'], {}, ['no', 5], 1],
    [['1.234', '5'], { decimal: 'comma' }, [1234, 5], 0],
    [['1.234', '5'], { decimal: 'point' }, [1.234, 5], 0],
    [['1.234', '12,50', '12.50'], {}, ['no', 12.5, 12.5], 1],
    [['-1.234.567,8', '0.123'], {}, [-1234567.8, 0.123], 0],
    [['12345678901234567890', '5'], {}, ['no', 5], 0],
  ] as const)('numbers %j with %j are %j', async (values, options, fields, doubts) => {
    const found = await read(values, options);
    expect({ ...found, doubts: found.doubts.length }).toEqual({ fields, doubts });
  });

  test('ids of twenty digits look like text', async () => {
    const { columns } = await plan('phone,id,count\n2125550100,12345678901234567890,12\n');
    expect(columns.map(({ looksLike }) => looksLike)).toEqual([undefined, undefined, 'number']);
  });
});

async function rowsOf(text: string, pieces: readonly number[], delimiter: ',' | ';' = ','): Promise<readonly Row[]> {
  const cuts = [0, ...pieces.map((piece) => piece % (text.length + 1)).sort((a, b) => a - b), text.length];
  const chunks = cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
  const rows: Row[] = [];
  async function* all(): AsyncGenerator<string> {
    await Promise.resolve();
    yield* chunks;
  }
  for await (const row of readRows(all(), delimiter)) rows.push(row);
  return rows;
}

describe('[L-01] rows of CSV', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r', '\r\n', '='), maxLength: 6 });

  test('whatever was written as CSV is read as it was, wherever the pieces of the file are cut', async () => {
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 4 }),
        async (table, end, cuts) => {
          const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end) + end;
          const expected = parse(text, {
            record_delimiter: ['\r\n', '\n', '\r'],
            relax_column_count: true,
          }).filter((row) => row.some((one) => one.trim() !== ''));
          expect((await rowsOf(text, cuts)).map(({ cells }) => cells)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('any text at all: every line is in one row, none is lost, nothing hangs', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'b'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 4 }), async (given, cuts) => {
        const [whole, cut] = [await rowsOf(given, []), await rowsOf(given, cuts)];
        expect(cut).toEqual(whole);
        const lines = whole.map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
      }),
      { numRuns: 1000 },
    );
  });
});
