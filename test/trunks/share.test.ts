import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fairShares, shareOut, type Claim } from '../../src/trunks/share.ts';

function claim(campaign: string, parts: Partial<Claim> = {}): Claim {
  return { campaign, weight: 1, used: 0, wanted: 0, served: 0, ...parts };
}

const someClaims = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 1, max: 10 }),
      used: fc.integer({ min: 0, max: 30 }),
      wanted: fc.integer({ min: 0, max: 30 }),
      served: fc.double({ min: 0, max: 50, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map((one, index) => ({ campaign: `c${index}`, ...one })));
const offers = fc.record({ lines: fc.integer({ min: 0, max: 60 }), calls: fc.integer({ min: 0, max: 60 }) });

describe('lines of one trunk', () => {
  test('[C-14] enough for all: everybody gets what it wants', () => {
    const shared = shareOut([claim('a', { wanted: 3 }), claim('b', { wanted: 4 })], { lines: 10, calls: 7 });

    expect(Object.fromEntries(shared)).toEqual({ a: 3, b: 4 });
  });

  test('[C-14] weights 2 and 1, 9 free lines, both want all of them: 6 and 3', () => {
    const claims = [claim('a', { weight: 2, wanted: 9 }), claim('b', { wanted: 9 })];

    expect(Object.fromEntries(shareOut(claims, { lines: 9, calls: 100 }))).toEqual({ a: 6, b: 3 });
  });

  test('[C-14] one holds more than its share: the free lines go to the other', () => {
    const claims = [claim('a', { used: 20, wanted: 10 }), claim('b', { used: 2, wanted: 10 })];

    expect(Object.fromEntries(shareOut(claims, { lines: 5, calls: 100 }))).toEqual({ a: 0, b: 5 });
  });

  test('[C-14] lines in plenty, one call a second: who was served least is next', () => {
    const claims = [claim('a', { used: 0, served: 3, wanted: 5 }), claim('b', { used: 9, served: 1, wanted: 5 })];

    expect(Object.fromEntries(shareOut(claims, { lines: 50, calls: 1 }))).toEqual({ a: 0, b: 1 });
  });

  test('[C-14] property: all that is offered and wanted is given, and no one gets more than it wants', () => {
    fc.assert(
      fc.property(someClaims, offers, (claims, offer) => {
        const shared = shareOut(claims, offer);
        const given = [...shared.values()].reduce((sum, lines) => sum + lines, 0);
        const wanted = claims.reduce((sum, one) => sum + one.wanted, 0);
        expect(given).toBe(Math.min(offer.lines, offer.calls, wanted));
        for (const one of claims) expect(shared.get(one.campaign) ?? 0).toBeLessThanOrEqual(one.wanted);
      }),
    );
  });

  test('[C-14] property: while lines are short no one gets one ahead of a campaign that would still have fewer for its weight', () => {
    fc.assert(
      fc.property(someClaims, offers, (claims, offer) => {
        const shared = shareOut(claims, offer);
        const wanted = claims.reduce((sum, one) => sum + one.wanted, 0);
        fc.pre(wanted > offer.lines);
        for (const poor of claims) {
          const has = poor.used + (shared.get(poor.campaign) ?? 0);
          if (has === poor.used + poor.wanted) continue;
          for (const rich of claims) {
            const got = shared.get(rich.campaign) ?? 0;
            if (got === 0) continue;
            expect((rich.used + got) / rich.weight).toBeLessThanOrEqual((has + 1) / poor.weight + 1e-9);
          }
        }
      }),
    );
  });

  test('[C-14] property: as lines come free, everybody reaches its fair share, a fraction of a line apart', () => {
    fc.assert(
      fc.property(someClaims, fc.integer({ min: 1, max: 60 }), (claims, capacity) => {
        const wanted = new Map(claims.map((one) => [one.campaign, one.used + one.wanted]));
        const fair = fairShares(claims, capacity);
        // Every call ends once and its line is given out again.
        const used = new Map(claims.map((one) => [one.campaign, 0]));
        for (let free = capacity; free > 0;) {
          const now = claims.map((one) => {
            const has = used.get(one.campaign) ?? 0;
            return { ...one, used: has, wanted: (wanted.get(one.campaign) ?? 0) - has };
          });
          const shared = shareOut(now, { lines: free, calls: 1 });
          const given = [...shared].filter(([, lines]) => lines > 0);
          if (given.length === 0) break;
          for (const [campaign, lines] of given) used.set(campaign, (used.get(campaign) ?? 0) + lines);
          free -= 1;
        }
        for (const one of claims) {
          expect(used.get(one.campaign) ?? 0).toBeGreaterThan((fair.get(one.campaign) ?? 0) - 1 - 1e-9);
        }
      }),
    );
  });
});

describe('fair shares', () => {
  test('[C-14] what one does not want is lent to the others by weight', () => {
    const claims = [
      claim('small', { wanted: 2 }),
      claim('big', { weight: 2, wanted: 100 }),
      claim('other', { wanted: 100 }),
    ];

    expect(Object.fromEntries(fairShares(claims, 20))).toEqual({ small: 2, big: 12, other: 6 });
  });
});
