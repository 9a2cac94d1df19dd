// Forms of questions without React: what is asked for, and what stands in the way.

import { expect, test } from 'vitest';
import { forecastPath, FIRST_WISH } from '../forecast/wish.ts';
import { budgetOf } from '../ledger/budget.ts';
import { policiesOf, replayPath } from '../replay/wish.ts';
import { standingOf } from '../webhooks/standing.ts';
import { askedPeriod, PERIODS, spanOf, type PeriodName, type Span } from './period.ts';

test('[S-06] a period by name or by days; the last day is in it, and days the wrong way round are none', () => {
  expect(askedPeriod({ name: 'last-week', from: '', to: '' })).toEqual({ period: 'last-week' });
  const day = askedPeriod({ name: 'days', from: '2026-11-02', to: '2026-11-02' });
  expect(Number(day?.['to']) - Number(day?.['from'])).toBe(86_400_000);
  expect(askedPeriod({ name: 'days', from: '2026-11-02', to: '2026-11-01' })).toBeUndefined();
  expect(askedPeriod({ name: 'days', from: '2026-11', to: '2026-11-01' })).toBeUndefined();
});

test('[S-06] each period by name as two instants, where the reader is: from midnight to midnight, nothing beyond now', () => {
  const now = new Date(2026, 10, 12, 15).getTime(); // a Thursday
  const day = (month: number, date: number): number => new Date(2026, month, date).getTime();
  const span = (name: PeriodName): Span | undefined => spanOf({ name, from: '', to: '' }, now);
  expect(span('today')).toEqual({ from: day(10, 12), to: now });
  expect(span('yesterday')).toEqual({ from: day(10, 11), to: day(10, 12) });
  expect(span('this-week')).toEqual({ from: day(10, 9), to: now });
  expect(span('last-week')).toEqual({ from: day(10, 2), to: day(10, 9) });
  expect(span('this-month')).toEqual({ from: day(10, 1), to: now });
  expect(span('last-month')).toEqual({ from: day(9, 1), to: day(10, 1) });
  const sunday = spanOf({ name: 'this-week', from: '', to: '' }, day(10, 15) + 1);
  expect(sunday?.from).toBe(day(10, 9));
  for (const name of PERIODS.filter((one) => one !== 'days'))
    expect(replayPath({ campaign: 'a', period: { name, from: '', to: '' }, policies: '' }, now)).toBeDefined();
});

test('[P-08] a forecast by a campaign asks for no figures, one by figures for no campaign; without a team nothing is asked', () => {
  expect(forecastPath({ ...FIRST_WISH, campaign: 'renewals', agents: '20', target: ' ' })).toBe(
    '/api/forecasts?agents=20&hours=8&campaign=renewals',
  );
  expect(forecastPath(FIRST_WISH)).toContain('answerRate=30%25&talk=3m&wrapUp=30s');
  expect(forecastPath({ ...FIRST_WISH, agents: 'many' })).toBeUndefined();
});

test('[P-11] a replay takes at most three policies, and today until now', () => {
  const now = new Date(2026, 10, 2, 15).getTime();
  expect(policiesOf('progressive  ratio:2 predictive:target=2%')).toHaveLength(3);
  expect(policiesOf('a b c d')).toBeUndefined();
  expect(policiesOf('--config')).toBeUndefined();
  expect(spanOf({ name: 'today', from: '', to: '' }, now)).toEqual({ from: now - 15 * 3_600_000, to: now });
  expect(replayPath({ campaign: '', period: { name: 'today', from: '', to: '' }, policies: '' }, now)).toBeUndefined();
});

test('[X-06] what is left of an abandonment window: whole calls, near its end, and beyond', () => {
  expect(budgetOf({ target: 0.03, liveAnswers: 400, abandoned: 7 })).toMatchObject({ left: 5, look: 'well' });
  expect(budgetOf({ target: 0.03, liveAnswers: 100, abandoned: 3 })).toEqual({ left: 0, used: 1, look: 'near' });
  expect(budgetOf({ target: 0.03, liveAnswers: 100, abandoned: 4 })).toMatchObject({ left: -1, look: 'over' });
  expect(budgetOf({ target: 0, liveAnswers: 50, abandoned: 0 })).toMatchObject({ left: 0, used: 0 });
});

test('[O-04] a receiver: given up messages count for more than a rest, and what is on its way is well', () => {
  const receiver = { waiting: 1, givenUp: 0, oldestAt: 1_000 };
  expect(standingOf(receiver, 30_000)).toBe('well');
  expect(standingOf(receiver, 90_000)).toBe('behind');
  expect(standingOf({ ...receiver, restsUntilAt: 5 }, 2_000)).toBe('rests');
  expect(standingOf({ ...receiver, givenUp: 1, restsUntilAt: 5 }, 2_000)).toBe('lost');
});
