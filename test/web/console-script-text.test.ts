// The text of a script in the editor.

import { describe, expect, test } from 'vitest';
import { readScript } from '../../src/config/script-file.ts';
import {
  difference,
  firstText,
  numbered,
  offsetOf,
  sampleFor,
  sampleOf,
  type Fault,
} from '../../src/web/console/scripts/text.ts';

const fault = (line: number, severity: Fault['severity'] = 'fault'): Fault => ({
  line,
  column: 1,
  severity,
  key: null,
  message: '',
  hint: '',
});

describe('[S-08] the text of a script', () => {
  test('a place by line and column, and never behind the end of its line', () => {
    expect([offsetOf('ab\ncd\n', 2, 2), offsetOf('ab\ncd', 1, 99), offsetOf('ab', 9), offsetOf('', 1)]).toEqual([
      4, 2, 2, 0,
    ]);
  });

  test('each line has its number, and the worst that is wrong in it', () => {
    expect(numbered('a\nb\nc', [fault(2, 'warning'), fault(2), fault(3, 'warning')])).toEqual([
      { line: 1, severity: undefined },
      { line: 2, severity: 'fault' },
      { line: 3, severity: 'warning' },
    ]);
  });

  test('what differs is the part between what is the same above and below', () => {
    expect(difference('a\nb\nc', 'a\nx\ny\nc')).toEqual({ line: 2, theirs: ['b'], mine: ['x', 'y'] });
    expect(difference('a\na', 'a\na\na')).toEqual({ line: 3, theirs: [], mine: ['a'] });
    expect(difference('a', 'a')).toBeUndefined();
  });

  test('a sample of the record', () => {
    expect(sampleOf('name=Ada Moss, balance = 12.50 ,x')).toEqual({ name: 'Ada Moss', balance: '12.50' });
  });

  test('a sample that shows where each field stands', () => {
    expect(sampleFor('say: Dear {name} of {city}, {name}!\nnext: [{ go: x }]')).toBe('name=Ada Moss, city=‹city›');
  });

  test('a new script is good at once', () => {
    expect(readScript(firstText('winback'), 'scripts/winback.yaml').faults).toEqual([]);
  });
});
