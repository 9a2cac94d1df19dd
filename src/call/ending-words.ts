// Why an attempt ended as it did, in a few words for people. Pure; decides nothing.

import type { Result } from '../terms.ts';
import { hadNoSound, networkSaid } from './causes.ts';

/** An attempt that is over, as the store keeps it. */
export interface EndedAttempt {
  readonly result: Result | null;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly bridgedAt: number | null;
  readonly sipCode: number | null;
  readonly cause: number | null;
  readonly endedBy: string | null;
  readonly counts: boolean;
}

/** `SIP 503 Service Unavailable after ringing`, `the person hung up`; empty while it is under way. */
export function endingWords(attempt: EndedAttempt): string {
  if (attempt.result === null) return '';
  const what = attempt.answeredAt === null ? unanswered(attempt) : answered(attempt);
  return attempt.counts ? what : `${what}; does not count`;
}

function unanswered(attempt: EndedAttempt): string {
  const { result, ringingAt, endedBy } = attempt;
  if (endedBy === 'dialer') {
    if (result === 'no-answer') return 'not picked up within the ring time';
    if (result === 'cancelled') return 'given up: the line was wanted back';
    return ringingAt === null ? 'no word from the network' : 'ended by us';
  }
  const said = networkSaid({ sipCode: attempt.sipCode ?? undefined, cause: attempt.cause ?? undefined });
  const rang = ringingAt === null ? '' : ' after ringing';
  const redirected = isRedirection(attempt) ? ': redirected, which is not followed' : '';
  return said === '' ? `nothing was heard of its end${rang}` : `${said}${rang}${redirected}`;
}

function answered({ result, bridgedAt, sipCode, endedBy }: EndedAttempt): string {
  const said = networkSaid({ sipCode: sipCode ?? undefined });
  if (sipCode === 200) return 'picked up after we had hung up (SIP 200 OK)';
  if (result === 'abandoned' && sipCode !== null && hadNoSound({ sipCode }))
    return `picked up, and no sound could be agreed on (${said})`;
  if (result === 'rejected') return bridgedAt === null ? 'put down before an agent spoke' : 'put down at once';
  return BY_WHOM[endedBy ?? ''] ?? 'nothing was heard of its end';
}

const BY_WHOM: Readonly<Record<string, string>> = {
  person: 'the person hung up',
  agent: 'the agent hung up',
  dialer: 'we hung up',
  network: 'the call broke off',
};

const isRedirection = ({ sipCode }: EndedAttempt): boolean => sipCode !== null && sipCode >= 300 && sipCode < 400;
