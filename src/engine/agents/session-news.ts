// Each new stretch of an agent's time, reported: to the store, the pacer, the figures, the log and whoever watches.

import type { AgentSession, SessionEvent } from '../../agent/session.ts';
import type { Hub } from '../hub.ts';
import { pacedState } from './paced-state.ts';

export class SessionNews {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** A new stretch of the agent's time: reported to the store, the pacer, the figures and whoever watches. */
  changed(before: AgentSession | undefined, after: AgentSession, event?: SessionEvent): void {
    const { session, agent, campaign, state } = after;
    const now = this.#hub.now();
    const running = this.#hub.world.campaigns.get(campaign);
    if (before) running?.figures.agentTime(before.state, before.since, now);
    const paced = pacedState(after, running?.definition);
    if (!before || paced !== pacedState(before, running?.definition))
      running?.pacer?.observe({ at: now, type: 'agent', agent, state: paced });
    const fields = {
      session,
      agent,
      campaign,
      from: before?.state ?? 'offline',
      event: event?.type ?? 'signed-in',
      to: state,
    };
    this.#hub.parts.log.info(after.reason === undefined ? fields : { ...fields, reason: after.reason }, 'agent');
    this.#hub.emit({ type: 'agent', at: now, agent });
    if (state === 'offline' || isPassing(after)) return;
    const change = {
      session,
      state,
      reason: after.reason ?? null,
      attempt: after.attempt ?? null,
      leg: after.leg ?? null,
      at: now,
    };
    this.#hub.writer.write(() => this.#hub.parts.store.sessions.state(change));
  }

  /** The session is over by a fault: whoever watches and the pacer learn of it. */
  ended({ agent, campaign }: AgentSession): void {
    const at = this.#hub.now();
    this.#hub.emit({ type: 'agent', at, agent });
    this.#hub.world.campaigns.get(campaign)?.pacer?.observe({ type: 'agent', agent, state: 'offline', at });
  }
}

/** Each call for a record that an agent is kept for is a stretch of its own. */
export const isNewStretch = (before: AgentSession, after: AgentSession): boolean =>
  before.state !== after.state ||
  before.reason !== after.reason ||
  before.atDesk !== after.atDesk ||
  (after.state === 'engaged' && before.since !== after.since);

/** A nailed-up agent is reserved for milliseconds only: not worth a row of the agent's time. */
const isPassing = ({ state, plan }: AgentSession): boolean => state === 'reserved' && plan.phoneMode === 'nailed-up';
