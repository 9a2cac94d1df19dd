// When agents are kept for one person: personal callbacks at their time, and people whom the law lets be called only with
// an agent engaged. As soon as one is due and its agent (or any) is ready, the agent dials it (dialing/agent-first.ts).

import type { AgentSession } from '../../agent/session.ts';
import { pickAgent } from '../../call/routing.ts';
import { asksForEngagedAgents } from '../../eligibility/engaged-agent.ts';
import type { AgentNumber, CampaignName, SessionId } from '../../terms.ts';
import type { AgentDial, AgentDialed } from '../dialing/agent-dial.ts';
import type { AgentFirst } from '../dialing/agent-first.ts';
import type { Hub } from '../hub.ts';
import { ANY_ENGAGED_AGENT } from '../store/callbacks.ts';
import { mayTake } from './rights.ts';

/** No line, or no answer of the store: tried again after this. */
const AGAIN_MS = 5_000;
/** People who wait for any engaged agent are looked for this often. */
const LOOK_EVERY_MS = 10_000;

export class PersonalCalls {
  readonly #hub: Hub;
  readonly #agentFirst: AgentFirst;
  /** When the next personal callback of an agent is tried, by campaign and agent. */
  readonly #nextAt = new Map<string, number>();

  constructor(hub: Hub, agentFirst: AgentFirst) {
    this.#hub = hub;
    this.#agentFirst = agentFirst;
  }

  /** At start: the callbacks that agents have to keep. */
  async start(): Promise<void> {
    const waiting = await this.#hub.parts.store.callbacks.personal({});
    for (const { campaign, agent, at } of waiting) this.expect(campaign, agent, at);
    this.#look();
  }

  /** The choice of records may have found people who wait for an engaged agent. */
  #look(): void {
    for (const { definition, state } of this.#hub.world.campaigns.values()) {
      if (state === 'running' && asksForEngagedAgents(definition)) this.refresh(definition.name, ANY_ENGAGED_AGENT);
    }
    this.#hub.timers.set('people for engaged agents', this.#hub.now() + LOOK_EVERY_MS, () => this.#look());
  }

  /** When the agent will be kept for the next personal callback; undefined: none is agreed. */
  dueAt(campaign: CampaignName, agent: AgentNumber): number | undefined {
    return this.#nextAt.get(keyOf(campaign, agent));
  }

  /** The agent's callbacks have changed: looks when the next one is due. */
  refresh(campaign: CampaignName, agent: AgentNumber): void {
    this.#hub.parts.store.callbacks.personal({ campaign, agent }).then(
      ([next]) => this.#hub.post({ type: 'personal-next', campaign, agent, at: next?.at }),
      (fault: unknown) => {
        this.#hub.parts.log.error({ campaign, agent, fault }, 'personal callbacks could not be read');
        this.#hub.post({ type: 'personal-next', campaign, agent, at: this.#hub.now() + AGAIN_MS });
      },
    );
  }

  /** Dials who is due for this agent, or for any, now that the agent is free; false when there is no one. */
  forFree(id: SessionId): boolean {
    const session = this.#hub.world.sessions.get(id);
    if (!session || !mayTake(this.#hub.world, session)) return false;
    const { agent, campaign: name } = session;
    const now = this.#hub.now();
    const dueAt = Math.min(...[agent, ANY_ENGAGED_AGENT].map((who) => this.#nextAt.get(keyOf(name, who)) ?? Infinity));
    if (dueAt > now) return false;
    if (typeof this.#agentFirst.dial(id, 'callbacks', { what: 'callback' }) !== 'string') {
      for (const who of [agent, ANY_ENGAGED_AGENT]) this.#putOff(name, who, now);
      return false;
    }
    this.#nextAt.delete(keyOf(name, agent));
    this.#putOff(name, ANY_ENGAGED_AGENT, now);
    return true;
  }

  /** Who is due is tried again a little later. */
  #putOff(campaign: CampaignName, who: AgentNumber, now: number): void {
    if ((this.#nextAt.get(keyOf(campaign, who)) ?? Infinity) <= now) this.expect(campaign, who, now + AGAIN_MS);
  }

  /** What became of a dialing that was asked for. */
  dialed({ campaign, agent }: AgentDial, dialed: AgentDialed): void {
    if ('placed' in dialed) {
      for (const who of [agent, ANY_ENGAGED_AGENT]) this.refresh(campaign, who);
      return;
    }
    this.expect(campaign, agent, 'nextDueAt' in dialed ? dialed.nextDueAt : this.#hub.now() + AGAIN_MS);
  }

  /** The next one is tried at that moment, when its agent is free then or as soon as they are. */
  expect(campaign: CampaignName, agent: AgentNumber, at: number | undefined): void {
    const key = keyOf(campaign, agent);
    if (at === undefined) {
      this.#nextAt.delete(key);
      this.#hub.timers.clear(key);
      return;
    }
    this.#nextAt.set(key, at);
    this.#hub.timers.set(key, Math.max(at, this.#hub.now()), () =>
      this.#hub.post({ type: 'personal-due', campaign, agent }),
    );
  }

  /** One is due: dialed if its agent is free. */
  due(campaign: CampaignName, agent: AgentNumber): void {
    const { sessionByAgent, sessions } = this.#hub.world;
    const session =
      agent === ANY_ENGAGED_AGENT ? this.#longestIdle(campaign) : sessions.get(sessionByAgent.get(agent) ?? '');
    if (session?.campaign === campaign && session.state === 'ready') this.forFree(session.session);
  }

  #longestIdle(campaign: CampaignName): AgentSession | undefined {
    const ready = this.#hub.world.sessionsOf(campaign).filter((session) => mayTake(this.#hub.world, session));
    const chosen = pickAgent(ready.map(({ session, since }) => ({ session, readySince: since })));
    return chosen && this.#hub.world.sessions.get(chosen.session);
  }
}

const keyOf = (campaign: CampaignName, agent: AgentNumber): string => `personal ${campaign} ${agent}`;
