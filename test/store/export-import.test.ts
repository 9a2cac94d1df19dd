// What outdial exports it imports again, row for row: names, numbers with their types, and every field as it was, whatever
// spreadsheets would make of it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { csvLine, guarded, unguarded } from '../../src/base/csv.ts';
import type { RecordRow } from '../../src/engine/store/records.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { exportRecords } from '../../src/reports/exports.ts';
import type { FieldDefinition } from '../../src/campaign/fields.ts';
import { makePlan } from '../../src/store/import/plan.ts';
import { makeFolder } from './folder.ts';

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts that begin or end with what spreadsheets, files and terminals care for. */
const awkward = fc.string({
  unit: fc.constantFrom(
    ...[
      "'",
      '=',
      '+',
      '-',
      '@',
      '"',
      ',',
      ';',
      '\t',
      '\r',
      '\n',
      '\u000b',
      '\u00a0',
      '\u200b',
      '0',
      '7',
      'a',
      'é',
      ' ',
    ],
  ),
  maxLength: 6,
});
const text = fc.oneof(awkward, fc.constantFrom("'t Hart", '="0212"', '-5', '2026-05-01', '1.234', "'007", '\ufeffx'));

const contact = fc.record({
  name: text.map((name) => name.trim()),
  phones: fc.uniqueArray(
    fc.record({
      number: fc.integer({ min: 100, max: 199 }).map((last) => `+12125550${last}`),
      type: fc.constantFrom('mobile' as const, 'home' as const, 'work' as const, 'other' as const),
    }),
    { selector: ({ number }) => number, minLength: 1, maxLength: 3 },
  ),
  fields: fc.record({
    note: text,
    "'=odd": text,
    balance: fc
      .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }))
      .map((value) => value + 0),
    since: fc
      .date({ min: new Date('1990-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
    paid: fc.boolean(),
  }),
});

const definition = (field: string, type: FieldDefinition['type']): FieldDefinition => ({
  field,
  type,
  label: field,
  editable: true,
  required: false,
});
const FIELDS = [definition('balance', 'number'), definition('since', 'date'), definition('paid', 'check-box')];

function rowOf(
  one: { readonly name: string; readonly phones: RecordRow['contact']['phones']; readonly fields: object },
  id: number,
): RecordRow {
  return {
    id,
    campaign: 'renewals',
    priority: 0,
    state: 'fresh',
    dueAt: 1_790_000_000_000,
    attempts: 0,
    lastAttemptAt: null,
    lastResult: null,
    lastDisposition: null,
    lastAgent: null,
    finishedWhy: null,
    uncounted: 0,
    why: null,
    contact: { id, name: one.name, phones: one.phones, fields: { ...one.fields } },
  };
}

async function exported(rows: readonly RecordRow[]): Promise<string> {
  const records = { find: ({ after = 0 }: { after?: number }) => Promise.resolve(rows.filter(({ id }) => id > after)) };
  let csv = '';
  const store = { records, notes: { list: () => Promise.resolve([]) } } as unknown as Pick<Store, 'records' | 'notes'>;
  for await (const piece of exportRecords(store, {}, 'csv')) csv += piece;
  return csv;
}

test('[L-01] an export of records is imported again row for row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contact, { minLength: 1, maxLength: 8 }), async (contacts) => {
      const file = path.join(mkdtempSync(path.join(folder, 'x-')), 'records.csv');
      writeFileSync(file, await exported(contacts.map((one, index) => rowOf(one, index + 1))));
      const { preview, columns } = await makePlan(file, { list: 'again', country: 'DE', fields: FIELDS });
      expect(
        preview.map(({ reading }) => (reading.kind === 'contact' ? { ...reading.contact, line: 0 } : reading)),
      ).toEqual(contacts.map((one) => ({ ...one, line: 0 })));
      expect(columns.flatMap(({ use }) => (use.as === 'field' ? use.field : []))).toEqual([
        'note',
        "'=odd",
        'balance',
        'since',
        'paid',
      ]);
    }),
    { numRuns: 40 },
  );
});

test('[L-01] a value that was guarded is what it was, and no spreadsheet calculates it before', () => {
  fc.assert(
    fc.property(fc.oneof(awkward, fc.string()), (value) => {
      const safe = guarded(value);
      expect(safe).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
      if (safe !== value || !/^="/.test(value)) expect(unguarded(safe)).toBe(value);
    }),
    { numRuns: 5000 },
  );
});

test.each(['\n=1+1', '\u000b=1+1', '\u00a0=1+1', '\u200b=1+1', '\ufeff@x', ' +1', '\uff1d1'])(
  '[S-03] the cell %j is no formula for a spreadsheet',
  (value) => {
    expect(csvLine([value])).toMatch(/^"?'/);
  },
);
