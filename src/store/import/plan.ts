// What an import would do with a file: its encoding, delimiter and columns, a preview, and what is doubtful. Reads the
// file, changes nothing.

import { defined } from '../../base/defined.ts';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { unguarded } from '../../base/csv.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Duplicates } from '../../terms.ts';
import type { FieldDefinition } from '../../campaign/fields.ts';
import type { Encoding } from '../../base/encodings.ts';
import { findDecimalMark } from '../../campaign/decimals.ts';
import type { DecimalMark } from '../../campaign/decimals.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import { readRows } from './csv-rows.ts';
import type { Row } from './csv-rows.ts';
import { guessDelimiter } from './dialect.ts';
import { decimalDoubts, encodingDoubts, readingDoubts } from './doubts.ts';
import type { Delimiter } from './dialect.ts';
import { surveyFile, textChunks } from './encoding.ts';
import { brokenQuotes, countryUnknown, emptyFile, wrongColumns } from './faults.ts';
import { findHeader, namedDelimiter, namesByPlace } from './header.ts';
import { mapColumns } from './mapping.ts';
import type { Column, ColumnUse } from './mapping.ts';
import type { TrunkReach } from '../../campaign/number-gate.ts';
import { countryOf, dayOrderOf } from '../../numbers/phone.ts';
import type { CountryCode } from '../../numbers/phone.ts';
import { sampleGateDoubts } from './never-dialed.ts';
import { phoneOrigins, type PhoneOrigin } from './phone-origins.ts';
import { rowReader } from './rows.ts';
import type { RowReading } from './rows.ts';
import { withInput, type Input } from './input.ts';

export interface ImportOptions {
  /** Name of the list that the contacts go to. */
  readonly list: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
  /** Contacts that are there already: left as they are, given the new values, or a reason to import nothing. Default `skip`. */
  readonly duplicates?: Duplicates;
  /** The field by which contacts are the same; absent: any of their phones. */
  readonly key?: string;
  /** What the campaigns that use the list say of its fields. */
  readonly fields?: readonly FieldDefinition[];
  /** Found by itself when absent. */
  readonly encoding?: Encoding;
  /** Found by itself when absent. */
  readonly delimiter?: Delimiter;
  /** False: the first line is data, and the columns are named `column 1` and so on. */
  readonly header?: boolean;
  /** Whether numbers without a plus sign begin with their country's calling code; default `ask`. */
  readonly countryCode?: CountryCodeUse;
  /** What stands before the decimals of numbers; found by column when absent. */
  readonly decimal?: 'point' | 'comma';
  /** By column header, for the columns that are not to be guessed. */
  readonly columns?: Readonly<Record<string, ColumnUse>>;
  /** What the list says it was made from; default the file's name. */
  readonly source?: string;
  /** What the trunks may dial: other numbers are counted; absent: none are. */
  readonly reaches?: readonly TrunkReach[];
}

export interface ImportPlan {
  readonly file: string;
  readonly list: string;
  readonly source: string;
  readonly country: CountryCode;
  readonly duplicates: Duplicates;
  readonly key?: string;
  readonly fields: readonly FieldDefinition[];
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly bytes: number;
  readonly countryCode: CountryCodeUse;
  /** Rows up to this line are no contacts. */
  readonly headerLine: number;
  /** The same for the same text with the same meaning: such an import can go on where another was cut off. */
  readonly fingerprint: string;
  readonly reaches: readonly TrunkReach[];
  /** In the order of the file. */
  readonly columns: readonly Column[];
  /** The first rows as they would be imported or rejected. */
  readonly preview: readonly (Row & { readonly reading: RowReading; readonly phones: readonly PhoneOrigin[] })[];
  /** What a person should look at before importing, in sentences. */
  readonly doubts: readonly string[];
}

/** Rows looked at to find what the columns are. */
const SAMPLE_ROWS = 200;
const PREVIEW_ROWS = 10;
const SAMPLE_CHARACTERS = 256 * 1024;

/** Works out an import; refuses files with a fault that concerns the file as a whole (`import-…`). */
export function makePlan(file: string, options: ImportOptions, roots?: readonly string[]): Promise<ImportPlan> {
  return withInput(file, roots, (input) => planOf(input, options));
}

