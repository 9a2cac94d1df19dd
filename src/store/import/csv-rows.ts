// The rows of a CSV file, one after the other with their lines. A row whose quotes are broken is marked as such and costs
// no other one: reading goes on at the line behind the one on which it begins.
//
// Our own and no library's, because of that: csv-parse with relax_quotes and skip_records_with_error, like others, reads on
// to the end of the file after a quote that is never closed, and loses every row behind it. On files without such a fault
// test/store/import-forms.test.ts holds it to csv-parse, row by row.

import { defined } from '../../base/defined.ts';
import type { Delimiter } from './dialect.ts';
import { MAX_LINE } from './encoding.ts';

export interface Row {
  /** The line on which the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotes; the cells are then parted by delimiters alone. */
  readonly fault?: string;
}

/** Values with line breaks in them make a row longer than a line; more than this is a quote without its end. */
const MAX_ROW = 2 * MAX_LINE;

/** All rows that are not blank, with the header as the first. */
export async function* readRows(text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<Row> {
  const splitter = new RowSplitter(delimiter);
  for await (const chunk of text) yield* splitter.take(chunk, false);
  yield* splitter.take('', true);
}

interface Parsed {
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  readonly fault?: string;
}

class RowSplitter {
  readonly #delimiter: Delimiter;
  #text = '';
  #line = 1;
  /** Whether all of the file is in the text. */
  #isAll = false;
  /** The next CR of the text at or behind where it was last looked for; -1 when there is none. */
  #cr = 0;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
  }

  *take(chunk: string, isAll: boolean): Generator<Row> {
    this.#text += chunk;
    this.#isAll = isAll;
    this.#cr = this.#text.indexOf('\r');
    let at = 0;
    while (at < this.#text.length) {
      const parsed = this.#rowAt(at);
      if (!parsed) break;
      const { cells, next, fault } = parsed;
      if (cells.some((cell) => cell.trim() !== '')) yield { line: this.#line, cells, ...defined({ fault }) };
      this.#line += this.#linesIn(at, next);
      at = next;
    }
    this.#text = this.#text.slice(at);
  }

  /** The row that begins at `start`; undefined when more of the file has to be read first. */
  #rowAt(start: number): Parsed | undefined {
    const end = this.#lineEnd(start);
    if (end === undefined) return undefined;
    const line = this.#text.slice(start, end);
    const next = this.#behind(end);
    if (next === undefined) return undefined;
    if (!line.includes('"')) return { cells: line.split(this.#delimiter), next };
    const quoted = this.#quotedRow(start);
    if (quoted === undefined || 'next' in quoted) return quoted;
    return { cells: line.split(this.#delimiter), next, fault: quoted.fault };
  }

  #quotedRow(start: number): Parsed | { readonly fault: string } | undefined {
    const cells: string[] = [];
    for (let at = start; ;) {
      const cell = this.#cellAt(at, start, cells.length + 1);
      if (cell === undefined || 'fault' in cell) return cell;
      cells.push(cell.value);
      if (this.#text[cell.end] !== this.#delimiter) {
        const next = this.#behind(cell.end);
        return next === undefined ? undefined : { cells, next };
      }
      at = cell.end + 1;
    }
  }

  /** One value and where it ends: at a delimiter, an end of line, or the end of the text. */
  #cellAt(
    at: number,
    rowStart: number,
    place: number,
  ): { readonly value: string; readonly end: number } | { readonly fault: string } | undefined {
    const text = this.#text;
    // ="0212" is how spreadsheets are kept from calculating; it has quotes inside and none around.
    const isFormula = text.startsWith('="', at);
    if (text[at] === '"' || isFormula) {
      const closed = this.#closingQuote(isFormula ? at + 2 : at + 1, rowStart);
      if (closed === undefined || 'fault' in closed) return closed;
      const end = closed.end + 1;
      if (end >= text.length && !this.#isAll) return undefined;
      const isEnd = end >= text.length || text[end] === this.#delimiter || text[end] === '\n' || text[end] === '\r';
      if (!isEnd) return { fault: `text follows the closing quote of value ${place}` };
      return { value: isFormula ? `="${closed.value}"` : closed.value, end };
    }
    const lineEnd = this.#lineEnd(at);
    if (lineEnd === undefined) return undefined;
    const delimiter = text.indexOf(this.#delimiter, at);
    const end = delimiter >= 0 && delimiter < lineEnd ? delimiter : lineEnd;
    const value = text.slice(at, end);
    return value.includes('"') ? { fault: `a quote stands inside the unquoted value ${place}` } : { value, end };
  }

  #closingQuote(
    from: number,
    rowStart: number,
  ): { readonly value: string; readonly end: number } | { readonly fault: string } | undefined {
    const text = this.#text;
    let value = '';
    for (let at = from; ;) {
      const quote = text.indexOf('"', at);
      if (quote < 0 && !this.#isAll && text.length - rowStart < MAX_ROW) return undefined;
      if (quote < 0 || quote - rowStart > MAX_ROW) return { fault: 'a quote is opened and never closed' };
      if (quote + 1 >= text.length && !this.#isAll) return undefined;
      value += text.slice(at, quote);
      if (text[quote + 1] !== '"') return { value, end: quote };
      value += '"';
      at = quote + 2;
    }
  }

  /** Where the line that holds `at` ends; undefined when that has not been read yet. */
  #lineEnd(at: number): number | undefined {
    const lf = this.#text.indexOf('\n', at);
    if (this.#cr >= 0 && this.#cr < at) this.#cr = this.#text.indexOf('\r', at);
    const found = this.#cr >= 0 && (lf < 0 || this.#cr < lf) ? this.#cr : lf;
    if (found >= 0) return found;
    return this.#isAll ? this.#text.length : undefined;
  }

  /** Behind the end of line at `end`; undefined when it may be half of one. */
  #behind(end: number): number | undefined {
    const text = this.#text;
    if (text[end] !== '\r') return Math.min(end + 1, Math.max(end, text.length));
    if (end + 1 >= text.length && !this.#isAll) return undefined;
    return text[end + 1] === '\n' ? end + 2 : end + 1;
  }

  #linesIn(start: number, end: number): number {
    const first = this.#lineEnd(start) ?? end;
    if (this.#behind(first) === end) return 1;
    return this.#text.slice(start, end).match(/\r\n|\r|\n/g)?.length ?? 1;
  }
}
