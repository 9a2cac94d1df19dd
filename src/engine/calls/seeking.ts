// Seeking an agent for a person: whoever was engaged for them, else the longest idle; and who waits for one.

import type { AttemptId } from '../../terms.ts';
import type { Agents } from '../agents/agents.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';

export class Seeking {
  readonly #hub: Hub;
  readonly #agents: Agents;

  constructor(hub: Hub, agents: Agents) {
    this.#hub = hub;
    this.#agents = agents;
  }

  seek(live: LiveCall): void {
    const { attempt, limitAt } = live.call;
    // Word of the answer has come too late for an agent: the person has heard the message, or hears it.
    if (limitAt !== undefined && this.#hub.now() > limitAt) {
      return this.#hub.post({ type: 'call', attempt, event: { type: 'limit-reached' } });
    }
    const isFound = this.#reserveFor(live);
    // Whoever has talked already and has lost the agent did not wait at the answer.
    if (live.call.bridgedAt === undefined) live.waited = live.waited === true || !isFound;
    if (isFound) return;
    this.#waitingFor(live)?.push(attempt);
  }

  /**
   * The agent who was kept for the person, else any of the campaign. An agent who has lost the campaign while the person
   * was being called comes last: one more call of theirs is better than a person who meets no agent.
   */
  #reserveFor(live: LiveCall): boolean {
    const { campaign, attempt } = live.call;
    const engaged = live.engaged?.session;
    if (engaged === undefined) return this.#agents.reserve(campaign, attempt);
    if (this.#agents.hasRights(engaged)) {
      return this.#agents.reserveEngaged(engaged, attempt) || this.#agents.reserve(campaign, attempt);
    }
    if (!this.#agents.reserve(campaign, attempt)) return this.#agents.reserveEngaged(engaged, attempt);
    this.#hub.post({ type: 'session', session: engaged, event: { type: 'released', attempt, why: 'not-connected' } });
    return true;
  }

  /** Who called us waits apart: people whom we called must have an agent within the law's limit. */
  #waitingFor({ call }: LiveCall): AttemptId[] | undefined {
    const campaign = this.#hub.world.campaigns.get(call.campaign);
    return call.origin === 'inbound' ? campaign?.callers : campaign?.waiting;
  }

  stop(live: LiveCall): void {
    const waiting = this.#waitingFor(live);
    const index = waiting?.indexOf(live.call.attempt) ?? -1;
    if (index >= 0) waiting?.splice(index, 1);
  }
}
