import { expect, test } from 'vitest';
import type { NumberChange } from '../../src/campaign/call-again-rule.ts';
import { changeNumber } from '../../src/records/number-change.ts';

const add: NumberChange = { do: 'add', digits: '49' };
const strip: NumberChange = { do: 'strip', digits: '49' };
const replace: NumberChange = { do: 'replace', digits: '490', with: '49' };

test.each([
  ['put before it', '+301234567', add, '+49301234567'],
  ['taken off', '+49301234567', strip, '+301234567'],
  ['replaced', '+490301234567', replace, '+49301234567'],
  ['taken off what does not begin so: no change', '+43123456789', strip, undefined],
  ['replaced in what does not begin so: no change', '+49301234567', replace, undefined],
  ['too long for E.164 afterwards: no change', '+49123456789012', add, undefined],
  ['nothing but a zero in front afterwards: no change', '+490123456789', strip, undefined],
] as const)('[L-09] digits %s', (_what, number, change, changed) => {
  expect(changeNumber(number, change)).toBe(changed);
});
