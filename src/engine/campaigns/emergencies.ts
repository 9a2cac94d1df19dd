// States of emergency that an admin declares for every campaign at once. Kept in the store, so that a restart changes
// nothing; each lapses at its end by itself.

import type { Clock } from '../../base/clock.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { withEmergencies } from '../../campaign/emergencies.ts';
import type { Emergency, EmergencyStore } from '../store/emergencies.ts';

export class Emergencies {
  readonly #store: EmergencyStore;
  readonly #clock: Clock;
  readonly #onChange: () => Promise<void>;
  #inForce: readonly Emergency[] = [];
  /** The same campaign is the same object while nothing changes, so that it is not taken for a changed one. */
  #made = new WeakMap<Campaign, Campaign>();

  constructor(store: EmergencyStore, { clock, onChange }: { clock: Clock; onChange: () => Promise<void> }) {
    this.#store = store;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** At start, before anything may be dialed. */
  async start(): Promise<void> {
    await this.#read();
  }

  /** The campaigns as they are dialed. */
  applyTo(campaigns: readonly Campaign[]): readonly Campaign[] {
    return campaigns.map((campaign) => {
      const made = this.#made.get(campaign) ?? withEmergencies(campaign, this.#inForce);
      this.#made.set(campaign, made);
      return made;
    });
  }

  /** Resolves when it is durable and every campaign follows it. */
  async declare(emergency: Omit<Emergency, 'at'>): Promise<Emergency> {
    const declared = { ...emergency, at: this.#clock.now() };
    await this.#store.declare(declared);
    await this.#follow();
    return declared;
  }

  /** False when none of the pack is in force. */
  async end(pack: string, by: string): Promise<boolean> {
    const isEnded = await this.#store.end({ pack, by, at: this.#clock.now() });
    await this.#follow();
    return isEnded;
  }

  async #follow(): Promise<void> {
    await this.#read();
    await this.#onChange();
  }

  async #read(): Promise<void> {
    this.#inForce = await this.#store.inForce(this.#clock.now());
    this.#made = new WeakMap();
  }
}
