// Turns events into the state that decisions rest on: agents, calls, the window, the rate of dialing.
// Reports to a listener what was learned from each event; decides nothing.

import { AgentBook, type AgentChange } from './agent-book.ts';
import { CallBook, type PacedCall } from './call-book.ts';
import type { PacerOptions, PacingEvent } from './contract.ts';
import { DialRate } from './dial-rate.ts';
import { AnswerWindow } from './answer-window.ts';

/** What can be learned from events. */
export interface Listener {
  agentChanged(change: AgentChange, at: number): void;
  dialed(at: number): void;
  /** The call needs an agent now: a person answered, or it went to an agent before the verdict. */
  demanded(call: PacedCall, at: number): void;
  /** The call ended without ever needing an agent. */
  missed(call: PacedCall, at: number): void;
  /** We hung up while it rang: what would have come of it stays unknown. */
  cancelled(call: PacedCall, at: number): void;
  liveAnswer(at: number): void;
  abandoned(at: number): void;
  /** What earlier days say of the answer rate from now on. */
  expected?(answerRate: number, dials: number): void;
}

/** A step backwards longer than this is a clock set back, not a late event. */
const CLOCK_SET_BACK_MS = 60_000;

/** No one rings, waits or is listened to by a detector for longer than the ring time and this. */
const UNREPORTED_END_MS = 120_000;

/** How often calls without an end are looked for. */
const EXPIRE_EVERY_MS = 5000;

const LONGEST_CALL_MS = 12 * 3_600_000;

/** The pacer's view of the world, kept from events in whatever order they come. */
export class Tracker {
  readonly agents = new AgentBook();
  readonly calls = new CallBook();
  readonly window: AnswerWindow;
  readonly dialRate: DialRate;
  readonly #listener: Listener;
  readonly #longestRingMs: number;
  #now = Number.NEGATIVE_INFINITY;
  #offsetMs = 0;
  #expireAt = Number.NEGATIVE_INFINITY;

  constructor(options: PacerOptions, listener: Listener) {
    this.window = new AnswerWindow(options.abandonTarget);
    this.dialRate = new DialRate(options.maxCallsPerSecond);
    this.#longestRingMs = options.ringTimeoutMs + UNREPORTED_END_MS;
    this.#listener = listener;
  }

  /**
   * The pacer's own time for an instant of the caller's clock; it never runs backwards. An event that is late
   * counts as happening now; a clock set back by more than a minute goes on from where it stood.
   */
  advance(at: number): number {
    if (at + this.#offsetMs < this.#now - CLOCK_SET_BACK_MS) this.#offsetMs = this.#now - at;
    this.#now = Math.max(this.#now, at + this.#offsetMs);
    return this.#now;
  }

  /** An instant of the caller's clock in the pacer's own time. */
  toOwn(at: number): number {
    return at + this.#offsetMs;
  }

  /** An instant of the pacer's own time on the caller's clock. */
  toCaller(at: number): number {
    return at - this.#offsetMs;
  }

  /** Forgets calls whose end was never reported, so that they do not hold lines for ever. */
  expire(now: number): void {
    if (now < this.#expireAt) return;
    this.#expireAt = now + EXPIRE_EVERY_MS;
    for (const call of this.calls.values()) {
      const limitMs = call.stage === 'over' ? LONGEST_CALL_MS : this.#longestRingMs;
      if (now - call.dialedAt > limitMs) this.calls.remove(call);
    }
  }

  observe(event: PacingEvent): void {
    if (!Number.isFinite(event.at)) return;
    const at = this.advance(event.at);
    switch (event.type) {
      case 'agent': {
        const change = this.agents.set(event.agent, event.state, at);
        if (change !== undefined) this.#listener.agentChanged(change, at);
        return;
      }
      case 'dialed': {
        this.#dialed(event.call, at);
        return;
      }
      case 'window': {
        this.window.correct(event);
        return;
      }
      case 'agent-until': {
        this.agents.plan(event.agent, event.until === null ? undefined : this.toOwn(event.until));
        return;
      }
      case 'expect': {
        this.#listener.expected?.(event.answerRate, event.dials);
        return;
      }
      default: {
        const call = this.calls.get(event.call);
        if (call !== undefined) this.#callEvent(call, event, at);
      }
    }
  }

  #dialed(id: string, at: number): void {
    if (!this.calls.dial(id, at)) return;
    this.dialRate.dialed(at);
    this.window.dialed();
    this.#listener.dialed(at);
  }

  #callEvent(call: PacedCall, event: Extract<PacingEvent, { call: string }>, at: number): void {
    switch (event.type) {
      case 'dialed':
        return;
      case 'ringing':
        call.ringingAt ??= at;
        return;
      case 'answered':
        if (call.stage === 'placed') this.#pickUp(call, at);
        return;
      case 'live': {
        this.#live(call, at);
        return;
      }
      case 'machine': {
        this.#machine(call, at);
        return;
      }
      case 'connected': {
        this.#connected(call, event.agent, at);
        return;
      }
      case 'abandoned': {
        this.#abandon(call, at);
        return;
      }
      case 'ended': {
        this.#ended(call, event.result, at);
        return;
      }
    }
  }

  #pickUp(call: PacedCall, at: number): void {
    call.answeredAt = at;
    this.calls.move(call, 'picked-up');
  }

  #live(call: PacedCall, at: number): void {
    if (call.verdict !== 'unknown') return;
    if (call.stage !== 'over') {
      this.#listener.demanded(call, at);
      this.calls.move(call, 'live');
    }
    this.#countLive(call, at);
  }

  #machine(call: PacedCall, at: number): void {
    if (call.verdict !== 'unknown') return;
    call.verdict = 'machine';
    if (call.stage === 'over') return;
    this.#listener.missed(call, at);
    this.calls.move(call, 'over');
  }

  #connected(call: PacedCall, agent: string, at: number): void {
    if (call.stage === 'placed' || call.stage === 'picked-up') this.#listener.demanded(call, at);
    if (call.stage !== 'over') this.calls.move(call, 'over');
    call.connected = true;
    const change = this.agents.connect(agent, at);
    if (change !== undefined) this.#listener.agentChanged(change, at);
  }

  #abandon(call: PacedCall, at: number): void {
    if (call.abandoned || call.connected) return;
    call.abandoned = true;
    if (call.stage === 'placed' || call.stage === 'picked-up') this.#listener.demanded(call, at);
    if (call.stage !== 'over') this.calls.move(call, 'over');
    this.window.abandoned += 1;
    this.#listener.abandoned(at);
    if (call.verdict === 'unknown') this.#countLive(call, at);
  }

  #ended(call: PacedCall, result: string, at: number): void {
    if (result === 'abandoned') this.#abandon(call, at);
    else if (result === 'connected' && call.verdict === 'unknown') this.#live(call, at);
    else if (call.stage === 'placed' || call.stage === 'picked-up') {
      // A trunk that refuses says nothing about people: not learned, so that p stays right when it recovers.
      if (result === 'cancelled') this.#listener.cancelled(call, at);
      else if (result !== 'congestion' && result !== 'failed') this.#listener.missed(call, at);
    }
    this.calls.remove(call);
  }

  #countLive(call: PacedCall, at: number): void {
    call.verdict = 'live';
    this.window.liveAnswers += 1;
    this.#listener.liveAnswer(at);
  }
}
