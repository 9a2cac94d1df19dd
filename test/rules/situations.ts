// Random campaigns, people and moments for properties: every shipped pack, numbers of every kind of place, histories
// dense enough to meet every limit, moments around changes of clocks and holidays.

import { defined } from '../../src/base/defined.ts';
import fc from 'fast-check';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { RulePack } from '../../src/campaign/rule-pack.ts';
import { findPack, packNames, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import type { PastAttempt } from '../../src/records/record.ts';
import { RESULTS } from '../../src/terms.ts';
import { aCampaign, aPastAttempt } from '../records/builders.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const SHIPPED_PACKS: readonly RulePack[] = packNames([SHIPPED_RULES]).flatMap(
  (name) => findPack(name, [SHIPPED_RULES])?.pack ?? [],
);

/** Prefixes of numbers: seven digits behind each. */
const PREFIXES =
  '+1212 +1305 +1850 +1405 +1410 +1206 +1602 +1800 +1416 +1709 +1808 +4420 +4930 +3314 +39061 +6125 +6186 +614'.split(
    ' ',
  );

export const number = fc
  .tuple(fc.constantFrom(...PREFIXES), fc.integer({ min: 2_000_000, max: 9_999_999 }))
  .map(([prefix, rest]) => `${prefix}${rest}`);

export const fields = fc.record({
  state: fc.constantFrom('', 'FL', 'CA', 'Washington', 'ON', 'NSW', 'Xanadu'),
  zip: fc.constantFrom('', '32501', '33101', '98101'),
  tz: fc.constantFrom('', '', '', 'Pacific/Honolulu', 'Europe/London'),
  agreed: fc.constantFrom('yes', 'yes', 'yes', 'no', ''),
});

/** Days on which clocks change somewhere, holidays, and any others. */
const DATES = [
  '2026-03-07',
  '2026-03-28',
  '2026-04-02',
  '2026-05-13',
  '2026-10-03',
  '2026-10-24',
  '2026-10-31',
  '2026-12-24',
];

export const moment = fc
  .tuple(fc.constantFrom(...DATES), fc.integer({ min: 0, max: 4 * 24 * 60 }), fc.integer({ min: 0, max: 59_999 }))
  .map(([date, minutes, ms]) => Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 + ms);

export const campaign = fc
  .record({
    rules: fc.subarray([...SHIPPED_PACKS], { minLength: 0, maxLength: 5 }),
    person: fc.constantFrom<Campaign['person']>(
      { consent: 'agreed' },
      { state: 'state', consent: 'agreed' },
      { state: 'state', zip: 'zip', zone: 'tz', consent: 'agreed' },
    ),
    mode: fc.constantFrom<Campaign['mode']>('predictive', 'predictive', 'preview'),
    perDay: fc.integer({ min: 1, max: 4 }),
    perContactPerDay: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    perNumberPerDay: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
  })
  .map(({ rules, person, mode, timezone, perDay, perContactPerDay, perNumberPerDay }) =>
    aCampaign({
      rules,
      person,
      mode,
      refusals: ['refused'],
      schedule: { timezone, start: '0 0 * * *', stop: '59 23 * * *', holidays: [] },
      attempts: {
        max: 50,
        perDay,
        ...defined({ perContactPerDay }),
        ...defined({ perNumberPerDay }),
      },
    }),
  );

/** Past attempts, to be placed before `now`: of the record itself, of its contact, or of others to its number. */
export const pastAttempts = fc.array(
  fc.record({
    agoMs: fc.oneof(
      fc.integer({ min: 60_000, max: 30 * HOUR_MS }),
      fc.integer({ min: 60_000, max: 8 * DAY_MS }),
      fc.integer({ min: 60_000, max: 62 * DAY_MS }),
    ),
    whose: fc.constantFrom('record', 'contact', 'number'),
    phone: fc.integer({ min: 0, max: 1 }),
    result: fc.constantFrom(...RESULTS),
    refused: fc.boolean(),
    counts: fc.constantFrom(true, true, true, false),
  }),
  { maxLength: 9 },
);

type Past = typeof pastAttempts extends fc.Arbitrary<infer T> ? T : never;

export function historyOf(some: Past, numbers: readonly string[], now: number): readonly PastAttempt[] {
  return some
    .map(({ agoMs, whose, phone, result, refused, counts }, index) =>
      aPastAttempt({
        attempt: `past-${index}`,
        dialedAt: now - agoMs,
        number: numbers[phone % numbers.length] ?? '',
        record: whose === 'record' ? 1 : 100 + index,
        contact: whose === 'number' ? 200 + index : 1,
        result,
        talked: result === 'connected',
        counts,
        disposition: result === 'connected' ? (refused ? 'refused' : 'later') : null,
      }),
    )
    .sort((a, b) => a.dialedAt - b.dialedAt);
}
