// What an import would do with a file: its encoding, delimiter and columns, a preview, and what is doubtful. Reads the
// file, changes nothing.

import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { canonicalJson } from '../../base/canonical-json.ts';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Duplicates } from '../../engine/store-lists.ts';
import type { FieldDefinition } from '../../list/fields.ts';
import { guessDelimiter } from './dialect.ts';
import type { Delimiter } from './dialect.ts';
import { surveyFile, textChunks } from './encoding.ts';
import type { Encoding } from './encoding.ts';
import { emptyFile, wrongColumns } from './faults.ts';
import { mapColumns } from './mapping.ts';
import type { Column, ColumnUse } from './mapping.ts';
import { countryOf, dayOrderOf } from '../../numbers/phone.ts';
import type { CountryCode } from '../../numbers/phone.ts';
import { readRows, rowReader } from './rows.ts';
import type { Row, RowReading } from './rows.ts';

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
  readonly duplicates: Duplicates;
  readonly key?: string;
  readonly fields: readonly FieldDefinition[];
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly bytes: number;
  /** The same for the same text with the same meaning: such an import can go on where another was cut off. */
  readonly fingerprint: string;
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
  const { encoding, bytes, sha256 } = await surveyFile(file, options.encoding);
  const delimiter = options.delimiter ?? guessDelimiter(await beginning(file, encoding));
  const rows = await firstRows(file, encoding, delimiter);
  const [header, ...sample] = rows;
  if (!header || sample.length === 0) throw emptyFile(file);
  const { columns, doubts } = mapColumns({
    file,
    header: header.cells,
    rows: sample.map(({ cells }) => cells),
    dayOrder: dayOrderOf(country),
    given: options.columns ?? {},
  });
  const { duplicates = 'skip', key, fields = [] } = options;
  checkFields(file, columns, { key, fields });
  const read = rowReader({ columns, country, fields });
  const preview = sample.slice(0, PREVIEW_ROWS).map((row) => ({ ...row, reading: read(row) }));
  const isDoubtful = encoding === 'windows-1252' && options.encoding === undefined;
  const encodingDoubt = 'The file is not UTF-8; it is read as Windows-1252. Look at accented letters in the preview.';
  const meaning = { list, country, duplicates, encoding, delimiter, fields, ...(key === undefined ? {} : { key }) };
  const uses = columns.map(({ use }) => use);
  return {
    ...{ ...meaning, file, bytes, columns, preview },
    fingerprint: createHash('sha256')
      .update(canonicalJson({ ...meaning, uses, sha256 }))
      .digest('hex'),
    source: options.source ?? basename(file),
    doubts: [...(isDoubtful ? [encodingDoubt] : []), ...rejectedDoubt(sample.map(read)), ...doubts],
  };
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
