// An agent's SIP phone in the simulator: registers, dials the sign-in code, presses keys, answers when rung.
// Its user (a test or a robot) sees what a real one would: ringing, sounds, a conversation, the end.

import type { Clock } from '../base/clock.ts';
import type { LegId } from '../terms.ts';
import type { FarEnd, Leg, Switchboard } from './switchboard.ts';

const BETWEEN_KEYS_MS = 120;
/** How long the exchange takes to notice that a phone has vanished, and a leg without sound stays up. */
const NOTICED_MS = 3_500;
const SILENCE_LIMIT_MS = 15_000;

/** What the user of a phone notices. */
export type PhoneNotice =
  | { readonly type: 'ringing' | 'in-call' | 'ended' }
  | { readonly type: 'heard'; readonly sound: string }
  /** In a bridge with so many others; 0: alone again. */
  | { readonly type: 'company'; readonly others: number };

/** What a phone needs of the exchange it is registered with. */
export interface PhoneExchange {
  readonly clock: Clock;
  readonly switchboard: Switchboard;
  registered(isRegistered: boolean): void;
  /** A call from the phone to a code; the leg as the exchange sees it. */
  dialed(phone: SimulatedPhone, code: string): Leg;
  /** The phone picked up a call of the exchange. */
  pickedUp(leg: Leg): void;
}

export interface PhoneOptions {
  readonly answers: 'at-once' | 'never';
  readonly answerDelayMs?: number;
  /** What the phone registers with; default the account's own. */
  readonly password?: string;
}

export class SimulatedPhone implements FarEnd {
  readonly account: string;
  readonly #exchange: PhoneExchange;
  readonly #options: PhoneOptions;
  readonly #watchers: ((notice: PhoneNotice) => void)[] = [];
  #isRegistered = false;
  #isLost = false;
  #leg: Leg | undefined;

  constructor(account: string, exchange: PhoneExchange, options: PhoneOptions) {
    this.account = account;
    this.#exchange = exchange;
    this.#options = options;
  }

  get isRegistered(): boolean {
    return this.#isRegistered;
  }

  get isInCall(): boolean {
    return this.#leg?.state === 'up';
  }

  /** The leg of the call the phone is in or rings for. */
  get leg(): LegId | undefined {
    return this.#leg?.id;
  }

  /** Calls `watcher` for everything the phone's user would notice. */
  watch(watcher: (notice: PhoneNotice) => void): void {
    this.#watchers.push(watcher);
  }

  /** Registers; also again after it was lost. */
  register(): void {
    this.#isLost = false;
    this.#setRegistered(true);
  }

  /** Goes away in an orderly manner: hangs up and unregisters. */
  leave(): void {
    this.hangUp();
    this.#setRegistered(false);
  }

  /** Loses its network: the exchange notices after a while, reports it, and ends the leg if no one else does. */
  lost(): void {
    this.#isLost = true;
    const leg = this.#leg;
    const { clock, switchboard } = this.#exchange;
    clock.after(SILENCE_LIMIT_MS, () => {
      if (leg && this.#isLost) switchboard.end(leg, { cause: 44, byFarEnd: false });
    });
    clock.after(NOTICED_MS, () => {
      if (!this.#isLost) return;
      this.#setRegistered(false);
      if (leg?.state === 'up') switchboard.send({ type: 'leg-lost', leg: leg.id });
    });
  }

  /** Calls a code; nothing happens when the phone is in a call or has no network. */
  dial(code: string): void {
    if (this.#leg || this.#isLost || !this.#isRegistered) return;
    this.#leg = this.#exchange.dialed(this, code);
  }

  /** Presses keys one after the other, as fast as a hand does. */
  press(keys: string): void {
    const leg = this.#leg;
    if (!leg) return;
    const { clock, switchboard } = this.#exchange;
    keys.split('').forEach((key, place) => {
      clock.after(place * BETWEEN_KEYS_MS, () => {
        if (leg.state !== 'up' || this.#isLost) return;
        switchboard.send({ type: 'key-pressed', leg: leg.id, key });
      });
    });
  }

  /** Ends its call, or declines the one that rings. */
  hangUp(): void {
    const leg = this.#leg;
    if (!leg || this.#isLost) return;
    const isDeclined = leg.kind === 'agent' && leg.state === 'ringing';
    const end = isDeclined ? { cause: 21, sipCode: 603, byFarEnd: true } : { cause: 16, byFarEnd: true };
    this.#exchange.switchboard.end(leg, end);
  }

  /** The exchange rings the phone for `leg`; a phone in a call is busy, a lost one says nothing. */
  rung(leg: Leg): void {
    const { clock, switchboard } = this.#exchange;
    if (this.#isLost) return;
    if (this.#leg) {
      switchboard.end(leg, { cause: 17, sipCode: 486, byFarEnd: true });
      return;
    }
    this.#leg = leg;
    leg.farEnd = this;
    switchboard.ring(leg);
    this.#notice({ type: 'ringing' });
    if (this.#options.answers === 'at-once') clock.after(this.#options.answerDelayMs ?? 20, () => this.pickUp());
  }

  /** Answers the call that rings. */
  pickUp(): void {
    const leg = this.#leg;
    if (leg?.kind !== 'agent' || leg.state !== 'ringing' || this.#isLost) return;
    this.#exchange.pickedUp(leg);
  }

  answered(): void {
    this.#notice({ type: 'in-call' });
  }

  company(others: number): void {
    this.#notice({ type: 'company', others });
  }

  heard(sound: string): void {
    if (!this.#isLost) this.#notice({ type: 'heard', sound });
  }

  ended(): void {
    this.#leg = undefined;
    this.#notice({ type: 'ended' });
  }

  #setRegistered(isRegistered: boolean): void {
    if (this.#isRegistered === isRegistered) return;
    this.#isRegistered = isRegistered;
    this.#exchange.registered(isRegistered);
  }

  #notice(notice: PhoneNotice): void {
    for (const watcher of this.#watchers) watcher(notice);
  }
}
