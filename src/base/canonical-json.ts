// One text for one value, whatever order its keys were written in: for hashes that others must be able to work out.
// Knows JSON values only; undefined members are left out as in JSON.

/** The value as JSON with the keys of every object in code-unit order and no blanks. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
