// A filter in SQL and the same filter tested contact by contact: the same people, whatever the filter and the fields, on
// either database.

import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/conditions/conditions.ts';
import { filterSql } from '../../src/store/filter-sql.ts';
import { Connection } from '../../src/store/postgres/database.ts';
import { filterCondition, filterParameters, SQLITE_FILTERS } from '../../src/store/filter-dialects.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { addFilterFunctions } from '../../src/store/sqlite/filter-functions.ts';
import { PostgresServer } from '../support/postgres.ts';

interface Person {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A database that finds people by filters. */
interface Finder {
  /** Names of those whom the filter fits by SQL; undefined when SQL cannot say it. */
  find(source: string, people: readonly Person[]): Promise<readonly string[] | undefined>;
  stop(): Promise<void>;
}

function predicateOf(source: string) {
  const compiled = compileFilter(source);
  return compiled.ok ? compiled.predicate : undefined;
}

function sqliteFinder(): Promise<Finder> {
  const db = new Database(':memory:');
  addFilterFunctions(db);
  db.exec('CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fields TEXT NOT NULL) STRICT');
  const add = db.prepare('INSERT INTO contacts (name, fields) VALUES (?, ?)');
  const bySql: Finder['find'] = (source, people) => {
    const predicate = predicateOf(source);
    const sql = predicate && filterSql(predicate, SQLITE_FILTERS);
    if (!sql) return Promise.resolve(undefined);
    db.exec('DELETE FROM contacts');
    for (const { name, fields } of people) add.run(name, JSON.stringify(fields));
    const find = db.prepare<Record<string, unknown>, string>(
      `SELECT name FROM contacts c WHERE ${sql.sql} ORDER BY id`,
    );
    return Promise.resolve(find.pluck().all(filterParameters(sql)));
  };
  return Promise.resolve({ find: bySql, stop: () => Promise.resolve(void db.close()) });
}

async function postgresFinder(): Promise<Finder> {
  const server = await PostgresServer.start();
  const url = await server.database();
  await (await openPostgresStore({ url })).close();
  const connection = await Connection.open({ url, name: 'filters' });
  return {
    async find(source, people) {
      const condition = filterCondition(predicateOf(source), 1);
      if (!condition) return undefined;
      const text = `SELECT c.name FROM jsonb_to_recordset($1::jsonb) AS c (id bigint, name text, fields jsonb)
        WHERE ${condition.sql} ORDER BY c.id`;
      const rows = people.map((one, id) => ({ id, ...one }));
      const found = await connection.all<{ name: string }>({ text }, [JSON.stringify(rows), ...condition.values]);
      return found.map(({ name }) => name);
    },
    async stop() {
      await connection.close();
      await server.remove();
    },
  };
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

describe.each([
  { name: 'SQLite', make: sqliteFinder, runs: 1500 },
  { name: 'PostgreSQL', make: postgresFinder, runs: 250 },
])('a filter in the SQL of $name', ({ name: database, make, runs }) => {
  let finder: Finder;
  const bySql: Finder['find'] = (source, people) => finder.find(source, people);
  beforeAll(async () => {
    finder = await make();
  });
  afterAll(() => finder.stop());

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
  ])('[L-03] %s: the same people as one by one', async (source, expected) => {
    expect(byTest(source, PEOPLE)).toEqual(expected);
    expect(await bySql(source, PEOPLE)).toEqual(expected);
  });

  test.each(['fields.a + 1 > 2', 'fields.region.matches("^n")', 'size(fields.region) > 3', '"a" in fields.tags'])(
    '[L-03] %s: more than SQL says, so it is tested one by one',
    async (source) => {
      expect(compileFilter(source).ok).toBe(true);
      expect(await bySql(source, PEOPLE)).toBeUndefined();
    },
  );

  test('[L-03] values and field names that look like SQL: they are compared, never run', async () => {
    const evil = `x' OR 1=1; DROP TABLE contacts; --`;
    const people = [
      { name: 'Eve', fields: { a: evil, [`b') OR 1=1 --`]: 'y' } },
      { name: 'Fay', fields: { a: 'x', ['a" || 1=1']: 'y' } },
    ];
    expect(await bySql(`fields.a == ${JSON.stringify(evil)}`, people)).toEqual(['Eve']);
    expect(await bySql(`fields["b') OR 1=1 --"] == "y"`, people)).toEqual(['Eve']);
    expect(await bySql(`fields.a.contains(${JSON.stringify(`' OR '1'='1`)})`, people)).toEqual([]);
    // SQLite's paths have no way to write a quotation mark.
    const quoted = await bySql(String.raw`fields["a\" || 1=1"] == "y"`, people);
    expect(quoted).toEqual(database === 'SQLite' ? undefined : ['Fay']);
  });

  test(
    '[L-03] any filter and any contacts: the same people by SQL as by the filter',
    { timeout: 240_000 },
    async () => {
      let said = 0;
      await fc.assert(
        fc.asyncProperty(expression, fc.array(person, { minLength: 1, maxLength: 8 }), async (source, fields) => {
          const people = fields.map((of, index) => ({
            name: `${index}${['Ada', 'north', "o'hara"][index % 3] ?? ''}`,
            fields: of,
          }));
          const found = await bySql(source, people);
          if (found === undefined) return;
          said += 1;
          expect(found).toEqual(byTest(source, people));
        }),
        { numRuns: runs },
      );
      expect(said).toBeGreaterThan(runs * 0.75);
    },
  );
});

test('[L-03] values and field names of a filter are parameters, never part of the SQL', () => {
  const predicate = predicateOf(`fields["b') OR 1=1 --"] == "y'"`);
  const said = predicate && filterSql(predicate, SQLITE_FILTERS);
  expect(said && said.sql).not.toMatch(/OR 1=1|y'/);
  expect(said && said.values).toEqual([`$."b') OR 1=1 --"`, "y'"]);
  const onPostgres = filterCondition(predicate, 0);
  expect(onPostgres?.sql).not.toMatch(/OR 1=1|y'/);
  expect(onPostgres?.values).toEqual(["b') OR 1=1 --", "y'"]);
});
