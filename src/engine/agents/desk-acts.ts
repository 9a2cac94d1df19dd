// Carries out what desks ask for: records reserved and given back, numbers dialed, calls ended, timers, what is said of a
// call. Decides nothing. What must not come before the desk's state is in the store waits for that (`dial`).

import type { SessionEvent } from '../../agent/session.ts';
import { unreachable } from '../../base/errors.ts';
import type { Desk, DeskEffect, DeskEvent } from '../../interaction/desk.ts';
import type { Happening, InteractionEffect } from '../../interaction/interaction.ts';
import type { AgentNumber, AttemptId, SessionId } from '../../terms.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { AgentFirst } from '../dialing/agent-first.ts';
import type { Hub } from '../hub.ts';

interface Parts {
  readonly recordOutcomes: RecordOutcomes;
  readonly agentFirst: AgentFirst;
  readonly post: (agent: AgentNumber, event: DeskEvent) => void;
  readonly toSession: (session: SessionId, event: SessionEvent) => void;
}

export class DeskActs {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  carryOut(desk: Desk, effects: readonly DeskEffect[]): void {
    for (const effect of effects) this.#carryOut(desk, effect);
  }

  #carryOut(desk: Desk, effect: DeskEffect): void {
    const { agent, session } = desk;
    switch (effect.do) {
      case 'interaction':
        return this.#ofInteraction(desk, effect.interaction, effect.effect);
      case 'set-countdown':
        return this.#hub.timers.set(`countdown ${agent}`, effect.at, () =>
          this.#parts.post(agent, { type: 'countdown-over' }),
        );
      case 'clear-countdown':
        return this.#hub.timers.clear(`countdown ${agent}`);
      case 'channel-changed':
        return effect.channel === 'voice' ? this.#voice(session, effect.to) : undefined;
      case 'end-session':
        // Before the desk lets go of the session: no call may come between.
        return this.#parts.toSession(session, { type: 'ask-sign-out' });
      case 'reserve-record':
      case 'return-record':
      case 'seek':
      case 'finished':
        return undefined;
      default:
        return unreachable(effect);
    }
  }

  #voice(session: SessionId, to: 'ready' | 'not-ready'): void {
    const event =
      to === 'ready' ? ({ type: 'ask-ready' } as const) : ({ type: 'ask-pause', reason: 'not-ready' } as const);
    this.#parts.toSession(session, event);
  }

  #ofInteraction({ agent, session }: Desk, interaction: string, effect: InteractionEffect): void {
    const post = (event: Happening): void => this.#parts.post(agent, { type: 'interaction', interaction, event });
    switch (effect.do) {
      case 'set-timer':
        return this.#hub.timers.set(`interaction ${agent}`, effect.at, () => post({ type: 'time-over' }));
      case 'clear-timer':
        return this.#hub.timers.clear(`interaction ${agent}`);
      case 'hang-up':
        return this.#hub.post({ type: 'session', session, event: { type: 'ask-hang-up' } });
      case 'close-attempt': {
        const { do: _do, attempt, ...said } = effect;
        return this.#parts.recordOutcomes.said(attempt, { ...said, agent, at: this.#hub.now() });
      }
      case 'pass-on':
        return this.#passOn(session, effect.attempt);
      case 'dial':
      case 'cancel-dial':
      case 'release-record':
      case 'set-not-ready':
      case 'find-call':
      case 'engage':
      case 'disengage':
        return undefined;
      default:
        return unreachable(effect);
    }
  }

  /** Where the session has not let go of the person by itself. */
  #passOn(session: SessionId, attempt: AttemptId): void {
    if (this.#hub.world.calls.get(attempt)?.call.session !== session) return;
    if (this.#hub.world.sessions.get(session)?.attempt === attempt) return;
    this.#hub.post({ type: 'call', attempt, event: { type: 'agent-lost' } });
  }
}
