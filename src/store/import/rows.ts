// The rows of a CSV file, one after the other with their lines, and each row as a contact or the reason why it is none.
// The only file that knows csv-parse.

import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { NewContact } from '../../engine/store.ts';
import type { Phone } from '../../terms.ts';
import type { Delimiter } from './dialect.ts';
import { MAX_LINE } from './encoding.ts';
import { brokenQuotes, lineTooLong } from './faults.ts';
import type { Spot } from './faults.ts';
import type { Column } from './mapping.ts';
import { readPhone } from './phone.ts';
import type { CountryCode } from './phone.ts';

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

/** Reads rows by their columns; national numbers belong to `country`. */
export function rowReader(columns: readonly Column[], country: CountryCode): (row: Row) => RowReading {
  return ({ line, cells }) => {
    if (cells.length !== columns.length) {
      const reason = `has ${cells.length} values where the header has ${columns.length} columns`;
      return { kind: 'rejected', reason };
    }
    const phones: Phone[] = [];
    const names: string[] = [];
    const fields: [string, string][] = [];
    for (const [index, { header, use }] of columns.entries()) {
      const value = cells[index] ?? '';
      if (use.as === 'name') names.push(value.trim());
      if (use.as === 'field') fields.push([use.field, value]);
      if (use.as !== 'phone') continue;
      const phone = readPhone(value, country);
      if (phone.kind === 'refused') return { kind: 'rejected', reason: `${header}: ${phone.why}` };
      if (phone.kind === 'number') phones.push({ number: phone.number, type: use.type });
    }
    if (phones.length === 0) return { kind: 'rejected', reason: 'has no telephone number' };
    const name = names.filter((part) => part !== '').join(' ');
    return { kind: 'contact', contact: { name, fields: Object.fromEntries(fields), phones, line } };
  };
}
