// Where the names of a file's columns stand: mostly in the first line, sometimes behind a line that names the delimiter or
// behind a title, and in files of machines nowhere.

import { unguarded } from '../../base/csv.ts';
import type { Row } from './csv-rows.ts';
import { isPhoneHeader } from './column-words.ts';

export interface Header {
  readonly names: readonly string[];
  /** Rows up to this line are no data; 0 when even the first line is. */
  readonly line: number;
  /** What a person should look at before importing, in sentences. */
  readonly doubts: readonly string[];
}

const SEPARATOR_LINE = /^(?:\uFEFF)?"?sep=/i;
/** Lines that may stand before the names of the columns. */
const MOST_BEFORE = 20;

/** The delimiter that a first line `sep=;` names. */
export function namedDelimiter(text: string): string | undefined {
  return /^(?:\uFEFF)?"?sep=([,;\t|])"?(?:\r|\n)/i.exec(text)?.[1];
}

/** Finds the names of the columns; `given` are names that somebody says are there. */
export function findHeader(rows: readonly Row[], given: readonly string[]): Header | undefined {
  const start = isSeparatorLine(rows[0]) ? 1 : 0;
  const place = start + headerPlace(rows.slice(start, start + MOST_BEFORE), given);
  const row = rows[place];
  if (!row) return undefined;
  const before = `What stands before line ${row.line} is left out: that line names the columns.`;
  return { names: row.cells.map(headerName), line: row.line, doubts: place > start ? [before] : [] };
}

/** Names for a file without a header: by place. */
export function namesByPlace(rows: readonly Row[]): Header {
  const [first] = rows;
  const width = Math.max(0, ...rows.map(({ cells }) => filledWidth(cells)));
  const names = Array.from({ length: width }, (_, place) => `column ${place + 1}`);
  return { names, line: isSeparatorLine(first) ? (first?.line ?? 0) : 0, doubts: [] };
}

function isSeparatorLine(row: Row | undefined): boolean {
  return row !== undefined && SEPARATOR_LINE.test(row.cells[0] ?? '');
}

function headerPlace(rows: readonly Row[], given: readonly string[]): number {
  const named = rows.findIndex(
    ({ cells }) => given.length > 0 && given.every((name) => cells.map(headerName).includes(name)),
  );
  if (named >= 0) return named;
  const widths = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
  // A title is narrower than the table below it.
  const isBelowTitle = (place: number): boolean =>
    widths.slice(0, place).every((width) => width < (widths[place] ?? 0));
  const phones = rows.findIndex(({ cells }, place) => isBelowTitle(place) && cells.map(headerName).some(isPhoneHeader));
  return phones >= 0 ? phones : 0;
}

/** A column's name without marks that are not seen. */
function headerName(cell: string): string {
  return unguarded(cell.trim())
    .replace(/\p{Cf}/gu, '')
    .trim();
}

function filledWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}
