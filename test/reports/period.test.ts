import { expect, test } from 'vitest';
import { MOST_PARTS, namedPeriod, partsOf } from '../../src/reports/period.ts';
import { shareOf, sumsOf, type ReportColumn } from '../../src/reports/table.ts';

const BERLIN = 'Europe/Berlin';
/** A Wednesday in Berlin, in the week after the clocks went back. */
const NOW = Date.parse('2026-10-28T23:30:00Z');
const iso = ({ fromAt, toAt }: { readonly fromAt: number; readonly toAt: number }): readonly string[] =>
  [fromAt, toAt].map((at) => new Date(at).toISOString().slice(0, 16));

test('[S-06] periods by name are those of the zone: after midnight there it is the next day already', () => {
  expect(iso(namedPeriod('today', BERLIN, NOW))).toEqual(['2026-10-28T23:00', '2026-10-29T23:00']);
  expect(iso(namedPeriod('today', 'UTC', NOW))).toEqual(['2026-10-28T00:00', '2026-10-29T00:00']);
  expect(iso(namedPeriod('yesterday', BERLIN, NOW))).toEqual(['2026-10-27T23:00', '2026-10-28T23:00']);
});

test('[S-06] weeks begin on Monday, months on the first, and hold the day on which clocks change', () => {
  expect(namedPeriod('this-week', BERLIN, NOW)).toMatchObject({ label: '2026-10-26' });
  expect(iso(namedPeriod('last-week', BERLIN, NOW))).toEqual(['2026-10-18T22:00', '2026-10-25T23:00']);
  expect(iso(namedPeriod('this-month', BERLIN, NOW))).toEqual(['2026-09-30T22:00', '2026-10-31T23:00']);
  expect(namedPeriod('last-month', BERLIN, NOW)).toMatchObject({ label: '2026-09-01' });
});

test('[S-06] a period in days: each once, the one of 25 hours too; the first and the last may be shorter', () => {
  const period = { fromAt: Date.parse('2026-10-24T10:00:00Z'), toAt: Date.parse('2026-10-26T10:00:00Z') };
  const days = partsOf(period, 'day', BERLIN) ?? [];
  expect(days.map(({ label, fromAt, toAt }) => [label, (toAt - fromAt) / 3_600_000])).toEqual([
    ['2026-10-24', 12],
    ['2026-10-25', 25],
    ['2026-10-26', 11],
  ]);
  expect(partsOf({ fromAt: 0, toAt: (MOST_PARTS + 1) * 86_400_000 }, 'day', 'UTC')).toBeUndefined();
  expect(partsOf({ fromAt: 0, toAt: (MOST_PARTS + 1) * 86_400_000 }, 'week', 'UTC')).toHaveLength(58);
});

const COLUMNS: readonly ReportColumn[] = [
  { key: 'agent', title: 'Agent', kind: 'text' },
  { key: 'busyMs', title: 'Busy', kind: 'duration' },
  { key: 'paidMs', title: 'Paid', kind: 'duration' },
  { key: 'pausedMs', title: 'Paused', kind: 'duration' },
  { key: 'p50Ms', title: 'p50', kind: 'duration', isAlone: true },
  { key: 'share', title: 'Utilisation', kind: 'share', share: { of: ['busyMs'], to: ['paidMs', '-pausedMs'] } },
];

test('[S-06] the row of sums: counts and times add up, a share is that of the sums, a percentile has none', () => {
  const rows = [
    { agent: '1', busyMs: 10, paidMs: 20, pausedMs: 0, p50Ms: 3, share: 0.5 },
    { agent: '2', busyMs: 30, paidMs: 90, pausedMs: 10, p50Ms: 4, share: 0.375 },
  ];
  expect(sumsOf(COLUMNS, rows)).toEqual({
    agent: null,
    busyMs: 40,
    paidMs: 110,
    pausedMs: 10,
    p50Ms: null,
    share: 0.4,
  });
  expect(sumsOf(COLUMNS, rows.slice(1))).toBeUndefined();
  expect(shareOf({ busyMs: 0, paidMs: 0, pausedMs: 0 }, { of: ['busyMs'], to: ['paidMs'] })).toBeNull();
});
