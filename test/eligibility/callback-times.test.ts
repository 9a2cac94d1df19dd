// Times for a callback as a form offers them: the quick ones, and the half-hours of a day, with what forbids each.

import { defined } from '../../src/base/defined.ts';
import { describe, expect, test } from 'vitest';
import { callbackTimes, quickTimeAt, QUICK_TIMES } from '../../src/eligibility/callback-times.ts';
import { aCampaign, aRecord } from '../records/builders.ts';

/** A Wednesday noon in Berlin. */
const NOW = Date.parse('2026-11-18T11:00:00Z');
const MOBILE = { number: '+12125550111', type: 'mobile' } as const;
const timesOn = (date?: string, zone = 'Europe/Berlin') =>
  callbackTimes({
    facts: aRecord(),
    campaign: aCampaign(),
    blocked: new Map(),
    now: NOW,
    wanted: { zone, phone: MOBILE, agent: null },
    ...defined({ date }),
  });

describe('[A-17] half-hours of a day', () => {
  test('today: those that have passed, those within the campaign’s hours, those after them', () => {
    const { date, slots } = timesOn();
    const codes = slots.map(({ local, forbidden }) => [local.slice(11), forbidden?.code] as const);
    expect([date, slots.length]).toEqual(['2026-11-18', 48]);
    expect(new Map(codes).get('11:30')).toBe('callback-past');
    expect(new Map(codes).get('12:30')).toBeUndefined();
    expect(new Map(codes).get('20:00')).toBe('callback-outside-hours');
  });

  test('in the person’s zone; what a rule forbids has the rule’s name', () => {
    const { slots } = timesOn('2026-11-19', 'America/New_York');
    const at = (time: string) => slots.find(({ local }) => local === `2026-11-19T${time}`);
    expect(at('10:00')?.at).toBe(Date.parse('2026-11-19T15:00:00Z'));
    expect(at('10:00')?.forbidden).toBeUndefined();
    const listed = callbackTimes({
      facts: aRecord(),
      campaign: aCampaign(),
      blocked: new Map([[MOBILE.number, ['global']]]),
      now: NOW,
      wanted: { zone: 'America/New_York', phone: MOBILE, agent: null },
      date: '2026-11-19',
    });
    const slot = listed.slots.find(({ local }) => local === '2026-11-19T10:00');
    expect(slot?.forbidden).toMatchObject({ code: 'callback-forbidden', rule: expect.any(String) as string });
  });

  test('on the day the clocks go forward there are two fewer, none of them twice', () => {
    const { slots } = timesOn('2027-03-28');
    expect(slots).toHaveLength(46);
    expect(new Set(slots.map(({ local }) => local)).size).toBe(46);
  });
});

describe('[A-17] quick times', () => {
  // Friday 27 November 2026, 15:20:30 in New York.
  const friday = Date.UTC(2026, 10, 27, 20, 20, 30);
  const zone = 'America/New_York';
  test.each([
    ['in-1-h', '2026-11-27T21:20Z'],
    ['in-3-h', '2026-11-27T23:20Z'],
    ['same-time', '2026-11-28T20:20Z'],
    ['tomorrow-10', '2026-11-28T15:00Z'],
    ['monday-10', '2026-11-30T15:00Z'],
  ] as const)('%s, on the person’s clock and on whole minutes', (quick, at) => {
    expect(new Date(quickTimeAt(quick, friday, zone)).toISOString().slice(0, 16)).toBe(at.slice(0, 16));
  });

  test('on a Monday, Monday is the next one; each is judged', () => {
    expect(new Date(quickTimeAt('monday-10', Date.UTC(2026, 10, 30, 20), zone)).toISOString()).toContain(
      '2026-12-07T15:00',
    );
    const { quick } = timesOn();
    expect(quick.map((one) => one.quick)).toEqual([...QUICK_TIMES]);
    expect(quick.find((one) => one.quick === 'in-1-h')?.forbidden).toBeUndefined();
  });
});
