// What a campaign's pacer gets besides the events of calls and agents: how things stand when it is new, how the
// abandonment window stands, and who will leave by plan.

import { defined } from '../../base/defined.ts';
import { nextLeaveAt } from '../../campaign/planned-leaves.ts';
import type { WindowNow } from '../../rules/abandon-window.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { isOpenAt, nextChangeAt } from '../../campaign/schedule.ts';
import type { PacingEvent } from '../../pacing/pacer.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import { pacedState } from '../agents/paced-state.ts';
import type { CampaignAnswers } from '../campaigns/campaign-answers.ts';
import { zoneOf } from './campaign-pacer.ts';
import type { RunningCampaign, World } from '../world.ts';

/** The agents and calls of now, as events of when each came to be as it is, in order of time. */
export function presentOf(world: World, campaign: CampaignName, now: number): readonly PacingEvent[] {
  const events: PacingEvent[] = [];
  const definition = world.campaigns.get(campaign)?.definition;
  for (const session of world.sessionsOf(campaign)) {
    events.push({ at: session.since, type: 'agent', agent: session.agent, state: pacedState(session, definition) });
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

/**
 * When no more live answers will come that count in the window: at its end, or before when the campaign's schedule closes.
 * Without a schedule it is not known when a person or cron will stop the dialing: undefined.
 */
export function lastAnswersAt({ endsAt }: WindowNow, { schedule }: Campaign, at: number): number | undefined {
  const closesAt = isOpenAt(schedule, at) ? nextChangeAt(schedule, at) : undefined;
  return endsAt === undefined || closesAt === undefined ? undefined : Math.min(endsAt, closesAt);
}

/** What the window of a campaign is reported from. */
type CountedCampaign = Pick<RunningCampaign, 'definition' | 'dialsLeft'> & {
  readonly answers: Pick<CampaignAnswers, 'window'>;
};

/**
 * The abandonment window for the pacer, which reckons with the answers still to come: those until dialing ends, and of no
 * more people than the records have. Where that end is not known nothing is borrowed from answers that may never come.
 */
export function windowEvent({ answers, definition, dialsLeft }: CountedCampaign, at: number): PacingEvent | undefined {
  const now = answers.window(definition, at);
  if (!now) return undefined;
  const { name: _name, endsAt: _end, ...window } = now;
  const endsAt = lastAnswersAt(now, definition, at);
  if (endsAt === undefined) return { at, type: 'window', ...window };
  return { at, type: 'window', ...window, endsAt, ...defined({ dialsLeft }) };
}

/** When an agent's next personal callback is due; undefined: none is agreed. */
export type CallbackDue = (campaign: CampaignName, agent: AgentNumber) => number | undefined;

/**
 * Informs the pacer until when each agent will take its calls, as far as that has changed: a planned break, the end of the
 * shift, a personal callback for which the agent will be kept.
 */
export function reportPlans(
  world: World,
  { definition, pacer }: RunningCampaign,
  { now, callbackDue }: { readonly now: number; readonly callbackDue: CallbackDue },
): void {
  if (!pacer) return;
  const { name, leaves = [] } = definition;
  for (const { agent } of world.sessionsOf(name)) {
    const groups = world.agentsByNumber.get(agent)?.groups ?? [];
    const leaveAt = nextLeaveAt(leaves, { number: agent, groups }, { zone: zoneOf(definition), now });
    // One that is due waits for its agent: the agent is kept for it as soon as they are free.
    const dueAt = Math.max(now, callbackDue(name, agent) ?? Infinity);
    const untilAt = Math.min(leaveAt ?? Infinity, dueAt);
    pacer.plan(now, agent, untilAt === Infinity ? undefined : untilAt);
  }
}
