// Our bridges hold exactly the legs that the world says. Whatever moves a leg of ours behind our back (a transfer, a
// pickup, somebody at the exchange's console), or puts a leg that we did not ask for into a bridge of ours, is seen in the
// events and corrected. Costs no request while all is well.

import { defined } from '../../base/defined.ts';
import type { Call } from '../../call/call.ts';
import { correctionOf, type Seat } from '../../call/seating.ts';
import type { BridgeId, LegId } from '../../terms.ts';
import type { AgentPhones } from '../agents/agent-phones.ts';
import type { Hub } from '../hub.ts';
import type { TelephonySnapshot } from '../ports.ts';
import type { SeatStep } from './seat-step.ts';
import { isSessionBridge, noteLeaving, seatOf } from './seats.ts';

/** A leg that leaves its bridge is mostly one that ends: what ends in this time was not taken. */
const SETTLE_MS = 25;
/** A leg fetched back arrives within this time, or not at all. */
const RETURN_MS = 2_000;
/** Whoever takes a leg again and again gets it. */
const MOST_TRIES = 3;
const TRIES_FORGOTTEN_MS = 30_000;

interface Place {
  readonly bridge: BridgeId | undefined;
  readonly at: number;
}

export class BridgeGuard {
  readonly #hub: Hub;
  readonly #phones: AgentPhones;
  /** Where legs are, as heard last; of legs that have never been in a bridge nothing. */
  readonly #places = new Map<LegId, Place>();
  readonly #tries = new Map<LegId, { count: number; readonly since: number }>();
  readonly #returning = new Set<LegId>();

  constructor(hub: Hub, phones: AgentPhones) {
    this.#hub = hub;
    this.#phones = phones;
  }

