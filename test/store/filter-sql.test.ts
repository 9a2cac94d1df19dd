// A filter in SQL and the same filter tested contact by contact: the same people, whatever the filter and the fields.

import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/list/conditions.ts';
import { filterSql } from '../../src/store/filter-sql.ts';
import { addFilterFunctions, filterParameters, SQLITE_FILTERS } from '../../src/store/sqlite/filter-dialect.ts';

interface Person {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const db = new Database(':memory:');
addFilterFunctions(db);
db.exec('CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fields TEXT NOT NULL) STRICT');
afterAll(() => void db.close());

/** Names of those whom the filter fits by SQL; undefined when SQL cannot say it. */
function bySql(source: string, people: readonly Person[]): readonly string[] | undefined {
  const compiled = compileFilter(source);
  const sql = compiled.ok && compiled.predicate && filterSql(compiled.predicate, SQLITE_FILTERS);
  if (!sql) return undefined;
  db.exec('DELETE FROM contacts');
  const add = db.prepare('INSERT INTO contacts (name, fields) VALUES (?, ?)');
  for (const { name, fields } of people) add.run(name, JSON.stringify(fields));
  return db
    .prepare<Record<string, unknown>, string>(`SELECT name FROM contacts c WHERE ${sql.sql} ORDER BY id`)
    .pluck()
    .all(filterParameters(sql));
}

function byTest(source: string, people: readonly Person[]): readonly string[] {
  const compiled = compileFilter(source);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.faults[0]?.message ?? ''}`);
  return people
    .filter(({ name, fields }) => compiled.test({ fields, contact: { name } }).holds)
    .map(({ name }) => name);
}

const PEOPLE: readonly Person[] = [
  { name: 'Ada', fields: { region: 'north', balance: '12.50', vip: 'yes', signed: '2026-03-01', note: '' } },
  { name: 'Ben', fields: { region: 'south', balance: '-3', vip: 'no', signed: '2026-02-30', note: '   ' } },
  { name: 'Cleo', fields: { region: 'North-East', balance: 'n/a', signed: '2025-12-31T23:59:59Z' } },
  { name: 'Dan', fields: { region: 7, balance: 100, vip: true, signed: '2026-03-01 01:00+02:00', note: null } },
];

describe('a filter in SQL', () => {
  test.each([
    ['fields.region == "north"', ['Ada']],
    ['fields.region != "north"', ['Ben', 'Cleo', 'Dan']],
    ['fields.balance > 0', ['Ada', 'Dan']],
    ['!(fields.balance > 0)', ['Ben']],
    ['fields.balance > 0 || fields.region == "North-East"', ['Ada', 'Cleo', 'Dan']],
    ['fields.balance >= -3 && fields.balance < 12.51', ['Ada', 'Ben']],
    ['fields.vip', ['Ada', 'Dan']],
    ['!fields.vip', ['Ben']],
    ['fields.region in ["north", "south", "7"]', ['Ada', 'Ben', 'Dan']],
    ['fields.balance in [100, -3]', ['Ben', 'Dan']],
    ['fields.region.contains("orth")', ['Ada', 'Cleo']],
    ['fields.region.startsWith("North")', ['Cleo']],
    ['fields.region.endsWith("th")', ['Ada', 'Ben']],
    ['contact.name.startsWith("D")', ['Dan']],
    ['contact.name < "C"', ['Ada', 'Ben']],
    ['empty(fields.note)', ['Ada', 'Ben', 'Cleo', 'Dan']],
    ['!empty(fields.vip)', ['Ada', 'Ben', 'Dan']],
    ['has(fields.note)', ['Ada', 'Ben']],
    ['fields.signed < date("2026-01-01")', ['Cleo']],
    ['timestamp(fields.signed) >= timestamp("2026-02-28T00:00:00Z")', ['Ada', 'Dan']],
    ['fields.vip ? fields.balance > 50 : true', ['Ben', 'Dan']],
  ])('[L-03] %s: the same people as one by one', (source, expected) => {
    expect(byTest(source, PEOPLE)).toEqual(expected);
    expect(bySql(source, PEOPLE)).toEqual(expected);
  });

  test.each(['fields.a + 1 > 2', 'fields.region.matches("^n")', 'size(fields.region) > 3', '"a" in fields.tags'])(
    '[L-03] %s: more than SQL says, so it is tested one by one',
    (source) => {
      expect(compileFilter(source).ok).toBe(true);
      expect(bySql(source, PEOPLE)).toBeUndefined();
    },
  );

  test('[L-03] values and field names that look like SQL: they are compared, never run', () => {
    const evil = `x' OR 1=1; DROP TABLE contacts; --`;
    const people = [
      { name: 'Eve', fields: { a: evil, [`b') OR 1=1 --`]: 'y' } },
      { name: 'Fay', fields: { a: 'x' } },
    ];
    expect(bySql(`fields.a == ${JSON.stringify(evil)}`, people)).toEqual(['Eve']);
    expect(bySql(`fields["b') OR 1=1 --"] == "y"`, people)).toEqual(['Eve']);
    expect(bySql(`fields.a.contains(${JSON.stringify(`' OR '1'='1`)})`, people)).toEqual([]);
    expect(bySql(String.raw`fields["a\" || 1=1"] == "y"`, people)).toBeUndefined();
    const compiled = compileFilter(`fields["b') OR 1=1 --"] == "y'"`);
    const said = compiled.ok && compiled.predicate && filterSql(compiled.predicate, SQLITE_FILTERS);
    expect(said && said.sql).not.toMatch(/OR 1=1|y'/);
    expect(said && said.values).toEqual([`$."b') OR 1=1 --"`, "y'"]);
  });
});

