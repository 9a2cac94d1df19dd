// The numbering plans as libphonenumber's tables have them: rows by country, and those of no country by calling code.

import tables from 'libphonenumber-js/max/metadata';

/** A country's row of the tables, by the places that libphonenumber gives its columns. */
export type PlanRow = readonly unknown[];

export const COLUMN = {
  callingCode: 0,
  idd: 1,
  pattern: 2,
  lengths: 3,
  prefix: 5,
  prefixForParsing: 7,
  leading: 10,
  types: 11,
};

/** Countries of a calling code, the one that it is named after first. */
export function countriesOf(callingCode: string): readonly string[] {
  const codes: Readonly<Record<string, readonly string[]>> = tables.country_calling_codes;
  return codes[callingCode] ?? [];
}

export function rowOf(country: string): PlanRow {
  const rows: Readonly<Record<string, unknown>> = tables.countries;
  const row = rows[country];
  return Array.isArray(row) ? row : [];
}
