import { defined } from '../../src/base/defined.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallAgainRule } from '../../src/campaign/call-again-rule.ts';
import { decideNext, rejectedNext } from '../../src/records/call-again.ts';
import type { AttemptOutcome } from '../../src/records/call-again.ts';
import type { CallbackFacts } from '../../src/records/record.ts';
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

/** The trunk's trouble, before anything rang. */
const TROUBLE = { result: 'congestion', counts: false } as const;
const MINUTE = 60_000;

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

  test('[D-08] trunk trouble: back on the same phone a minute later, no rule and no attempt used, even on the last one', () => {
    const seen = new Set<number>();
    for (let record = 1; record <= 50; record += 1) {
      const facts = aRecord({ record, attempts: 5 });
      const next = decideNext({ facts, campaign, outcome: ended({ ...TROUBLE, phoneIndex: 1 }) });
      expect(next).toMatchObject({ state: 'waiting', phoneIndex: 1 });
      expect(next).not.toHaveProperty('rule');
      if (next.state !== 'waiting') continue;
      expect(next.dueAt - NOW).toBeGreaterThanOrEqual(60_000);
      expect(next.dueAt - NOW).toBeLessThanOrEqual(75_000);
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

describe('attempts that do not count', () => {
  const after = (uncounted: number, campaign = aCampaign(), outcome: Partial<AttemptOutcome> = {}) =>
    decideNext({ facts: aRecord({ record: 0, uncounted }), campaign, outcome: ended({ ...TROUBLE, ...outcome }) });

  test('[L-10] in a row: 1, 2, 4 … minutes, at most an hour, and at the twelfth the record is finished', () => {
    const waits = Array.from({ length: 11 }, (_, uncounted) => {
      const next = after(uncounted);
      return next.state === 'waiting' ? (next.dueAt - NOW) / MINUTE : next.state;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
    expect(after(11)).toEqual({
      state: 'finished',
      why: "12 attempts in a row did not count, the last congestion: that is the campaign's limit.",
    });
  });

  test('[L-10] the campaign sets another limit', () => {
    const campaign = aCampaign({ attempts: { max: 6, perDay: 3, maxUncounted: 2 } });
    expect(after(0, campaign).state).toBe('waiting');
    expect(after(1, campaign).state).toBe('finished');
  });

  const rule = (when: string, afterMs: number): CallAgainRule => ({
    when,
    then: { do: 'call-again', afterMs, phone: 'next' },
  });

  test('[L-09] a rule that names the result and asks for longer decides, and uses up no attempt', () => {
    const campaign = aCampaign({ callAgain: [rule('result == "congestion"', 30 * MINUTE)] });
    expect(after(0, campaign)).toMatchObject({ state: 'waiting', rule: 0, phoneIndex: 1, dueAt: NOW + 30 * MINUTE });
    expect(after(6, campaign)).toMatchObject({ state: 'waiting', dueAt: NOW + 60 * MINUTE });
    expect(after(6, campaign)).not.toHaveProperty('rule');
    const last = decideNext({ facts: aRecord({ attempts: 5 }), campaign, outcome: ended(TROUBLE) });
    expect(last).toMatchObject({ state: 'waiting', rule: 0 });
  });

  test('[L-09] a rule for everything, or for another result, does not hold a record back for trouble of the trunk', () => {
    for (const when of ['true', 'result != "connected"', 'result != "failed"']) {
      expect(after(0, aCampaign({ callAgain: [rule(when, 300 * MINUTE)] }))).toMatchObject({ dueAt: NOW + MINUTE });
    }
  });

  test('[L-09] a rule that names the result and gives up, gives up', () => {
    const campaign = aCampaign({ callAgain: [{ when: 'result == "congestion"', then: { do: 'give-up' } }] });
    expect(after(0, campaign)).toMatchObject({ state: 'finished', rule: 0 });
  });

  test('[D-08] the network says when the person can be reached: not before, whatever the rule; a day at most', () => {
    const next = (retryAfterMs: number) =>
      decideNext({ facts: aRecord(), campaign, outcome: ended({ result: 'busy', retryAfterMs }) });
    expect(next(MINUTE)).toMatchObject({ dueAt: NOW + 10 * MINUTE });
    expect(next(30 * MINUTE)).toMatchObject({
      dueAt: NOW + 30 * MINUTE,
      why: expect.stringContaining('Not before 30m: the network said so.') as string,
    });
    expect(next(1e12)).toMatchObject({ dueAt: NOW + 1440 * MINUTE });
  });
});

describe('what else a rule may do', () => {
  const again = (parts: Partial<CallAgainRule> & { readonly then?: CallAgainRule['then'] }): CallAgainRule => ({
    ...BUSY,
    ...parts,
  });
  const next = (rule: CallAgainRule, facts = aRecord()) =>
    decideNext({ facts, campaign: aCampaign({ callAgain: [rule] }), outcome: ended({ phoneIndex: 1 }) });

  test('[L-09] "first phone": back to the first of the campaign’s order', () => {
    expect(next(again({ then: { do: 'call-again', afterMs: 1000, phone: 'first' } }))).toMatchObject({ phoneIndex: 0 });
  });

  test('[L-09] "remove contact": out of the campaign, by that rule', () => {
    expect(next(again({ then: { do: 'remove-contact' } }))).toEqual({
      state: 'removed',
      rule: 0,
      why: 'Call-again rule 1 (result == "busy") removes the contact from the campaign.',
    });
  });

  test.each([
    ['a step up', { by: 1 }, 3],
    ['a step down', { by: -1 }, 1],
    ['to 9', { to: 9 }, 9],
  ] as const)('[L-09] priority 2, %s', (_what, priority, wanted) => {
    const reported = next(again({ priority }), aRecord({ priority: 2 }));
    expect(reported).toMatchObject({ priority: wanted, why: expect.stringContaining(`priority ${wanted}`) as string });
  });

  test('[L-09] the number of the next phone is changed for this record; one that does not fit stays, and the sentence says so', () => {
    const changing = (digits: string) =>
      again({ then: { do: 'call-again', afterMs: 1000, phone: 'same', number: { do: 'strip', digits } } });
    expect(next(changing('1'))).toMatchObject({ number: '+2125550112' });
    const kept = next(changing('49'));
    expect(kept).not.toHaveProperty('number');
    expect(kept).toMatchObject({ why: expect.stringContaining('does not fit') as string });
  });

  test('[L-08] rejected by an agent: back at the top, on the same phone', () => {
    expect(rejectedNext(aRecord({ phoneIndex: 1 }), '101', NOW)).toMatchObject({
      state: 'waiting',
      dueAt: NOW,
      first: true,
      phoneIndex: 1,
    });
  });
});

describe('what a disposition does whatever the rules say', () => {
  const dispositions = [
    { code: 'stop', label: 'Do not call', then: { do: 'do-not-call', list: 'global', numbers: 'all' } },
    { code: 'rest', label: 'Do not call back', then: { do: 'do-not-call-back' } },
    { code: 'done', label: 'Closed', then: { do: 'close' } },
  ] as const;
  const always: CallAgainRule = { when: 'true', then: { do: 'call-again', afterMs: 1000, phone: 'same' } };
  const said = (disposition: string, agreed?: CallbackFacts) =>
    decideNext({
      facts: aRecord(),
      campaign: aCampaign({ callAgain: [always], dispositions }),
      outcome: ended({ result: 'connected', connected: true, disposition }),
      ...defined({ agreed }),
    });

  test.each([
    ['stop', { state: 'finished' }],
    ['done', { state: 'finished' }],
    ['rest', { state: 'waiting', dueAt: NOW + 90 * 86_400_000, heldUntil: NOW + 90 * 86_400_000 }],
    ['something-else', { state: 'waiting', dueAt: NOW + 1000 }],
  ])('[X-08] [A-16] %s', (disposition, wanted) => {
    expect(said(disposition)).toMatchObject(wanted);
  });

  test('[A-17] a callback agreed in the call: waits for it, before all others, on its phone', () => {
    const agreed: CallbackFacts = {
      callback: 7,
      at: NOW + 3_600_000,
      agent: null,
      zone: 'UTC',
      number: '+12125550112',
      by: 'x',
      setAt: NOW,
    };
    expect(said('something-else', agreed)).toMatchObject({
      state: 'waiting',
      dueAt: NOW + 3_600_000,
      callbackAt: NOW + 3_600_000,
      first: true,
      phoneIndex: 1,
    });
    expect(said('stop', agreed).state).toBe('finished');
  });

  test('[C-16] the person called us: no attempt is used up, and what was agreed before goes by the rules', () => {
    const outcome = ended({ result: 'connected', connected: true, inbound: true });
    const campaign = aCampaign({ callAgain: [{ ...always, when: 'attempts == 5' }] });
    expect(decideNext({ facts: aRecord({ attempts: 5 }), campaign, outcome }).state).toBe('waiting');
  });
});
