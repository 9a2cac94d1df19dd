// What the exchange's own dialplan does with an answered person: hands the leg over, listens for a machine,
// and sees to it that no person meets silence while no one commands the exchange.

import type { Clock } from '../base/clock.ts';
import type { AttemptId } from '../terms.ts';
import type { Hearing } from './call-plan.ts';
import type { Leg, Switchboard } from './switchboard.ts';
import type { ControlLink } from './wire.ts';

/** From the answer, or a verdict, through the dialplan until the leg is under control. */
const DIALPLAN_MS = 1;
const ABANDONED_CAUSE = 31;
/** How long the dialplan waits for a key behind the message. */
const KEY_WAIT_MS = 3000;
/** The message must be heard within the limit. */
const MESSAGE_START_MS = 50;

export class Dialplan {
  /** Attempts whose person pressed the do-not-call key in the safe harbour, and when. */
  readonly optOuts = new Map<AttemptId, number>();
  readonly #inSafeHarbour = new Set<Leg>();
  readonly #clock: Clock;
  readonly #link: ControlLink;
  readonly #switchboard: Switchboard;
  readonly #soundMs: (sound: string) => number;

  constructor(parts: {
    readonly clock: Clock;
    readonly link: ControlLink;
    readonly switchboard: Switchboard;
    readonly soundMs: (sound: string) => number;
  }) {
    this.#clock = parts.clock;
    this.#link = parts.link;
    this.#switchboard = parts.switchboard;
    this.#soundMs = parts.soundMs;
  }

  /** Hands an answered leg over, or plays the message to it when no agent is there to take it. */
  handOver(leg: Leg): void {
    this.#clock.after(DIALPLAN_MS, () => {
      if (leg.state !== 'up') return;
      if (!this.#link.isCommanded) return this.#playSafeHarbour(leg);
      this.#switchboard.arrive(leg);
      this.#limit(leg);
    });
  }

  /** A person of whom nothing is made in time is taken back, however alive whoever commands the exchange may be. */
  #limit(leg: Leg): void {
    if (leg.kind !== 'customer' || leg.answerLimitMs === Infinity) return;
    leg.isRelieved = false;
    this.#clock.after(Math.max(100, leg.answerLimitMs - MESSAGE_START_MS), () => {
      if (leg.state !== 'up' || !leg.isOurs || leg.isRelieved) return;
      this.#playSafeHarbour(leg);
    });
  }

  /** Takes the leg out of control, listens, says the verdict and hands the leg over again. */
  detectBeforeAgent(leg: Leg, hearing: Hearing): void {
    this.#switchboard.part(leg);
    leg.isOurs = false;
    this.#clock.after(hearing.afterMs, () => {
      if (leg.state !== 'up') return;
      this.#say(leg, hearing);
      this.handOver(leg);
    });
  }

  /** Listens beside whatever the leg is doing, and says the verdict. */
  detectInParallel(leg: Leg, hearing: Hearing): void {
    this.#clock.after(hearing.afterMs, () => {
      if (leg.state === 'up') this.#say(leg, hearing);
    });
  }

  /** Takes the leg out of control until it is silent, or for `withinMs`, says so and hands the leg over again. */
  awaitBeep(leg: Leg, silentAfterMs: number | undefined, withinMs: number): void {
    this.#switchboard.part(leg);
    leg.isOurs = false;
    const heard = silentAfterMs !== undefined && silentAfterMs <= withinMs;
    this.#clock.after(heard ? silentAfterMs : withinMs, () => {
      if (leg.state !== 'up') return;
      this.#switchboard.send({ type: 'beep', leg: leg.id, heard });
      this.handOver(leg);
    });
  }

  #say(leg: Leg, { verdict, cause }: Hearing): void {
    this.#switchboard.send({ type: 'verdict', leg: leg.id, verdict, cause });
  }

  /** Reported to whoever commands the exchange; in the safe harbour the opt-out is taken down here. */
  keyPressed(leg: Leg, key: string): void {
    this.#switchboard.send({ type: 'key-pressed', leg: leg.id, key });
    if (!this.#inSafeHarbour.has(leg) || key !== leg.doNotCall?.key) return;
    this.optOuts.set(leg.attempt, this.#clock.now());
    this.#inSafeHarbour.delete(leg);
    this.#switchboard.hear(leg, leg.doNotCall.sound);
    this.#clock.after(this.#soundMs(leg.doNotCall.sound), () => this.#endAbandoned(leg));
  }

  #playSafeHarbour(leg: Leg): void {
    this.#switchboard.part(leg);
    leg.isOurs = false;
    leg.isInAbandonMessage = true;
    this.#inSafeHarbour.add(leg);
    this.#switchboard.send({ type: 'leg-abandon-message', leg: leg.id });
    this.#switchboard.hear(leg, leg.abandonSound);
    this.#clock.after(this.#soundMs(leg.abandonSound) + (leg.doNotCall === undefined ? 0 : KEY_WAIT_MS), () => {
      if (this.#inSafeHarbour.delete(leg)) this.#endAbandoned(leg);
    });
  }

  #endAbandoned(leg: Leg): void {
    this.#switchboard.end(leg, { cause: ABANDONED_CAUSE, byFarEnd: false });
  }
}
