// Notices that the phone of a leg is gone without a word: its process died, its network broke, it was started again.
// Asterisk asks registered phones every few seconds; when one does not answer, or registers from elsewhere, it is
// listened whether its leg still sends sound. Silence alone says nothing: muted phones send none either.

import type { LegId } from '../terms.ts';
import { field, type AmiFields } from './ami-events.ts';

export interface PhoneWatchParts {
  /** Agents' legs of an account's phone. */
  readonly legsOf: (account: string) => readonly LegId[];
  /** Packets of sound that have come on the leg so far; undefined: there is no such leg. */
  readonly soundOf: (leg: LegId) => Promise<number | undefined>;
  /** The phone answers nothing (or is another now) and no sound comes from it. */
  readonly lost: (leg: LegId) => void;
  readonly pause: (ms: number) => Promise<void>;
}

/** No packet in this time is no sound: phones send fifty a second, and comfort noise twice a second. */
const QUIET_MS = 1_000;
/** While a phone does not answer its sound is listened to again after this. */
const AGAIN_MS = 1_000;

export class PhoneWatch {
  readonly #parts: PhoneWatchParts;
  /** Accounts whose phone does not answer. */
  readonly #unreachable = new Set<string>();
  readonly #listening = new Set<LegId>();

  constructor(parts: PhoneWatchParts) {
    this.#parts = parts;
  }

  /** Takes in one event of AMI. */
  heard(event: AmiFields): void {
    if (field(event, 'event') !== 'ContactStatus') return;
    const account = field(event, 'endpointname');
    const status = field(event, 'contactstatus');
    if (status === 'Reachable') this.#unreachable.delete(account);
    if (status === 'Unreachable') this.unreachable(account);
    if (status === 'Removed') this.#doubt(account);
  }

  /** The account's phone does not answer. */
  unreachable(account: string): void {
    this.#unreachable.add(account);
    this.#doubt(account);
  }

  #doubt(account: string): void {
    for (const leg of this.#parts.legsOf(account)) void this.#listen(account, leg);
  }

  async #listen(account: string, leg: LegId): Promise<void> {
    if (this.#listening.has(leg)) return;
    this.#listening.add(leg);
    try {
      do {
        if (await this.#isSilent(leg)) {
          if (this.#parts.legsOf(account).includes(leg)) this.#parts.lost(leg);
          return;
        }
        await this.#parts.pause(AGAIN_MS);
      } while (this.#unreachable.has(account) && this.#parts.legsOf(account).includes(leg));
    } finally {
      this.#listening.delete(leg);
    }
  }

  /** What cannot be asked now is not concluded. */
  async #isSilent(leg: LegId): Promise<boolean> {
    try {
      const before = await this.#parts.soundOf(leg);
      await this.#parts.pause(QUIET_MS);
      const after = await this.#parts.soundOf(leg);
      return before !== undefined && before === after;
    } catch {
      return false; // no link: it will tell by itself what was lost
    }
  }
}
