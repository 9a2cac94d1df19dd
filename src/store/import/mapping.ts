// What each column of a file is: the contact's name, a phone of a type, or a field. Guesses from the header and a few
// rows; whoever imports may say otherwise column by column.

import { own } from '../../base/own.ts';
import { RECORD_COLUMNS } from '../../records/record-columns.ts';
import { guessFieldType } from '../../campaign/fields.ts';
import type { DayOrder, DecimalMark, FieldKind, FieldType } from '../../campaign/fields.ts';
import type { PhoneType } from '../../terms.ts';
import { nearestWord } from '../../base/nearest.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import { looksLikePhone } from '../../numbers/phone.ts';
import { columnsBeside } from './beside.ts';
import type { Beside } from './beside.ts';
import { isFullName, isNamePart, phoneWord, plainWords, typeByWords } from './column-words.ts';
import { wrongColumns } from './faults.ts';

export type ColumnUse =
  | { readonly as: 'name' }
  | { readonly as: 'phone'; readonly type: PhoneType; readonly countryCode?: CountryCodeUse }
  | ({ readonly as: 'field'; readonly field: string; readonly decimal?: 'point' | 'comma' } & Partial<FieldKind>)
  | { readonly as: 'ignore' };

export interface Column {
  readonly header: string;
  readonly use: ColumnUse;
  /** Of a field without a type: what its values look like. They are kept as they are. */
  readonly looksLike?: FieldType;
  /** Of a phone: the columns that belong to its numbers. */
  readonly beside?: Beside;
  /** Of a field of numbers: how its decimals are written; absent: not known. */
  readonly decimal?: DecimalMark;
}

export interface Mapping {
  readonly columns: readonly Column[];
  /** What a person should look at before importing, in sentences. */
  readonly doubts: readonly string[];
}

/** A header of a megabyte is no list of contacts, and each row would be as long. */
const MOST_COLUMNS = 1000;

export interface MappingInput {
  readonly file: string;
  /** Freed of blanks around. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly dayOrder: DayOrder;
  /** By header: what the person who imports says of columns. */
  readonly given: Readonly<Record<string, ColumnUse>>;
  /** The names are ours, for a file without a header. */
  readonly isNumbered: boolean;
}

/** What a file of rejected rows has before the columns of the file that was imported. */
export const REJECTED_COLUMNS = ['line', 'reason'] as const;
/** And a file of notes behind these: the contact that the row met. */
export const MET_COLUMN = 'met contact';

/** How many of the first columns are ours: of a file of rejected rows, or of notes. */
export function ownColumns(header: readonly string[]): number {
  if (!REJECTED_COLUMNS.every((name, index) => header[index] === name)) return 0;
  return header[REJECTED_COLUMNS.length] === MET_COLUMN ? REJECTED_COLUMNS.length + 1 : REJECTED_COLUMNS.length;
}

/** What each column is; refuses a file without a header, with doubtful headers, or without a phone. */
export function mapColumns(input: MappingInput): Mapping {
  checkHeader(input);
  const doubts: string[] = [];
  const { header: headers } = input;
  const ours = ownColumns(headers);
  const isExport = isOwnExport(headers);
  const columns = headers.map((header, index) => {
    const values = input.rows.map((row) => row[index] ?? '').filter((value) => value.trim() !== '');
    if (header === '' && values.length > 0) doubts.push(`Column ${index + 1} has no name and is left out.`);
    const guessed = (): ColumnUse => {
      if (index < ours) return { as: 'ignore' };
      return isExport ? exported(header) : guess({ header, values, isNumbered: input.isNumbered }, doubts);
    };
    const use: ColumnUse = own(input.given, header) ?? guessed();
    if (use.as !== 'field' || use.type !== undefined) return { header, use };
    const looksLike = guessFieldType(values, input.dayOrder);
    return { header, use, ...(looksLike === 'text' ? {} : { looksLike }) };
  });
  checkNames(input, columns);
  if (!columns.some(({ use }) => use.as === 'phone')) throw noPhoneColumn(input);
  if (!columns.some(({ use }) => use.as === 'name')) doubts.push('No column holds the name of the contact.');
  return { columns: withBeside(columns, isExport), doubts };
}

