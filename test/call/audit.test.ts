// Attempts and call records, one to one: what pairs, what does not, and what may be missing without harm.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchCallRecords, type AuditAttempt, type AuditRecord } from '../../src/call/audit.ts';

const T = 1_790_000_000_000;

function anAttempt(parts: Partial<AuditAttempt> = {}): AuditAttempt {
  return {
    attempt: 'a1',
    number: '+12125550123',
    dialedAt: T,
    ringingAt: T + 900,
    answeredAt: T + 5000,
    result: 'connected',
    sipCode: null,
    cause: 16,
    ...parts,
  };
}

function aRecord(parts: Partial<AuditRecord> = {}): AuditRecord {
  return {
    attempt: 'a1',
    leg: 'c1',
    number: '12125550123',
    startedAt: T,
    answeredAt: T + 5000,
    endedAt: T + 60_000,
    disposition: 'answered',
    ...parts,
  };
}

const unanswered = { answeredAt: null, result: 'no-answer', cause: 19, sipCode: 480 } as const;

describe('our own Asterisk', () => {
  const own = (attempts: readonly AuditAttempt[], records: readonly AuditRecord[]) =>
    matchCallRecords(attempts, records, { side: 'own' });

  test('[O-08] an attempt and its record: matched, nothing left over', () => {
    expect(own([anAttempt()], [aRecord()])).toMatchObject({
      attempts: 1,
      callRecords: 1,
      matched: 1,
      unmatched: 0,
      disagreements: 0,
      open: 0,
    });
  });

  test('[O-08] an attempt that rang and has no record: unmatched', () => {
    expect(own([anAttempt(unanswered)], [])).toMatchObject({ matched: 0, unmatched: 1, withoutRecord: ['a1'] });
  });

  test('[O-08] a record with an id that no attempt has: unmatched', () => {
    const audit = own([anAttempt()], [aRecord(), aRecord({ attempt: 'a9', leg: 'c9' })]);
    expect(audit).toMatchObject({ callRecords: 2, matched: 1, unmatched: 1, withoutAttempt: [{ attempt: 'a9' }] });
  });

  test('[O-08] records of agents’ legs carry no attempt: counted apart, not held against us', () => {
    const audit = own([anAttempt()], [aRecord(), aRecord({ attempt: '', leg: 'agent-1' })]);
    expect(audit).toMatchObject({ callRecords: 1, unmatched: 0, otherRecords: 1 });
  });

  test('[O-08] one leg that left two records (it was in two bridges) is one call', () => {
    const audit = own([anAttempt()], [aRecord(), aRecord({ startedAt: T + 20_000, endedAt: T + 90_000 })]);
    expect(audit).toMatchObject({ callRecords: 1, matched: 1, unmatched: 0, doubles: [] });
  });

  test('[O-08] two legs for one attempt: somebody was dialed twice', () => {
    const audit = own([anAttempt()], [aRecord(), aRecord({ leg: 'c2' })]);
    expect(audit).toMatchObject({ unmatched: 1, doubles: [{ attempt: 'a1', legs: ['c1', 'c2'] }] });
  });

  test('[O-08] refused before the INVITE: no record is due', () => {
    const never = anAttempt({ ringingAt: null, answeredAt: null, result: 'failed', cause: null });
    expect(own([never], [])).toMatchObject({ unmatched: 0, excused: [{ attempt: 'a1', why: 'never-sent' }] });
  });

  test('[O-09] Asterisk died with the call and its record: told apart from a call that we lost', () => {
    expect(own([anAttempt({ cause: null })], [])).toMatchObject({
      unmatched: 0,
      excused: [{ attempt: 'a1', why: 'lost-by-exchange' }],
    });
    expect(own([anAttempt({ cause: 16 })], [])).toMatchObject({ unmatched: 1, excused: [] });
    expect(own([anAttempt({ cause: null, sipCode: 486 })], [])).toMatchObject({ unmatched: 1, excused: [] });
    const rang = anAttempt({ answeredAt: null, result: 'failed', cause: 0 });
    expect(own([rang], []).excused).toEqual([{ attempt: 'a1', why: 'lost-by-exchange' }]);
    const untouched = { ...rang, ringingAt: null, result: 'no-answer' } as const;
    expect(own([untouched], []).excused).toEqual([{ attempt: 'a1', why: 'lost-by-exchange' }]);
  });

  test('[O-08] answered there, no answer here: they disagree', () => {
    expect(own([anAttempt(unanswered)], [aRecord()])).toMatchObject({
      matched: 1,
      unmatched: 0,
      disagreements: 1,
      disagreeing: [{ attempt: 'a1', ours: 'no-answer', theirs: 'answered' }],
    });
    expect(own([anAttempt()], [aRecord({ disposition: 'no-answer' })]).disagreements).toBe(1);
    expect(own([anAttempt({ answeredAt: null, result: 'abandoned' })], [aRecord()]).disagreements).toBe(0);
  });

  test('[O-08] an attempt without a result is open, with or without a record', () => {
    const open = anAttempt({ result: null, cause: null });
    expect(own([open], [])).toMatchObject({ open: 1, unmatched: 0, openAttempts: ['a1'] });
    expect(own([open], [aRecord()])).toMatchObject({ open: 1, matched: 1, disagreements: 0 });
  });

  test('[O-08] a period: what lies outside may pair but is not counted', () => {
    const records = [aRecord({ startedAt: T - 1 }), aRecord({ attempt: 'a0', leg: 'c0', startedAt: T - 10 })];
    const attempts = [anAttempt(), anAttempt({ attempt: 'a2', dialedAt: T + 100 })];
    const audit = matchCallRecords(attempts, records, { side: 'own', fromAt: T, toAt: T + 50 });
    expect(audit).toMatchObject({ attempts: 1, matched: 1, callRecords: 1, unmatched: 0 });
  });
});

