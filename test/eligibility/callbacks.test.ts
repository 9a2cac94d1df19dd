import { describe, expect, test } from 'vitest';
import { callbackDue, personalDueAt } from '../../src/records/callback-due.ts';
import { judgeCallback, timeFromKeys } from '../../src/eligibility/callbacks.ts';
import type { CallbackInput, WantedCallbackTime } from '../../src/eligibility/callbacks.ts';
import { explainRecord } from '../../src/eligibility/eligibility.ts';
import type { CallbackFacts } from '../../src/records/record.ts';
import { aCampaign, aRecord } from '../records/builders.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A Wednesday noon in Berlin. */
const NOW = Date.parse('2026-11-18T11:00:00Z');
const MOBILE = { number: '+12125550111', type: 'mobile' } as const;

const asked = (parts: Partial<WantedCallbackTime> = {}, input: Partial<CallbackInput> = {}): CallbackInput => ({
  facts: aRecord(),
  campaign: aCampaign(),
  blocked: new Map(),
  now: NOW,
  wanted: { at: NOW + HOUR_MS, zone: 'Europe/Berlin', phone: MOBILE, agent: null, ...parts },
  ...input,
});

const agreed = (parts: Partial<CallbackFacts> = {}): CallbackFacts => ({
  callback: 1,
  at: NOW,
  agent: null,
  zone: 'Europe/Berlin',
  number: MOBILE.number,
  by: 'ann',
  setAt: NOW - HOUR_MS,
  ...parts,
});

describe('a time that somebody wants to agree on', () => {
  test.each([
    ['in an hour', asked(), { ok: true, dueAt: NOW + HOUR_MS }],
    [
      'in an hour, personal: the group may take it half an hour later',
      asked({ agent: '101' }),
      { ok: true, dueAt: NOW + 1.5 * HOUR_MS },
    ],
    ['now: has passed', asked({ at: NOW }), { ok: false, code: 'callback-past' }],
    ['in 91 days: too far off', asked({ at: NOW + 91 * 24 * HOUR_MS }), { ok: false, code: 'callback-too-far' }],
    [
      'in the evening, the campaign ends at 18:00',
      asked({ at: NOW + 9 * HOUR_MS }),
      { ok: false, code: 'callback-outside-hours' },
    ],
    ['on a Saturday', asked({ at: NOW + 3 * 24 * HOUR_MS }), { ok: false, code: 'callback-outside-hours' }],
    [
      'for a record that was removed',
      asked({}, { facts: aRecord({ state: 'removed' }) }),
      { ok: false, code: 'callback-record-removed' },
    ],
    [
      'for a record whose attempts are used up: the person asks for it',
      asked({}, { facts: aRecord({ attempts: 6, state: 'finished' }) }),
      { ok: true },
    ],
    ['for a record that is in this very call', asked({}, { facts: aRecord({ state: 'dialing' }) }), { ok: true }],
    [
      'to another number, of a type that the campaign does not dial',
      asked({ phone: { number: '+12125550199', type: 'work' } }, { campaign: aCampaign({ phones: ['mobile'] }) }),
      { ok: true },
    ],
  ])('[A-17] %s', (_what, input, verdict) => {
    expect(judgeCallback(input)).toMatchObject(verdict);
  });

  test('[A-17] [X-01] its number is on a do-not-call list, another one is not: refused, and says which list', () => {
    const blocked = new Map([[MOBILE.number, ['global']]]);
    expect(judgeCallback(asked({}, { blocked }))).toMatchObject({
      ok: false,
      code: 'callback-forbidden',
      why: expect.stringContaining('global') as string,
    });
  });

  test('[A-17] a holiday of the schedule: refused with when the window opens', () => {
    const schedule = {
      timezone: 'Europe/Berlin',
      start: '0 9 * * 1-5',
      stop: '0 18 * * 1-5',
      holidays: ['2026-11-19'],
    };
    const campaign = aCampaign({ schedule });
    expect(judgeCallback(asked({ at: NOW + 24 * HOUR_MS }, { campaign }))).toMatchObject({
      ok: false,
      code: 'callback-outside-hours',
      why: expect.stringContaining('opens at 2026-11-20 09:00') as string,
    });
  });
});

