import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDay } from '../../src/base/local-time.ts';
import {
  AbandonmentLedger,
  abandonDefinitions,
  asCounted,
  describeDefinition,
  type AbandonDefinition,
  type CountedAttempt,
} from '../../src/rules/abandonment.ts';
import { aCampaign } from '../records/builders.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.parse('2026-03-25T00:00:00Z');

function definition(parts: Partial<AbandonDefinition> = {}): AbandonDefinition {
  return { name: 'test', most: 0.03, window: { span: 'day' }, detectorErrors: 'ignored', ...parts };
}

const attempt = fc.record({
  at: fc.integer({ min: 0, max: 12 * 24 * 60 }).map((minutes) => START + minutes * 60_000),
  kind: fc.constantFrom('live', 'live', 'live', 'abandoned', 'machine', 'nobody'),
});
const attempts = fc.array(attempt, { maxLength: 120 }).map((some): readonly CountedAttempt[] =>
  some
    .map(({ at, kind }) => ({
      at,
      isLive: kind === 'live' || kind === 'abandoned',
      isAbandoned: kind === 'abandoned',
      isMachine: kind === 'machine',
    }))
    .sort((a, b) => a.at - b.at),
);

function inWindow(all: readonly CountedAttempt[], fromAt: number, beforeAt: number) {
  const inside = all.filter(({ at }) => at >= fromAt && at < beforeAt);
  return {
    liveAnswers: inside.filter(({ isLive }) => isLive).length,
    abandoned: inside.filter(({ isAbandoned }) => isAbandoned).length,
    machines: inside.filter(({ isMachine }) => isMachine).length,
  };
}

describe('what a definition counts', () => {
  test("[X-06] the campaign's own target comes first, then each pack's", () => {
    const names = abandonDefinitions(aCampaign()).map((one) => [one.name, one.most, describeDefinition(one)]);
    expect(names).toEqual([['campaign', 0.03, 'at most 3.0 % of the live answers in each local day']]);
  });

  test('[X-06] the detector takes 1 of 50 persons for a machine: 100 machines are 2 abandoned people, where they count', () => {
    const tally = { liveAnswers: 98, abandoned: 1, machines: 100 };
    expect(asCounted({ detectorErrors: 'counted' }, tally, 0.02)).toEqual({ live: 100, abandoned: 3 });
    expect(asCounted({ detectorErrors: 'ignored' }, tally, 0.02)).toEqual({ live: 98, abandoned: 1 });
  });

  test.each([
    ['day', 'each local day'],
    ['month', 'each calendar month'],
  ] as const)('[X-06] %s: %s', (span, words) => {
    expect(describeDefinition(definition({ window: { span } }))).toContain(words);
  });
});

describe('the days of a ledger', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');

  test('[X-06] any attempts: every day has its own, and its window holds those since it began', () => {
    const windows = fc.constantFrom<AbandonDefinition['window']>(
      { span: 'day' },
      { span: 'month' },
      { span: 'periods', ms: 3 * DAY_MS },
    );
    fc.assert(
      fc.property(attempts, zones, windows, (all, zone, window) => {
        const ledger = new AbandonmentLedger(definition({ window }), { zone, detectorError: 0 });
        for (const one of all) ledger.add(one);
        const days = ledger.days();
        expect(days.map(({ day }) => day)).toEqual([...new Set(all.map(({ at }) => localDay(zone, at).date))]);
        for (const { day, windowFromAt, windowEndsAt = 0, countedLive, countedAbandoned, ...own } of days) {
          const noon = all.find(({ at }) => localDay(zone, at).date === day)?.at ?? 0;
          const { startAt, endAt } = localDay(zone, noon);
          const { liveAnswers, abandoned, machines } = own;
          expect({ liveAnswers, abandoned, machines }).toEqual(inWindow(all, startAt, endAt));
          const counted = inWindow(all, windowFromAt, endAt);
          expect([countedLive, countedAbandoned]).toEqual([counted.liveAnswers, counted.abandoned]);
          expect(windowFromAt).toBeLessThan(endAt);
          expect(windowEndsAt).toBeGreaterThan(windowFromAt);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('[X-06] rolling 24 hours: a day is kept exactly when no stretch of 24 hours that ends in it is over the limit', () => {
    fc.assert(
      fc.property(attempts, zones, fc.constantFrom(0, 0.1, 0.3), (all, zone, most) => {
        const ledger = new AbandonmentLedger(definition({ most, window: { span: 'rolling', ms: DAY_MS } }), {
          zone,
          detectorError: 0,
        });
        for (const one of all) ledger.add(one);
        for (const { day, isKept } of ledger.days()) {
          const ends = all.filter(({ at }) => localDay(zone, at).date === day);
          const isOver = ends.some((_, index) => {
            const end = all.indexOf(ends[index] ?? ends[0] ?? (all[0] as CountedAttempt));
            const until = all.slice(0, end + 1);
            const { liveAnswers, abandoned } = inWindow(until, (all[end]?.at ?? 0) - DAY_MS, Infinity);
            return abandoned - most * liveAnswers > 1e-9;
          });
          expect(isKept).toBe(!isOver);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('[X-06] periods of 30 days run from the first call of the campaign, also when the ledger begins later', () => {
    const window = { span: 'periods', ms: 30 * DAY_MS } as const;
    const ledger = new AbandonmentLedger(definition({ window }), { zone: 'UTC', detectorError: 0, firstAt: START });
    ledger.add({ at: START + 31 * DAY_MS, isLive: true, isAbandoned: false, isMachine: false });
    expect(ledger.days()).toMatchObject([{ windowFromAt: START + 30 * DAY_MS, windowEndsAt: START + 60 * DAY_MS }]);
  });
});
