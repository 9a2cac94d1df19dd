// What the telephony contract needs of the place it runs in: a virtual network or real Asterisks.
// The suite speaks only through this; how time passes and how a phone is operated is the harness's business.

import { sipDigest, USUAL_REALM } from '../../src/base/sip-digest.ts';
import type { SipAccount, Telephony } from '../../src/engine/ports.ts';

export interface TelephonyHarness {
  /** Not started; the suite starts it with a listener of its own and stops it at the end. */
  readonly telephony: Telephony;
  /** A trunk that reaches the numbers of `number`. */
  readonly trunk: string;
  /** E.164. */
  readonly callerId: string;
  /** The code that an agent's phone dials to sign in. */
  readonly signInCode: string;
  /** Sounds that the exchange has: `short` lasts at most 5 s, `long` at least 2 s. */
  readonly sounds: { readonly short: string; readonly long: string };
  /** How far an event's time may be from the time it should have, ms: small on a virtual clock, hundreds on a real one. */
  readonly slackMs: number;
  /** A number of the network, E.164, that behaves so. */
  number(behaviour: NumberBehaviour): string;
  /** An account that no one has used yet; not provisioned. */
  newAccount(): TestAccount;
  /** A name for a leg, bridge, playback or attempt that no one has used yet. */
  newId(): string;
  /** The exchange's time, epoch ms. */
  now(): number;
  /** Lets time pass until the promise settles, and settles like it. */
  settle<T>(promise: Promise<T>): Promise<T>;
  /** Lets time pass until the condition holds; false when it does not hold after `withinMs`. */
  until(condition: () => boolean, withinMs: number): Promise<boolean>;
  /** A softphone registered with an account that has been provisioned; rejects when it cannot register within 10 s. */
  phone(account: TestAccount, options: { readonly answers: 'at-once' | 'never' }): Promise<TestPhone>;
  /** What there is of a recording. */
  recorded(recording: string): Promise<{ readonly bytes: number; readonly durationMs: number } | undefined>;
  /** Cuts the control link between the port and the exchange; calls on the exchange go on. */
  cutLink(): Promise<void>;
  mendLink(): Promise<void>;
  /** The exchange dies with every leg and comes back by itself; absent where that cannot be had. */
  restartExchange?(): Promise<void>;
  /** Takes everything down that the harness has brought up. */
  stop(): Promise<void>;
}

/** An account whose password the test knows. */
export interface TestAccount extends SipAccount {
  readonly password: string;
}

/** The account as the exchange is given it, for a phone with this password. */
export function testAccount(name: string, password: string, label: string): TestAccount {
  return { name, password, label, digest: sipDigest(name, USUAL_REALM, password) };
}

/** Seconds are whole, 0 to 99. `afterS` 0: the network answers without any ringing. */
export type NumberBehaviour =
  /** Answers and talks; without `talksS` never hangs up. */
  | { readonly does: 'person'; readonly afterS: number; readonly talksS?: number }
  | { readonly does: 'machine'; readonly afterS: number; readonly greeting: 'long' | 'short' }
  /** Answers and hangs up at once. */
  | { readonly does: 'hang-up-at-once'; readonly afterS: number }
  | { readonly does: 'fax'; readonly afterS: number }
  /** Answers and says nothing for 30 s. */
  | { readonly does: 'silent'; readonly afterS: number }
  /** Answers, says nothing, and presses 9 four seconds later. */
  | { readonly does: 'press-nine'; readonly afterS: number }
  /** Rings until the caller gives up. */
  | { readonly does: 'ring-for-ever' }
  /** 183 with an announcement until the caller gives up, never 180. */
  | { readonly does: 'announce-for-ever' }
  | { readonly does: NetworkRefusal; readonly afterS: number };

/**
 * The network refuses after ringing, with its SIP code: busy 486, declined 603, rejected 403, unknown 404,
 * congestion 503, changed 410, failure 500.
 */
export type NetworkRefusal = 'busy' | 'declined' | 'rejected' | 'unknown' | 'congestion' | 'changed' | 'failure';

export interface TestPhone {
  /** Calls `code`; resolves when the call has been sent. */
  dial(code: string): Promise<void>;
  /** Presses keys in the call that is up. */
  press(keys: string): Promise<void>;
  /** Ends its call, or declines one that rings. */
  hangUp(): Promise<void>;
  /** Unregisters and goes away in an orderly manner. */
  leave(): Promise<void>;
  /** Its process dies: no word to anybody, calls stay up at the other end. */
  vanish(): Promise<void>;
}
