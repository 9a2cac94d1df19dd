// Who may take calls of a campaign, looked up whenever an agent would be given one, and reviewed whenever agents or
// campaign files have changed. Who has lost the right finishes the call and is signed out with a word of why; the personal
// callbacks that they owe go to any agent of the campaign.

import { worksIn } from '../../campaign/membership.ts';
import type { AgentSession } from '../../agent/session.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import type { HandedOver } from '../control.ts';
import type { Hub } from '../hub.ts';
import { ANY_ENGAGED_AGENT } from '../store/callbacks.ts';
import type { World } from '../world.ts';
import { nameOf, RECORDS } from '../actor.ts';

/** The agent exists and is in one of the campaign's groups, and the campaign is not archived. */
export function mayWork(world: World, agent: AgentNumber, campaign: CampaignName): boolean {
  const running = world.campaigns.get(campaign);
  const known = world.agentsByNumber.get(agent);
  if (running === undefined || running.state === 'archived' || known === undefined) return false;
  return worksIn(running.definition, known.groups);
}

/** Ready for a call of the session's campaign, and allowed to take it. */
export function mayTake(world: World, session: AgentSession): boolean {
  return session.state === 'ready' && !session.signOutAfter && mayWork(world, session.agent, session.campaign);
}

/** Engaged at a desk for whoever of the campaign picks up, and allowed to take them. */
export function waitsForAnyone(world: World, session: AgentSession): boolean {
  const isWaiting = session.state === 'engaged' && session.forAnyone === true && session.attempt === undefined;
  return isWaiting && mayWork(world, session.agent, session.campaign);
}

interface Owed {
  readonly campaign: CampaignName;
  readonly agent: AgentNumber;
}

export class Rights {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Agents or campaigns have changed: sessions hear of it at once; what was handed over when that is durable. */
  async review(): Promise<readonly HandedOver[]> {
    const { world, parts, writer } = this.#hub;
    const leaving = [...world.sessions.values()].filter((session) => this.#dismiss(session));
    await writer.settled();
    const waiting = (await parts.store.callbacks.personal({})).filter(({ agent }) => agent !== ANY_ENGAGED_AGENT);
    const owed = new Map([...leaving, ...waiting].map((one) => [JSON.stringify([one.campaign, one.agent]), one]));
    const handedOver: HandedOver[] = [];
    for (const one of owed.values()) {
      const state = world.campaigns.get(one.campaign)?.state;
      // Of an archived campaign no callback is dialed any more, whosever it is.
      if (state === undefined || state === 'archived' || mayWork(world, one.agent, one.campaign)) continue;
      const callbacks = await this.#handOver(one);
      if (callbacks > 0) handedOver.push({ campaign: one.campaign, agent: one.agent, callbacks });
    }
    return handedOver;
  }

  /** True when the session's agent may not work in its campaign any more. */
  #dismiss({ session, agent, campaign, isDismissed }: AgentSession): boolean {
    const may = mayWork(this.#hub.world, agent, campaign);
    if (may === (isDismissed === true)) {
      this.#hub.post({ type: 'session', session, event: { type: may ? 'regain-rights' : 'lose-rights' } });
    }
    return !may;
  }

  async #handOver({ campaign: name, agent }: Owed): Promise<number> {
    const { parts, world, post } = this.#hub;
    const why = `Callback of any agent: agent ${agent} no longer works in ${name}.`;
    const now = this.#hub.now();
    const callbacks = await parts.store.callbacks.handOver({ campaign: name, agent, by: nameOf(RECORDS), now, why });
    if (callbacks === 0) return 0;
    parts.log.info({ campaign: name, agent, callbacks }, 'personal callbacks handed over to the group');
    post({ type: 'personal', campaign: name, agent });
    const campaign = world.campaigns.get(name);
    campaign?.ahead.unknown();
    post({ type: 'pace', campaign: name });
    return callbacks;
  }
}
