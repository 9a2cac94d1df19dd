// What a column is, as one choice of a list and back.

import type { Preview, ColumnUse } from './wizard.ts';

export const USES = [
  ...['name', 'phone-mobile', 'phone-home', 'phone-work', 'phone-other', 'field', 'ignore'],
] as readonly (keyof typeof FRESH)[];
export type UseCode = keyof typeof FRESH;

const FRESH = {
  name: { as: 'name' },
  'phone-mobile': { as: 'phone', type: 'mobile' },
  'phone-home': { as: 'phone', type: 'home' },
  'phone-work': { as: 'phone', type: 'work' },
  'phone-other': { as: 'phone', type: 'other' },
  field: { as: 'field', field: '' },
  ignore: { as: 'ignore' },
} as const satisfies Readonly<Record<string, ColumnUse>>;

export function codeOf(use: ColumnUse): UseCode {
  return use.as === 'phone' ? `phone-${use.type}` : use.as;
}

/** The use that was chosen; a field keeps its name, else it is called as its column. */
export function useOf(code: UseCode, header: string, before: ColumnUse): ColumnUse {
  if (code !== 'field') return FRESH[code];
  return before.as === 'field' ? before : { as: 'field', field: header.slice(0, 64) };
}

export const asFieldName = (use: ColumnUse, field: string): ColumnUse =>
  use.as === 'field' && field.trim() !== '' ? { ...use, field: field.slice(0, 64) } : use;

/** `any`: whatever its values are. */
export function asType(use: ColumnUse, type: string): ColumnUse {
  if (use.as !== 'field') return use;
  const { type: _type, choices: _choices, ...rest } = use;
  return type === 'any' ? rest : { ...rest, type: type as NonNullable<(typeof use)['type']> };
}

/** A choice needs its words, which this form cannot ask for: a mapping file says them. */
export const TYPES = ['any', 'text', 'number', 'date', 'date-time', 'check-box'] as const;

/** Where what was said by hand wins over what was found out. */
export const columnsOf = (
  { columns }: Preview,
  said: Readonly<Record<string, ColumnUse>>,
): readonly {
  readonly header: string;
  readonly use: ColumnUse;
  readonly looksLike?: string;
  readonly isSaid: boolean;
}[] =>
  columns.map((column) => ({
    ...column,
    use: said[column.header] ?? column.use,
    isSaid: said[column.header] !== undefined,
  }));
