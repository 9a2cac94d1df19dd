// Sounds that the simulated exchange plays to legs and bridges: one after the other per target, each for its time.

import type { Clock } from '../base/clock.ts';
import type { PlayTarget } from '../engine/telephony-commands.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { Leg, Switchboard } from './switchboard.ts';
import type { ControlLink } from './wire.ts';

interface Playback {
  readonly id: string;
  readonly target: PlayTarget;
  readonly sounds: readonly string[];
  callOff: () => void;
}

export class Playbacks {
  readonly #clock: Clock;
  readonly #link: ControlLink;
  readonly #switchboard: Switchboard;
  readonly #soundMs: (sound: string) => number;
  /** By target: the first one sounds, the others wait. */
  readonly #queues = new Map<string, Playback[]>();
  readonly #then = new Map<string, () => void>();

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

  /** Plays now, or after what is already to be played there. */
  play(id: string, target: PlayTarget, sounds: readonly string[]): void {
    const key = keyOf(target);
    const queue = this.#queues.get(key) ?? [];
    this.#queues.set(key, queue);
    queue.push({ id, target, sounds, callOff: () => undefined });
    if (queue.length === 1) this.#begin(key);
  }

  /** Ends a playback; refused as `gone` when there is none of that name. */
  stop(id: string): void {
    for (const [key, queue] of this.#queues) {
      const place = queue.findIndex((playback) => playback.id === id);
      if (place < 0) continue;
      this.#finish(key, place);
      return;
    }
    throw new TelephonyRefusal('gone', `no playback ${id}`);
  }

  /** Ends a playback without a word, if there is one. */
  drop(id: string): void {
    for (const [key, queue] of this.#queues) {
      const place = queue.findIndex((playback) => playback.id === id);
      if (place >= 0) this.#take(key, place);
    }
    this.#then.delete(id);
  }

  /** Calls `then` when the playback has ended, once. */
  onceOver(id: string, then: () => void): void {
    this.#then.set(id, then);
  }

  /** The target is gone, and with it all that was to be played there. */
  dropTarget(target: PlayTarget): void {
    const key = keyOf(target);
    while (this.#queues.has(key)) this.#finish(key, (this.#queues.get(key)?.length ?? 1) - 1);
  }

  /** Nothing sounds any more, and no event says so. */
  forget(): void {
    for (const queue of this.#queues.values()) queue[0]?.callOff();
    this.#queues.clear();
  }

  #begin(key: string): void {
    const playback = this.#queues.get(key)?.[0];
    if (playback) this.#sound(key, playback, 0);
  }

  #sound(key: string, playback: Playback, index: number): void {
    const sound = playback.sounds[index];
    if (sound === undefined) {
      this.#finish(key, 0);
      return;
    }
    for (const leg of this.#listeners(playback.target)) this.#switchboard.hear(leg, sound);
    playback.callOff = this.#clock.after(this.#soundMs(sound), () => this.#sound(key, playback, index + 1));
  }

  #listeners(target: PlayTarget): readonly Leg[] {
    if ('bridge' in target) return this.#switchboard.legsIn(target.bridge);
    const leg = this.#switchboard.legs.get(target.leg);
    return leg ? [leg] : [];
  }

  /** Out of its queue, unheard from now on. */
  #take(key: string, place: number): Playback | undefined {
    const queue = this.#queues.get(key) ?? [];
    const [playback] = queue.splice(place, 1);
    if (queue.length === 0) this.#queues.delete(key);
    playback?.callOff();
    return playback;
  }

  #finish(key: string, place: number): void {
    const playback = this.#take(key, place);
    if (!playback) return;
    this.#then.get(playback.id)?.();
    this.#then.delete(playback.id);
    const event = { type: 'playback-finished', at: this.#clock.now(), playback: playback.id } as const;
    this.#link.send(playback.id, event);
    if (place === 0) this.#begin(key);
  }
}

function keyOf(target: PlayTarget): string {
  return 'bridge' in target ? `bridge ${target.bridge}` : `leg ${target.leg}`;
}
