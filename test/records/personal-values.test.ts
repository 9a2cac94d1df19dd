import { describe, expect, test } from 'vitest';
import {
  formsOf,
  namesPerson,
  personalNames,
  personalTexts,
  personalValues,
  withoutNames,
} from '../../src/records/personal-values.ts';

const TOLD = personalValues([
  {
    name: 'Anna Müller',
    fields: { mail: 'anna@example.org', city: 'Bonn', age: 40 },
    phones: [{ number: '+493023125111' }],
  },
  {
    changes: [
      { what: 'name', from: 'Anna Öztürk', to: 'Anna Müller' },
      { what: 'note', from: 'deaf on one ear\nrings twice, Mrs Müller', to: null },
    ],
  },
  { contact: 12, name: 'A. M.', phones: [{ number: '+493023125112' }] },
]);

describe('what shows who a person is', () => {
  test('[L-14] names, numbers, addresses and notes, before edits and merges too', () => {
    expect(personalNames(TOLD)).toEqual(['Anna Müller', 'Anna Öztürk', 'A. M.']);
    expect([...TOLD.numbers]).toEqual(['+493023125111', '+493023125112']);
    expect([...TOLD.merged]).toEqual([12]);
    expect(personalTexts(TOLD)).toEqual(['anna@example.org', 'deaf on one ear', 'rings twice, Mrs Müller']);
  });

  test.each(['letter of Mrs. Müller', 'MULLER', 'call 0 30/231 251-11', 'mail of Anna@Example.org', 'Öztürk'])(
    '[L-14] %s names the person',
    (text) => {
      expect(namesPerson(TOLD, text)).toBe(true);
    },
  );

  test.each(['letter of 3 March', 'asked by mail', '', 'Bonn', 'mill'])('[L-14] %j does not', (text) => {
    expect(namesPerson(TOLD, text)).toBe(false);
  });

  test('[L-14] a text is looked for as it stands and as JSON writes it, a number without its plus sign too', () => {
    expect(formsOf('says "no"')).toEqual(['says "no"', 'says \\"no\\"']);
    expect(formsOf('+493023125111')).toEqual(['+493023125111', '493023125111']);
    expect(withoutNames(TOLD, '2026-01-03, Anna Müller by phone')).toBe('2026-01-03, … by phone');
    expect(withoutNames(TOLD, '2026-01-03')).toBe('2026-01-03');
  });
});
