// Legs and bridges of the simulated exchange, and the events that each change of theirs sends, in Asterisk's order.
// Knows nothing of commands, phones or called persons: they act on it and hear of what happens to their leg.

import { defined } from '../base/defined.ts';
import type { Clock } from '../base/clock.ts';
import type { SnapshotLeg, TelephonyEvent, TelephonySnapshot } from '../engine/ports.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { AttemptId, BridgeId, LegId } from '../terms.ts';
import type { ControlLink } from './wire.ts';

/** Sounds that a leg was given to hear, directly or through its bridge. */
export interface Heard {
  readonly sound: string;
  readonly at: number;
}

/** Who is at the far end of a leg; hears what the exchange does to it. */
export interface FarEnd {
  answered?(): void;
  /** In one bridge with so many others now; 0: alone. */
  company?(others: number): void;
  heard?(sound: string): void;
  ended?(): void;
}

export interface Leg {
  readonly id: LegId;
  readonly kind: 'customer' | 'agent' | 'sign-in' | 'listening' | 'browser' | 'inbound' | 'third';
  readonly createdAt: number;
  /** Number or account. */
  readonly to: string;
  /** The attempt; of a call that came in what it was named when it was taken. */
  attempt: AttemptId;
  /** Who calls us. */
  readonly caller: string;
  /** What a person hears who is answered while no one commands the exchange. */
  readonly abandonSound: string;
  /** Under control for longer than this, from its arrival, without a bridge or the message: it is taken back. */
  readonly answerLimitMs: number;
  /** The dialplan plays the message to it. */
  isInAbandonMessage: boolean;
  /** Nothing is owed to it any more: it was in a bridge, or has heard the message. */
  isRelieved: boolean;
  isGivenUp?: true;
  /** What is said into its microphone is heard by no one. */
  isMuted: boolean;
  /** Keypad tones sent towards its far end. */
  sentKeys: string;
  /** Music plays on the leg itself. */
  hasMusic: boolean;
  /** The playback after which the call ends. */
  lastMessage?: string;
  /** The key for the do-not-call list in that message, and the sound that confirms it. */
  readonly doNotCall: { readonly key: string; readonly sound: string } | undefined;
  state: 'down' | 'ringing' | 'up' | 'ended';
  /** Under control, or in the dialplan's hands: before the answer, during detection, in the safe harbour. */
  isOurs: boolean;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  bridge: BridgeId | undefined;
  readonly heard: Heard[];
  farEnd: FarEnd;
}

/** How a leg came to its end. `byFarEnd` is announced before, with the network's code. */
export interface LegEnd {
  readonly cause: number;
  readonly sipCode?: number;
  readonly byFarEnd: boolean;
}

export type NewLeg = Pick<Leg, 'id' | 'kind' | 'to' | 'farEnd'> &
  Partial<Pick<Leg, 'attempt' | 'abandonSound' | 'doNotCall' | 'caller' | 'answerLimitMs'>>;

export class Switchboard {
  readonly legs = new Map<LegId, Leg>();
  readonly bridges = new Map<BridgeId, Set<LegId>>();
  /** Bridges in which music plays; to start what plays already changes nothing. */
  readonly music = new Set<BridgeId>();
  /** Ears by name, with the leg that each hangs on. */
  readonly ears = new Map<string, LegId>();
  readonly #clock: Clock;
  readonly #link: ControlLink;
  readonly #onEnded: (leg: Leg, end: LegEnd) => void;

  constructor(clock: Clock, link: ControlLink, onEnded: (leg: Leg, end: LegEnd) => void) {
    this.#clock = clock;
    this.#link = link;
    this.#onEnded = onEnded;
  }

  /** A new leg, not answered; refused when its name is taken. */
  open(leg: NewLeg): Leg {
    if (this.legs.has(leg.id)) throw new TelephonyRefusal('refused', `leg ${leg.id} exists`);
    const opened: Leg = {
      attempt: '',
      caller: '',
      abandonSound: '',
      doNotCall: undefined,
      answerLimitMs: Infinity,
      isRelieved: false,
      isInAbandonMessage: false,
      isMuted: false,
      sentKeys: '',
      hasMusic: false,
      ...leg,
      createdAt: this.#clock.now(),
      state: 'down',
      isOurs: false,
      answeredAt: undefined,
      endedAt: undefined,
      bridge: undefined,
      heard: [],
    };
    this.legs.set(leg.id, opened);
    return opened;
  }

  /** The leg by its name; refused as `gone` when there is none. */
  leg(id: LegId): Leg {
    const leg = this.legs.get(id);
    if (!leg) throw new TelephonyRefusal('gone', `no leg ${id}`);
    return leg;
  }

  /** The leg, if it is under control; `refused` when the dialplan has it. */
  ourLeg(id: LegId): Leg {
    const leg = this.leg(id);
    if (!leg.isOurs) throw new TelephonyRefusal('refused', `leg ${id} is not under control`);
    return leg;
  }

  bridge(id: BridgeId): Set<LegId> {
    const bridge = this.bridges.get(id);
    if (!bridge) throw new TelephonyRefusal('gone', `no bridge ${id}`);
    return bridge;
  }

