// Puts together what comes after a call and beside the campaign's own dialing: callbacks, calls for one agent alone,
// people who call us, people who were missed.

import type { Aftermaths } from './aftermath.ts';
import type { Agents } from '../agents/agents.ts';
import { Callbacks } from './callbacks.ts';
import type { Calls } from './calls.ts';
import type { Campaigns } from '../campaigns/campaigns.ts';
import type { Dialing } from '../dialing/dialing.ts';
import type { Hub } from '../hub.ts';
import { Inbound } from './inbound.ts';
import { MissedPeople } from './missed.ts';
import { PersonalCalls } from '../agents/personal-calls.ts';
import type { Trunks } from '../dialing/trunks.ts';

interface Parts {
  readonly agents: Agents;
  readonly aftermaths: Aftermaths;
  readonly calls: Calls;
  readonly campaigns: Campaigns;
  readonly dialing: Dialing;
  readonly trunks: Trunks;
}

export interface AfterCall {
  readonly callbacks: Callbacks;
  readonly personal: PersonalCalls;
  readonly inbound: Inbound;
  readonly missed: MissedPeople;
}

/** The parts, each told of what concerns it. */
export function assembleAfterCall(hub: Hub, parts: Parts): AfterCall {
  const { agents, aftermaths, calls, campaigns } = parts;
  const callbacks = new Callbacks(hub, { aftermaths, campaigns });
  const personal = new PersonalCalls(hub, parts);
  const inbound = new Inbound(hub, calls);
  const missed = new MissedPeople(hub, campaigns);
  aftermaths.onEnded = (ended) => missed.ended(ended, inbound.done(ended.opened.attempt));
  agents.giveWork({
    forFree: (session) => personal.forFree(session),
    agreeByKeys: (session, attempt, typed) => callbacks.agreeByKeys(session, attempt, typed),
  });
  return { callbacks, personal, inbound, missed };
}