  entered(leg: LegId, bridge: BridgeId, at: number): void {
    if (!this.#note(leg, { bridge, at })) return;
    this.#hub.world.leaving.delete(leg);
    if (this.#correction(leg) !== 'none') this.#checkSoon(leg);
  }

  left(leg: LegId, bridge: BridgeId, at: number): void {
    const before = this.#places.get(leg);
    if (before && before.bridge !== bridge) return;
    if (!this.#note(leg, { bridge: undefined, at }) || this.#hub.world.leaving.has(leg)) return;
    // Just joined, it may be gone before its call knows that it talks: looked at again then.
    if (seatOf(this.#hub.world, leg).is === 'moving' || this.#correction(leg) !== 'none') this.#checkSoon(leg);
  }

  hangingUp(leg: LegId): void {
    noteLeaving(this.#hub.world, leg);
  }

  /** Under our control (again): a leg that was fetched back takes its seat. */
  arrived(leg: LegId): void {
    this.#hub.world.leaving.delete(leg);
    if (!this.#returning.delete(leg)) return;
    const seat = seatOf(this.#hub.world, leg);
    if (seat.is === 'in') this.#seat(leg, seat.bridge, 'give-up');
  }

  /** A seated leg was sent somewhere else in the exchange: true when it is fetched back. */
  fetches(leg: LegId): boolean {
    if (seatOf(this.#hub.world, leg).is !== 'in' || !this.#hub.world.linkUp || !this.#mayTry(leg)) return false;
    this.#hub.parts.log.warn({ leg, ...this.#whose(leg), correction: 'bring-back' }, WORDS['bring-back']);
    this.#fetch(leg);
    return true;
  }

  ended(leg: LegId): void {
    this.#places.delete(leg);
    this.#tries.delete(leg);
    this.#returning.delete(leg);
    this.#hub.world.leaving.delete(leg);
    this.#hub.timers.clear(`seat ${leg}`);
    this.#hub.timers.clear(`fetch ${leg}`);
  }

  /** After an outage: what happened unheard meanwhile. */
  compare(snapshot: TelephonySnapshot): void {
    const { world } = this.#hub;
    this.#places.clear();
    for (const { bridge, legs } of snapshot.bridges) {
      for (const leg of legs) this.#places.set(leg, { bridge, at: snapshot.at });
    }
    const alive = snapshot.legs.map(({ leg }) => leg);
    for (const leg of new Set([...this.#places.keys(), ...alive])) {
      if (seatOf(world, leg).is === 'in' || this.#places.has(leg)) this.#checkSoon(leg);
    }
  }

  /** False for what is older than what is known. */
  #note(leg: LegId, place: Place): boolean {
    const before = this.#places.get(leg);
    if (before && before.at > place.at) return false;
    this.#places.set(leg, place);
    return true;
  }

  #correction(leg: LegId) {
    const { world } = this.#hub;
    const bridge = this.#places.get(leg)?.bridge;
    const found = bridge === undefined ? { isOurs: false } : { bridge, isOurs: isSessionBridge(world, bridge) };
    return correctionOf(seatOf(world, leg), found);
  }

  #checkSoon(leg: LegId): void {
    this.#hub.timers.set(`seat ${leg}`, this.#hub.now() + SETTLE_MS, () =>
      this.#hub.post({ type: 'seat', leg, step: 'check' }),
    );
  }

  #check(leg: LegId): void {
    const correction = this.#correction(leg);
    if (correction === 'none' || this.#returning.has(leg) || !this.#hub.world.linkUp) return;
    const seat = seatOf(this.#hub.world, leg);
    const bridge = this.#places.get(leg)?.bridge;
    this.#hub.parts.log.warn({ leg, bridge, ...this.#whose(leg), correction }, WORDS[correction]);
    if (correction === 'hang-up') return this.#hub.run({ type: 'hang-up', leg });
    if (correction === 'take-out') {
      if (bridge !== undefined) this.#hub.run({ type: 'remove-from-bridge', bridge, leg });
      return;
    }
    if (!this.#mayTry(leg)) return this.#giveUp(leg, true);
    this.#bringBack(leg, seat);
  }

  #mayTry(leg: LegId): boolean {
    const now = this.#hub.now();
    const before = this.#tries.get(leg);
    const tries = before && now - before.since < TRIES_FORGOTTEN_MS ? before : { count: 0, since: now };
    tries.count += 1;
    this.#tries.set(leg, tries);
    return tries.count <= MOST_TRIES;
  }

  /** The bridge may be gone too. A leg that is no longer under our control has to be fetched first. */
  #bringBack(leg: LegId, seat: Seat): void {
    if (seat.is !== 'in') return;
    const { bridge } = seat;
    this.#hub.runThen({ type: 'create-bridge', bridge }, { type: 'seat', leg, step: 'enter', bridge });
  }

  /** What was asked for has come about, or has not; `refused` says what follows then. */
  #seat(leg: LegId, bridge: BridgeId, refused: 'fetch' | 'give-up'): void {
    this.#hub.runThen({ type: 'add-to-bridge', bridge, leg }, { type: 'seat', leg, step: 'seated' }, () => ({
      type: 'seat',
      leg,
      step: refused,
    }));
  }

  /** The next step for a leg that is not where it belongs. */
  step({ leg, step, bridge }: SeatStep): void {
    switch (step) {
      case 'check':
        return this.#check(leg);
      case 'enter':
        if (bridge !== undefined) this.#seat(leg, bridge, 'fetch');
        return;
      case 'seated':
        return this.#resumeSound(leg);
      case 'fetch':
        return this.#fetch(leg);
      case 'not-back':
        if (this.#returning.has(leg)) this.#giveUp(leg);
        return;
      case 'give-up':
        return this.#giveUp(leg);
    }
  }

  /** What played in a bridge that was taken away plays again. */
  #resumeSound(leg: LegId): void {
    const session = this.#hub.world.sessionByLeg.get(leg);
    if (session === undefined) return;
    this.#phones.forgetSound(session);
    this.#phones.resumeSound(session);
  }

  #fetch(leg: LegId): void {
    if (seatOf(this.#hub.world, leg).is !== 'in') return;
    const as = this.#hub.world.callByLeg.has(leg) ? 'customer' : 'agent';
    this.#returning.add(leg);
    this.#hub.timers.set(`fetch ${leg}`, this.#hub.now() + RETURN_MS, () =>
      this.#hub.post({ type: 'seat', leg, step: 'not-back' }),
    );
    this.#hub.run({ type: 'take-back', leg, as }, () => ({ type: 'seat', leg, step: 'give-up' }));
  }

  /**
   * `isOurs`: still under our control, but taken again and again; else it is somebody else's now, or gone. Either way the
   * agent is freed, and a person who can be spoken to finds another agent or the message.
   */
  #giveUp(leg: LegId, isOurs = false): void {
    const { world, parts } = this.#hub;
    this.#returning.delete(leg);
    if (seatOf(world, leg).is !== 'in') return;
    parts.log.error({ leg, isOurs, ...this.#whose(leg) }, 'a leg that was taken from its bridge is not brought back');
    const live = world.calls.get(world.callByLeg.get(leg) ?? '');
    if (live) this.#loseAgent(live.call, isOurs);
    else this.#losePhone(leg);
  }

  #loseAgent({ attempt, session }: Call, isOurs: boolean): void {
    const vanished = { type: 'vanished', answered: true, cause: 0 } as const;
    if (!isOurs) return this.#hub.post({ type: 'call', attempt, event: vanished });
    if (session !== undefined) {
      this.#hub.post({ type: 'session', session, event: { type: 'released', attempt, why: 'person-hung-up' } });
    }
    this.#hub.post({ type: 'call', attempt, event: { type: 'agent-lost' } });
  }

  #losePhone(leg: LegId): void {
    const session = this.#hub.world.sessionByLeg.get(leg);
    this.#hub.world.sessionByLeg.delete(leg);
    if (session === undefined) return;
    this.#hub.run({ type: 'hang-up', leg });
    this.#hub.post({ type: 'session', session, event: { type: 'phone-lost' } });
  }

  #whose(leg: LegId): { readonly attempt?: string; readonly session?: string } {
    const attempt = this.#hub.world.callByLeg.get(leg);
    if (attempt !== undefined) return { attempt };
    const session = this.#hub.world.sessionByLeg.get(leg);
    return defined({ session });
  }
}

const WORDS = {
  'bring-back': 'something other than outdial moved a leg of ours: it is brought back',
  'take-out': 'something other than outdial put a leg of ours into a bridge: it is taken out',
  'hang-up': 'something other than outdial put a leg into a bridge of ours: it is hung up',
} as const;
