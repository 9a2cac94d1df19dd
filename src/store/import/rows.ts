// The rows of a CSV file, one after the other with their lines, and each row as a contact or the reason why it is none.
// The only file that knows csv-parse.

import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { NewContact } from '../../engine/store-lists.ts';
import type { Phone } from '../../terms.ts';
import type { Delimiter } from './dialect.ts';
import { MAX_LINE } from './encoding.ts';
import { brokenQuotes, lineTooLong } from './faults.ts';
import type { Spot } from './faults.ts';
import type { Column } from './mapping.ts';
import { readFieldValue } from '../../list/fields.ts';
import type { FieldDefinition, FieldKind, FieldValue } from '../../list/fields.ts';
import { dayOrderOf, phoneReader } from '../../numbers/phone.ts';
import type { CountryCode, PhoneReading } from '../../numbers/phone.ts';

export interface Row {
  /** The line on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Values with line breaks in them make a row longer than a line; more than this is a quote that nobody closed. */
const MAX_ROW = 2 * MAX_LINE;

/** All rows that are not blank, with the header as the first; refuses broken quotes with their place. */
export async function* readRows(file: string, text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<Row> {
  let line = 1;
  // Where the rows begin that the parser has read and the loop below has not seen.
  const lines: number[] = [];
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_ROW,
    on_record(cells) {
      lines.push(line);
      line += 1 + cells.reduce((sum, cell) => sum + newlines(cell), 0);
      return cells;
    },
  });
  // The parser ends with the text's own error when reading fails; the loop below throws it.
  pipeline(Readable.from(text), parser, () => undefined);
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      const start = lines.shift() ?? line;
      if (cells.some((cell) => cell.trim() !== '')) yield { line: start, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? rowFault(file, error, line) : error;
  }
}

function rowFault(file: string, error: CsvError, line: number): Error {
  const spot: Spot = typeof error.column === 'number' ? { line, column: error.column + 1 } : { line };
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return brokenQuotes(file, { line }, 'a quote is opened and not closed, or the row is far too long');
    case 'CSV_QUOTE_NOT_CLOSED':
      return brokenQuotes(file, spot, 'a quote is opened and never closed');
    case 'CSV_INVALID_CLOSING_QUOTE':
      return brokenQuotes(file, spot, `text follows the closing quote of value ${spot.column ?? 1}`);
    case 'INVALID_OPENING_QUOTE':
      return brokenQuotes(file, spot, `a quote stands inside the unquoted value ${spot.column ?? 1}`);
    default:
      return lineTooLong(file, line, MAX_LINE);
  }
}

function newlines(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\r|\n/g)?.length ?? 0) : 0;
}

export type RowReading =
  { readonly kind: 'contact'; readonly contact: NewContact } | { readonly kind: 'rejected'; readonly reason: string };

export interface RowRules {
  readonly columns: readonly Column[];
  /** National numbers belong there. */
  readonly country: CountryCode;
  /** What the campaigns that use the list say of its fields. */
  readonly fields: readonly FieldDefinition[];
}

/** A row in the making. */
interface Draft {
  readonly names: string[];
  readonly phones: Phone[];
  readonly fields: [string, FieldValue][];
}

/** Puts a value into the draft; the reason when it cannot be taken. */
type Take = (value: string, draft: Draft) => string | undefined;

/** Reads rows by their columns. A value that does not fit its field, or a required one that is missing, rejects the row. */
export function rowReader(rules: RowRules): (row: Row) => RowReading {
  const { columns } = rules;
  const phone = phoneReader(rules.country);
  const takes = columns.map((column) => takeOf(column, rules, phone));
  return ({ line, cells }) => {
    if (cells.length !== columns.length) {
      const reason = `has ${cells.length} values where the header has ${columns.length} columns`;
      return { kind: 'rejected', reason };
    }
    const draft: Draft = { names: [], phones: [], fields: [] };
    for (const [index, take] of takes.entries()) {
      const why = take(cells[index] ?? '', draft);
      if (why !== undefined) return { kind: 'rejected', reason: `${columns[index]?.header ?? ''}: ${why}` };
    }
    if (draft.phones.length === 0) return { kind: 'rejected', reason: 'has no telephone number' };
    const name = draft.names.filter((part) => part !== '').join(' ');
    return {
      kind: 'contact',
      contact: { name, fields: Object.fromEntries(draft.fields), phones: draft.phones, line },
    };
  };
}

function takeOf({ use }: Column, rules: RowRules, phone: (value: string) => PhoneReading): Take {
  switch (use.as) {
    case 'name':
      return (value, { names }) => void names.push(value.trim());
    case 'ignore':
      return () => undefined;
    case 'phone':
      return (value, { phones }) => {
        const reading = phone(value);
        if (reading.kind === 'number') phones.push({ number: reading.number, type: use.type });
        return reading.kind === 'refused' ? reading.why : undefined;
      };
    case 'field':
      return takeField(use.field, use.type === undefined ? undefined : { ...use, type: use.type }, rules);
  }
}

/** Texts are kept to the letter, also empty ones; a typed field without a value is not there at all. */
function takeField(field: string, given: FieldKind | undefined, { fields, country }: RowRules): Take {
  const definitions = fields.filter((one) => one.field === field);
  const kinds: readonly FieldKind[] = [...(given ? [given] : []), ...definitions];
  const isRequired = definitions.some(({ required }) => required);
  const [first] = kinds;
  const order = dayOrderOf(country);
  if (!first) return (value, draft) => void draft.fields.push([field, value]);
  return (value, draft) => {
    if (value.trim() === '') {
      if (isRequired) return 'it is required';
      if (first.type === 'text') draft.fields.push([field, value]);
      return undefined;
    }
    const readings = kinds.map((kind) => readFieldValue(kind, value, order));
    const refused = readings.find((reading) => reading.kind === 'refused');
    if (refused) return refused.why;
    const [reading] = readings;
    if (reading?.kind === 'value') draft.fields.push([field, reading.value]);
    return undefined;
  };
}
