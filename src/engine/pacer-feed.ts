// What a campaign's pacer is told besides the events of calls and agents: how things stand when it is new, how the
// abandonment window stands, and who will leave by plan.

import { nextLeaveAt } from '../campaign/planned-leaves.ts';
import type { WindowNow } from '../campaign/abandon-window.ts';
import type { PacingEvent } from '../pacing/pacer.ts';
import type { CampaignName } from '../terms.ts';
import { pacedState } from './agents.ts';
import { zoneOf } from './campaign-pacer.ts';
import type { RunningCampaign, World } from './world.ts';

/** The agents and calls of now, as events of when each came to be as it is, in order of time. */
export function presentOf(world: World, campaign: CampaignName, now: number): readonly PacingEvent[] {
  const events: PacingEvent[] = [];
  for (const session of world.sessionsOf(campaign)) {
    events.push({ at: session.since, type: 'agent', agent: session.agent, state: pacedState(session) });
  }
  for (const { call, paced } of world.callsOf(campaign)) {
    if (!paced) continue;
    const { attempt, dialedAt, ringingAt, answeredAt, liveAt, bridgedAt } = call;
    events.push({ at: dialedAt, type: 'dialed', call: attempt });
    if (ringingAt !== undefined) events.push({ at: ringingAt, type: 'ringing', call: attempt });
    if (answeredAt !== undefined) events.push({ at: answeredAt, type: 'answered', call: attempt });
    if (liveAt !== undefined) events.push({ at: liveAt, type: 'live', call: attempt });
    const agent = call.session === undefined ? undefined : world.sessions.get(call.session)?.agent;
    if (bridgedAt !== undefined && agent !== undefined) {
      events.push({ at: bridgedAt, type: 'connected', call: attempt, agent });
    }
  }
  // What began long ago keeps its age; nothing lies in the future.
  return events.map((event) => ({ ...event, at: Math.min(event.at, now) })).sort((a, b) => a.at - b.at);
}

export function windowEvent({ name: _name, ...window }: WindowNow, at: number): PacingEvent {
  return { at, type: 'window', ...window };
}

/** Tells the pacer when each agent will leave by plan, as far as that has changed. */
export function tellPlans(world: World, { definition, pacer }: RunningCampaign, now: number): void {
  if (!pacer) return;
  for (const { agent } of world.sessionsOf(definition.name)) {
    const groups = world.agentsByNumber.get(agent)?.groups ?? [];
    const who = { number: agent, groups };
    pacer.plan(now, agent, nextLeaveAt(definition.leaves ?? [], who, { zone: zoneOf(definition), now }));
  }
}
