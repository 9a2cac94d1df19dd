// A person who calls one of our numbers: rings until somebody answers, hears what is played, talks when an agent comes,
// presses a key, loses patience.

import type { Clock } from '../base/clock.ts';
import type { FarEnd, Leg, Switchboard } from './switchboard.ts';

const NORMAL_END = 16;

export interface CallingPlan {
  readonly caller: string;
  readonly called: string;
  /** Hangs up after this without an agent; absent: never. */
  readonly patienceMs?: number;
  /** Hangs up so long after an agent came; absent: never. */
  readonly talksMs?: number;
  /** Pressed when the sound is heard. */
  readonly presses?: { readonly key: string; readonly at: string };
}

export class CallingParty implements FarEnd {
  readonly #clock: Clock;
  readonly #switchboard: Switchboard;
  readonly #plan: CallingPlan;
  readonly #leg: Leg;
  readonly #callOffs: (() => void)[] = [];
  /** When an agent was first there. */
  companyAt: number | undefined;

  constructor(parts: {
    readonly clock: Clock;
    readonly switchboard: Switchboard;
    readonly plan: CallingPlan;
    readonly id: string;
  }) {
    const { clock, switchboard, plan, id } = parts;
    this.#clock = clock;
    this.#switchboard = switchboard;
    this.#plan = plan;
    this.#leg = switchboard.open({ id, kind: 'inbound', to: plan.called, caller: plan.caller, farEnd: this });
    this.#leg.state = 'ringing';
    if (plan.patienceMs !== undefined) this.#after(plan.patienceMs, () => this.#loseHeart());
  }

  get leg(): Leg {
    return this.#leg;
  }

  hangUp(): void {
    this.#switchboard.end(this.#leg, { cause: NORMAL_END, byFarEnd: true });
  }

  company(others: number): void {
    if (others === 0 || this.companyAt !== undefined) return;
    this.companyAt = this.#clock.now();
    if (this.#plan.talksMs !== undefined) this.#after(this.#plan.talksMs, () => this.hangUp());
  }

  heard(sound: string): void {
    const { presses } = this.#plan;
    if (presses?.at !== sound) return;
    this.#after(100, () => this.#switchboard.send({ type: 'key-pressed', leg: this.#leg.id, key: presses.key }));
  }

  ended(): void {
    for (const callOff of this.#callOffs) callOff();
  }

  #loseHeart(): void {
    if (this.companyAt === undefined) this.hangUp();
  }

  #after(delayMs: number, wake: () => void): void {
    this.#callOffs.push(
      this.#clock.after(delayMs, () => {
        if (this.#leg.state !== 'ended') wake();
      }),
    );
  }
}
