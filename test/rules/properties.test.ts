import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRecord, explainRecord } from '../../src/eligibility/eligibility.ts';
import type { EligibilityInput } from '../../src/eligibility/eligibility.ts';
import { historyMs } from '../../src/rules/history.ts';
import { aRecord } from '../records/builders.ts';
import { campaign, fields, historyOf, moment, number, pastAttempts } from './situations.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const situation = fc
  .tuple(campaign, fc.array(number, { minLength: 1, maxLength: 2 }), fields, pastAttempts, moment)
  .map(([own, numbers, person, past, now]): EligibilityInput => ({
    facts: aRecord({
      state: 'waiting',
      fields: person,
      phones: numbers.map((one) => ({ number: one, type: 'mobile' })),
      history: historyOf(past, numbers, now),
    }),
    campaign: own,
    blocked: new Map(),
    now,
  }));

describe('any record, campaign, moment and choice of rule packs', () => {
  test('[L-12] [X-03] [X-04] the moment named is the first one: nothing is allowed before it, and it is', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        situation,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        (input, shares) => {
          const { mayDial, never, notBeforeAt } = decideRecord(input);
          const dialable = (at: number): boolean => decideRecord({ ...input, now: at }).mayDial;
          if (mayDial) return;
          refused += 1;
          if (notBeforeAt !== undefined) {
            expect(dialable(notBeforeAt)).toBe(true);
            expect(dialable(notBeforeAt - 1)).toBe(false);
            for (const share of shares) {
              expect(dialable(input.now + Math.floor(share * (notBeforeAt - 1 - input.now)))).toBe(false);
            }
          } else {
            const held = decideRecord({ ...input, agentEngaged: true });
            expect(never || held.mayDial || held.notBeforeAt !== undefined).toBe(true);
            for (let days = 0; days < 90; days += 1)
              expect(dialable(input.now + days * DAY_MS + 10 * HOUR_MS)).toBe(false);
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(250);
  });

  test('[L-12] what is explained is what is decided, rule by rule', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const { findings, ...answer } = explainRecord(input);
        expect(decideRecord(input)).toMatchObject(answer);
        const allows = (phone: number | undefined): boolean =>
          findings.filter(({ phoneIndex }) => phoneIndex === phone).every((verdict) => verdict.allows);
        expect(answer.mayDial).toBe(allows(undefined) && input.facts.phones.some((_, phone) => allows(phone)));
        if (answer.phoneIndex !== undefined) expect(allows(answer.phoneIndex)).toBe(true);
        for (const { why } of findings) expect(why).toMatch(/^[A-Z+0-9].*\.$/);
      }),
      { numRuns: 700 },
    );
  });

  test('[L-10] attempts beyond the reach of the history change nothing', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const since = input.now - historyMs(input.campaign);
        const history = input.facts.history.filter(({ dialedAt }) => dialedAt >= since);
        const near = { ...input, facts: { ...input.facts, history } };
        expect(decideRecord(near)).toEqual(decideRecord(input));
      }),
      { numRuns: 700 },
    );
  });

  test('[X-04] one pack more never allows what was refused', () => {
    fc.assert(
      fc.property(situation, (input) => {
        const { rules } = input.campaign;
        const fewer = { ...input, campaign: { ...input.campaign, rules: rules.slice(1) } };
        if (decideRecord(input).mayDial) expect(decideRecord(fewer).mayDial).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});
