import { expect, test } from 'vitest';
import { didYouMean, nearestWord } from '../../src/base/nearest.ts';

test.each([
  ['callagain', ['call_again', 'caller_ids'], 'call_again'],
  ['atempts', ['attempts', 'agents'], 'attempts'],
  ['pacnig', ['pacing', 'phones'], 'pacing'],
  ['Europe/Berln', ['Europe/Berlin', 'Europe/Bern'], 'Europe/Berlin'],
  ['colour', ['mode', 'lists'], undefined],
  ['', ['a'], undefined],
])('[C-01] "%s" among %j: meant %s', (word, known, expected) => {
  expect(nearestWord(word, known)).toBe(expected);
});

test('[C-01] word without a near one: no question is asked', () => {
  expect(didYouMean('colour', ['mode'])).toBe('');
  expect(didYouMean('mod', ['mode'])).toBe(' Did you mean "mode"?');
});