describe('a callback that is agreed', () => {
  const campaign = aCampaign();
  const due = (callback: CallbackFacts, at: number, agent?: string) =>
    callbackDue(callback, { campaign, agent, now: at });

  test.each([
    ['any agent’s, before its time', agreed({ at: NOW + 1 }), undefined, { allows: false, notBeforeAt: NOW + 1 }],
    ['any agent’s, at its time', agreed(), undefined, { allows: true }],
    ['personal, for its agent', agreed({ agent: '101' }), '101', { allows: true }],
    [
      'personal, for another agent',
      agreed({ agent: '101' }),
      '102',
      { allows: false, notBeforeAt: NOW + 30 * MINUTE_MS },
    ],
    [
      'personal, for whoever is free',
      agreed({ agent: '101' }),
      undefined,
      { allows: false, notBeforeAt: NOW + 30 * MINUTE_MS },
    ],
    [
      'personal, half an hour late: anybody’s',
      agreed({ agent: '101', at: NOW - 30 * MINUTE_MS }),
      undefined,
      { allows: true },
    ],
  ])('[A-18] %s', (_what, callback, agent, ruling) => {
    expect(due(callback, NOW, agent)).toMatchObject(ruling);
  });

  test('[A-18] rule "wait": only its agent ever; rule "cancel": given up after the wait', () => {
    const late = agreed({ agent: '101', at: NOW - HOUR_MS });
    const rules = { personalWaitMs: 30 * MINUTE_MS, maxAheadMs: HOUR_MS };
    const waits = aCampaign({ callbacks: { ...rules, then: 'wait' } });
    const ends = aCampaign({ callbacks: { ...rules, then: 'cancel' } });
    expect(callbackDue(late, { campaign: waits, now: NOW })).toMatchObject({ allows: false });
    expect(callbackDue(late, { campaign: waits, now: NOW })).not.toHaveProperty('never');
    expect(callbackDue(late, { campaign: ends, now: NOW })).toMatchObject({ allows: false, never: true });
    expect(personalDueAt(late, waits.callbacks)).toBe(late.at);
  });

  test('[L-10] the campaign’s own limits do not hold for it; its own phone alone is dialed', () => {
    const facts = aRecord({
      state: 'waiting',
      attempts: 6,
      dueAt: NOW + 5 * MINUTE_MS,
      callback: agreed({ number: '+12125550112' }),
    });
    const reported = explainRecord({
      facts,
      campaign: aCampaign({ phones: ['mobile'] }),
      blocked: new Map(),
      now: NOW,
    });
    expect(reported).toMatchObject({ mayDial: true, phoneIndex: 1 });
  });
});

describe('keys for a time', () => {
  test.each([
    ['1', 'in an hour', '2026-11-18T12:00:00Z'],
    ['2', 'tomorrow at the same time', '2026-11-19T11:00:00Z'],
    ['1430', 'today', '2026-11-18T13:30:00Z'],
    ['0915', 'tomorrow, because it has passed today', '2026-11-19T08:15:00Z'],
    ['1200', 'this very minute: tomorrow', '2026-11-19T11:00:00Z'],
  ])('[A-17] %s: %s', (typed, _what, at) => {
    expect(new Date(timeFromKeys(typed, NOW, 'Europe/Berlin') ?? 0).toISOString()).toBe(at.replace('Z', '.000Z'));
  });

  test.each(['', '3', '24', '2400', '1260', '12345', '1#30'])('[A-17] %j stands for no time', (typed) => {
    expect(timeFromKeys(typed, NOW, 'Europe/Berlin')).toBeUndefined();
  });

  test('[A-17] tomorrow at a time that the clocks skip: the moment after the jump', () => {
    const before = Date.parse('2026-03-28T01:30:00Z'); // 02:30 in Berlin, the day before
    expect(new Date(timeFromKeys('2', before, 'Europe/Berlin') ?? 0).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  });
});
