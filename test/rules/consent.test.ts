import { describe, expect, test } from 'vitest';
import { readConsent } from '../../src/rules/consent.ts';
import { readFieldValue } from '../../src/campaign/fields.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

describe('whether a person has agreed to be called', () => {
  test.each([
    ...[
      'yes',
      ' Yes ',
      'Y',
      'true',
      'TRUE',
      '1',
      'x',
      'X',
      'ja',
      'oui',
      'sí',
      'si',
      'WAHR',
      'vrai',
      'opt-in',
      '✓',
      'on',
    ],
    ...[
      '2026-01-05',
      '2026/01/05',
      '20260105',
      '2026-01-05T10:30:00Z',
      '2026-01-05 10:30',
      '03.04.2026',
      '3.4.2026',
      '3. 4. 26',
    ],
    ...['01/05/2026', '31/12/2025', '12/31/2025', '5 Jan 2026', 'January 5, 2026', '5. Januar 2026', '5 févr. 2026'],
    ...['2026-11-20', '2026-11-21', '11/20/2026 9:15 AM'],
    ...[true, 1],
  ])('[X-04] %j: agreed', (value) => {
    expect(readConsent(value, NOW)).toEqual({ agreed: true });
  });

  test.each([
    ...['', ' ', 'no', 'nein', 'non', '0', 'false', 'unknown', '-', 'no 2026-01-05', 'revoked', 'maybe'],
    ...['0000-00-00', '2026-99-99', '2026-02-30', '2026-01-05 revoked by mail', 'revoked 2026-01-05', '31.04.2026'],
    ...['1900-01-00', '1899-12-30', '1970-01-01', '2026', '46027', '13/13/2026', '2026-01', 'May'],
    ...[false, 0, 2, 46_027, null, undefined, {}, []],
  ])('[X-04] %j: not agreed', (value) => {
    expect(readConsent(value, NOW)).toEqual({ agreed: false });
  });

  test('[X-04] a day that is still to come: not before it has begun somewhere', () => {
    const consent = readConsent('2026-12-24', NOW);
    expect(consent).toEqual({ agreed: false, fromAt: Date.parse('2026-12-23T10:00:00Z') });
    expect(readConsent('24 December 2026', NOW)).toEqual(consent);
    // Either the 2nd of January or the 1st of February, or the 1st of December: the later one decides.
    expect(readConsent('01/12/2026', NOW)).toEqual({ agreed: false, fromAt: Date.parse('2026-11-30T10:00:00Z') });
  });

  test.each([
    ['check-box', 'ja', true],
    ['check-box', 'nein', false],
    ['date', '03.04.2026', true],
    ['date-time', '2026-01-05 10:30', true],
    ['choice', 'yes', true],
  ] as const)('[X-04] a field of type %s that was given as %s', (type, written, agreed) => {
    const reading = readFieldValue({ type, choices: ['yes', 'no'] }, written);
    expect(reading.kind === 'value' && readConsent(reading.value, NOW).agreed).toBe(agreed);
  });
});
