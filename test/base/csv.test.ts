// CSV that spreadsheets do not calculate.

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../src/base/csv.ts';

describe('[L-13] a line of CSV', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+12125550100', "'+12125550100"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['=cmd|"/c calc"!A1', `"'=cmd|""/c calc""!A1"`],
    ['a,b', '"a,b"'],
    ['two\nlines', '"two\nlines"'],
    [' blank ', '" blank "'],
    ['plain', 'plain'],
    ["'t Hart", "'t Hart"],
    ["'=1", "''=1"],
    ['\n=1', `"'\n=1"`],
    ['\u200b=1', "'\u200b=1"],
    [-2, '-2'],
    [true, 'true'],
    [null, ''],
    [{ a: 1 }, '"{""a"":1}"'],
  ])('%j is written %j', (value, written) => {
    expect(csvLine([value])).toBe(`${written}\r\n`);
  });

  test('whatever stands in the cells comes back, and no cell begins a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
        const [row = []] = parse(csvLine(cells), { record_delimiter: '\r\n' });
        // A file with NULs is no text, and is refused as damaged.
        const whole = cells.map((cell) => cell.replaceAll('\0', '\ufffd'));
        expect(row.map((cell, place) => (cell === `'${whole[place] ?? ''}` ? whole[place] : cell))).toEqual(whole);
        expect(row.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
