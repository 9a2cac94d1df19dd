import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import { decideRecord, explainRecord, type EligibilityInput } from '../../src/eligibility/eligibility.ts';
import { unvalidated, validationOutcome } from '../../src/rules/validation.ts';
import type { ValidationCheck } from '../../src/rules/ruling.ts';
import { ruleOn } from '../../src/store/ruling.ts';
import { aCampaign, aRecord } from '../records/builders.ts';

const NOW = Date.parse('2026-03-02T11:00:00Z');
const FIRST = '+12125550101';
const SECOND = '+12125550102';

type Word = ValidationCheck['answer'];

function input(
  whenUnavailable: NonNullable<Campaign['validation']>['whenUnavailable'],
  words: Readonly<Record<string, Word>>,
  numbers: readonly string[] = [FIRST, SECOND],
): EligibilityInput {
  const until = NOW + 15_000;
  const verdict = (answer: Word): ValidationCheck => ({ answer, reason: 'why', askedAt: NOW - 1, until });
  return {
    facts: aRecord({ phones: numbers.map((number) => ({ number, type: 'mobile' })) }),
    campaign: aCampaign({
      validation: { url: 'http://127.0.0.1:1/', timeoutMs: 300, cacheMs: 60_000, whenUnavailable },
    }),
    blocked: new Map(),
    validation: new Map(Object.entries(words).map(([number, word]) => [number, verdict(word)])),
    now: NOW,
  };
}

/** Which phone is dialed, the outcome, and what becomes of the record. */
function fate(given: EligibilityInput): readonly unknown[] {
  const ruling = ruleOn(given);
  const phone = ruling.kind === 'dial' ? ruling.phoneIndex : undefined;
  return [ruling.kind, phone, validationOutcome(given, phone)];
}

describe('the four outcomes', () => {
  test('[X-02] allowed: dialed, and nothing is to be reported', () => {
    expect(fate(input('hold', { [FIRST]: 'allowed', [SECOND]: 'allowed' }))).toEqual(['dial', 0, undefined]);
  });

  test('[X-02] blocked, and there is no other number: the record is finished', () => {
    const given = input('hold', { [FIRST]: 'blocked' }, [FIRST]);
    expect(fate(given)).toEqual(['finish', undefined, 'blocked-no-other']);
    expect(ruleOn(given)).toMatchObject({ why: 'The number is blocked, and the contact has no other number.' });
  });

  test('[X-02] blocked: the next number is used', () => {
    expect(fate(input('hold', { [FIRST]: 'blocked', [SECOND]: 'allowed' }))).toEqual(['dial', 1, 'blocked-next-used']);
  });

  test('[X-02] the service is away, and there is no other number: the record waits until it may be asked again', () => {
    const given = input('skip', { [FIRST]: 'unavailable' }, [FIRST]);
    expect(fate(given)).toEqual(['put-off', undefined, 'unavailable-no-other']);
    expect(ruleOn(given)).toMatchObject({
      dueAt: NOW + 15_000,
      why: 'validation: The number cannot be checked now, and the contact has no other number.',
    });
  });

  test('[X-02] the service is away for one number: the next is used', () => {
    const given = input('skip', { [FIRST]: 'unavailable', [SECOND]: 'allowed' });
    expect(fate(given)).toEqual(['dial', 1, 'unavailable-next-used']);
  });
});

describe('the admin’s policy while the service is away', () => {
  test('[X-02] dial: dialed all the same', () => {
    expect(fate(input('dial', { [FIRST]: 'unavailable', [SECOND]: 'allowed' }))).toEqual(['dial', 0, undefined]);
  });

  test('[X-02] dial: a number that is known to be blocked is not dialed', () => {
    expect(fate(input('dial', { [FIRST]: 'blocked', [SECOND]: 'unavailable' }))).toEqual([
      'dial',
      1,
      'blocked-next-used',
    ]);
  });

  test('[X-02] hold: the whole record waits, whatever is known of its other numbers', () => {
    const given = input('hold', { [FIRST]: 'unavailable', [SECOND]: 'allowed' });
    expect(fate(given)).toEqual(['put-off', undefined, 'unavailable-no-other']);
  });
});

describe('numbers that no one has asked about', () => {
  test('[X-02] the record stays as it is until they have been: all of them are named', () => {
    expect(ruleOn(input('hold', { [FIRST]: 'allowed' }))).toEqual({ kind: 'validate', numbers: [SECOND] });
    expect(ruleOn(input('dial', {}))).toEqual({ kind: 'validate', numbers: [FIRST, SECOND] });
  });

  test('[X-02] an answer whose time is over does not count', () => {
    const given = { ...input('hold', { [FIRST]: 'allowed' }, [FIRST]), now: NOW + 15_000 };
    expect(unvalidated(given)).toEqual([FIRST]);
    expect(decideRecord(given).mayDial).toBe(false);
  });

  test('[X-02] a record that may not be dialed anyway is not asked about', () => {
    const given = input('hold', {});
    expect(ruleOn({ ...given, blocked: new Map([FIRST, SECOND].map((number) => [number, ['global']])) }).kind).toBe(
      'finish',
    );
    expect(ruleOn({ ...given, facts: { ...given.facts, dueAt: NOW + 1000, state: 'waiting' } }).kind).toBe('put-off');
  });

  test('[X-02] a campaign without a service: nothing is asked, nothing refused', () => {
    const { validation: _plan, ...campaign } = input('hold', {}).campaign;
    const given = { ...input('hold', { [FIRST]: 'blocked' }), campaign };
    expect(unvalidated(given)).toEqual([]);
    expect(fate(given)).toEqual(['dial', 0, undefined]);
  });
});

test('[X-02] explained: the rule says what the service said of each number, and when', () => {
  const { findings } = explainRecord(input('skip', { [FIRST]: 'blocked', [SECOND]: 'allowed' }));
  const said = findings.filter(({ rule }) => rule === 'validation');
  expect(said.map(({ allows, why }) => [allows, why])).toEqual([
    [false, `The service blocks ${FIRST} (why).`],
    [true, `The service allows ${SECOND}.`],
  ]);
  expect(said[0]?.inputs).toMatchObject({ answer: 'blocked', askedAt: NOW - 1 });
});
