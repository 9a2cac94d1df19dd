// The far end of a call that the exchange has placed: carries a call plan out, step by step.
// Whoever answers hangs up by plan, out of impatience, or because the caller does.

import type { Clock } from '../base/clock.ts';
import type { AnsweredOutcome, CallPlan, Hearing } from './call-plan.ts';
import { greetingMs, hear } from './call-plan.ts';
import type { FarEnd, Leg, Switchboard } from './switchboard.ts';

const NORMAL_END = 16;
const BETWEEN_KEYS_MS = 200;
/** An answer and a hang-up that follow each other as fast as an exchange can send them. */
const AT_ONCE_MS = 30;
/** Silence that counts as the end of a greeting and its beep. */
const SILENCE_MS = 1500;

/** What the exchange does when the call is answered. */
export type OnAnswered = (leg: Leg) => void;

/** What the exchange does when the called party presses a key. */
export type OnKey = (leg: Leg, key: string) => void;

export class CalledParty implements FarEnd {
  /** When the called party was first in a bridge with somebody else. */
  companyAt: number | undefined;
  /** The called party ended the call itself. */
  hungUp = false;
  readonly #clock: Clock;
  readonly #switchboard: Switchboard;
  readonly #plan: CallPlan;
  readonly #onAnswered: OnAnswered;
  readonly #onKey: OnKey;
  readonly #callOffs: (() => void)[] = [];
  #leg: Leg | undefined;
  #isAlone = true;
  #isGivenUp = false;

  constructor(parts: {
    readonly clock: Clock;
    readonly switchboard: Switchboard;
    readonly plan: CallPlan;
    readonly onAnswered: OnAnswered;
    readonly onKey: OnKey;
  }) {
    this.#clock = parts.clock;
    this.#switchboard = parts.switchboard;
    this.#plan = parts.plan;
    this.#onAnswered = parts.onAnswered;
    this.#onKey = parts.onKey;
  }

  /** The INVITE reaches the network. */
  invited(leg: Leg): void {
    this.#leg = leg;
    const plan = this.#plan;
    this.#after(plan.setUpMs, () => {
      if (plan.before === 'ringing') this.#switchboard.ring(leg);
      if (plan.before === 'early-media') this.#switchboard.earlyMedia(leg);
      if (plan.outcome.type !== 'no-answer') this.#after(plan.afterMs, () => this.#decide(leg));
    });
  }

  company(others: number): void {
    this.#isAlone = others === 0;
    if (others > 0) this.companyAt ??= this.#clock.now();
  }

  ended(): void {
    for (const callOff of this.#callOffs) callOff();
  }

  /** The exchange gives the call up; true when somebody picks up all the same, and the leg ends with that. */
  givenUp(leg: Leg): boolean {
    const { pickedUpAfterCancelMs: lateMs } = this.#plan;
    if (lateMs === undefined || leg.answeredAt !== undefined || this.#isGivenUp) return this.#isGivenUp;
    this.#isGivenUp = true;
    leg.isGivenUp = true;
    this.ended();
    this.#after(lateMs, () => {
      this.#switchboard.send({ type: 'leg-answered', leg: leg.id });
      this.#switchboard.end(leg, { cause: NORMAL_END, sipCode: 200, byFarEnd: false });
    });
    return true;
  }

  /** What a detector hears on this leg; undefined before the answer. */
  hearing(): Hearing | undefined {
    const { outcome } = this.#plan;
    if (this.#leg?.answeredAt === undefined || !isAnswered(outcome)) return undefined;
    return hear(outcome);
  }

  /** How long from now until whoever answered has been silent for long enough to be left a message; undefined: never. */
  silentAfterMs(): number | undefined {
    const { outcome } = this.#plan;
    const answeredAt = this.#leg?.answeredAt;
    if (answeredAt === undefined || !isAnswered(outcome)) return undefined;
    const saysMs = greetingMs(outcome);
    return saysMs === undefined ? undefined : Math.max(0, answeredAt + saysMs - this.#clock.now()) + SILENCE_MS;
  }

  #decide(leg: Leg): void {
    const { outcome } = this.#plan;
    if (outcome.type === 'no-answer') return;
    if (outcome.type === 'refused') {
      this.hungUp = true;
      this.#switchboard.end(leg, { cause: outcome.cause, sipCode: outcome.sipCode, byFarEnd: true });
      return;
    }
    this.#switchboard.answer(leg);
    if (outcome.type === 'mute') return this.#switchboard.end(leg, { cause: 58, sipCode: 488, byFarEnd: false });
    this.#onAnswered(leg);
    const staysMs = stayMs(outcome);
    if (staysMs !== undefined) this.#hangUpAfter(leg, staysMs);
    if (outcome.type === 'person') this.#act(leg, outcome);
  }

  #act(leg: Leg, { patienceMs, presses }: Extract<AnsweredOutcome, { type: 'person' }>): void {
    if (patienceMs !== undefined) this.#grumble(leg, patienceMs);
    if (presses === undefined) return;
    Array.from(presses.key).forEach((key, place) => {
      this.#after(presses.afterMs + place * BETWEEN_KEYS_MS, () => this.#onKey(leg, key));
    });
  }

  #grumble(leg: Leg, patienceMs: number): void {
    this.#after(patienceMs, () => {
      if (this.#isAlone) this.#hangUpAfter(leg, 0);
    });
  }

  #hangUpAfter(leg: Leg, afterMs: number): void {
    this.#after(afterMs, () => {
      this.hungUp = true;
      this.#switchboard.end(leg, { cause: NORMAL_END, byFarEnd: true });
    });
  }

  #after(delayMs: number, wake: () => void): void {
    this.#callOffs.push(this.#clock.after(delayMs, wake));
  }
}

function isAnswered(outcome: CallPlan['outcome']): outcome is AnsweredOutcome {
  return outcome.type !== 'no-answer' && outcome.type !== 'refused' && outcome.type !== 'mute';
}

/** From the answer to the far end's hang-up; undefined: never. */
function stayMs(outcome: AnsweredOutcome): number | undefined {
  switch (outcome.type) {
    case 'person':
      return outcome.talksMs;
    case 'machine':
      return outcome.recordsMs;
    case 'fax':
    case 'silent':
      return outcome.staysMs;
    case 'hangs-up-at-once':
      return AT_ONCE_MS;
  }
}
