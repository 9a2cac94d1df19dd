import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallAgainRule } from '../../src/campaign/definition.ts';
import { decideNext } from '../../src/list/call-again.ts';
import type { AttemptOutcome } from '../../src/list/call-again.ts';
import { RESULTS } from '../../src/terms.ts';
import { aCampaign, aRecord } from './builders.ts';

const NOW = Date.parse('2026-11-18T11:00:00Z');
const BUSY: CallAgainRule = {
  when: 'result == "busy"',
  then: { do: 'call-again', afterMs: 600_000, phone: 'same' },
  times: 3,
};
const NO_ANSWER: CallAgainRule = {
  when: 'result == "no-answer"',
  then: { do: 'call-again', afterMs: 14_400_000, phone: 'next' },
};
const LATER: CallAgainRule = {
  when: 'disposition == "call-later"',
  then: { do: 'call-again', afterMs: 86_400_000, phone: 'same' },
};
const campaign = aCampaign({ callAgain: [BUSY, NO_ANSWER, LATER] });

function ended(parts: Partial<AttemptOutcome>): AttemptOutcome {
  return { result: 'busy', connected: false, phoneIndex: 0, endedAt: NOW, counts: true, ...parts };
}

describe('what becomes of a record after an attempt', () => {
  test('[L-09] busy, rule "10 minutes, at most 3 times": waits 10 minutes, same phone, names the rule', () => {
    expect(decideNext({ facts: aRecord(), campaign, outcome: ended({}) })).toEqual({
      state: 'waiting',
      dueAt: NOW + 600_000,
      phoneIndex: 0,
      rule: 0,
      why: 'Call-again rule 1 (result == "busy"): again after 10m, phone 1.',
    });
  });

  test('[L-09] cancelled after the legal ring time, no rule of its own: the rule for no answer decides', () => {
    const next = decideNext({ facts: aRecord(), campaign, outcome: ended({ result: 'cancelled' }) });
    expect(next).toMatchObject({ state: 'waiting', dueAt: NOW + 14_400_000, rule: 1 });
  });

  test('[L-09] busy for the fourth time, rule has 3 uses: the rule is passed over, finished', () => {
    const next = decideNext({ facts: aRecord({ ruleUses: { 0: 3 }, attempts: 3 }), campaign, outcome: ended({}) });
    expect(next).toMatchObject({ state: 'finished', why: expect.stringContaining('has applied 3 times') as string });
  });

  test('[L-09] used-up rule followed by another that holds: the other decides', () => {
    const giveUp: CallAgainRule = { when: 'result == "busy"', then: { do: 'give-up' } };
    const facts = aRecord({ ruleUses: { 0: 3 }, attempts: 3 });
    const next = decideNext({ facts, campaign: aCampaign({ callAgain: [BUSY, giveUp] }), outcome: ended({}) });
    expect(next).toMatchObject({ state: 'finished', rule: 1 });
  });

  test('[L-09] no answer on the first phone, rule "next phone": the second; on the last phone: the first again', () => {
    const first = decideNext({ facts: aRecord(), campaign, outcome: ended({ result: 'no-answer' }) });
    expect(first).toMatchObject({ state: 'waiting', phoneIndex: 1 });
    const last = decideNext({ facts: aRecord(), campaign, outcome: ended({ result: 'no-answer', phoneIndex: 1 }) });
    expect(last).toMatchObject({ state: 'waiting', phoneIndex: 0 });
  });

  test('[L-09] rule "next phone" in a campaign that dials home phones only: stays on the only one', () => {
    const home = aCampaign({ callAgain: [NO_ANSWER], phones: ['home'] });
    const outcome = ended({ result: 'no-answer', phoneIndex: 1 });
    expect(decideNext({ facts: aRecord(), campaign: home, outcome })).toMatchObject({ phoneIndex: 1 });
  });

  test('[L-10] sixth of six attempts, a rule would call again: finished, and the sentence says both', () => {
    const next = decideNext({ facts: aRecord({ attempts: 5 }), campaign, outcome: ended({}) });
    expect(next).toEqual({
      state: 'finished',
      why: 'All 6 attempts are used; Call-again rule 1 (result == "busy") would call again.',
    });
  });

  test('[L-09] conversation without a matching rule: finished; with "call later": waits a day', () => {
    const talked = ended({ result: 'connected', connected: true });
    expect(decideNext({ facts: aRecord(), campaign, outcome: talked }).state).toBe('finished');
    const later = { ...talked, disposition: 'call-later' };
    expect(decideNext({ facts: aRecord(), campaign, outcome: later })).toMatchObject({
      state: 'waiting',
      dueAt: NOW + 86_400_000,
      rule: 2,
    });
  });

  test.each(RESULTS)('[L-09] campaign without rules, %s: finished', (result) => {
    const next = decideNext({ facts: aRecord(), campaign: aCampaign(), outcome: ended({ result }) });
    expect(next.state).toBe('finished');
  });

  test('[D-08] trunk trouble: back on the same phone within 30 to 60 s, no rule and no attempt used, even on the last one', () => {
    const seen = new Set<number>();
    for (let record = 1; record <= 50; record += 1) {
      const facts = aRecord({ record, attempts: 5 });
      const next = decideNext({
        facts,
        campaign,
        outcome: ended({ result: 'congestion', counts: false, phoneIndex: 1 }),
      });
      expect(next).toMatchObject({ state: 'waiting', phoneIndex: 1 });
      expect(next).not.toHaveProperty('rule');
      if (next.state !== 'waiting') continue;
      expect(next.dueAt - NOW).toBeGreaterThanOrEqual(30_000);
      expect(next.dueAt - NOW).toBeLessThanOrEqual(60_000);
      seen.add(next.dueAt);
    }
    expect(seen.size).toBeGreaterThan(40);
  });

  test('[L-09] condition on a field that the contact lacks: the rule does not apply and the sentence names the field', () => {
    const rule: CallAgainRule = { ...BUSY, when: 'fields.balance > 100' };
    const next = decideNext({ facts: aRecord(), campaign: aCampaign({ callAgain: [rule] }), outcome: ended({}) });
    expect(next).toMatchObject({ state: 'finished', why: expect.stringContaining('missing field: balance') as string });
  });

  test('[L-09] any facts and outcome: decides without throwing, on a phone that exists, never due before the end', () => {
    const outcome = fc.record({
      result: fc.constantFrom(...RESULTS),
      connected: fc.boolean(),
      phoneIndex: fc.integer({ min: 0, max: 1 }),
      endedAt: fc.constant(NOW),
      counts: fc.boolean(),
    });
    fc.assert(
      fc.property(outcome, fc.nat(8), fc.nat(4), (ending, attempts, uses) => {
        const next = decideNext({ facts: aRecord({ attempts, ruleUses: { 0: uses } }), campaign, outcome: ending });
        expect(next.state === 'waiting' || next.state === 'finished').toBe(true);
        if (next.state !== 'waiting') return;
        expect(next.dueAt).toBeGreaterThan(NOW);
        expect([0, 1]).toContain(next.phoneIndex);
        if (ending.counts) expect(attempts + 1).toBeLessThan(6);
      }),
    );
  });
});
