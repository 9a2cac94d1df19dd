// For the preview of an import: how each phone of a row was read, with what stands beside it in the file.

import { unguarded } from '../../base/csv.ts';
import { defined } from '../../base/defined.ts';
import type { Phone } from '../../terms.ts';
import type { Beside } from './beside.ts';
import type { Column } from './mapping.ts';
import { phoneTaker } from './phone-cells.ts';
import type { RowRules } from './rows.ts';

export interface PhoneOrigin {
  /** Header of the phone's column. */
  readonly column: string;
  /** What stands there. */
  readonly written: string;
  /** The columns with its country or country code, and what they say in this row. */
  readonly beside: readonly { readonly column: string; readonly says: string }[];
  /** E.164; several where the cell holds several. */
  readonly numbers: readonly string[];
  /** Why it was left out. */
  readonly why?: string;
}

/** One for each phone column of the row that holds something. */
export function phoneOrigins(cells: readonly string[], rules: RowRules): readonly PhoneOrigin[] {
  const values = cells.map(unguarded);
  const headers = rules.columns.map(({ header }) => header);
  return rules.columns.flatMap((column, place) => {
    const written = (values[place] ?? '').trim();
    return written === '' ? [] : (originIn(column, { written, values, headers }, rules) ?? []);
  });
}

interface Cell {
  readonly written: string;
  readonly values: readonly string[];
  readonly headers: readonly string[];
}

function originIn(
  { header, use, beside }: Column,
  { written, values, headers }: Cell,
  { country, countryCode = 'ask' }: RowRules,
): PhoneOrigin | undefined {
  if (use.as !== 'phone') return undefined;
  const taken = { type: use.type, beside, country, countryCode: use.countryCode ?? countryCode, headers };
  const phones: Phone[] = [];
  const why = phoneTaker(taken)(written, values, phones);
  const numbers = phones.map(({ number }) => number);
  return { column: header, written, beside: said(beside, { values, headers }), numbers, ...defined({ why }) };
}

function said(
  beside: Beside | undefined,
  { values, headers }: Pick<Cell, 'values' | 'headers'>,
): PhoneOrigin['beside'] {
  return [beside?.code, beside?.country].flatMap((place) => {
    const says = place === undefined ? '' : (values[place] ?? '').trim();
    return place === undefined || says === '' ? [] : [{ column: headers[place] ?? '', says }];
  });
}
