// Statements that both databases carry out, written once. Each is compiled for both when its module is loaded, and is
// prepared once on each connection. What is SQL to both stands as it is; besides that a statement may say:
//
//   :name             a value. `true` and `false` are kept as 1 and 0, an absent one (undefined) as NULL.
//   :name::type       the same, where PostgreSQL cannot know the type by itself (`:agent::text IS NULL`).
//   IN :names         one of a list of values; also NOT IN.
//   AS "column"       a column by its name in the row; quoted, because PostgreSQL writes other names small.
//   AS "column?"      a column of yes or no, as of `x.paused = 1`.
//   AS "column{}"     a column that holds JSON.
//   ${…}              a part that is in other words for each database: dialect.ts has those that several statements use.

/** A part of a statement in the words of each database. */
export interface InBoth {
  readonly sqlite: string;
  readonly postgres: string;
}

type Part = string | number | InBoth;

/** A statement whose rows are `Row`, in the words of each database. */
export interface Statement<Row> {
  readonly sqlite: SqliteText;
  readonly postgres: PostgresText;
  /** Made for one request: it is not kept ready on the connections. */
  readonly isForOnce?: true;
  /** Never there: only names the type of the rows. */
  readonly row?: Row;
}

interface SqliteText {
  readonly text: string;
  /** The values that it needs. */
  readonly names: readonly string[];
  /** Columns that arrive as 1 and 0, and as text. */
  readonly yesNo: readonly string[];
  readonly json: readonly string[];
}

interface PostgresText {
  readonly text: string;
  /** The values that it needs, in the order of their numbers. */
  readonly names: readonly string[];
  /** Columns that are JSON: they arrive as values, or as text where the table keeps text. */
  readonly json: readonly string[];
}

/** A statement; one that gives nothing back has rows of no type. An empty text means: nothing to do on that database. */
export function sql<Row = never>(texts: TemplateStringsArray, ...parts: readonly Part[]): Statement<Row> {
  const { sqlite, postgres } = part(texts, ...parts);
  return { sqlite: forSqlite(sqlite), postgres: forPostgres(postgres) };
}

/** A statement whose text is made for one request. */
export function forOnce<Row>(statement: Statement<Row>): Statement<Row> {
  return { ...statement, isForOnce: true };
}

/** A part of statements, itself of parts. */
export function part(texts: TemplateStringsArray, ...parts: readonly Part[]): InBoth {
  const join = (database: keyof InBoth): string =>
    texts.reduce((text, next, place) => {
      const before = parts[place - 1] ?? '';
      return text + (typeof before === 'object' ? before[database] : String(before)) + next;
    });
  return { sqlite: join('sqlite'), postgres: join('postgres') };
}

/** A value, perhaps in a list or with its type; `::type` alone is a cast, and what stands in quotes is a text. */
const VALUE =
  /'[^']*'|\b(?<not>NOT\s+)?IN\s+:(?<listed>\w+)(?<listType>::\w+\[\])?|(?<!:):(?<name>[a-z]\w*)(?<type>::\w+(?:\[\])?)?/gi;
const COLUMN = /\bAS "(?<name>\w+)(?<kind>\?|\{\})"/g;

interface Found {
  /** `=` or `<>` to the values of a list; undefined for a single value. */
  readonly list: '=' | '<>' | undefined;
  readonly name: string;
  readonly type: string;
}

/** The statement with something else in the place of each value. */
function replaceValues(text: string, say: (found: Found) => string): string {
  return text.replace(VALUE, (whole: string, ...match) => {
    const { not, listed, listType, name, type } = match.at(-1) as Partial<Record<string, string>>;
    if (name !== undefined) return say({ list: undefined, name, type: type ?? '' });
    if (listed === undefined) return whole;
    return say({ list: not === undefined ? '=' : '<>', name: listed, type: listType ?? '' });
  });
}

function forSqlite(text: string): SqliteText {
  const names = new Set<string>();
  const said = replaceValues(text, ({ list, name }) => {
    names.add(name);
    if (list === undefined) return `:${name}`;
    return `${list === '=' ? 'IN' : 'NOT IN'} (SELECT value FROM json_each(:${name}))`;
  });
  const [yesNo, json] = [columnsOf(text, '?'), columnsOf(text, '{}')];
  return { text: plainColumns(said), names: [...names], yesNo, json };
}

function forPostgres(text: string): PostgresText {
  const numbers = new Map<string, number>();
  const said = replaceValues(text, ({ list, name, type }) => {
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    if (list === undefined) return `$${number}${type}`;
    return `${list} ${list === '=' ? 'ANY' : 'ALL'} ($${number}${type})`;
  });
  return { text: plainColumns(said), names: [...numbers.keys()], json: columnsOf(text, '{}') };
}

function columnsOf(text: string, kind: '?' | '{}'): readonly string[] {
  const columns = [...text.matchAll(COLUMN)].map(({ groups = {} }) => groups);
  return columns.flatMap((column) => (column['kind'] === kind ? (column['name'] ?? []) : []));
}

/** JSON that arrives as text becomes what it says. */
export function readJson(rows: readonly Record<string, unknown>[], columns: readonly string[]): void {
  for (const name of columns) {
    for (const row of rows) if (typeof row[name] === 'string') row[name] = JSON.parse(row[name]);
  }
}

function plainColumns(text: string): string {
  return text.replace(COLUMN, 'AS "$<name>"').trim();
}

/** Something that is kept as JSON. */
export class Json {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

type Value = string | number | boolean | null | undefined | Json | readonly (string | number)[];

/** By their names; more than the statement needs do no harm. */
export type Values = Readonly<Record<string, Value>>;

/** The value that a statement needs; a name that no one gave one is a mistake of ours. */
export function valueOf(values: Values, name: string): Exclude<Value, boolean | undefined> {
  const value = values[name];
  if (value === undefined && !(name in values)) throw new Error(`the statement has no value for :${name}`);
  return typeof value === 'boolean' ? Number(value) : (value ?? null);
}
