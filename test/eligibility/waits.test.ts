// The reasons for which records wait, in the words of an admin.

import { expect, test } from 'vitest';
import { neverDialedWait, waitForRule, waitWords, whyTheyWait } from '../../src/eligibility/waits.ts';
import type { WaitingGroup } from '../../src/eligibility/waits.ts';
import { aCampaign } from '../records/builders.ts';

const NOW = Date.parse('2026-11-29T15:00:00Z');
const campaign = aCampaign({
  callAgain: [{ when: 'result == "busy"', then: { do: 'call-again', afterMs: 600_000, phone: 'same' } }],
});

const group = (parts: Partial<WaitingGroup>): WaitingGroup => ({
  list: 'people',
  cohort: '',
  kind: 'later',
  rule: null,
  dueAt: NOW + 60_000,
  count: 1,
  ...parts,
});

test.each([
  ['Call-again rule 1 (result == "busy")', 'call_again rule 1: result == "busy"'],
  ['Call-again rule 7 (result == "gone since")', 'call_again rule 7'],
  ['The attempt (congestion) does not count', 'after an attempt that does not count'],
  ['attempts-per-number', "the number's attempts of the day are used (attempts.per_number_per_day)"],
  ['calls-an-hour-abroad', "the hour's calls to their country are used (max_calls_per_hour_abroad)"],
  ['us-florida/frequency', 'us-florida/frequency'],
  ['+491701234567 is being dialed', 'not due yet'],
  ['', 'not due yet'],
  ['Agent 7 rejected it', 'Agent 7 rejected it'],
])('[X-05] %s', (rule, words) => {
  expect(waitWords(waitForRule(campaign, rule), 0)).toBe(words);
});

test('[X-05] groups of one reason are one line, the largest first, with the first moment of all', () => {
  const groups = [
    group({ kind: 'callback', count: 2, dueAt: NOW + 5000 }),
    group({ rule: 'attempts-per-day', count: 4 }),
    group({ rule: 'attempts-per-day', count: 3, dueAt: NOW + 30_000 }),
    group({ kind: 'rest', count: 1, dueAt: NOW + 9000 }),
    group({ kind: 'engaged', rule: 'uk-ofcom/quiet', count: 5 }),
    group({ list: null, kind: 'fresh', dueAt: null, count: 6 }),
  ];
  expect(whyTheyWait(campaign, groups, NOW)).toEqual([
    { count: 7, why: 'the attempts of the day are used (attempts.per_day)', untilAt: NOW + 30_000 },
    { count: 6, why: 'on no list that the campaign dials' },
    { count: 5, why: 'only with an agent engaged for the call (uk-ofcom/quiet)' },
    { count: 2, why: 'agreed callbacks', untilAt: NOW + 5000 },
    { count: 1, why: 'rest after "do not call back"', untilAt: NOW + 9000 },
  ]);
});

test('[X-09] records whose numbers the trunks never dial: a line of their own, none without them', () => {
  expect(neverDialedWait(0)).toEqual([]);
  expect(neverDialedWait(12)).toEqual([
    { count: 12, why: 'the trunks dial none of their numbers (allow_countries, allow_classes)' },
  ]);
});
