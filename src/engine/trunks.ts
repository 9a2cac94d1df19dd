// The trunks: lines in use, limits and rests, over all campaigns. The rules are campaign/limits.ts.

import {
  chooseTrunks,
  freshTrunk,
  noteTrunkOutcome,
  noteTrunkReachable,
  noteTrunkUnused,
  trunkStanding,
  type Heard,
  type TrunkChoice,
  type TrunkStanding,
  type TrunkState,
} from '../campaign/limits.ts';
import type { Hub, TrunkSettings } from './hub.ts';

export class Trunks {
  readonly #hub: Hub;
  readonly #states = new Map<string, TrunkState>();
  readonly #inUse = new Map<string, number>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Takes up to `wanted` lines on the campaign's trunks, in its order; each is given back by `release`. */
  take(names: readonly string[], wanted: number): TrunkChoice {
    const offered = this.#settings(names).map((capacity) => ({
      capacity,
      state: this.#state(capacity.name),
      linesInUse: this.#inUse.get(capacity.name) ?? 0,
    }));
    const choice = chooseTrunks(offered, wanted, this.#hub.now());
    for (const [name, state] of choice.states) this.#states.set(name, state);
    for (const name of choice.lines) this.occupy(name);
    return choice;
  }

  /** A line in use that was not taken here: a call found alive after a restart. */
  occupy(name: string): void {
    this.#inUse.set(name, (this.#inUse.get(name) ?? 0) + 1);
  }

  release(name: string): void {
    this.#inUse.set(name, Math.max(0, (this.#inUse.get(name) ?? 0) - 1));
  }

  /** A line taken at `takenAt` for which no record was left: it takes up neither rate nor probe. */
  giveBack(name: string, takenAt: number): void {
    this.release(name);
    this.#states.set(name, noteTrunkUnused(this.#state(name), takenAt));
  }

  heard(name: string, heard: Heard, dialedAt: number): void {
    const before = this.#state(name);
    const after = noteTrunkOutcome(before, { heard, dialedAt }, this.#hub.now());
    this.#states.set(name, after);
    if (after.rest !== undefined && after.rest.untilAt !== before.rest?.untilAt) {
      this.#hub.parts.log.warn({ trunk: name, untilAt: after.rest.untilAt, why: after.rest.why }, 'trunk rests');
    }
  }

  reachable(name: string, reachable: boolean): void {
    this.#states.set(name, noteTrunkReachable(this.#state(name), reachable));
    this.#hub.parts.log.warn({ trunk: name, reachable }, reachable ? 'trunk is reachable' : 'trunk is not reachable');
  }

  standings(names: readonly string[]): TrunkStanding[] {
    return this.#settings(names).map((trunk) => trunkStanding(trunk, this.#state(trunk.name), this.#hub.now()));
  }

  find(name: string): TrunkSettings | undefined {
    return this.#hub.parts.settings.trunks.find((trunk) => trunk.name === name);
  }

  #settings(names: readonly string[]): TrunkSettings[] {
    return names.flatMap((name) => this.find(name) ?? []);
  }

  #state(name: string): TrunkState {
    return this.#states.get(name) ?? freshTrunk;
  }
}