describe('the carrier', () => {
  const carrier = (attempts: readonly AuditAttempt[], records: readonly AuditRecord[]) =>
    matchCallRecords(attempts, records, { side: 'carrier' });

  test('[O-08] without ids: paired by number, in any national form, and time', () => {
    const records = [aRecord({ attempt: '', number: '0012125550123', startedAt: T + 1500 })];
    expect(carrier([anAttempt()], records)).toMatchObject({ matched: 1, unmatched: 0 });
  });

  test('[O-08] one number dialed twice, picked up once: each call goes to the attempt nearest in time', () => {
    const attempts = [anAttempt(), anAttempt({ ...unanswered, attempt: 'a2', dialedAt: T + 4000 })];
    const pickedUp = aRecord({ attempt: '', leg: 'c1', startedAt: T + 100 });
    const rang = aRecord({ attempt: '', leg: 'c2', startedAt: T + 3900, disposition: 'no-answer' });
    const agreed = { matched: 2, unmatched: 0, doubles: [], disagreeing: [] };
    expect(carrier(attempts, [pickedUp, rang])).toMatchObject(agreed);
    expect(carrier(attempts, [rang, pickedUp])).toMatchObject(agreed);
    expect(carrier(attempts.toReversed(), [rang, pickedUp])).toMatchObject(agreed);
  });

  test('[O-08] one number dialed twice, both calls begin nearer to the first: each attempt has one of them', () => {
    const attempts = [anAttempt(), anAttempt({ attempt: 'a2', dialedAt: T + 4000 })];
    const records = [500, 1500].map((afterMs) => aRecord({ attempt: '', leg: `c${afterMs}`, startedAt: T + afterMs }));
    expect(carrier(attempts, records)).toMatchObject({ matched: 2, unmatched: 0, doubles: [], withoutAttempt: [] });
  });

  test('[O-08] a call that begins more than five seconds beside the attempt is another one', () => {
    const begins = (afterMs: number) => carrier([anAttempt()], [aRecord({ attempt: '', startedAt: T + afterMs })]);
    expect([begins(5000).matched, begins(-5000).matched]).toEqual([1, 1]);
    expect([begins(5001).unmatched, begins(-5001).unmatched]).toEqual([2, 2]);
  });

  test('[O-08] a call that we know nothing of: unmatched', () => {
    const stray = aRecord({ attempt: '', number: '12125559999' });
    expect(carrier([anAttempt()], [aRecord(), stray])).toMatchObject({ unmatched: 1, callRecords: 2 });
    const late = aRecord({ attempt: '', leg: 'c2', startedAt: T + 60_000 });
    expect(carrier([anAttempt()], [aRecord(), late]).unmatched).toBe(1);
  });

  test('[O-08] congestion on the way, or taken back before it rang: the carrier need not know of it', () => {
    const jammed = { ringingAt: null, answeredAt: null, sipCode: 503, cause: 34 } as const;
    for (const result of ['congestion', 'failed', 'cancelled'] as const) {
      const excused = [{ attempt: 'a1', why: 'never-reached-carrier' }];
      expect(carrier([anAttempt({ ...jammed, result })], []), result).toMatchObject({ unmatched: 0, excused });
    }
  });

  test('[O-08] it rang and then met congestion: the carrier must know of it', () => {
    expect(carrier([anAttempt(unanswered)], []).unmatched).toBe(1);
    const rang = anAttempt({ answeredAt: null, result: 'congestion', sipCode: 503, cause: 34 });
    expect(carrier([rang], [])).toMatchObject({ unmatched: 1, excused: [] });
    expect(carrier([{ ...rang, sipCode: null, cause: null }], [])).toMatchObject({ unmatched: 1, excused: [] });
  });

  test('[O-08] picked up without a ring and then ended on the way: the carrier must know of it', () => {
    for (const result of ['failed', 'congestion', 'cancelled'] as const) {
      const answered = anAttempt({ ringingAt: null, result, cause: 34 });
      expect(carrier([answered], []), result).toMatchObject({ unmatched: 1, excused: [] });
    }
  });

  test('[O-08] busy, or refused by the person, without a ring: the carrier must know of it', () => {
    for (const result of ['busy', 'rejected', 'no-answer'] as const) {
      const refused = anAttempt({ ringingAt: null, answeredAt: null, result, sipCode: 486, cause: 17 });
      expect(carrier([refused], []), result).toMatchObject({ unmatched: 1, excused: [] });
    }
  });
});

