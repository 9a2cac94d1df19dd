// The control link between the simulated exchange and whoever commands it: what it delays, doubles, refuses and loses.
// Events of one leg keep their order; those of different legs need not when trouble is wanted.

import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { TelephonyEvent } from '../engine/ports.ts';
import { TelephonyRefusal } from '../engine/ports.ts';

/** Shares are 0–1 of all events or commands; everything absent is no trouble. */
export interface Trouble {
  /** Events delivered a second time, up to `lateMs` after the first. */
  readonly doubled?: number;
  /** Events delivered up to `lateMs` late; they overtake those of other legs. */
  readonly late?: number;
  readonly lateMs?: number;
  /** Commands refused without being carried out. */
  readonly refused?: number;
  /** Commands carried out whose answer never comes: they reject as `timeout` after 10 s. */
  readonly unanswered?: number;
}

const ANSWER_LIMIT_MS = 10_000;
/** An event that comes later than this comes with its age. */
const AT_ONCE_MS = 250;

export class ControlLink {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #oneWayMs: number;
  readonly #lastDeliveryAt = new Map<string, number>();
  #trouble: Trouble;
  #listener: ((event: TelephonyEvent) => void) | undefined;
  #isUp = true;
  /** Counts outages: what was under way when the link broke never arrives. */
  #outages = 0;

  constructor(parts: {
    readonly clock: Clock;
    readonly random: Random;
    readonly oneWayMs: number;
    readonly trouble: Trouble;
  }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#oneWayMs = parts.oneWayMs;
    this.#trouble = parts.trouble;
  }

  /** Whether somebody commands the exchange now: started, and the link is up. */
  get isCommanded(): boolean {
    return this.#isUp && this.#listener !== undefined;
  }

  listen(listener: ((event: TelephonyEvent) => void) | undefined): void {
    this.#outages += 1;
    this.#listener = listener;
  }

  setTrouble(trouble: Trouble): void {
    this.#trouble = trouble;
  }

  cut(reason: string): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#outages += 1;
    this.#listener?.({ type: 'link', at: this.#clock.now(), up: false, restarted: false, reason });
  }

  restore(restarted: boolean, reason: string): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#lastDeliveryAt.clear();
    this.#listener?.({ type: 'link', at: this.#clock.now(), up: true, restarted, reason });
  }

  /** Sends an event of `source` (a leg, a playback, an account); no one listening or no link: it is lost. */
  send(source: string, event: TelephonyEvent): void {
    if (!this.isCommanded) return;
    const now = this.#clock.now();
    const lateMs = this.#random.next() < (this.#trouble.late ?? 0) ? this.#delayMs() : 0;
    const at = Math.max(now + this.#oneWayMs + lateMs, this.#lastDeliveryAt.get(source) ?? 0);
    this.#lastDeliveryAt.set(source, at);
    this.#deliverAt(at, event);
    const mayDouble = event.type !== 'key-pressed'; // Asterisk doubles what two subscriptions see; keys it does not
    if (mayDouble && this.#random.next() < (this.#trouble.doubled ?? 0)) this.#deliverAt(at + this.#delayMs(), event);
    if (event.type === 'leg-ended' || event.type === 'playback-finished') this.#lastDeliveryAt.delete(source);
  }

  /** Carries a command over: `carryOut` runs at the exchange, its refusal or answer comes back. */
  command<T>(carryOut: () => T): Promise<T> {
    if (!this.isCommanded) return Promise.reject(new TelephonyRefusal('link-down', 'no link to the exchange'));
    const fate = this.#random.next();
    const refused = this.#trouble.refused ?? 0;
    const isRefused = fate < refused;
    const isUnanswered = !isRefused && fate < refused + (this.#trouble.unanswered ?? 0);
    const outages = this.#outages;
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      const answer = (settle: () => void): void => {
        this.#clock.after(isUnanswered ? ANSWER_LIMIT_MS : this.#oneWayMs, () => {
          if (isUnanswered) fail(new TelephonyRefusal('timeout', 'the exchange did not answer'));
          else if (outages === this.#outages) settle();
          else fail(new TelephonyRefusal('link-down', 'the link to the exchange broke'));
        });
      };
      this.#clock.after(this.#oneWayMs, () => {
        if (outages !== this.#outages) {
          fail(new TelephonyRefusal('link-down', 'the link to the exchange broke'));
          return;
        }
        if (isRefused) {
          answer(() => fail(new TelephonyRefusal('refused', 'the exchange is in trouble')));
          return;
        }
        try {
          const result = carryOut();
          answer(() => resolve(result));
        } catch (error) {
          answer(() => fail(error));
        }
      });
    });
  }

  #delayMs(): number {
    return 1 + this.#random.integer(Math.max(1, this.#trouble.lateMs ?? 50));
  }

  #deliverAt(at: number, event: TelephonyEvent): void {
    const outages = this.#outages;
    this.#clock.after(at - this.#clock.now(), () => {
      if (outages !== this.#outages) return;
      const ageMs = this.#clock.now() - event.at;
      this.#listener?.(ageMs < AT_ONCE_MS ? event : { ...event, ageMs });
    });
  }
}
