// What the far end said last of a leg that had not been answered. Asterisk lets go of such a leg as soon as it has sent the
// CANCEL; what comes of it then (RFC 3261, 9.1; RFC 5407, 3.1.2: a pick-up may cross it) is seen in the mirrored SIP
// alone. So the end of a leg is held back until the network has agreed to it, or has had the time for that.

import { defined } from '../base/defined.ts';
import type { LegId } from '../terms.ts';
import type { SnapshotLeg, TelephonyEvent, TelephonySnapshot } from '../engine/ports.ts';
import type { HeldLeg } from './held-legs.ts';
import type { FinalAnswer, SipAnswers } from './sip-answers.ts';

type LegEnded = Extract<TelephonyEvent, { type: 'leg-ended' }>;

/** A leg as ARI shows it with each of its events. */
export interface SipLeg {
  readonly callId: string;
  readonly isUp: boolean;
}

/** Asterisk forgets an INVITE that was cancelled and not answered after 32 s (64·T1). */
const CANCELLED_MS = 33_000;
/** The network has spoken: its message is on its way to us beside the event. */
const MIRRORED_MS = 150;
/** Most networks agree to a CANCEL at once; what takes longer is kept for a daemon that may have to take over. */
const KEEP_AFTER_MS = 300;
/** What Asterisk itself ends a call with whose two sides have no codec in common. */
const NOT_ACCEPTABLE_HERE = 488;
const OK = 200;

interface Held {
  readonly event: LegEnded;
  readonly timer: NodeJS.Timeout;
  readonly keeper?: NodeJS.Timeout;
  isKept: boolean;
}

interface LastWordsDoes {
  readonly emit: (event: TelephonyEvent) => void;
  readonly hangUp: (leg: LegId) => void;
  /** Sees to it that another daemon can take up the leg. */
  readonly keep?: (leg: HeldLeg) => void;
  readonly forget?: (leg: LegId) => void;
}

export class LastWords {
  readonly #answers: SipAnswers;
  readonly #does: LastWordsDoes;
  readonly #placed = new Set<LegId>();
  readonly #held = new Map<string, Held>();
  /** Legs of another daemon that have spoken before it was asked what lives here: reported once that is answered. */
  #early: (() => void)[] | undefined;
  /** Picked up, and what was agreed on is not known yet. */
  readonly #pickedUp = new Map<string, LegId>();

  constructor(answers: SipAnswers, does: LastWordsDoes) {
    this.#answers = answers;
    this.#does = does;
  }

