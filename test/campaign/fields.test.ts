// Values of typed fields, as people write them in files and forms, and what an edit makes of a contact's fields.

import { describe, expect, test } from 'vitest';
import type { DayOrder, FieldDefinition, FieldType } from '../../src/campaign/fields.ts';
import { editFields, fieldTypes, guessFieldType, readFieldJson, readFieldValue } from '../../src/campaign/fields.ts';

const read = (type: FieldType, text: string, order: DayOrder = 'day-first'): unknown => {
  const reading = readFieldValue({ type, choices: ['Gold', 'Silver'] }, text, order);
  return reading.kind === 'value' ? reading.value : reading.kind;
};

describe('[L-06] a text as a value of a field', () => {
  test.each<[FieldType, string, unknown]>([
    ['text', ' 007 ', ' 007 '],
    ['text', '  ', 'empty'],
    ['number', '12', 12],
    ['number', '-3.50', -3.5],
    ['number', '1,234.56', 1234.56],
    ['number', '1.234,56', 1234.56],
    ['number', '1 234,5', 1234.5],
    ['number', '1,234,567', 1_234_567],
    ['number', '0,75', 0.75],
    ['number', '1e3', 1000],
    ['number', '1,234', 'refused'],
    ['number', '12 EUR', 'refused'],
    ['number', '1,23,456', 'refused'],
    ['number', 'NaN', 'refused'],
    ['check-box', 'Yes', true],
    ['check-box', 'ja', true],
    ['check-box', 'x', true],
    ['check-box', '0', false],
    ['check-box', 'N', false],
    ['check-box', 'maybe', 'refused'],
    ['choice', 'gold', 'Gold'],
    ['choice', 'Bronze', 'refused'],
    ['date', '2026-11-01', '2026-11-01'],
    ['date', '1.11.2026', '2026-11-01'],
    ['date', '2026-02-29', 'refused'],
    ['date', '2028-02-29', '2028-02-29'],
    ['date', '31.4.2026', 'refused'],
    ['date', '2026-13-01', 'refused'],
    ['date-time', '2026-11-01 9:30', '2026-11-01T09:30'],
    ['date-time', '2026-11-01T09:30:15', '2026-11-01T09:30'],
    ['date-time', '2026-11-01 24:00', 'refused'],
    ['date-time', '2026-11-01', 'refused'],
  ])('%s %j is %j', (type, text, value) => {
    expect(read(type, text)).toEqual(value);
  });

  test('3/4/2026 is in April or in March, by the country', () => {
    expect(read('date', '3/4/2026', 'day-first')).toBe('2026-04-03');
    expect(read('date', '3/4/2026', 'month-first')).toBe('2026-03-04');
    expect(read('date', '13/4/2026', 'month-first')).toBe('refused');
  });

  test('a value from JSON: of its type already, or a text', () => {
    expect(readFieldJson({ type: 'number' }, 3)).toEqual({ kind: 'value', value: 3 });
    expect(readFieldJson({ type: 'number' }, '3')).toEqual({ kind: 'value', value: 3 });
    expect(readFieldJson({ type: 'number' }, true).kind).toBe('refused');
    expect(readFieldJson({ type: 'check-box' }, false)).toEqual({ kind: 'value', value: false });
    expect(readFieldJson({ type: 'text' }, null)).toEqual({ kind: 'empty' });
    expect(readFieldJson({ type: 'text' }, { a: 1 }).kind).toBe('refused');
  });

  test.each<[readonly string[], FieldType]>([
    [['1', '2.5', ''], 'number'],
    [['0049', '0050'], 'text'],
    [['yes', 'no', ''], 'check-box'],
    [['1', '0'], 'number'],
    [['2026-11-01', '1.2.2026'], 'date'],
    [['2026-11-01 10:00'], 'date-time'],
    [['Bonn', '12'], 'text'],
    [['', ' '], 'text'],
    [[], 'text'],
  ])('a column of %j is of type %s', (values, type) => {
    expect(guessFieldType(values)).toBe(type);
  });
});

describe('[L-06] an edit of the record information', () => {
  const definition = (field: string, parts: Partial<FieldDefinition> = {}): FieldDefinition => ({
    field,
    label: field,
    type: 'text',
    editable: true,
    required: false,
    ...parts,
  });
  const definitions = [
    definition('balance', { type: 'number' }),
    definition('customer', { editable: false }),
    definition('city', { required: true }),
  ];
  const before = { balance: 10, customer: '007', city: 'Bonn', note: 'x' };

  test('values become those of their type, what stays the same is no change, a free field may be anything', () => {
    const edited = editFields(before, { balance: '12,50', city: 'Bonn', note: '', size: 4 }, definitions);
    expect(edited.faults).toEqual([]);
    expect(edited.changes).toEqual([
      { field: 'balance', from: 10, to: 12.5 },
      { field: 'note', from: 'x', to: null },
      { field: 'size', from: null, to: 4 },
    ]);
    expect(edited.fields).toEqual({ balance: 12.5, customer: '007', city: 'Bonn', size: 4 });
  });

  test('every fault is reported: of the wrong type, not to be edited, required', () => {
    const { faults, changes } = editFields(before, { balance: 'much', customer: '008', city: '' }, definitions);
    expect(changes).toEqual([]);
    expect(faults).toEqual([
      'balance: "much" is not a number',
      'customer: it may not be edited',
      'city: it is required',
    ]);
  });

  test('two campaigns define the field: the value has to suit both', () => {
    const both = [definition('age', { type: 'number' }), definition('age', { editable: false })];
    expect(editFields({}, { age: 'old' }, both).faults).toEqual(['age: "old" is not a number']);
    expect(editFields({}, { age: 4 }, both).faults).toHaveLength(1);
  });

  test('what type the fields have, for filters', () => {
    expect(fieldTypes({ fields: definitions })).toEqual({ balance: 'number', customer: 'text', city: 'text' });
    expect(fieldTypes({})).toEqual({});
  });
});
