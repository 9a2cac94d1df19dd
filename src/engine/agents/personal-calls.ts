// Calls for one agent alone: personal callbacks at their time, and people whom the law lets be called only with an agent
// held. As soon as one is due and its agent (or any) is ready, the agent is kept free, the record is dialed for this agent
// alone, and the person is connected to nobody else. The pacer sees the agent as taken.

import type { AgentSession } from '../../agent/session.ts';
import { pickAgent } from '../../call/routing.ts';
import { asksForHeldAgents } from '../../eligibility/held-agent.ts';
import type { AgentNumber, AttemptId, CampaignName, SessionId } from '../../terms.ts';
import type { Agents } from './agents.ts';
import type { Calls } from '../calls/calls.ts';
import type { Dialing } from '../dialing/dialing.ts';
import type { Hub } from '../hub.ts';
import { mayTake } from './rights.ts';
import type { OpenedAttempts } from '../store/attempts.ts';
import { ANY_HELD_AGENT } from '../store/callbacks.ts';
import type { Trunks } from '../dialing/trunks.ts';
import type { RunningCampaign } from '../world.ts';

/** No line, or no answer of the store: tried again after this. */
const AGAIN_MS = 5_000;
/** People who wait for any held agent are looked for this often. */
const LOOK_EVERY_MS = 10_000;

interface Asked {
  readonly attempt: AttemptId;
  readonly session: SessionId;
  readonly agent: AgentNumber;
  readonly trunk: string;
  readonly at: number;
}

export class PersonalCalls {
  readonly #hub: Hub;
  readonly #parts: { agents: Agents; calls: Calls; dialing: Dialing; trunks: Trunks };
  /** When the next personal callback of an agent is tried, by campaign and agent. */
  readonly #nextAt = new Map<string, number>();

  constructor(hub: Hub, parts: { agents: Agents; calls: Calls; dialing: Dialing; trunks: Trunks }) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** At start: the callbacks that agents have to keep. */
  async start(): Promise<void> {
    const waiting = await this.#hub.parts.store.callbacks.personal({});
    for (const { campaign, agent, at } of waiting) this.#expect(campaign, agent, at);
    this.#look();
  }

