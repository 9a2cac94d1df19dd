// Notices that the phone of a leg is gone without a word: its process died, its network broke, it was started again.
// Asterisk asks registered phones every few seconds; when one does not answer, or registers from elsewhere, it is
// listened whether its leg still sends sound. Silence alone says nothing: muted phones send none either.

import type { LegId } from '../terms.ts';
import { field, type AmiFields } from './ami-events.ts';

export interface PhoneWatchParts {
  /** Agents' legs of an account's phone. */
  readonly legsOf: (account: string) => readonly LegId[];
  /** Packets of sound that have come on the leg so far; undefined: there is no such leg. Rejects: no answer. */
  readonly soundOf: (leg: LegId) => Promise<number | undefined>;
  /** The phone answers nothing (or is another now) and no sound comes from it. */
  readonly lost: (leg: LegId) => void;
  readonly pause: (ms: number) => Promise<void>;
}

/** No packet in this time is no sound: phones send fifty a second, and comfort noise twice a second. */
const QUIET_MS = 1_000;
/** While a phone does not answer, or its leg could not be asked after, its sound is listened to again after this. */
const AGAIN_MS = 1_000;

type Heard = 'sound' | 'nothing' | 'no answer';

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
    if (status === 'Removed') this.doubt(account);
  }

  /** The account's phone does not answer. */
  unreachable(account: string): void {
    this.#unreachable.add(account);
    this.doubt(account);
  }

  /** A phone's leg is up. Of a phone that did not answer before, nothing more will be said when it dies. */
  arrived(account: string, leg: LegId): void {
    if (this.#unreachable.has(account)) void this.#listen(account, leg);
  }

  /** The account's phone may be gone. */
  doubt(account: string): void {
    for (const leg of this.#parts.legsOf(account)) void this.#listen(account, leg);
  }

  /** The doubt is over with an answer, whatever the phone's next one says of its registration. */
  async #listen(account: string, leg: LegId): Promise<void> {
    if (this.#listening.has(leg)) return;
    this.#listening.add(leg);
    const isThere = (): boolean => this.#parts.legsOf(account).includes(leg);
    try {
      for (;;) {
        const heard = await this.#hear(leg);
        if (heard === 'nothing') {
          if (isThere()) this.#parts.lost(leg);
          return;
        }
        await this.#parts.pause(AGAIN_MS);
        const isInDoubt = heard === 'no answer' || this.#unreachable.has(account);
        if (!isInDoubt || !isThere()) return;
      }
    } finally {
      this.#listening.delete(leg);
    }
  }

  /** What cannot be asked now is not concluded. */
  async #hear(leg: LegId): Promise<Heard> {
    try {
      const before = await this.#parts.soundOf(leg);
      await this.#parts.pause(QUIET_MS);
      const after = await this.#parts.soundOf(leg);
      return before !== undefined && before === after ? 'nothing' : 'sound';
    } catch {
      return 'no answer';
    }
  }
}
