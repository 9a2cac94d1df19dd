// The dead man's handle of a call: Asterisk itself apologises to a person who picked up and of whom a living daemon has
// made nothing in time. A leg that goes into a bridge is freed of the limit first, so that no conversation is ever cut.

import type { LegId } from '../terms.ts';
import type { TelephonyCommand, TelephonyEvent } from '../engine/ports.ts';
import { ariPath, type RestRequest } from './ari-rest.ts';

/** Far above any campaign's own limit (2 s), so that the engine always acts first while it lives. */
export const ANSWER_LIMIT_S = 10;
/** A person who hears a message or music has been given that much longer. */
const HEARING_LIMIT_S = 120;

/** Which legs Asterisk may still take away from us, and what to send so that it does not. */
export class AnswerLimits {
  /** Legs not in here were there before us: they may have a limit, and nothing must be made longer than it is. */
  readonly #known = new Map<LegId, 'limited' | 'free'>();

  /** Agents' legs never have a limit; a leg back from detection has a new one. */
  note(event: TelephonyEvent): void {
    if (event.type === 'leg-ended') this.#known.delete(event.leg);
    if (event.type === 'leg-arrived') this.#known.set(event.leg, event.purpose === 'customer' ? 'limited' : 'free');
  }

  /** Everything forgotten: another Asterisk, other legs. */
  clear(): void {
    this.#known.clear();
  }

  /** What must be sent before the command; undefined when nothing. */
  before(command: TelephonyCommand): RestRequest | undefined {
    if (command.type === 'add-to-bridge') return this.lift(command.leg);
    const isHeard = (command.type === 'play' || command.type === 'start-music') && 'leg' in command.to;
    if (!isHeard || this.#known.get(command.to.leg) !== 'limited') return undefined;
    return limitRequest(command.to.leg, HEARING_LIMIT_S);
  }

  /** Frees a leg of its limit; undefined when it is free. */
  lift(leg: LegId): RestRequest | undefined {
    if (this.#known.get(leg) === 'free') return undefined;
    this.#known.set(leg, 'free');
    return limitRequest(leg, 0);
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