const FIELDS = ['region', 'balance', 'vip', 'signed', 'zip', 'missing'] as const;
const texts = fc.constantFrom(
  'north',
  'North',
  'no',
  '',
  ' ',
  '7',
  '12.50',
  "o'hara",
  '%',
  '_',
  'é',
  '𝒜',
  '2026-03-01',
);
const numbers = fc.constantFrom(0, 1, -3, 7, 12.5, 1e21, 2 ** 53);
const dates = fc.constantFrom(
  '2026-03-01',
  '2025-12-31T23:59:59Z',
  '2026-02-30',
  '2026-03-01 01:00+02:00',
  '2026-03-01T00:00:00.5Z',
  '0999-01-01',
);

const person: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
  {
    region: texts,
    balance: fc.oneof(texts, numbers, numbers.map(String)),
    vip: fc.oneof(fc.boolean(), fc.constantFrom('yes', 'N', '1', '0', 'TRUE', '', 'maybe')),
    signed: fc.oneof(dates, texts),
    zip: fc.oneof(texts, numbers, fc.constant(null), fc.constant(['a']), fc.boolean()),
  },
  { requiredKeys: [] },
);

const quote = (text: string): string => JSON.stringify(text);
const numeral = (number: number): string => (Number.isSafeInteger(number) ? String(number) : `double("${number}")`);
const textField = fc.constantFrom('fields.region', 'fields.zip', 'contact.name');
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');

const atom: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(textField, comparison, texts).map(([field, by, text]) => `${field} ${by} ${quote(text)}`),
  fc.tuple(comparison, texts).map(([by, text]) => `${quote(text)} ${by} fields.region`),
  fc
    .tuple(textField, fc.array(texts, { minLength: 1, maxLength: 3 }))
    .map(([field, list]) => `${field} in [${list.map(quote).join(', ')}]`),
  fc
    .tuple(textField, fc.constantFrom('contains', 'startsWith', 'endsWith'), texts)
    .map(([field, test, text]) => `${field}.${test}(${quote(text)})`),
  fc
    .tuple(comparison, numbers.filter(Number.isSafeInteger))
    .map(([by, number]) => `fields.balance ${by} ${numeral(number)}`),
  fc.constantFrom('fields.balance in [0, 7]', 'fields.balance in [12.5]', '-3 < fields.balance'),
  fc.constantFrom('fields.vip', 'fields.vip == true', 'fields.vip != false', 'true', 'false'),
  fc
    .tuple(comparison, dates)
    .map(
      ([by, date]) =>
        `date(fields.signed) ${by} date(${quote(date === '2026-02-30' || date.startsWith('0') ? '2026-03-02' : date)})`,
    ),
  fc
    .tuple(fc.constantFrom('has', 'empty'), fc.constantFrom(...FIELDS))
    .map(([name, field]) => `${name}(fields.${field})`),
  fc.constantFrom('fields.missing == "x"', 'fields.region == fields.zip'),
);

const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('any').map((of) => `!(${of})`),
    fc.tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any')).map(([a, joint, b]) => `(${a} ${joint} ${b})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
  ),
})).any;

test('[L-03] any filter and any contacts: SQL and the filter itself find the same people', () => {
  let said = 0;
  fc.assert(
    fc.property(expression, fc.array(person, { minLength: 1, maxLength: 8 }), (source, fields) => {
      const people = fields.map((of, index) => ({
        name: `${index}${['Ada', 'north', "o'hara"][index % 3] ?? ''}`,
        fields: of,
      }));
      const found = bySql(source, people);
      if (found === undefined) return;
      said += 1;
      expect(found).toEqual(byTest(source, people));
    }),
    { numRuns: 2000 },
  );
  expect(said).toBeGreaterThan(1500);
});