  /** Legs that another daemon has given up: their far ends may speak yet. `now` is epoch ms. */
  takeUp(legs: readonly HeldLeg[], now: number): void {
    this.#early = [];
    for (const { leg, callId, cseq, cause, at } of legs) {
      const leftMs = CANCELLED_MS - (now - at);
      if (leftMs <= 0 || this.#held.has(callId)) {
        this.#does.forget?.(leg);
        continue;
      }
      this.#placed.add(leg);
      this.#answers.expect(callId, cseq);
      const event = { type: 'leg-ended', at, leg, cause } as const;
      const timer = setTimeout(() => this.#release(callId, event, undefined), Math.min(leftMs, CANCELLED_MS)).unref();
      this.#held.set(callId, { event, timer, isKept: true });
    }
  }

  /** A call into the network begins on this leg. Agents' phones are none: their legs are reported as they come. */
  placed(leg: LegId): void {
    this.#placed.add(leg);
  }

  /** With the legs that Asterisk has let go of and whose far end has not spoken yet: they are not over. `leg`: it alone. */
  withHeld(snapshot: TelephonySnapshot, leg?: LegId): TelephonySnapshot {
    const held = [...this.#held.values()].filter(({ event }) => leg === undefined || event.leg === leg);
    const early = leg === undefined ? this.#early : undefined;
    if (early) {
      this.#early = undefined;
      setImmediate(() => early.forEach((emit) => emit()));
    }
    const legs = held.map(({ event }): SnapshotLeg => {
      return { leg: event.leg, createdAt: event.at, state: 'down', ours: false, givenUp: true };
    });
    return { ...snapshot, legs: [...snapshot.legs, ...legs] };
  }

  /** Every event passes through here; ends of unanswered legs may wait. */
  pass(event: TelephonyEvent, sip: SipLeg | undefined): void {
    const isFollowed = 'leg' in event && this.#placed.has(event.leg) && sip && this.#answers.knows(sip.callId);
    if (event.type === 'leg-ended') {
      if (isFollowed) return this.#ended(event, sip);
      this.#placed.delete(event.leg);
    }
    this.#does.emit(event);
    if (isFollowed && event.type === 'leg-answered') this.#pickUp(event.leg, sip.callId);
  }

  /** The far end has answered the INVITE of this call for good. */
  answered(callId: string): void {
    const final = this.#answers.finalOf(callId);
    const leg = this.#pickedUp.get(callId);
    this.#pickedUp.delete(callId);
    if (leg !== undefined && final?.isMute === true) this.#does.hangUp(leg);
    const held = this.#held.get(callId);
    if (!held || !final) return;
    const release = (): void => this.#release(callId, held.event, final);
    if (this.#early && held.isKept) this.#early.push(release);
    else release();
  }

  /** Nothing is reported any more: another Asterisk, or none of ours. */
  clear(): void {
    for (const { timer, keeper } of this.#held.values()) {
      clearTimeout(timer);
      clearTimeout(keeper);
    }
    this.#held.clear();
    this.#placed.clear();
    this.#pickedUp.clear();
    this.#answers.clear();
  }

  /** Asterisk leaves up a call whose answer has no codec of ours: it is ended as it ends the others without sound. */
  #pickUp(leg: LegId, callId: string): void {
    const final = this.#answers.finalOf(callId);
    if (final === undefined) this.#pickedUp.set(callId, leg);
    else if (final.isMute) this.#does.hangUp(leg);
  }

  #ended(event: LegEnded, { callId, isUp }: SipLeg): void {
    if (this.#held.has(callId)) return;
    const final = this.#answers.finalOf(callId);
    if (final !== undefined || isUp) return this.#release(callId, event, final, isUp);
    const wait = event.sipCode === undefined ? CANCELLED_MS : MIRRORED_MS;
    const timer = setTimeout(() => this.#release(callId, event, undefined), wait);
    const isCancelled = event.sipCode === undefined;
    const keeper = isCancelled ? setTimeout(() => this.#keep(callId), KEEP_AFTER_MS).unref() : undefined;
    this.#held.set(callId, { event, timer: timer.unref(), ...defined({ keeper }), isKept: false });
  }

  #keep(callId: string): void {
    const held = this.#held.get(callId);
    const cseq = this.#answers.cseqOf(callId);
    if (!held || cseq === undefined) return;
    held.isKept = true;
    const { leg, cause } = held.event;
    this.#does.keep?.({ leg, callId, cseq, cause, at: Date.now() - KEEP_AFTER_MS });
  }

  #release(callId: string, event: LegEnded, final: FinalAnswer | undefined, isUp = false): void {
    const held = this.#held.get(callId);
    clearTimeout(held?.timer);
    clearTimeout(held?.keeper);
    if (held?.isKept === true) this.#does.forget?.(event.leg);
    this.#held.delete(callId);
    this.#pickedUp.delete(callId);
    this.#answers.forget(callId);
    this.#placed.delete(event.leg);
    if (final === undefined) return this.#does.emit(event);
    const { code, at, isMute, retryAfterMs } = final;
    const last = { ...event, at: Math.max(event.at, at) };
    if (code >= OK && code < 300) {
      if (!isUp) this.#does.emit({ type: 'leg-answered', at, leg: event.leg });
      const sipCode = event.sipCode ?? (isMute ? NOT_ACCEPTABLE_HERE : isUp ? undefined : OK);
      return this.#does.emit({ ...last, ...defined({ sipCode }) });
    }
    // A redirect may end the leg in Asterisk before the leg has its code.
    const sipCode = event.sipCode ?? (code < 400 ? code : undefined);
    this.#does.emit({ ...last, ...defined({ sipCode, retryAfterMs }) });
  }
}
