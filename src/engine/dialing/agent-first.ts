// Agent-first dialing: an agent is engaged, a record chosen or a reserved one taken, its attempt opened, and the call
// placed for that agent alone; the pacer sees the agent as taken. Whoever asks for it hears what became of it by the event
// `agent-dialed`. Decides nothing about which agent, when, or what comes after the call.

import type { AgentSession } from '../../agent/session.ts';
import { defined } from '../../base/defined.ts';
import type { AttemptId, SessionId } from '../../terms.ts';
import type { Agents } from '../agents/agents.ts';
import { mayTake } from '../agents/rights.ts';
import { freeFrom } from '../agents/session-calls.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { Calls } from '../calls/calls.ts';
import type { Hub } from '../hub.ts';
import type { OpenedAttempts } from '../store/attempts.ts';
import type { RunningCampaign } from '../world.ts';
import type { AgentDial, AgentDialed, AgentOrder, DialedBy, NotAsked } from './agent-dial.ts';
import type { Dialing } from './dialing.ts';
import type { Trunks } from './trunks.ts';
import type { Validation } from './validation.ts';

interface Parts {
  readonly agents: Agents;
  readonly recordOutcomes: RecordOutcomes;
  readonly calls: Calls;
  readonly dialing: Dialing;
  readonly trunks: Trunks;
  readonly validation: Validation;
}

export class AgentFirst {
  readonly #hub: Hub;
  readonly #parts: Parts;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** Engages the agent and opens the attempt; its id, or why nothing of that was done. */
  dial(id: SessionId, by: DialedBy, order: AgentOrder): AttemptId | NotAsked {
    const session = this.#hub.world.sessions.get(id);
    const campaign = session && this.#hub.world.campaigns.get(session.campaign);
    if (!session || !campaign || !this.#isFree(session, order)) {
      return { code: 'agent-busy', why: 'The agent is not free for it.' };
    }
    const { mayDial, why, againAt } = this.#parts.dialing.decisionBesideRecords(campaign);
    if (!mayDial) return { code: 'may-not-dial', why, ...defined({ againAt }) };
    const taken = this.#parts.trunks.take(campaign.definition, { wanted: 1, atOnce: 1 });
    const [trunk] = taken.lines;
    if (trunk === undefined) return { code: 'no-line', why: taken.why, ...defined({ againAt: taken.moreAt }) };
    const attempt = this.#hub.parts.newId();
    const { agent, campaign: name } = session;
    const engage = order.what === 'reserved' ? ({ attempt, forRecord: true } as const) : { attempt };
    this.#parts.agents.handle(id, { type: 'engage', ...engage });
    this.#open(campaign, { by, order, attempt, session: id, agent, campaign: name, trunk, at: this.#hub.now() });
    return attempt;
  }

  /** Ready, or kept for the very record already and in no call. */
  #isFree(session: AgentSession, { what }: AgentOrder): boolean {
    if (mayTake(this.#hub.world, session)) return true;
    if (what === 'callback' || session.forRecord !== true) return false;
    return (session.state === 'engaged' && session.attempt === undefined) || session.state === 'wrap-up';
  }

  #open(campaign: RunningCampaign, dial: AgentDial): void {
    const { definition } = campaign;
    const { attempt, agent, trunk, order, at: now } = dial;
    const { phone, callerId, reservation } = {
      phone: undefined,
      callerId: undefined,
      reservation: undefined,
      ...order,
    };
    const line = { attempt, trunk, turn: (campaign.callerIdTurn += 1), ...defined({ chosenCallerId: callerId }) };
    const quotas = this.#parts.trunks.hours.quotas(definition, [trunk]);
    const reserved = reservation === undefined ? {} : { reserved: { reservation, ...defined({ phone }) } };
    const limits = quotas.length === 0 ? {} : { quotas };
    const { attempts } = this.#hub.parts.store;
    attempts.open({ campaign: definition, now, lines: [line], agent, ...reserved, ...limits }).then(
      (answer) => this.#hub.post({ type: 'agent-opened', dial, answer }),
      (fault: unknown) => {
        this.#hub.parts.log.error({ campaign: definition.name, fault }, 'the store could not open a call for an agent');
        this.#hub.post({ type: 'agent-opened', dial, answer: undefined });
      },
    );
  }

  /** The validation service has been asked about the numbers of the record: it is dialed, or not, by what it said. */
  checked(dial: AgentDial): void {
    const campaign = this.#hub.world.campaigns.get(dial.campaign);
    if (campaign) this.#open(campaign, dial);
    else this.opened(dial, undefined);
  }

  /** The attempt is durable: its INVITE leaves. Without one the line is given back, and a callback's agent is free. */
  opened(dial: AgentDial, answer: OpenedAttempts | undefined): void {
    const campaign = this.#hub.world.campaigns.get(dial.campaign);
    const { calls, trunks, validation } = this.#parts;
    const unchecked = answer?.refused?.unchecked;
    if (campaign && unchecked && dial.isChecked !== true) {
      const checked = { type: 'numbers-checked', dial: { ...dial, isChecked: true } } as const;
      return validation.check(campaign.definition, unchecked, () => this.#hub.post(checked));
    }
    const trunk = trunks.find(dial.trunk);
    trunks.hours.opened(dial.trunk);
    const placed = answer?.opened[0];
    if (campaign && trunk && placed) {
      const { order, session } = dial;
      if (order.what === 'reserved') this.#parts.recordOutcomes.redialed(placed);
      calls.place(placed, campaign, { trunk, engaged: { session, keepsRecord: order.what === 'reserved' } });
      return this.#report(dial, { placed });
    }
    trunks.giveBack(dial.trunk, dial.campaign, dial.at);
    freeFrom(this.#hub, dial.campaign, dial.attempt);
    this.#report(dial, outcomeOf(dial, answer));
  }

  #report(dial: AgentDial, dialed: AgentDialed): void {
    this.#hub.post({ type: 'agent-dialed', dial, dialed });
  }
}

function outcomeOf({ order }: AgentDial, answer: OpenedAttempts | undefined): AgentDialed {
  if (answer?.refused !== undefined) return { refused: answer.refused };
  if (answer === undefined || answer.opened.length > 0) return { failed: 'The call could not be placed.' };
  return order.what === 'callback' ? { nextDueAt: answer.nextDueAt } : { failed: 'The call could not be placed.' };
}
