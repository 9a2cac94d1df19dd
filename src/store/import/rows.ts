// Each row of a file as a contact, or the reason why it is none.

import { unguarded } from '../../base/csv.ts';
import type { NewContact } from '../../engine/store/lists.ts';
import { readFieldValue } from '../../campaign/fields.ts';
import type { FieldDefinition, FieldKind, FieldValue } from '../../campaign/fields.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import { dayOrderOf } from '../../numbers/phone.ts';
import type { CountryCode } from '../../numbers/phone.ts';
import type { Phone } from '../../terms.ts';
import type { Row } from './csv-rows.ts';
import type { Column } from './mapping.ts';
import { phoneTaker } from './phone-cells.ts';

export type RowReading =
  /** `dropped`: why phones of it were left out. */
  | { readonly kind: 'contact'; readonly contact: NewContact; readonly dropped?: readonly string[] }
  | { readonly kind: 'rejected'; readonly reason: string };

export interface RowRules {
  readonly columns: readonly Column[];
  /** National numbers belong there. */
  readonly country: CountryCode;
  /** Whether numbers without a plus sign begin with their country's calling code; default `ask`. */
  readonly countryCode?: CountryCodeUse;
  /** What the campaigns that use the list say of its fields. */
  readonly fields: readonly FieldDefinition[];
}

/** A row in the making. */
interface Draft {
  readonly cells: readonly string[];
  readonly names: string[];
  readonly phones: Phone[];
  readonly fields: [string, FieldValue][];
  /** Why phones were left out. */
  readonly dropped: string[];
}

/** Puts a value into the draft; the reason when it cannot be taken. */
type Take = (value: string, draft: Draft) => string | undefined;

/**
 * Reads rows by their columns. A value that does not fit its field, or a required one that is missing, rejects the row;
 * a phone that is none is left out while another one of the row is good. Empty cells at the end of a row may be missing.
 */
export function rowReader(rules: RowRules): (row: Row) => RowReading {
  const { columns } = rules;
  const takes = columns.map((column) => takeOf(column, rules));
  return (row) => {
    if (row.fault !== undefined) return { kind: 'rejected', reason: `broken quotes: ${row.fault}` };
    const surplus = row.cells.slice(columns.length).some((cell) => cell.trim() !== '');
    if (surplus) return { kind: 'rejected', reason: wrongWidth(row, columns) };
    const cells = row.cells.map(unguarded);
    const draft: Draft = { cells, names: [], phones: [], fields: [], dropped: [] };
    for (const [index, take] of takes.entries()) {
      const why = take(cells[index] ?? '', draft);
      if (why !== undefined) return { kind: 'rejected', reason: `${columns[index]?.header ?? ''}: ${why}` };
    }
    return finished(row, draft, columns);
  };
}

function finished(row: Row, { names, phones, fields, dropped }: Draft, columns: readonly Column[]): RowReading {
  if (phones.length === 0) {
    const reason = row.cells.length < columns.length ? wrongWidth(row, columns) : 'has no telephone number';
    return { kind: 'rejected', reason: dropped[0] ?? reason };
  }
  const name = names.filter((part) => part !== '').join(' ');
  const contact = { name, fields: Object.fromEntries(fields), phones, line: row.line };
  return dropped.length === 0 ? { kind: 'contact', contact } : { kind: 'contact', contact, dropped };
}

function wrongWidth({ cells }: Row, columns: readonly Column[]): string {
  return `has ${cells.length} values where the header has ${columns.length} columns`;
}

function takeOf({ header, use, beside, decimal }: Column, rules: RowRules): Take {
  switch (use.as) {
    case 'name':
      return (value, { names }) => void names.push(value.trim());
    case 'ignore':
      return () => undefined;
    case 'phone': {
      const { country, columns, countryCode = 'ask' } = rules;
      const headers = columns.map((column) => column.header);
      const taken = { type: use.type, beside, country, countryCode: use.countryCode ?? countryCode, headers };
      const take = phoneTaker(taken);
      return (value, { cells, phones, dropped }) => {
        const why = take(value, cells, phones);
        if (why !== undefined) dropped.push(`${header}: ${why}`);
        return undefined;
      };
    }
    case 'field': {
      const given = use.type === undefined ? undefined : { ...use, type: use.type };
      return takeField({ field: use.field, given, decimal }, rules);
    }
  }
}

interface Taking {
  readonly field: string;
  readonly given: FieldKind | undefined;
  readonly decimal: Column['decimal'];
}

/** Texts are kept to the letter, also empty ones; a typed field without a value is not there at all. */
function takeField({ field, given, decimal = 'unknown' }: Taking, { fields, country }: RowRules): Take {
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
    const readings = kinds.map((kind) => readFieldValue(kind, value, order, decimal));
    const refused = readings.find((reading) => reading.kind === 'refused');
    if (refused) return refused.why;
    const [reading] = readings;
    if (reading?.kind === 'value') draft.fields.push([field, reading.value]);
    return undefined;
  };
}