  /** The choice of records may have found people who wait for a held agent. */
  #look(): void {
    for (const { definition, state } of this.#hub.world.campaigns.values()) {
      if (state === 'running' && asksForHeldAgents(definition)) this.refresh(definition.name, ANY_HELD_AGENT);
    }
    this.#hub.timers.set('people for held agents', this.#hub.now() + LOOK_EVERY_MS, () => this.#look());
  }

  /** When the agent will be kept for the next personal callback; undefined: none is agreed. */
  dueAt(campaign: CampaignName, agent: AgentNumber): number | undefined {
    return this.#nextAt.get(keyOf(campaign, agent));
  }

  /** The agent's callbacks have changed: looks when the next one is due. */
  refresh(campaign: CampaignName, agent: AgentNumber): void {
    this.#hub.parts.store.callbacks.personal({ campaign, agent }).then(
      ([next]) => this.#after(campaign, 'personal callbacks', () => this.#expect(campaign, agent, next?.at)),
      (fault: unknown) => {
        this.#hub.parts.log.error({ campaign, agent, fault }, 'personal callbacks could not be read');
        this.#after(campaign, 'personal callbacks', () => this.#expect(campaign, agent, this.#hub.now() + AGAIN_MS));
      },
    );
  }

  /** Dials who is due for this agent, or for any, now that the agent is free; false when there is nobody. */
  forFree({ session: id, agent, campaign: name }: AgentSession): boolean {
    const session = this.#hub.world.sessions.get(id);
    const campaign = this.#hub.world.campaigns.get(name);
    const now = this.#hub.now();
    const dueAt = Math.min(...[agent, ANY_HELD_AGENT].map((who) => this.#nextAt.get(keyOf(name, who)) ?? Infinity));
    if (!session || !mayTake(this.#hub.world, session) || !campaign || dueAt > now) return false;
    const [trunk] = this.#mayDial(campaign)
      ? this.#parts.trunks.take(campaign.definition, { wanted: 1, atOnce: 1 }).lines
      : [];
    if (trunk === undefined) {
      this.#putOff(name, agent, now);
      return false;
    }
    this.#open(campaign, { attempt: this.#hub.parts.newId(), session: id, agent, trunk, at: now });
    return true;
  }

  /** Who is due is tried again a little later. */
  #putOff(campaign: CampaignName, agent: AgentNumber, now: number): void {
    for (const who of [agent, ANY_HELD_AGENT]) {
      if ((this.#nextAt.get(keyOf(campaign, who)) ?? Infinity) <= now) this.#expect(campaign, who, now + AGAIN_MS);
    }
  }

  /** What holds for the campaign's own dialing holds here, but for when its next ordinary record is due. */
  #mayDial(campaign: RunningCampaign): boolean {
    return this.#parts.dialing.verdict({ ...campaign, nothingBefore: undefined }).mayDial;
  }

  #open(campaign: RunningCampaign, asked: Asked): void {
    const { definition } = campaign;
    const { attempt, session, agent, trunk, at: now } = asked;
    this.#nextAt.delete(keyOf(definition.name, agent));
    this.#putOff(definition.name, ANY_HELD_AGENT, now);
    this.#parts.agents.handle(session, { type: 'engage', attempt });
    const lines = [{ attempt, trunk, turn: (campaign.callerIdTurn += 1) }];
    const quotas = this.#parts.trunks.hours.quotas(definition, [trunk]);
    const limits = quotas.length === 0 ? {} : { quotas };
    this.#hub.parts.store.attempts.open({ campaign: definition, now, lines, agent, ...limits }).then(
      (answer) => this.#after(definition.name, 'personal callback', () => this.#opened(definition.name, asked, answer)),
      (fault: unknown) => {
        this.#hub.parts.log.error({ campaign: definition.name, fault }, 'the store could not open a personal callback');
        this.#after(definition.name, 'personal callback', () => this.#opened(definition.name, asked, undefined));
      },
    );
  }

  /** The attempt is durable: its INVITE leaves. Without a record the agent is free again. */
  #opened(name: CampaignName, asked: Asked, answer: OpenedAttempts | undefined): void {
    const campaign = this.#hub.world.campaigns.get(name);
    const { agents, calls, trunks } = this.#parts;
    const trunk = trunks.find(asked.trunk);
    trunks.hours.opened(asked.trunk);
    const opened = answer?.opened[0];
    if (campaign && trunk && opened) {
      calls.place(opened, campaign, trunk, asked.session);
      for (const who of [asked.agent, ANY_HELD_AGENT]) this.refresh(name, who);
      return;
    }
    trunks.giveBack(asked.trunk, name, asked.at);
    this.#expect(name, asked.agent, answer === undefined ? this.#hub.now() + AGAIN_MS : answer.nextDueAt);
    agents.freeFrom(name, asked.attempt);
  }

  /** The next one is tried at that moment, when its agent is free then or as soon as they are. */
  #expect(campaign: CampaignName, agent: AgentNumber, at: number | undefined): void {
    const key = keyOf(campaign, agent);
    if (at === undefined) {
      this.#nextAt.delete(key);
      this.#hub.timers.clear(key);
      return;
    }
    this.#nextAt.set(key, at);
    this.#hub.timers.set(key, Math.max(at, this.#hub.now()), () =>
      this.#after(campaign, 'personal callback is due', () => this.#due(campaign, agent)),
    );
  }

  #due(campaign: CampaignName, agent: AgentNumber): void {
    const { sessionByAgent, sessions } = this.#hub.world;
    const session =
      agent === ANY_HELD_AGENT ? this.#longestIdle(campaign) : sessions.get(sessionByAgent.get(agent) ?? '');
    if (session?.campaign === campaign && session.state === 'ready') this.forFree(session);
  }

  #longestIdle(campaign: CampaignName): AgentSession | undefined {
    const ready = this.#hub.world.sessionsOf(campaign).filter((session) => mayTake(this.#hub.world, session));
    const chosen = pickAgent(ready.map(({ session, since }) => ({ session, readySince: since })));
    return chosen && this.#hub.world.sessions.get(chosen.session);
  }

  #after(campaign: CampaignName, what: string, run: () => void): void {
    this.#hub.post({ type: 'then', what, about: { campaign }, run });
  }
}

const keyOf = (campaign: CampaignName, agent: AgentNumber): string => `personal ${campaign} ${agent}`;
