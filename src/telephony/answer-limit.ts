// The dead man's handle of a call: Asterisk itself plays the message to a person who picked up and of whom a daemon that is away,
// frozen or cut off has made nothing in time. A leg that goes into a bridge is freed of the limit before it goes, so that
// no conversation is ever cut; one whose agent is lost has a limit again.

import type { LegId } from '../terms.ts';
import type { TelephonyEvent } from '../engine/ports.ts';
import type { TelephonyCommand } from '../engine/telephony-commands.ts';
import { ariPath, type RestRequest } from './ari-rest.ts';

/** Asterisk acts so much before the limit: its message must be heard by then. A living daemon has acted long before. */
const MESSAGE_START_MS = 50;
const LEAST_MS = 100;
/** A person who waits for another agent is given that much. */
const WAITING_LIMIT_S = 120;

/** Seconds from the answer after which Asterisk plays the message itself, as the dialplan takes it. */
export const answerLimit = (limitMs: number): string =>
  (Math.max(LEAST_MS, limitMs - MESSAGE_START_MS) / 1000).toFixed(3);

/**
 * A leg that arrived less than this ago is joined in the same breath as it is freed: the limit (half a second at least) is
 * far, and the person waits. Later the freeing must be accepted first.
 */
const FRESH_MS = 200;

/** What must be sent before a command; `first`: and be accepted, before the command is sent. */
export interface LimitChange {
  readonly request: RestRequest;
  readonly first: boolean;
}

/** Which legs Asterisk may still take away from us, and what must be sent, and accepted, before a command. */
export class AnswerLimits {
  /** Legs not in here were there before us: they may have a limit, and nothing must be made longer than it is. */
  readonly #known = new Map<LegId, 'limited' | 'free' | 'none'>();
  /** Monotonic time of arrival of legs that are not free yet. */
  readonly #arrivedAt = new Map<LegId, number>();

  /** Agents' legs never have a limit; a leg back from detection has a new one. `now` is monotonic. */
  note(event: TelephonyEvent, now: number): void {
    if (event.type === 'leg-ended' || event.type === 'leg-abandon-message') {
      this.#known.delete(event.leg);
      this.#arrivedAt.delete(event.leg);
    }
    if (event.type !== 'leg-arrived') return;
    this.#known.set(event.leg, event.purpose === 'customer' ? 'limited' : 'none');
    if (event.purpose === 'customer') this.#arrivedAt.set(event.leg, now - (event.ageMs ?? 0));
  }

  /** Everything forgotten: another Asterisk, other legs. */
  clear(): void {
    this.#known.clear();
    this.#arrivedAt.clear();
  }

  /** What must be sent before the command; undefined when nothing. */
  before(command: TelephonyCommand, now: number): LimitChange | undefined {
    if (command.type === 'add-to-bridge') {
      const request = this.lift(command.leg);
      const arrivedAt = this.#arrivedAt.get(command.leg) ?? -Infinity;
      return request && { request, first: now - arrivedAt > FRESH_MS };
    }
    if (!('to' in command) || !('leg' in command.to)) return undefined;
    const { leg } = command.to;
    const state = this.#known.get(leg);
    if (command.type !== 'start-music' || state !== 'free') return undefined;
    this.#known.set(leg, 'limited');
    return { request: limitRequest(leg, WAITING_LIMIT_S), first: true };
  }

  /** What frees a leg of its limit; undefined when it is free. */
  lift(leg: LegId): RestRequest | undefined {
    const state = this.#known.get(leg);
    return state === 'free' || state === 'none' ? undefined : limitRequest(leg, 0);
  }

  /** Asterisk has accepted that the leg is free. */
  lifted(leg: LegId): void {
    if (this.#known.get(leg) !== 'none') this.#known.set(leg, 'free');
    this.#arrivedAt.delete(leg);
  }
}

/** Seconds from now on; 0 takes the limit away. */
function limitRequest(leg: LegId, seconds: number): RestRequest {
  return {
    method: 'POST',
    path: ariPath('channels', leg, 'variable'),
    query: { variable: 'TIMEOUT(absolute)', value: String(seconds) },
  };
}
