// What the API takes and shows of imports, as schemas.

import { z } from 'zod';
import { doNotCallList } from './do-not-call.ts';
import { count, errorBody, instant, listSummary, phone } from './wire.ts';
import { FIELD_TYPES } from '../../campaign/fields.ts';
import { COUNTRY_CODE_USES } from '../../numbers/country-codes.ts';

export const countryCodeUse = z
  .enum(COUNTRY_CODE_USES)
  .describe('Whether numbers without a plus sign begin with their country code; ask (default): doubts are refused');

export const decimalMark = z
  .enum(['point', 'comma'])
  .describe('What stands before the decimals of numbers; default: found out by column');

export const columnUse = z.discriminatedUnion('as', [
  z.object({ as: z.literal('name') }),
  z.object({ as: z.literal('phone'), type: phone.shape.type, countryCode: countryCodeUse.exactOptional() }),
  z.object({
    as: z.literal('field'),
    field: z.string().min(1).max(64),
    type: z.enum(FIELD_TYPES).exactOptional().describe('Values that are not of it reject their row; default: any text'),
    choices: z.array(z.string().min(1)).min(1).readonly().exactOptional().describe('Of a choice'),
    decimal: decimalMark.exactOptional(),
  }),
  z.object({ as: z.literal('ignore') }),
]);

const importFigures = z.object({
  rows: count,
  added: count,
  merged: count,
  skipped: count,
  rejected: count,
  phonesLeftOut: count.describe('Phones that are none, of contacts that have another one'),
});

const importReport = importFigures.extend({
  list: listSummary,
  reasons: z.record(z.string(), count).readonly(),
  rejectedFile: z.string().exactOptional().describe('Rejected rows, each with its line and reason'),
  leftOut: z.record(z.string(), count).readonly().describe('Why phones were left out'),
  neverDialed: z.record(z.string(), count).readonly().describe('Phones that are kept and that no trunk dials, by kind'),
  notesFile: z
    .string()
    .exactOptional()
    .describe('Rows that were skipped, merged or lost a phone, with the contacts that they met'),
  doubts: z.array(z.string()).readonly().describe('What a person should look at'),
  resumedAfterLine: z.number().exactOptional().describe('Where an import that had been cut off went on'),
  durationMs: z.number(),
});

/** What is known of every import. */
const jobState = z.object({
  id: z.string(),
  list: z.string(),
  file: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  givesWay: z.boolean().describe('Calls are going on: the import leaves them the processor and takes longer'),
  startedAt: instant,
  endedAt: instant.exactOptional(),
  error: errorBody.shape.error.exactOptional(),
});

export const importJob = importFigures.extend({
  ...jobState.shape,
  bytes: count,
  totalBytes: count,
  resumedRows: count.describe('Rows that an earlier run had done'),
  report: importReport.exactOptional(),
});

/** A file that is handed over. */
export const incomingFile = z.object({
  file: z.string().describe('Where it is on the daemon’s machine: what an import is asked for'),
  bytes: count,
});

/** What lies with a file that is handed over. */
export const incomingFiles = z
  .array(z.object({ name: z.string(), file: z.string().describe('Where it is on the daemon’s machine'), bytes: count }))
  .readonly();

const newContact = z.object({
  name: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
  phones: z.array(phone).readonly(),
  line: count,
});

export const importPreview = z.object({
  file: z.string(),
  list: z.string(),
  country: z.string(),
  encoding: z.string(),
  delimiter: z.string(),
  bytes: count,
  columns: z
    .array(z.object({ header: z.string(), use: columnUse, looksLike: z.enum(FIELD_TYPES).exactOptional() }))
    .readonly(),
  preview: z
    .array(
      z.object({
        line: count,
        phones: z
          .array(
            z.object({
              column: z.string(),
              written: z.string(),
              beside: z
                .array(z.object({ column: z.string(), says: z.string() }))
                .readonly()
                .describe('Columns with its country or country code'),
              numbers: z.array(z.string()).readonly().describe('As they were read'),
              why: z.string().exactOptional().describe('Why it was left out'),
            }),
          )
          .readonly(),
        reading: z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('contact'),
            contact: newContact,
            dropped: z.array(z.string()).readonly().exactOptional().describe('Why phones of it were left out'),
          }),
          z.object({ kind: z.literal('rejected'), reason: z.string() }),
        ]),
      }),
    )
    .readonly(),
  doubts: z.array(z.string()).readonly(),
});

export const numberImportJob = jobState.extend({
  bytes: count,
  totalBytes: count,
  written: count.describe('Of all numbers that were found; the writing begins when everything has been read'),
  numbers: count,
  report: z
    .object({
      list: doNotCallList,
      lines: count,
      numbers: count,
      refused: count,
      refusedLines: z.array(z.object({ line: count, text: z.string(), why: z.string() })).readonly(),
      durationMs: z.number(),
    })
    .exactOptional(),
});
