// What the network's words for a call that nobody answered are taken to mean.

import { describe, expect, test } from 'vitest';
import { classifyUnanswered, countsAsAttempt } from '../../src/call/causes.ts';
import { RESULTS } from '../../src/terms.ts';

describe('[D-01] an unanswered call, by the SIP code of the carrier', () => {
  test.each([
    ['busy here', 17, 486, 'busy'],
    ['busy everywhere', 17, 600, 'busy'],
    ['temporarily unavailable', 19, 480, 'no-answer'],
    ['request terminated', 127, 487, 'no-answer'],
    ['forbidden', 21, 403, 'rejected'],
    ['decline', 21, 603, 'rejected'],
    ['unwanted', 21, 607, 'rejected'],
    ['not found', 1, 404, 'invalid-number'],
    ['gone', 22, 410, 'invalid-number'],
    ['address incomplete', 28, 484, 'invalid-number'],
    ['exists nowhere', 1, 604, 'invalid-number'],
    ['request timeout: nobody at the other end', 18, 408, 'failed'],
    ['server error', 38, 500, 'failed'],
    ['bad gateway', 27, 502, 'failed'],
    ['service unavailable', 34, 503, 'congestion'],
    ['not acceptable here', 58, 488, 'failed'],
  ] as const)('%s (cause %i, SIP %i) is %s', (_name, cause, sipCode, result) => {
    expect(classifyUnanswered(cause, sipCode)).toBe(result);
  });

  test('the SIP code wins over the cause: 18/408 is the trunk, not a person who does not answer', () => {
    expect(classifyUnanswered(18, 408)).toBe('failed');
    expect(classifyUnanswered(18, undefined)).toBe('no-answer');
  });

  test('a SIP code that says nothing of its own leaves the word to the cause', () => {
    expect(classifyUnanswered(17, 499)).toBe('busy');
  });
});

describe('[D-01] an unanswered call without a SIP code, by the cause', () => {
  test.each([
    ['unallocated number', 1, 'invalid-number'],
    ['user busy', 17, 'busy'],
    ['no user responding', 18, 'no-answer'],
    ['no answer', 19, 'no-answer'],
    ['subscriber absent', 20, 'no-answer'],
    ['call rejected', 21, 'rejected'],
    ['number changed', 22, 'invalid-number'],
    ['invalid number format', 28, 'invalid-number'],
    ['no circuit: a local 503', 34, 'congestion'],
    ['switch congestion', 42, 'congestion'],
    ['channel not available', 44, 'congestion'],
    ['network out of order', 38, 'failed'],
    ['nothing was said', 0, 'failed'],
    ['a cause nobody knows', 999, 'failed'],
  ] as const)('%s (%i) is %s', (_name, cause, result) => {
    expect(classifyUnanswered(cause, undefined)).toBe(result);
  });
});

test('[D-08] trunk trouble costs the record no attempt, everything that says something of the person does', () => {
  expect(RESULTS.filter((result) => !countsAsAttempt(result))).toEqual(['congestion', 'failed']);
});
