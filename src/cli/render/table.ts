// Aligned columns for the terminal. Widths count what is seen: colour codes take no room, wide characters two places.

import { stripVTControlCharacters } from 'node:util';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number;
  readonly align?: 'left' | 'right';
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Places that `text` takes on a terminal. */
export function seenWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mark}/u.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** `text` with spaces to `width` places; longer text stays whole. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - seenWidth(text)));
  return align === 'left' ? text + spaces : spaces + text;
}

/** Cuts `text` (without colours) to `width` places, with an ellipsis when something is lost. */
export function cut(text: string, width: number): string {
  if (seenWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (seenWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** `text` in lines of at most `width` places, broken between words; a longer word has a line of its own. */
export function wrapWords(text: string, width: number): readonly string[] {
  return wrapParts(text.split(' '), ' ', width);
}

/** Parts with `gap` between them, as many to a line of `width` places as fit. */
export function wrapParts(parts: readonly string[], gap: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && seenWidth(last) + gap.length + seenWidth(part) <= width)
      lines[lines.length - 1] = `${last}${gap}${part}`;
    else lines.push(part);
  }
  return lines;
}

/** What a terminal obeys, or turns the rest of the line around: controls, ends of lines, marks of direction. */
const OBEYED =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Keeps characters of foreign text that a terminal obeys from reaching it. */
export function harmless(text: string): string {
  return text.replace(OBEYED, '\u{fffd}');
}

/** A table with a head; `empty` when there are no rows. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], empty: string): string {
  if (rows.length === 0) return empty;
  const cells = rows.map((row) => columns.map((column) => String(column.value(row))));
  const widths = columns.map((column, index) =>
    Math.max(seenWidth(column.title), ...cells.map((line) => seenWidth(line[index] ?? ''))),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.align))
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...cells.map(line)].join('\n');
}

/** A note below a table that a limit may have cut off; empty when all of it is there. */
export function cutOff(shown: number, limit: number | undefined): string {
  return limit !== undefined && shown >= limit && limit > 0 ? `\n\nThe first ${shown}; --limit shows more.` : '';
}

/** Name and value per line, values aligned; a dash where a named value is empty. */
export function pairs(entries: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(0, ...entries.map(([name]) => seenWidth(name)));
  const shown = (name: string, value: string | number): string | number => (value === '' && name !== '' ? '–' : value);
  return entries.map(([name, value]) => `${pad(name, width)}  ${shown(name, value)}`).join('\n');
}
