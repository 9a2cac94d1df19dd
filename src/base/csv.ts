// Lines of CSV that no spreadsheet takes for formulas, and the values of such lines as they were before.

/** What makes a spreadsheet calculate, behind whatever it does not see, or ends the cell. */
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/u;
/** The same behind apostrophes: what was guarded, or looks as if it were. */
const GUARDED = /^'*(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]|\d)/u;
/** `="0212"`, with which others keep a spreadsheet from calculating. */
const AS_TEXT = /^="((?:[^"]|"")*)"$/;

/** A line with CR LF; texts that a spreadsheet would calculate get an apostrophe before them, numbers stay numbers. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A text that no spreadsheet calculates: an apostrophe stands before what it would, and before what looks guarded. */
export function guarded(text: string): string {
  const isGuarded = text.startsWith("'") && GUARDED.test(text);
  return isGuarded || FORMULA.test(text) ? `'${text}` : text;
}

/** What a value of a file was before it was guarded, by us or by a spreadsheet; every other value stays as it is. */
export function unguarded(value: string): string {
  if (value.startsWith("'")) return GUARDED.test(value.slice(1)) ? value.slice(1) : value;
  const inner = value.startsWith('=') ? AS_TEXT.exec(value)?.[1] : undefined;
  return inner === undefined ? value : inner.replaceAll('""', '"');
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const safe = guarded((typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\0', '\uFFFD'));
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV with a head; values within values get columns of their own (`ms.ready`), instants (`…At`) are ISO. */
export function csvOf(rows: readonly object[]): string {
  const flat = rows.map((row) => flattened(row));
  if (rows.length === 0) return '';
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return [columns, ...flat.map((row) => columns.map((column) => row[column]))].map((cells) => csvLine(cells)).join('');
}

function flattened(value: object, prefix = ''): Record<string, unknown> {
  const parts = Object.entries(value).map(([key, part]: [string, unknown]) => {
    const name = `${prefix}${key}`;
    const isNested = typeof part === 'object' && part !== null && !Array.isArray(part);
    return isNested ? flattened(part, `${name}.`) : { [name]: key.endsWith('At') ? isoOf(part) : part };
  });
  return Object.assign({}, ...parts) as Record<string, unknown>;
}

/** Epoch ms as people and spreadsheets read it. */
function isoOf(value: unknown): unknown {
  return typeof value === 'number' ? new Date(value).toISOString() : value;
}