  /** To stop where none plays is refused as `gone`, as Asterisk does. */
  playMusic(bridge: BridgeId, on: boolean): void {
    if (on) this.music.add(bridge);
    else if (!this.music.delete(bridge)) throw new TelephonyRefusal('gone', `no music in bridge ${bridge}`);
  }

  ring(leg: Leg): void {
    leg.state = 'ringing';
    this.send({ type: 'leg-ringing', leg: leg.id });
  }

  earlyMedia(leg: Leg): void {
    this.send({ type: 'leg-progress', leg: leg.id });
  }

  answer(leg: Leg): void {
    if (leg.state === 'up') return;
    leg.state = 'up';
    leg.answeredAt = this.#clock.now();
    this.send({ type: 'leg-answered', leg: leg.id });
    leg.farEnd.answered?.();
  }

  /** `as` when it is fetched back, and does not arrive as what it was at first. */
  arrive(leg: Leg, as?: 'customer' | 'agent'): void {
    leg.isOurs = true;
    const purpose = as ?? leg.kind;
    const hasDialed = purpose === 'sign-in' || purpose === 'listening' || purpose === 'browser';
    const account = hasDialed ? { account: leg.to } : {};
    const numbers = purpose === 'inbound' ? { called: leg.to, caller: leg.caller } : {};
    this.send({ type: 'leg-arrived', leg: leg.id, purpose, ...account, ...numbers });
  }

  join(leg: Leg, bridge: BridgeId): void {
    if (leg.bridge === bridge) return;
    this.part(leg);
    this.bridge(bridge).add(leg.id);
    leg.bridge = bridge;
    this.send({ type: 'leg-bridged', leg: leg.id, bridge });
    this.#emitCompany(bridge);
  }

  part(leg: Leg): void {
    const bridge = leg.bridge;
    if (bridge === undefined) return;
    this.bridges.get(bridge)?.delete(leg.id);
    leg.bridge = undefined;
    this.send({ type: 'leg-unbridged', leg: leg.id, bridge });
    leg.farEnd.company?.(0);
    this.#emitCompany(bridge);
  }

  removeBridge(id: BridgeId): void {
    for (const leg of this.legsIn(id)) this.part(leg);
    this.bridges.delete(id);
    this.music.delete(id);
  }

  legsIn(id: BridgeId): Leg[] {
    return [...(this.bridges.get(id) ?? [])].map((leg) => this.leg(leg));
  }

  hear(leg: Leg, sound: string): void {
    leg.heard.push({ sound, at: this.#clock.now() });
    leg.farEnd.heard?.(sound);
  }

  /** Ends a leg; one that has ended stays so. */
  end(leg: Leg, end: LegEnd): void {
    if (leg.state === 'ended') return;
    const { cause, sipCode } = end;
    const details = { leg: leg.id, cause, ...defined({ sipCode }) };
    if (end.byFarEnd) this.send({ type: 'leg-hanging-up', ...details });
    this.part(leg);
    this.#close(leg);
    this.legs.delete(leg.id);
    for (const [ear, on] of this.ears) if (on === leg.id) this.ears.delete(ear);
    this.send({ type: 'leg-ended', ...details });
    leg.farEnd.ended?.();
    this.#onEnded(leg, end);
  }

  snapshot(): TelephonySnapshot {
    const legs = [...this.legs.values()].map((leg): SnapshotLeg => {
      const state = leg.state === 'ended' ? 'down' : leg.state;
      const inAbandonMessage = leg.isInAbandonMessage ? { inAbandonMessage: true as const } : {};
      const givenUp = leg.isGivenUp ? { givenUp: true as const } : {};
      const answer = leg.bridge === undefined ? defined({ answeredAt: leg.answeredAt }) : {};
      const { id, createdAt, isOurs } = leg;
      return { leg: id, state, createdAt, ours: isOurs, ...answer, ...inAbandonMessage, ...givenUp };
    });
    const bridges = [...this.bridges].map(([bridge, members]) => ({ bridge, legs: [...members] }));
    return { at: this.#clock.now(), legs, bridges };
  }

  /** The exchange died: every leg and bridge is gone at once, no event, no call record; only the far ends notice. */
  forget(): void {
    const legs = [...this.legs.values()];
    this.legs.clear();
    this.bridges.clear();
    this.music.clear();
    this.ears.clear();
    for (const leg of legs) {
      this.#close(leg);
      leg.bridge = undefined;
      leg.farEnd.ended?.();
    }
  }

  #close(leg: Leg): void {
    leg.state = 'ended';
    leg.isOurs = false;
    leg.endedAt = this.#clock.now();
  }

  #emitCompany(bridge: BridgeId): void {
    const members = this.legsIn(bridge);
    for (const member of members) member.farEnd.company?.(members.length - 1);
  }

  /** Sends an event of a leg with the exchange's time. */
  send(event: DistributiveOmit<Extract<TelephonyEvent, { leg: LegId }>, 'at'>): void {
    this.#link.send(event.leg, { at: this.#clock.now(), ...event });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
