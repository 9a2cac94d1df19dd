import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRecord, explainRecord } from '../../src/eligibility/eligibility.ts';
import { aCampaign, aPastAttempt, aRecord } from '../records/builders.ts';

const NONE: ReadonlyMap<string, readonly string[]> = new Map();

/** On the global do-not-call list. */
function listed(numbers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(numbers.map((number) => [number, ['global']]));
}
const at = (text: string): number => Date.parse(text);
const NOON = at('2026-11-18T11:00:00Z');

function refusing(explanation: ReturnType<typeof explainRecord>): string[] {
  return explanation.findings.filter((verdict) => !verdict.allows).map((verdict) => verdict.rule);
}

describe('may a record be dialed', () => {
  test('[L-12] fresh record, nothing against it: may be dialed now on its first phone, every rule says so', () => {
    const explanation = explainRecord({ facts: aRecord(), campaign: aCampaign(), blocked: NONE, now: NOON });
    expect(explanation).toMatchObject({ mayDial: true, phoneIndex: 0, never: false });
    expect(explanation.notBeforeAt).toBeUndefined();
    expect(explanation.findings.map((verdict) => verdict.rule)).toEqual([
      'record-state',
      'attempts-max',
      'due-time',
      'callback',
      'do-not-call-back',
      'attempts-per-day',
      'attempts-per-contact',
      'attempts-uncounted',
      'phones',
      'list',
      'filter',
      ...['number-gate', 'do-not-call', 'number-in-use', 'attempts-per-number', 'calls-an-hour-abroad', 'validation'],
      ...['number-gate', 'do-not-call', 'number-in-use', 'attempts-per-number', 'calls-an-hour-abroad', 'validation'],
    ]);
  });

  test.each([
    ['dialing', false],
    ['finished', true],
    ['removed', true],
  ] as const)('[L-07] record %s: is not dialed, for good: %s', (state, never) => {
    const explanation = explainRecord({ facts: aRecord({ state }), campaign: aCampaign(), blocked: NONE, now: NOON });
    expect(explanation).toMatchObject({ mayDial: false, never });
    expect(explanation.notBeforeAt).toBeUndefined();
  });

  test('[L-12] waiting record due in an hour: not before then, with the local time in the sentence', () => {
    const facts = aRecord({ state: 'waiting', dueAt: NOON + 3_600_000 });
    const explanation = explainRecord({ facts, campaign: aCampaign(), blocked: NONE, now: NOON });
    expect(explanation).toMatchObject({ mayDial: false, never: false, notBeforeAt: NOON + 3_600_000 });
    expect(explanation.findings[2]?.why).toBe('The record falls due at 2026-11-18 13:00 (Europe/Berlin).');
  });

  test('[L-10] all six attempts used: never again', () => {
    const explanation = explainRecord({
      facts: aRecord({ state: 'waiting', attempts: 6 }),
      campaign: aCampaign(),
      blocked: NONE,
      now: NOON,
    });
    expect(explanation).toMatchObject({ mayDial: false, never: true });
    expect(refusing(explanation)).toEqual(['attempts-max']);
    expect(explanation.findings[1]?.why).toBe('All 6 attempts are used (6).');
  });

  test('[L-10] three attempts today in Berlin, the first of them yesterday in UTC: again from the next Berlin midnight', () => {
    const attemptsAt = [at('2026-11-17T23:30:00Z'), at('2026-11-18T08:00:00Z'), at('2026-11-18T10:00:00Z')];
    const history = attemptsAt.map((dialedAt) => aPastAttempt({ dialedAt }));
    const facts = aRecord({ state: 'waiting', attempts: 3, history });
    const explanation = explainRecord({ facts, campaign: aCampaign(), blocked: NONE, now: NOON });
    expect(refusing(explanation)).toEqual(['attempts-per-day']);
    expect(explanation.notBeforeAt).toBe(at('2026-11-18T23:00:00Z'));
    const inUtc = explainRecord({ facts, campaign: withoutSchedule(), blocked: NONE, now: NOON });
    expect(inUtc.mayDial).toBe(true);
  });

  test('[L-10] twelve attempts in a row that do not count: never again; fewer are reported', () => {
    const of = (parts: Parameters<typeof aRecord>[0]) =>
      explainRecord({ facts: aRecord(parts), campaign: aCampaign(), blocked: NONE, now: NOON });
    expect(of({ uncounted: 12 })).toMatchObject({ mayDial: false, never: true });
    expect(refusing(of({ uncounted: 12 }))).toEqual(['attempts-uncounted']);
    const reported = of({ uncounted: 3 });
    expect(reported.mayDial).toBe(true);
    expect(reported.findings.find(({ rule }) => rule === 'attempts-uncounted')).toMatchObject({
      why: '3 of 12 attempts in a row that do not count are used.',
      inputs: { uncounted: 3, maxUncounted: 12 },
    });
  });

  test.each([
    ['spring forward, 23 hours', '2026-03-29T10:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['fall back, 25 hours', '2026-10-25T10:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('[L-10] day of %s: attempts count from its first to its last instant', (_, now, firstInstant, endsAt) => {
    const campaign = aCampaign({ attempts: { max: 6, perDay: 1 } });
    const first = waitingAfter(at(firstInstant));
    expect(explainRecord({ facts: first, campaign, blocked: NONE, now: at(now) }).notBeforeAt).toBe(at(endsAt));
    const before = waitingAfter(at(firstInstant) - 1);
    expect(explainRecord({ facts: before, campaign, blocked: NONE, now: at(now) }).mayDial).toBe(true);
  });

  test('[L-04] campaign dials home, then mobile: the home phone is chosen; the types without a phone leave nothing', () => {
    const dials = (phones: Parameters<typeof aCampaign>[0]): ReturnType<typeof explainRecord> =>
      explainRecord({ facts: aRecord({ phoneIndex: 1 }), campaign: aCampaign(phones), blocked: NONE, now: NOON });
    expect(dials({ phones: ['home', 'mobile'] }).phoneIndex).toBe(1);
    const none = dials({ phones: ['work'] });
    expect(none).toMatchObject({ mayDial: false, never: true });
    expect(none.phoneIndex).toBeUndefined();
    expect(refusing(none)).toEqual(['phones']);
  });

  test('[L-04] fresh record whose first phone is of a type that is not dialed: the first dialable one is chosen', () => {
    const campaign = aCampaign({ phones: ['home'] });
    expect(explainRecord({ facts: aRecord(), campaign, blocked: NONE, now: NOON }).phoneIndex).toBe(1);
  });

  test('[X-04] phone to dial is on a do-not-call list: the next one is dialed; all are: never', () => {
    const facts = aRecord({ phoneIndex: 1 });
    const one = listed(['+12125550112']);
    expect(explainRecord({ facts, campaign: aCampaign(), blocked: one, now: NOON })).toMatchObject({
      mayDial: true,
      phoneIndex: 0,
    });
    const all = listed(['+12125550111', '+12125550112']);
    const explanation = explainRecord({ facts, campaign: aCampaign(), blocked: all, now: NOON });
    expect(explanation).toMatchObject({ mayDial: false, never: true });
    expect(explanation.findings.filter(({ allows }) => !allows)).toMatchObject([
      { phoneIndex: 1, why: '+12125550112 is on the do-not-call list global.' },
      { phoneIndex: 0, why: '+12125550111 is on the do-not-call list global.' },
    ]);
  });
});

describe('when a record may be dialed', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Santiago'];
  const base = at('2026-03-01T00:00:00Z');
  const moment = fc.integer({ min: 0, max: 300 * 86_400 }).map((seconds) => base + seconds * 1000);

  test('[L-12] any record: at the moment named it may be dialed, 1 ms before it may not, and never means at no time', () => {
    const facts = fc.record({
      state: fc.constantFrom('fresh' as const, 'waiting' as const, 'dialing' as const, 'finished' as const),
      dueIn: fc.option(fc.integer({ min: -86_400_000, max: 3 * 86_400_000 }), { nil: null }),
      ago: fc.array(fc.integer({ min: -40 * 3_600_000, max: 50 * 3_600_000 }), { maxLength: 6 }),
      blocked: fc.subarray(['+12125550111', '+12125550112']),
    });
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), facts, fc.integer({ min: 1, max: 3 }), (now, zone, f, perDay) => {
        const input = {
          facts: aRecord({
            state: f.state,
            dueAt: f.dueIn === null ? null : now + f.dueIn,
            attempts: f.ago.length,
            history: f.ago
              .map((ago) => now - ago)
              .sort((a, b) => a - b)
              .map((dialedAt) => aPastAttempt({ dialedAt })),
          }),
          campaign: aCampaign({ schedule: schedule(zone), attempts: { max: 6, perDay } }),
          blocked: listed(f.blocked),
          now,
        };
        const explanation = explainRecord(input);
        const dialable = (when: number): boolean => explainRecord({ ...input, now: when }).mayDial;
        expect(explanation.mayDial).toBe(allowsAPhone(explanation));
        expect(decideRecord(input)).toMatchObject(answerOf(explanation));
        if (explanation.notBeforeAt !== undefined) {
          expect(explanation.mayDial).toBe(false);
          expect(dialable(explanation.notBeforeAt)).toBe(true);
          expect(dialable(explanation.notBeforeAt - 1)).toBe(false);
        } else if (!explanation.mayDial) {
          for (let days = 0; days < 8; days += 1) expect(dialable(now + days * 86_400_000)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  function schedule(timezone: string): NonNullable<ReturnType<typeof aCampaign>['schedule']> {
    return { timezone, start: '0 9 * * *', stop: '0 18 * * *', holidays: [] };
  }
});

function withoutSchedule(): ReturnType<typeof aCampaign> {
  const { schedule: _, ...rest } = aCampaign();
  return rest;
}

/** Every rule on the record allows, and every rule on one of its phones. */
function allowsAPhone({ findings }: ReturnType<typeof explainRecord>): boolean {
  const phones = new Set(findings.flatMap(({ phoneIndex }) => phoneIndex ?? []));
  const allows = (phone: number | undefined): boolean =>
    findings.filter(({ phoneIndex }) => phoneIndex === phone).every((verdict) => verdict.allows);
  return allows(undefined) && [...phones].some(allows);
}

function answerOf(explanation: ReturnType<typeof explainRecord>): Partial<ReturnType<typeof explainRecord>> {
  const { findings: _, ...answer } = explanation;
  return answer;
}

function waitingAfter(dialedAt: number): ReturnType<typeof aRecord> {
  return aRecord({ state: 'waiting', attempts: 1, history: [aPastAttempt({ dialedAt })] });
}
