// What an import would do with a file: its encoding, delimiter and columns, a preview, and what is doubtful. Reads the
// file, changes nothing.

import { basename } from 'node:path';
import { OperationalError } from '../../base/errors.ts';
import { guessDelimiter } from './dialect.ts';
import type { Delimiter } from './dialect.ts';
import { surveyFile, textChunks } from './encoding.ts';
import type { Encoding } from './encoding.ts';
import { emptyFile } from './faults.ts';
import { mapColumns } from './mapping.ts';
import type { Column, ColumnUse } from './mapping.ts';
import { countryOf } from './phone.ts';
import type { CountryCode } from './phone.ts';
import { readRows, rowReader } from './rows.ts';
import type { Row, RowReading } from './rows.ts';

export interface ImportOptions {
  /** Name of the list that the contacts go to. */
  readonly list: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
  /** Contacts with a phone that is known already: left as they are, or given the new values. Default `skip`. */
  readonly duplicates?: 'skip' | 'merge';
  /** Found by itself when absent. */
  readonly encoding?: Encoding;
  /** Found by itself when absent. */
  readonly delimiter?: Delimiter;
  /** By column header, for the columns that are not to be guessed. */
  readonly columns?: Readonly<Record<string, ColumnUse>>;
  /** What the list says it was made from; default the file's name. */
  readonly source?: string;
}

export interface ImportPlan {
  readonly file: string;
  readonly list: string;
  readonly source: string;
  readonly country: CountryCode;
  readonly duplicates: 'skip' | 'merge';
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly bytes: number;
  /** In the order of the file. */
  readonly columns: readonly Column[];
  /** The first rows as they would be imported or rejected. */
  readonly preview: readonly (Row & { readonly reading: RowReading })[];
  /** What a person should look at before importing, in sentences. */
  readonly doubts: readonly string[];
}

/** Rows looked at to tell what the columns are. */
const SAMPLE_ROWS = 200;
const PREVIEW_ROWS = 10;
const SAMPLE_CHARACTERS = 256 * 1024;

/** Works out an import; refuses files with a fault that concerns the file as a whole (`import-…`). */
export async function makePlan(file: string, options: ImportOptions): Promise<ImportPlan> {
  const country = checkedCountry(options.country);
  const list = checkedList(options.list);
  const { encoding, bytes } = await surveyFile(file, options.encoding);
  const delimiter = options.delimiter ?? guessDelimiter(await beginning(file, encoding));
  const rows = await firstRows(file, encoding, delimiter);
  const [header, ...sample] = rows;
  if (!header || sample.length === 0) throw emptyFile(file);
  const { columns, doubts } = mapColumns({
    file,
    header: header.cells,
    rows: sample.map(({ cells }) => cells),
    given: options.columns ?? {},
  });
  const read = rowReader(columns, country);
  const preview = sample.slice(0, PREVIEW_ROWS).map((row) => ({ ...row, reading: read(row) }));
  const isDoubtful = encoding === 'windows-1252' && options.encoding === undefined;
  const encodingDoubt = 'The file is not UTF-8; it is read as Windows-1252. Look at accented letters in the preview.';
  return {
    ...{ file, list, country, encoding, delimiter, bytes, columns, preview },
    source: options.source ?? basename(file),
    duplicates: options.duplicates ?? 'skip',
    doubts: [...(isDoubtful ? [encodingDoubt] : []), ...rejectedDoubt(sample.map(read)), ...doubts],
  };
}

async function beginning(file: string, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const chunk of textChunks(file, encoding)) {
    text += chunk;
    if (text.length >= SAMPLE_CHARACTERS) break;
  }
  return text;
}

async function firstRows(file: string, encoding: Encoding, delimiter: Delimiter): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(file, textChunks(file, encoding), delimiter)) {
    rows.push(row);
    if (rows.length > SAMPLE_ROWS) break;
  }
  return rows;
}

function rejectedDoubt(readings: readonly RowReading[]): readonly string[] {
  const rejected = readings.filter(({ kind }) => kind === 'rejected').length;
  if (rejected * 5 < readings.length) return [];
  return [`${rejected} of the first ${readings.length} rows would be rejected; check columns and country.`];
}

function checkedCountry(code: string): CountryCode {
  const country = countryOf(code);
  if (country) return country;
  const hint = 'Use the two letters of ISO 3166, such as US, GB or DE.';
  throw new OperationalError('import-country', `There is no country "${code}".`, { hint });
}

function checkedList(name: string): string {
  if (/^[\p{L}\d][\p{L}\d ._-]{0,99}$/u.test(name)) return name;
  const hint = 'Use letters, digits, spaces, dots, dashes and underscores; at most 100.';
  throw new OperationalError('import-list-name', 'The list needs another name.', { hint });
}
