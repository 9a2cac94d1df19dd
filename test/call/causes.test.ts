// What the network's words for a call that was not answered are taken to mean, and whether the call counts.

import { describe, expect, test } from 'vitest';
import { classifyUnanswered, countsAsAttempt, hadNoSound, networkSaid, retryAfter } from '../../src/call/causes.ts';
import { SIP_CODES } from '../../src/call/network-codes.ts';
import { RESULTS } from '../../src/terms.ts';

const RANG = { ringingAt: 1 };

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
    ['moved for good', 23, 301, 'invalid-number'],
    ['moved for now', 23, 302, 'failed'],
    ['request timeout: nobody at the other end', 18, 408, 'failed'],
    ['too many hops', 25, 483, 'failed'],
    ['server error', 38, 500, 'failed'],
    ['bad gateway', 27, 502, 'failed'],
    ['service unavailable', 34, 503, 'congestion'],
    ['not acceptable here', 58, 488, 'failed'],
  ] as const)('%s (cause %i, SIP %i) is %s', (_name, cause, sipCode, result) => {
    expect(classifyUnanswered({ cause, sipCode })).toBe(result);
  });

  test('the SIP code wins over the cause: 18/408 is the trunk, not a person who does not answer', () => {
    expect(classifyUnanswered({ cause: 18, sipCode: 408 })).toBe('failed');
    expect(classifyUnanswered({ cause: 18 })).toBe('no-answer');
  });

  test('408 after ringing: there was no answer; 503 after ringing: still the trunk', () => {
    expect(classifyUnanswered({ cause: 18, sipCode: 408, ...RANG })).toBe('no-answer');
    expect(classifyUnanswered({ cause: 34, sipCode: 503, ...RANG })).toBe('congestion');
  });

  test('a SIP code that is not registered leaves the word to the cause, without one to the class; 3xx to the class', () => {
    expect(classifyUnanswered({ cause: 17, sipCode: 499 })).toBe('busy');
    expect(classifyUnanswered({ cause: 0, sipCode: 699 })).toBe('busy');
    expect(classifyUnanswered({ cause: 17, sipCode: 399 })).toBe('failed');
    expect(countsAsAttempt('failed', { sipCode: 399 })).toBe(true);
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
    ['a cause no one knows', 999, 'failed'],
  ] as const)('%s (%i) is %s', (_name, cause, result) => {
    expect(classifyUnanswered({ cause })).toBe(result);
  });
});

describe('[D-08] whether an attempt counts', () => {
  test('nothing rang: trunk trouble and what we took back ourselves cost nothing, what says something of the person does', () => {
    const free = RESULTS.filter((result) => !countsAsAttempt(result, {}));
    expect(free).toEqual(['congestion', 'failed', 'cancelled']);
  });

  test.each(Object.keys(SIP_CODES).map(Number))('SIP %i after ringing, or after the pick-up: counts', (sipCode) => {
    for (const traces of [RANG, { answeredAt: 1 }]) {
      expect(countsAsAttempt(classifyUnanswered({ sipCode, ...traces }), { sipCode, ...traces })).toBe(true);
    }
  });

  test('a redirection counts although nothing rang: it is never followed, and asking again is answered alike', () => {
    const redirected = Object.keys(SIP_CODES)
      .map(Number)
      .filter((code) => code < 400);
    expect(redirected).toEqual([300, 301, 302, 305, 380]);
    for (const sipCode of redirected) {
      expect(countsAsAttempt(classifyUnanswered({ sipCode }), { sipCode })).toBe(true);
    }
  });

  test('times that are not there in the store: nothing rang', () => {
    expect(countsAsAttempt('failed', { ringingAt: null, answeredAt: null, sipCode: 500 })).toBe(false);
  });
});

test('[D-01] the codes by which no sound can be agreed on, and no other', () => {
  expect(
    Object.keys(SIP_CODES)
      .map(Number)
      .filter((sipCode) => hadNoSound({ sipCode })),
  ).toEqual([406, 415, 488, 606]);
  expect(hadNoSound({ cause: 16 })).toBe(false);
});

test.each([
  [503, { trunkMs: 7000 }],
  [500, { trunkMs: 7000 }],
  [486, { personMs: 7000 }],
  [480, { personMs: 7000 }],
  [600, { personMs: 7000 }],
  [603, { personMs: 7000 }],
  [404, { personMs: 7000 }],
  [413, {}],
] as const)('[D-08] Retry-After with SIP %i', (sipCode, meant) => {
  expect(retryAfter({ sipCode, retryAfterMs: 7000 })).toEqual(meant);
  expect(retryAfter({ sipCode })).toEqual({});
});

test('[O-02] the last word of the network in text: the SIP answer, else the cause, else nothing', () => {
  expect(networkSaid({ sipCode: 503, cause: 34 })).toBe('SIP 503 Service Unavailable');
  expect(networkSaid({ sipCode: 200 })).toBe('SIP 200 OK');
  expect(networkSaid({ sipCode: 499, cause: 17 })).toBe('SIP 499');
  expect(networkSaid({ cause: 19 })).toBe('cause 19, no answer from user');
  expect(networkSaid({ cause: 0 })).toBe('');
});
