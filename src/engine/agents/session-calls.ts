// What a session does to the call that it has: hold, and letting go of its person.

import type { AgentState, AttemptId, CampaignName, SessionId } from '../../terms.ts';
import type { Hub } from '../hub.ts';

/** In which states an agent has a call and has not met its person. */
const AWAITS_PERSON: ReadonlySet<AgentState> = new Set(['engaged', 'reserved']);

export function toggleHold(hub: Hub, attempt: AttemptId): void {
  const isHeld = hub.world.calls.get(attempt)?.call.talk?.line === 'held';
  const control = { type: isHeld ? 'resume' : 'hold' } as const;
  hub.post({ type: 'call', attempt, event: { type: 'control', control } });
}

/** The person leaves the agent's bridge before anything else is done for them: its agent may soon be back there. */
export function loseCall(hub: Hub, attempt: AttemptId, id: SessionId): void {
  const call = hub.world.calls.get(attempt)?.call;
  const third = call?.third;
  if (third?.who.kind === 'agent' && third.who.session === id) {
    return hub.post({ type: 'third-lost', attempt, session: id });
  }
  const lost = { type: 'call', attempt, event: { type: 'agent-lost' } } as const;
  const isThere = call?.state === 'talking' && call.talk?.line !== 'held';
  if (!isThere || call.bridge === undefined) return hub.post(lost);
  const leave = { type: 'remove-from-bridge', bridge: call.bridge, leg: call.leg } as const;
  hub.runThen(leave, lost, () => lost);
}

/** The call is over: an agent who was kept for it and never met the person is free again. */
export function freeFrom(hub: Hub, campaign: CampaignName, attempt: AttemptId): void {
  for (const session of hub.world.sessionsOf(campaign)) {
    if (session.attempt !== attempt || !AWAITS_PERSON.has(session.state)) continue;
    const event = { type: 'released', attempt, why: 'not-connected' } as const;
    hub.post({ type: 'session', session: session.session, event });
  }
}
