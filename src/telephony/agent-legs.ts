// The legs of agents' phones, as long as they are in our hands: whose phone each is, and why it is about to leave. Asterisk
// says why a leg ends with its hang-up request; what it says after it of a phone that dialed in, it says to others.

import type { TelephonyEvent } from '../engine/ports.ts';
import type { LegId } from '../terms.ts';
import { isObject } from './ari-events.ts';

/** Causes of Q.850: the far end or we ended the call; the phone is gone without a word. */
const NORMAL_CLEARING = 16;
const PHONE_GONE = 44;
/** Asterisk's own mark of a hang-up that somebody asked for: ARI, the console (AST_SOFTHANGUP_EXPLICIT). */
const ASKED_FOR = 32;

const OF_AGENTS: ReadonlySet<string> = new Set(['agent', 'sign-in', 'listening', 'browser']);

export class AgentLegs {
  readonly #accounts = new Map<LegId, string>();
  readonly #causes = new Map<LegId, number>();

  note(event: TelephonyEvent): void {
    if (event.type === 'leg-arrived' && OF_AGENTS.has(event.purpose)) {
      this.#accounts.set(event.leg, event.account ?? '');
    }
    if (event.type !== 'leg-ended') return;
    this.#accounts.delete(event.leg);
    this.#causes.delete(event.leg);
  }

  /** Takes up a leg that was there before us. */
  adopt(leg: LegId, account: string): void {
    this.#accounts.set(leg, account);
  }

  /** Another Asterisk, other legs. */
  clear(): void {
    this.#accounts.clear();
    this.#causes.clear();
  }

  has(leg: LegId): boolean {
    return this.#accounts.has(leg);
  }

  accountOf(leg: LegId): string | undefined {
    return this.#accounts.get(leg);
  }

  of(account: string): readonly LegId[] {
    return [...this.#accounts].filter(([, owner]) => owner === account).map(([leg]) => leg);
  }

  /** Takes in a hang-up request for one of these legs. */
  noteRequest(message: unknown): void {
    if (!isObject(message) || message.type !== 'ChannelHangupRequest' || !isObject(message.channel)) return;
    const { id } = message.channel;
    if (typeof id !== 'string' || !this.#accounts.has(id) || this.#causes.has(id)) return;
    this.#causes.set(id, requestedCause(message));
  }

  /** Why a leg leaves us; undefined: nothing was asked of it, it went elsewhere. */
  causeOf(leg: LegId): number | undefined {
    return this.#causes.get(leg);
  }
}

/** With `soft` Asterisk gives a mark of its own in the place of the cause: no sound for too long has one too. */
function requestedCause({ soft, cause }: Readonly<Record<string, unknown>>): number {
  const given = typeof cause === 'number' && cause > 0 ? cause : undefined;
  if (soft !== true) return given ?? NORMAL_CLEARING;
  return ((given ?? 0) & ASKED_FOR) === 0 ? PHONE_GONE : NORMAL_CLEARING;
}
