// What a supervisor does with an agent's session: ends one that hangs, and moves an agent to another campaign, also out of
// a call, which is finished first. A move is a session that ends and another that begins, on the same phone; an agent who
// was ready is ready there.

import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import type { AgentSession } from '../../agent/session.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import { nameOf, type Actor } from '../actor.ts';
import type { Hub } from '../hub.ts';
import type { Agents } from './agents.ts';
import { mayWork } from './rights.ts';

interface Move {
  readonly campaign: CampaignName;
  readonly wasReady: boolean;
  /** The phone is the agent's browser. */
  readonly isBrowser: boolean;
  /** The phone is an outside one, E.164. */
  readonly outside?: string;
}

/** In any other state no person is on the line and nothing is left to finish. */
const WITH_PERSON = new Set<AgentSession['state']>(['reserved', 'talking']);

export class Moves {
  readonly #hub: Hub;
  readonly #agents: Pick<Agents, 'open' | 'handle' | 'closeBroken'>;
  readonly #moving = new Map<AgentNumber, Move>();

  constructor(hub: Hub, agents: Pick<Agents, 'open' | 'handle' | 'closeBroken'>) {
    this.#hub = hub;
    this.#agents = agents;
  }

  /** Where the agent goes once the session has ended. */
  to(agent: AgentNumber): CampaignName | undefined {
    return this.#moving.get(agent)?.campaign;
  }

  /** Asked for by somebody else: the session ends after the conversation that goes on. Refused with `agent-not-signed-in`. */
  signOut(agent: AgentNumber, by: Actor): void {
    const session = this.#hub.world.sessionByAgent.get(agent);
    if (session === undefined) throw notSignedIn(agent);
    this.#hub.parts.log.info({ agent, by: nameOf(by) }, 'sign-out asked for');
    this.#hub.post({ type: 'session', session, event: { type: 'ask-sign-out' } });
  }

  /** Refused with `agent-not-signed-in`, `campaign-unknown`, `agent-not-assigned`, `agent-there-already`. */
  ask(agent: AgentNumber, campaign: CampaignName, by: Actor): void {
    const session = this.#sessionOf(agent);
    const { world } = this.#hub;
    const state = world.campaigns.get(campaign)?.state;
    if (state === undefined || state === 'archived' || state === 'unapproved')
      throw refused(
        404,
        'campaign-unknown',
        `There is no campaign ${campaign} to work in.`,
        'Approve it, or name another.',
      );
    if (session.campaign === campaign)
      throw refused(
        409,
        'agent-there-already',
        `Agent ${agent} works in ${campaign} already.`,
        'Name another campaign.',
      );
    if (!mayWork(world, agent, campaign))
      throw refused(
        409,
        'agent-not-assigned',
        `Agent ${agent} is in no group of ${campaign}.`,
        'Give the agent one of its groups: outdial agent change NUMBER --group GROUP.',
      );
    this.#hub.parts.log.info({ agent, from: session.campaign, to: campaign, by: nameOf(by) }, 'move asked for');
    this.#hub.post({ type: 'agent-moves', agent, session: session.session, campaign });
  }

  /** Its turn: the session ends, at once or after the call. */
  begin(agent: AgentNumber, id: string, campaign: CampaignName): void {
    const session = this.#hub.world.sessions.get(id);
    if (!session) return;
    const wasReady = session.pauseAfter === undefined && session.state !== 'paused';
    this.#moving.set(agent, {
      campaign,
      wasReady,
      isBrowser: session.browser === true,
      ...defined({ outside: session.outside }),
    });
    this.#agents.handle(id, { type: 'ask-sign-out' });
    this.#hub.emit({ type: 'agent', at: this.#hub.now(), agent });
  }

  /** The agent's session is over: the one in the other campaign begins. */
  closed(agent: AgentNumber): void {
    const move = this.#moving.get(agent);
    const { world, parts } = this.#hub;
    const known = world.agentsByNumber.get(agent);
    this.#moving.delete(agent);
    if (!move || !known || !world.linkUp || !mayWork(world, agent, move.campaign)) return;
    if (world.sessionByAgent.has(agent)) return;
    const { name, account } = known;
    const isRung =
      !move.isBrowser &&
      move.outside === undefined &&
      world.campaigns.get(move.campaign)?.definition.agentPhone.mode === 'nailed-up';
    if (isRung && !world.registered.has(account)) {
      parts.log.warn({ agent, campaign: move.campaign }, 'not moved: the phone is not registered');
      return;
    }
    const phone = move.isBrowser ? { browser: true as const } : defined({ outside: move.outside });
    this.#agents.open({ agent, name, account, campaign: move.campaign, ...phone });
    const session = world.sessionByAgent.get(agent);
    if (move.wasReady && session !== undefined) this.#agents.handle(session, { type: 'ask-ready' });
  }

  /** Ends a session that hangs, whatever it is in; refused with `agent-in-call` while a person is on the line. */
  end(agent: AgentNumber, by: Actor): void {
    const { session, state } = this.#sessionOf(agent);
    if (WITH_PERSON.has(state))
      throw refused(
        409,
        'agent-in-call',
        `Agent ${agent} has a person on the line.`,
        'Sign the agent out: the session ends after the conversation.',
      );
    this.#hub.parts.log.warn({ agent, session, state, by: nameOf(by) }, 'session is ended by a supervisor');
    this.#hub.post({ type: 'session-ends', session });
  }

  /** Its turn; a person may have come meanwhile. */
  ends(id: string): void {
    const session = this.#hub.world.sessions.get(id);
    if (session && !WITH_PERSON.has(session.state)) this.#agents.closeBroken(id, 'ended-by-supervisor');
  }

  #sessionOf(agent: AgentNumber): AgentSession {
    const { sessions, sessionByAgent } = this.#hub.world;
    const session = sessions.get(sessionByAgent.get(agent) ?? '');
    if (session) return session;
    throw notSignedIn(agent);
  }
}

function notSignedIn(agent: AgentNumber): OperationalError {
  const hint = 'See `outdial agent list` for who is signed in.';
  return refused(409, 'agent-not-signed-in', `Agent ${agent} has no session.`, hint);
}

function refused(httpCode: number, code: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode });
}
