import { expect, test } from 'vitest';
import { defined } from '../../src/base/defined.ts';

test('what is undefined is left out, what is empty, zero or null stays', () => {
  const values: { a: number | undefined; b: string; c: null; d: boolean | undefined } = {
    a: undefined,
    b: '',
    c: null,
    d: false,
  };
  expect(Object.entries(defined(values))).toEqual([
    ['b', ''],
    ['c', null],
    ['d', false],
  ]);
  expect('a' in defined(values)).toBe(false);
});
