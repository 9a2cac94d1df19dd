// A mapping file: what the columns of a list's file are, and how the file is to be read, kept beside the data that come
// again and again. Every fault is reported with its place.

import { defined } from '../base/defined.ts';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ENCODINGS, type Encoding } from '../base/encodings.ts';
import { OperationalError } from '../base/errors.ts';
import { FIELD_TYPES } from '../campaign/fields.ts';
import type { FieldType } from '../campaign/fields.ts';
import { COUNTRY_CODE_USES, type CountryCodeUse } from '../numbers/country-codes.ts';
import { DUPLICATES, PHONE_TYPES, type Duplicates, type PhoneType } from '../terms.ts';
import { faultsError } from './faults.ts';
import { readSource } from './source.ts';
import { validate } from './validate.ts';
import { countryCode, oneOf, text, yesNo } from './values.ts';

/** What a column is, as imports understand it. */
type MappedColumn =
  | { readonly as: 'name' }
  | { readonly as: 'ignore' }
  | { readonly as: 'phone'; readonly type: PhoneType; readonly countryCode?: CountryCodeUse }
  | {
      readonly as: 'field';
      readonly field: string;
      readonly type?: FieldType;
      readonly choices?: readonly string[];
      readonly decimal?: 'point' | 'comma';
    };

export interface ImportMapping {
  readonly list?: string;
  readonly delimiter?: ',' | ';' | '\t' | '|';
  readonly encoding?: Encoding;
  readonly header?: boolean;
  readonly countryCode?: CountryCodeUse;
  readonly decimal?: 'point' | 'comma';
  readonly country?: string;
  readonly duplicates?: Duplicates;
  readonly key?: string;
  readonly columns: Readonly<Record<string, MappedColumn>>;
}

const columnParts = z.strictObject({
  phone: oneOf(PHONE_TYPES).optional().describe('kind of phone'),
  field: text().optional().describe("name of the field; default: the column's"),
  type: oneOf(FIELD_TYPES).optional().describe('what it holds; values that do not fit reject their row'),
  choices: z.array(text()).min(1).optional().describe('of a choice: the words that it may be'),
  decimal: oneOf(['point', 'comma'])
    .optional()
    .describe('of a number: what stands before its decimals; default: found out'),
  country_code: oneOf(COUNTRY_CODE_USES)
    .optional()
    .describe('of a phone: numbers without plus begin with it, or do not'),
});

const column = z
  .union([text(), columnParts])
  .describe('name, ignore, {phone: mobile}, or a field: its name, or {field: balance, type: number}');

const mappingSchema = z.strictObject({
  list: text().optional().describe('list that the contacts go to'),
  delimiter: oneOf([',', ';', '|', 'tab']).optional().describe('what parts the columns; default: found out'),
  encoding: oneOf(ENCODINGS).optional().describe('how the file is written; default: found out'),
  country: countryCode().optional().describe('country of numbers without a plus sign'),
  country_code: oneOf(COUNTRY_CODE_USES)
    .optional()
    .describe('whether numbers without plus begin with it; default: ask'),
  header: yesNo().optional().describe('no: the first line is data; columns are named column 1 and so on'),
  decimal: oneOf(['point', 'comma']).optional().describe('what stands before decimals; default: found out by column'),
  duplicates: oneOf(DUPLICATES).optional().describe('what becomes of contacts that are there already'),
  key: text().optional().describe('field by which contacts are the same; default: their phones'),
  columns: z.record(z.string(), column).describe('columns of the file by their header'),
});

/** The mapping in `file`; throws `import-mapping-unreadable`, or `import-mapping-faulty` with every fault. */
export async function readImportMapping(file: string): Promise<ImportMapping> {
  const written = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new OperationalError('import-mapping-unreadable', `The mapping file ${file} cannot be read.`, {
      hint: 'Check its name, owner and mode.',
      places: [{ file }],
      cause,
    });
  });
  const { source, faults } = readSource(written, file);
  if (!source) throw faultsError('import-mapping-faulty', faults);
  const { value, faults: found } = validate(source, mappingSchema);
  if (!value) throw faultsError('import-mapping-faulty', found);
  const { list, delimiter, encoding, country, country_code, header, decimal, duplicates, key, columns } = value;
  return {
    ...defined({ list }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
    ...defined({ encoding, country, countryCode: country_code, header, decimal, duplicates, key }),
    columns: Object.fromEntries(Object.entries(columns).map(([header, use]) => [header, toColumn(header, use)])),
  };
}

function toColumn(header: string, use: z.output<typeof column>): MappedColumn {
  if (use === 'name' || use === 'ignore') return { as: use };
  if (typeof use === 'string') return { as: 'field', field: use };
  const { phone, field = header, type, choices, decimal, country_code } = use;
  if (phone !== undefined) return { as: 'phone', type: phone, ...defined({ countryCode: country_code }) };
  return {
    as: 'field',
    field,
    ...defined({ type, choices, decimal }),
  };
}
