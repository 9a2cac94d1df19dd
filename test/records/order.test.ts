import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRecords, fieldSortKey } from '../../src/records/order.ts';
import type { OrderedRecord } from '../../src/records/order.ts';

const record = (parts: Partial<OrderedRecord>): OrderedRecord => ({
  record: 1,
  first: false,
  priority: 0,
  attempts: 0,
  dueAt: null,
  sortKey: '',
  ...parts,
});

function sorted(order: Parameters<typeof fieldSortKey>[0], values: readonly unknown[]): unknown[] {
  return [...values]
    .map((value) => ({ value, key: fieldSortKey(order, value === undefined ? {} : { f: value }) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}

describe('order of dialing', () => {
  test.each([
    ['a callback that is due', { first: true, dueAt: 9, attempts: 3, record: 9 }, { priority: 8 }],
    ['the callback that is due longer', { first: true, dueAt: 5, record: 9 }, { first: true, dueAt: 6, priority: 7 }],
    ['higher priority', { priority: 5, attempts: 2, dueAt: 9, record: 9 }, { priority: 1 }],
    ['fresh before retried', { record: 9 }, { attempts: 1, dueAt: 1, record: 1 }],
    ['never dialed and put off before retried', { dueAt: 9, record: 9 }, { attempts: 1, dueAt: 1, record: 1 }],
    ['the chosen field before age', { sortKey: 'n00', record: 9 }, { sortKey: 'n01', record: 1 }],
    ['what fell due first', { attempts: 1, dueAt: 5, record: 9 }, { attempts: 1, dueAt: 6, record: 1 }],
    ['the older record', { record: 1 }, { record: 2 }],
  ])('[L-08] two records that may be dialed: %s goes first', (_, first, second) => {
    expect(compareRecords(record(first), record(second))).toBeLessThan(0);
    expect(compareRecords(record(second), record(first))).toBeGreaterThan(0);
  });

  test('[L-08] chosen field: numbers by size, then text, records without it last, in both directions', () => {
    const values = ['100', '9', '-3', 'beta', 'Alpha', undefined, '0.5', ''];
    expect(sorted({ by: 'field', field: 'f', descending: false }, values)).toEqual([
      '-3', '0.5', '9', '100', 'Alpha', 'beta', undefined, '',
    ]); // prettier-ignore
    expect(sorted({ by: 'field', field: 'f', descending: true }, values)).toEqual([
      '100', '9', '0.5', '-3', 'beta', 'Alpha', undefined, '',
    ]); // prettier-ignore
  });

  test('[L-08] any numbers: the sort key orders them as numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 20 }), (numbers) => {
        const ascending = sorted({ by: 'field', field: 'f', descending: false }, numbers);
        expect(ascending.map(Number)).toEqual(
          [...numbers].sort((a, b) => a - b).map((n) => expect.closeTo(n, 10) as number),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('[L-08] any records: the order is total, the same whatever order they come in', () => {
    const any = fc.record({
      first: fc.boolean(),
      priority: fc.integer({ min: -2, max: 2 }),
      attempts: fc.nat(2),
      dueAt: fc.option(fc.nat(3), { nil: null }),
      sortKey: fc.constantFrom('', 'n00', 'n01', 't41', 'z'),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (parts) => {
        const records = parts.map((part, index) => record({ ...part, record: index + 1 }));
        const sorted = [...records].sort(compareRecords);
        expect([...records].reverse().sort(compareRecords)).toEqual(sorted);
        for (const [place, one] of sorted.entries()) {
          for (const other of sorted.slice(place + 1)) expect(compareRecords(one, other)).toBeLessThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
