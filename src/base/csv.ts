// Lines of CSV that no spreadsheet takes for formulas.

/** What makes a spreadsheet calculate, or ends the cell. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A line with CR LF; texts that a spreadsheet would calculate get an apostrophe before them, numbers stay numbers. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
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
