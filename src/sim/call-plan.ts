// What the network does with one call: how long it takes, whether someone answers, and who.
// A plan is a value; called-party.ts carries it out.

import type { Random } from '../base/random.ts';
import type { Verdict } from '../terms.ts';

/** Decides what becomes of a call to a number; the same number and the same dice give the same plan. */
export type CallPlanner = (number: string, random: Random) => CallPlan;

export interface CallPlan {
  /** From the INVITE to the first sign of life (180, 183, or the outcome itself). */
  readonly setUpMs: number;
  /** What the caller gets before the outcome: ringing (180), early media (183), or nothing. */
  readonly before: 'ringing' | 'early-media' | 'nothing';
  /** From the first sign of life to the outcome. */
  readonly afterMs: number;
  readonly outcome: CallOutcome;
  /** Given up while it rings, it is picked up all the same so long after that; absent: the network agrees at once. */
  readonly pickedUpAfterCancelMs?: number;
}

export type CallOutcome =
  | Person
  | { readonly type: 'machine'; readonly greeting: 'long' | 'short'; readonly recordsMs: number }
  | { readonly type: 'fax'; readonly staysMs: number }
  /** Answers and never says a word. */
  | { readonly type: 'silent'; readonly staysMs: number }
  | { readonly type: 'hangs-up-at-once' }
  /** Picked up with no codec in common: the exchange ends it. */
  | { readonly type: 'mute' }
  /** Rings until the caller gives up. */
  | { readonly type: 'no-answer' }
  /** Refused by the network or the far end, with Q.850 cause and SIP code. */
  | { readonly type: 'refused'; readonly cause: number; readonly sipCode: number };

interface Person {
  readonly type: 'person';
  /** From the answer to the person's hang-up; absent: never hangs up. */
  readonly talksMs?: number;
  /** Hangs up when still alone this long after the answer; absent: waits for ever. */
  readonly patienceMs?: number;
  /** Says more than a word at the answer, which detectors take for a machine. */
  readonly hasLongGreeting?: boolean;
  /** Presses a key, or several one after the other, so long after the answer. */
  readonly presses?: { readonly key: string; readonly afterMs: number };
}

export type AnsweredOutcome = Exclude<CallOutcome, { type: 'no-answer' } | { type: 'refused' } | { type: 'mute' }>;

/** SIP refusals by what they mean, as a real carrier sends them and Asterisk reports them. */
export const REFUSALS = {
  busy: { type: 'refused', cause: 17, sipCode: 486 },
  declined: { type: 'refused', cause: 21, sipCode: 603 },
  rejected: { type: 'refused', cause: 21, sipCode: 403 },
  unknown: { type: 'refused', cause: 1, sipCode: 404 },
  changed: { type: 'refused', cause: 22, sipCode: 410 },
  incomplete: { type: 'refused', cause: 28, sipCode: 484 },
  failure: { type: 'refused', cause: 38, sipCode: 500 },
  'out-of-order': { type: 'refused', cause: 27, sipCode: 502 },
  congestion: { type: 'refused', cause: 34, sipCode: 503 },
} as const satisfies Readonly<Record<string, CallOutcome>>;

/** What Asterisk's detector says of whoever answered, and how long after it began to listen. */
export interface Hearing {
  readonly afterMs: number;
  readonly verdict: Verdict;
  readonly cause: string;
}

/** The detector with outdial's amd.conf, mistakes included: short greetings pass for people, long ones for machines. */
export function hear(outcome: AnsweredOutcome): Hearing {
  switch (outcome.type) {
    case 'person':
      return outcome.hasLongGreeting
        ? { afterMs: 2400, verdict: 'machine', cause: 'LONGGREETING-1500-1500' }
        : { afterMs: 2100, verdict: 'human', cause: 'HUMAN-800-800' };
    case 'machine':
      return outcome.greeting === 'long'
        ? { afterMs: 3000, verdict: 'machine', cause: 'LONGGREETING-1500-1500' }
        : { afterMs: 2600, verdict: 'human', cause: 'HUMAN-800-800' };
    case 'fax':
      return { afterMs: 1200, verdict: 'fax', cause: 'TONE-2100' };
    case 'silent':
    case 'hangs-up-at-once':
      return { afterMs: 2500, verdict: 'machine', cause: 'INITIALSILENCE-2500-2500' };
  }
}

/** From the answer to the end of what is said first, a machine's beep included; undefined: it never falls silent. */
export function greetingMs(outcome: AnsweredOutcome): number | undefined {
  switch (outcome.type) {
    case 'person':
      return outcome.hasLongGreeting ? 3500 : 1000;
    case 'machine':
      return outcome.greeting === 'long' ? 15_500 : 2500;
    case 'silent':
      return 0;
    case 'fax':
    case 'hangs-up-at-once':
      return undefined;
  }
}
