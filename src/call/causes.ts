// What an unanswered call came to, from the network's own words, and whether it counts as an attempt.
// Decided on the SIP answer first; the Q.850 cause only where there is none. Asterisk's dial status is too coarse.

import type { Result } from '../terms.ts';
import { ofItsClass, Q850_CAUSES, SIP_CODES, type NetworkCode } from './network-codes.ts';

/** What is known of how a call went. */
export interface CallTraces {
  readonly sipCode?: number | undefined;
  /** Q.850. */
  readonly cause?: number | undefined;
  /** The network said that the phone rings, or played something before the answer. */
  readonly ringingAt?: number | null | undefined;
  readonly answeredAt?: number | null | undefined;
}

/** The result of a call that was never answered; `cause` is Q.850, `sipCode` the network's final answer. */
export function classifyUnanswered({ sipCode, cause, ringingAt }: CallTraces): Result {
  const meaning = meaningOf(sipCode, cause);
  const rang = ringingAt !== undefined && ringingAt !== null;
  return (rang ? meaning?.afterRinging : undefined) ?? meaning?.result ?? 'failed';
}

/**
 * Whether an attempt counts against its record. What rang or was answered disturbed somebody, whatever came of it; else
 * it counts when it says something of the number or the person. Trunk trouble does not, and neither does a call that we
 * took back before it rang.
 */
export function countsAsAttempt(result: Result, call: CallTraces): boolean {
  if ((call.ringingAt ?? call.answeredAt ?? null) !== null) return true;
  if (result === 'cancelled') return false;
  if (result !== 'congestion' && result !== 'failed') return true;
  return meaningOf(call.sipCode, call.cause)?.counts === true;
}

/** The SIP answers by which the two sides cannot agree on any sound: after the answer they are our own Asterisk's. */
const WITHOUT_SOUND: ReadonlySet<number> = new Set([406, 415, 488, 606]);

/** Whether a call that was picked up ended because the two sides could not agree on any sound. */
export const hadNoSound = ({ sipCode }: CallTraces): boolean => sipCode !== undefined && WITHOUT_SOUND.has(sipCode);

/** Answers whose `Retry-After` says when the person can be reached; another's is about the network (RFC 3261, 20.33). */
const OF_THE_PERSON: ReadonlySet<number> = new Set([404, 480, 486, 600, 603]);

/** How long the network asked to wait, for the person or for the trunk; empty when it did not. */
export function retryAfter({ sipCode = 0, retryAfterMs }: CallTraces & { readonly retryAfterMs?: number }): {
  readonly personMs?: number;
  readonly trunkMs?: number;
} {
  if (retryAfterMs === undefined) return {};
  if (OF_THE_PERSON.has(sipCode)) return { personMs: retryAfterMs };
  return sipCode === 500 || sipCode === 503 ? { trunkMs: retryAfterMs } : {};
}

/** The network's last word in text: `SIP 503 Service Unavailable`; empty when it said nothing. */
export function networkSaid({ sipCode, cause }: CallTraces): string {
  if (sipCode !== undefined && sipCode > 0) {
    const text = sipCode === 200 ? 'OK' : SIP_CODES[sipCode]?.text;
    return `SIP ${sipCode}${text === undefined ? '' : ` ${text}`}`;
  }
  if (cause === undefined || cause === 0) return '';
  const text = Q850_CAUSES[cause]?.text;
  return `cause ${cause}${text === undefined ? '' : `, ${text}`}`;
}

/** A code that is not registered leaves the word to the cause, but for a redirection, which is none. */
function meaningOf(sipCode: number | undefined, cause: number | undefined): NetworkCode | undefined {
  const byCause = Q850_CAUSES[cause ?? 0];
  if (sipCode === undefined) return byCause;
  const byClass = ofItsClass(sipCode);
  return SIP_CODES[sipCode] ?? (sipCode < 400 ? byClass : (byCause ?? byClass));
}
