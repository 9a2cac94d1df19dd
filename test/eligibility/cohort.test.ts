// People with the same hours: a closed cohort has no one who may be called, whatever the packs, places and moments.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cohortHours, cohortOf, NO_COHORT } from '../../src/eligibility/cohort.ts';
import { decideRecord } from '../../src/eligibility/eligibility.ts';
import { lawHere } from '../../src/rules/law.ts';
import { whereabouts } from '../../src/places/zones.ts';
import { campaign, fields, moment, number } from '../rules/situations.ts';
import { aRecord } from '../records/builders.ts';

test('[X-05] any packs, people and moments: when the hours of a cohort are closed, none of its people may be dialed', () => {
  let closed = 0;
  fc.assert(
    fc.property(
      campaign,
      fc.array(number, { minLength: 1, maxLength: 2 }),
      fields,
      moment,
      (on, numbers, about, now) => {
        const phones = numbers.map((one) => ({ number: one, type: 'mobile' as const }));
        const cohort = cohortOf(on, { phones, fields: about });
        const hours = cohortHours(on, cohort).at(now);
        const facts = aRecord({ phones, fields: about, list: null });
        if (!hours.open) {
          closed += 1;
          expect(decideRecord({ facts, campaign: on, blocked: new Map(), now }).mayDial).toBe(false);
        }
        if (cohort === NO_COHORT) return;
        for (const one of numbers) {
          expect(lawHere(on, whereabouts(one, about, on.person)).joint.at(now)).toEqual(hours);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(closed).toBeGreaterThan(5);
});

test('[X-05] a name of a cohort whose packs the campaign no longer has: open, so that its people are looked at', () => {
  fc.assert(
    fc.property(campaign, number, moment, (on, one, now) => {
      const cohort = cohortOf(on, { phones: [{ number: one, type: 'home' }], fields: {} });
      expect(cohortHours({ ...on, rules: [] }, cohort).at(now).open).toBe(true);
    }),
    { numRuns: 50 },
  );
});