test('[O-08] whatever the rows: every attempt and every call is counted exactly once', () => {
  const ids = fc.constantFrom('a1', 'a2', 'a3', 'a4', '');
  const attempts = fc.uniqueArray(
    fc.record({ attempt: fc.constantFrom('a1', 'a2', 'a3'), result: fc.constantFrom('connected', 'failed', null) }),
    { selector: ({ attempt }) => attempt },
  );
  const records = fc.array(fc.record({ attempt: ids, leg: fc.constantFrom('c1', 'c2', 'c3', 'c4') }));
  fc.assert(
    fc.property(attempts, records, fc.constantFrom('own' as const, 'carrier' as const), (some, others, side) => {
      const audit = matchCallRecords(some.map(anAttempt), others.map(aRecord), { side });
      const openUnmatched = audit.openAttempts.length;
      expect(audit.matched + audit.withoutRecord.length + audit.excused.length).toBeLessThanOrEqual(audit.attempts);
      expect(audit.matched + audit.withoutRecord.length + audit.excused.length + openUnmatched).toBeGreaterThanOrEqual(
        audit.attempts,
      );
      const calls = new Set(
        others
          .filter(({ attempt }) => side === 'carrier' || attempt !== '')
          .map(({ attempt, leg }) => `${attempt} ${leg}`),
      );
      expect(audit.callRecords).toBe(calls.size);
    }),
  );
});
