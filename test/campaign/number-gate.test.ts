import { describe, expect, test } from 'vitest';
import { dialReason, gateReason, gatesReason, NUMBER_CLASSES, USUAL_CLASSES } from '../../src/campaign/number-gate.ts';
import type { NumberKind, TrunkReach } from '../../src/campaign/number-gate.ts';
import { kindOf } from '../../src/numbers/kinds.ts';

const MAIN: TrunkReach = { trunk: 'main', countries: ['US'], classes: USUAL_CLASSES };
const EVERYTHING: TrunkReach = { trunk: 'main', countries: ['US', 'DE', '001'], classes: NUMBER_CLASSES };

describe('a trunk whose settings say nothing', () => {
  test.each(USUAL_CLASSES)('[X-09] %s of its country: dialed', (kind) => {
    expect(gateReason({ country: 'US', class: kind }, MAIN)).toBeUndefined();
  });

  test.each(NUMBER_CLASSES.filter((kind) => !USUAL_CLASSES.includes(kind)))('[X-09] %s: refused by name', (kind) => {
    expect(gateReason({ country: 'US', class: kind }, MAIN)).toMatch(/not allowed on trunk main \(allow_classes\)$/);
  });

  test.each([
    ['another country', { country: 'DE', class: 'mobile' }],
    ['an island of North America', { country: 'JM', class: 'fixed-or-mobile' }],
    ['toll-free of no country', { country: '001', class: 'toll-free' }],
  ] as const)('[X-09] %s: refused', (_, kind) => {
    expect(gateReason(kind, MAIN)).toMatch(/not allowed on trunk main \(allow_countries\)$/);
  });
});

test.each(['emergency', 'short', 'unreadable'] as const)('[X-09] %s: never dialed, whatever is allowed', (kind) => {
  expect(gateReason({ country: 'US', class: kind }, EVERYTHING)).toMatch(/: never dialed$/);
  expect(gateReason({ country: '', class: kind }, EVERYTHING)).toMatch(/: never dialed$/);
});

test('[X-09] satellites want both: the class, and numbers of no country', () => {
  const satellite: NumberKind = { country: '001', class: 'satellite' };
  expect(gateReason(satellite, EVERYTHING)).toBeUndefined();
  expect(gateReason(satellite, { ...EVERYTHING, countries: ['US'] })).toMatch(/allow_countries/);
  expect(gateReason(satellite, { ...EVERYTHING, classes: USUAL_CLASSES })).toMatch(/allow_classes/);
});

test('[X-09] a campaign with two trunks: what one of them may not dial is refused', () => {
  const spare = { ...MAIN, trunk: 'spare', countries: ['US', 'JM'] };
  const jamaica: NumberKind = { country: 'JM', class: 'mobile' };
  expect(gatesReason(jamaica, [spare])).toBeUndefined();
  expect(gatesReason(jamaica, [spare, MAIN])).toBe(
    'a number of a mobile of JM: not allowed on trunk main (allow_countries)',
  );
});

describe('at the dial', () => {
  test.each([
    ['without a prefix', { prefix: '', plus: true }],
    ['with a prefix that the carrier takes off', { prefix: '00', plus: false }],
    ['with a technical prefix behind the plus', { prefix: '99', plus: true }],
  ])('[X-09] %s: dialed', (_, how) => {
    expect(dialReason({ number: '+12125550100', ...how }, kindOf, MAIN)).toBeUndefined();
  });

  test('[X-09] a prefix that makes a satellite number of it: refused', () => {
    const dialed = { number: '+12125550100', prefix: '8816', plus: true };
    expect(dialReason(dialed, kindOf, MAIN)).toMatch(/^a number of a satellite/);
  });

  test.each(['+911', '+112', '+19005551234', '+881612345678', '+447012345678', '+1911', '', '+12125550100;ext=1'])(
    '[X-09] %s: refused',
    (number) => {
      expect(dialReason({ number, prefix: '', plus: true }, kindOf, MAIN)).toBeDefined();
    },
  );
});
