// Holidays by the year run out: said 60 days before, for packs and for campaigns.

import { expect, test } from 'vitest';
import type { RulePack } from '../../src/campaign/rule-pack.ts';
import { lapsingDates } from '../../src/config/lapsing.ts';
import { aCampaign } from '../records/builders.ts';

const NOW = Date.UTC(2026, 10, 1);
const schedule = { timezone: 'UTC', start: '0 9 * * *', stop: '0 17 * * *' };
const said = (holidays: readonly string[], packDates: readonly string[] = []): readonly string[] => {
  const dates = packDates.map((date) => ({ on: 'once' as const, date }));
  const pack = { name: 'it', title: 'Italy', holidays: dates, clauses: [] } as unknown as RulePack;
  const campaign = aCampaign({ schedule: { ...schedule, holidays }, rules: [pack] });
  return lapsingDates([campaign, campaign], { now: NOW, files: new Map() }).map(({ message }) => message);
};

test('[X-04] a pack whose last date is within 60 days: said once for all campaigns that name it; later or by rule: not', () => {
  expect(said([], ['2026-12-25', '2026-04-06'])).toEqual(['The dates of the rule pack it end with 2026-12-25.']);
  expect(said([], ['2026-12-31'])).toEqual([]);
  expect(said([], ['2026-12-30'])).toHaveLength(1);
  expect(said([], [])).toEqual([]);
});

test('[C-04] a campaign whose holidays are over: said; with those of the next year: not', () => {
  expect(said(['2026-10-03'])).toContain('The holidays of the campaign renewals ended with 2026-10-03.');
  expect(said(['2026-10-03', '2027-01-01'])).toEqual([]);
});
