// What a call that nobody answered came to, from the network's own words.
// Decided on the SIP answer first; the Q.850 cause only where there is none. Asterisk's dial status is too coarse.

import type { Result } from '../terms.ts';

const BY_SIP_CODE: Readonly<Record<number, Result>> = {
  400: 'failed',
  401: 'failed',
  403: 'rejected',
  404: 'invalid-number',
  406: 'failed',
  407: 'failed',
  408: 'failed',
  410: 'invalid-number',
  415: 'failed',
  480: 'no-answer',
  484: 'invalid-number',
  485: 'invalid-number',
  486: 'busy',
  487: 'no-answer',
  488: 'failed',
  500: 'failed',
  501: 'failed',
  502: 'failed',
  503: 'congestion',
  504: 'failed',
  600: 'busy',
  603: 'rejected',
  604: 'invalid-number',
  606: 'rejected',
  607: 'rejected',
  608: 'rejected',
};

const BY_CAUSE: Readonly<Record<number, Result>> = {
  1: 'invalid-number',
  17: 'busy',
  18: 'no-answer',
  19: 'no-answer',
  20: 'no-answer',
  21: 'rejected',
  22: 'invalid-number',
  28: 'invalid-number',
  34: 'congestion',
  42: 'congestion',
  44: 'congestion',
};

/** The result of a call that was never answered; `cause` is Q.850, `sipCode` the network's final answer. */
export function classifyUnanswered(cause: number, sipCode: number | undefined): Result {
  const bySip = sipCode === undefined ? undefined : BY_SIP_CODE[sipCode];
  return bySip ?? BY_CAUSE[cause] ?? 'failed';
}

/** Whether an attempt with this result says something of the person; trunk trouble does not and costs no attempt. */
export function countsAsAttempt(result: Result): boolean {
  return result !== 'congestion' && result !== 'failed';
}
