// What a call-again rule makes of a telephone number: digits put before it, taken off, or replaced, always behind the
// plus sign. A change that would leave no number in E.164 is not made.

import type { NumberChange } from '../campaign/call-again-rule.ts';

const E164 = /^\+[1-9]\d{6,14}$/;

/** The number after the change; undefined when the change does not fit it or leaves no number in E.164. */
export function changeNumber(number: string, change: NumberChange): string | undefined {
  const digits = number.replace(/^\+/, '');
  if (change.do !== 'add' && !digits.startsWith(change.digits)) return undefined;
  const changed = `+${changedDigits(digits, change)}`;
  return E164.test(changed) ? changed : undefined;
}

function changedDigits(digits: string, change: NumberChange): string {
  switch (change.do) {
    case 'add':
      return change.digits + digits;
    case 'strip':
      return digits.slice(change.digits.length);
    case 'replace':
      return change.with + digits.slice(change.digits.length);
  }
}

/** The change in words: `49 put before it`. */
export function describeChange(change: NumberChange): string {
  switch (change.do) {
    case 'add':
      return `${change.digits} put before it`;
    case 'strip':
      return `${change.digits} taken off`;
    case 'replace':
      return `${change.with} in place of ${change.digits}`;
  }
}