async function planOf(input: Input, options: ImportOptions): Promise<ImportPlan> {
  const { file } = input;
  const country = checkedCountry(options.country);
  const list = checkedList(options.list);
  const { encoding, bytes, sha256 } = await surveyFile(input, options.encoding);
  const { duplicates = 'skip', key, fields = [], countryCode = 'ask', reaches = [] } = options;
  const text = await beginning(input, encoding);
  const delimiter = options.delimiter ?? (namedDelimiter(text) as Delimiter | undefined) ?? guessDelimiter(text);
  const table = await firstTable(input, { encoding, delimiter }, options);
  const mapped = mapColumns({
    file,
    header: table.names,
    rows: table.sample.map(({ cells }) => cells),
    dayOrder: dayOrderOf(country),
    given: options.columns ?? {},
    isNumbered: options.header === false,
  });
  checkFields(file, mapped.columns, { key, fields });
  const valuesOf = (place: number): readonly string[] => table.sample.map(({ cells }) => unguarded(cells[place] ?? ''));
  const columns = mapped.columns.map((column, place) => withDecimal(column, valuesOf(place), options));
  const rules = { columns, country, countryCode, fields };
  const readings = table.sample.map(rowReader(rules));
  const meaning = {
    list,
    country,
    duplicates,
    encoding,
    delimiter,
    fields,
    countryCode,
    headerLine: table.line,
    ...defined({ key }),
  };
  const identity = { ...meaning, uses: columns.map(({ use, beside, decimal }) => ({ use, beside, decimal })), sha256 };
  return {
    ...meaning,
    file,
    bytes,
    columns,
    reaches,
    preview: table.sample.slice(0, PREVIEW_ROWS).flatMap((row, place) => {
      const reading = readings[place];
      return reading ? [{ ...row, reading, phones: phoneOrigins(row.cells, rules) }] : [];
    }),
    fingerprint: createHash('sha256').update(canonicalJson(identity)).digest('hex'),
    source: options.source ?? basename(file),
    doubts: [
      ...encodingDoubts(encoding, options.encoding === undefined, text),
      ...table.doubts,
      ...readingDoubts(readings),
      ...sampleGateDoubts(readings, reaches),
      ...mapped.doubts,
      ...decimalDoubts(columns, valuesOf),
    ],
  };
}

/** A field of numbers with the mark that its values use, unless it is said. */
function withDecimal(column: Column, values: readonly string[], { decimal, fields = [] }: ImportOptions): Column {
  const { use } = column;
  if (use.as !== 'field') return column;
  const isNumber = use.type === 'number' || fields.some(({ field, type }) => field === use.field && type === 'number');
  if (!isNumber) return column;
  const found: DecimalMark = use.decimal ?? decimal ?? findDecimalMark(values) ?? 'unknown';
  return { ...column, decimal: found };
}

interface Table {
  readonly names: readonly string[];
  readonly line: number;
  readonly doubts: readonly string[];
  /** The first rows of data. */
  readonly sample: readonly Row[];
}

/** The names of the columns and the first rows below them; refuses a file without either. */
async function firstTable(
  input: Input,
  { encoding, delimiter }: { readonly encoding: Encoding; readonly delimiter: Delimiter },
  options: ImportOptions,
): Promise<Table> {
  const rows: Row[] = [];
  for await (const row of readRows(textChunks(input, encoding), delimiter)) {
    rows.push(row);
    if (rows.length > SAMPLE_ROWS) break;
  }
  const header = options.header === false ? namesByPlace(rows) : findHeader(rows, Object.keys(options.columns ?? {}));
  const sample = rows.filter(({ line }) => line > (header?.line ?? 0));
  if (!header || sample.length === 0) throw emptyFile(input.file);
  const fault = rows.find(({ line }) => line === header.line)?.fault;
  if (fault !== undefined) throw brokenQuotes(input.file, { line: header.line }, fault);
  return { ...header, sample };
}

/** Refuses a key that no column holds, and a file without a field that a campaign requires. */
function checkFields(
  file: string,
  columns: readonly Column[],
  { key, fields }: { readonly key: string | undefined; readonly fields: readonly FieldDefinition[] },
): void {
  const known = columns.flatMap(({ use }) => (use.as === 'field' ? [use.field] : []));
  if (key !== undefined && !known.includes(key)) {
    const hint = `Fields: ${known.join(', ') || 'none'}.${didYouMean(key, known)}`;
    throw wrongColumns(file, `No column holds the field "${key}" by which contacts are the same.`, hint);
  }
  const missing = fields.find(({ field, required }) => required && !known.includes(field));
  if (!missing) return;
  const hint = 'Name a column so, say which one it is (--map COLUMN=FIELD), or take required from the campaign.';
  throw wrongColumns(
    file,
    `A campaign that uses the list requires the field "${missing.field}", and no column holds it.`,
    hint,
  );
}

async function beginning(input: Input, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const chunk of textChunks(input, encoding)) {
    text += chunk;
    if (text.length >= SAMPLE_CHARACTERS) break;
  }
  return text;
}

function checkedCountry(code: string): CountryCode {
  const country = countryOf(code);
  if (country) return country;
  throw countryUnknown(code);
}

function checkedList(name: string): string {
  if (/^[\p{L}\d][\p{L}\d ._-]{0,99}$/u.test(name)) return name;
  const hint = 'Use letters, digits, spaces, dots, dashes and underscores; at most 100.';
  throw new OperationalError('import-list-name', 'The list needs another name.', { hint });
}
