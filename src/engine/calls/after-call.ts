// Puts together what comes after a call and beside the campaign's own dialing: callbacks, calls for one agent alone,
// people who call us, people who were missed.

import type { Aftermaths } from './aftermath.ts';
import type { Agents } from '../agents/agents.ts';
import { Callbacks } from './callbacks.ts';
import type { Calls } from './calls.ts';
import type { Campaigns } from '../campaigns/campaigns.ts';
import type { Dialing } from '../dialing/dialing.ts';
import type { EngineEvent, Hub } from '../hub.ts';
import { Inbound } from './inbound.ts';
import { MissedPeople } from './missed.ts';
import { PersonalCalls } from '../agents/personal-calls.ts';
import { AgentFirst } from '../dialing/agent-first.ts';
import { Reservations } from '../dialing/reservations.ts';
import type { Validation } from '../dialing/validation.ts';
import type { Trunks } from '../dialing/trunks.ts';

interface Parts {
  readonly agents: Agents;
  readonly aftermaths: Aftermaths;
  readonly calls: Calls;
  readonly campaigns: Campaigns;
  readonly dialing: Dialing;
  readonly trunks: Trunks;
  readonly validation: Validation;
}

export interface AfterCall {
  readonly agentFirst: AgentFirst;
  readonly reservations: Reservations;
  readonly callbacks: Callbacks;
  readonly personal: PersonalCalls;
  readonly inbound: Inbound;
  readonly missed: MissedPeople;
}

/** The parts, each told of what concerns it. */
export function assembleAfterCall(hub: Hub, parts: Parts): AfterCall {
  const { agents, aftermaths, calls, campaigns } = parts;
  const callbacks = new Callbacks(hub, { aftermaths, campaigns });
  const agentFirst = new AgentFirst(hub, parts);
  const reservations = new Reservations(hub, aftermaths);
  const personal = new PersonalCalls(hub, agentFirst);
  const inbound = new Inbound(hub, calls);
  const missed = new MissedPeople(hub, campaigns);
  aftermaths.onEnded = (ended) => missed.ended(ended, inbound.done(ended.opened.attempt));
  agents.giveWork({
    forFree: (session) => personal.forFree(session),
    agreeByKeys: (session, attempt, typed) => callbacks.agreeByKeys(session, attempt, typed),
  });
  return { agentFirst, reservations, callbacks, personal, inbound, missed };
}

type AfterCallEvent = Extract<
  EngineEvent,
  {
    readonly type:
      | 'personal'
      | 'personal-due'
      | 'personal-next'
      | 'agent-opened'
      | 'numbers-checked'
      | 'agent-dialed'
      | 'reservation-lapsed';
  }
>;

/** Hands an event to the part that it concerns. */
export function handleAfterCall({ personal, agentFirst, reservations }: AfterCall, event: AfterCallEvent): void {
  switch (event.type) {
    case 'personal':
      return personal.refresh(event.campaign, event.agent);
    case 'personal-due':
      return personal.due(event.campaign, event.agent);
    case 'personal-next':
      return personal.expect(event.campaign, event.agent, event.at);
    case 'agent-opened':
      return agentFirst.opened(event.dial, event.answer);
    case 'numbers-checked':
      return agentFirst.checked(event.dial);
    case 'agent-dialed':
      if (event.dial.by === 'callbacks') personal.dialed(event.dial, event.dialed);
      return;
    case 'reservation-lapsed':
      return reservations.lapsed(event.reservation);
  }
}