/** With the columns that belong to each phone; what somebody leaves out is not looked at. */
function withBeside(columns: readonly Column[], isExport: boolean): readonly Column[] {
  const headers = columns.map(({ header }) => header);
  const besideOf = columnsBeside(headers, (at) => isExport || columns[at]?.use.as === 'field');
  return columns.map((column, place) => {
    if (column.use.as !== 'phone') return column;
    const beside = besideOf(place);
    return Object.keys(beside).length === 0 ? column : { ...column, beside };
  });
}

/** Our own export of records: the contact's own columns alone are read. */
function isOwnExport(headers: readonly string[]): boolean {
  return RECORD_COLUMNS.every((name) => headers.includes(name));
}

function exported(header: string): ColumnUse {
  if (header === 'name') return { as: 'name' };
  if (/^phone \d+$/.test(header)) return { as: 'phone', type: 'other' };
  if (header.startsWith('field ')) return { as: 'field', field: header.slice('field '.length), decimal: 'point' };
  return { as: 'ignore' };
}

interface Guessing {
  readonly header: string;
  readonly values: readonly string[];
  readonly isNumbered: boolean;
}

function guess({ header, values, isNumbered }: Guessing, doubts: string[]): ColumnUse {
  if (header === '') return { as: 'ignore' };
  const words = plainWords(header);
  if (isFullName(words) && !values.some(looksLikePhone)) return { as: 'name' };
  if (isNamePart(words)) return { as: 'name' };
  const likePhones = values.length === 0 ? 0 : values.filter(looksLikePhone).length / values.length;
  const word = isNumbered ? 'vague' : phoneWord(words);
  const type = typeByWords(words) ?? 'other';
  if (word === 'phone') return { as: 'phone', type };
  if (word === 'named') {
    if (values.length === 0 || likePhones >= 0.3) return { as: 'phone', type };
    doubts.push(`Column "${header}" is named like a phone, but its values are no numbers.`);
  }
  if (word === 'vague' && likePhones >= 0.8) {
    doubts.push(`Column "${header}" is taken for a phone because of its values.`);
    return { as: 'phone', type };
  }
  if (likePhones >= 0.9) doubts.push(`Column "${header}" has values like telephone numbers and is kept as a field.`);
  return { as: 'field', field: header };
}

function checkHeader({ file, header, given, isNumbered }: MappingInput): void {
  if (header.length > MOST_COLUMNS) {
    const message = `The file has ${header.length} columns; a list has at most ${MOST_COLUMNS}.`;
    throw wrongColumns(file, message, 'Is it a list of contacts, a row for each? Leave out what no campaign uses.');
  }
  const number = isNumbered ? undefined : header.find(looksLikePhone);
  if (number !== undefined) {
    const message = `The first line has the telephone number ${number} where the names of the columns should be.`;
    const hint = 'Put a first line that names the columns, such as name,phone,city, or import with --no-header.';
    throw wrongColumns(file, message, hint);
  }
  if (header.every((name) => name === '')) {
    throw wrongColumns(file, 'The first line names no columns.', 'Put a first line such as name,phone,city.');
  }
  const unknown = Object.keys(given).find((name) => !header.includes(name));
  if (unknown !== undefined) {
    const nearest = nearestWord(unknown, header);
    const hint = nearest === undefined ? `The file has: ${header.join(', ')}.` : `Did you mean ${nearest}?`;
    throw wrongColumns(file, `The file has no column "${unknown}".`, hint);
  }
}

/** Two columns of one name would make one field. */
function checkNames({ file }: MappingInput, columns: readonly Column[]): void {
  const fields = columns.flatMap(({ use }) => (use.as === 'field' ? [use.field] : []));
  const known = new Set<string>();
  const twice = fields.find((field) => known.size === known.add(field).size);
  if (twice === undefined) return;
  throw wrongColumns(file, `Two columns are named "${twice}".`, 'Give every column a name of its own.');
}

function noPhoneColumn({ file, header }: MappingInput): Error {
  const hint = 'Name a column phone, mobile, home phone or work phone, or say which one it is.';
  return wrongColumns(file, `No column holds telephone numbers. The file has: ${header.join(', ')}.`, hint);
}
