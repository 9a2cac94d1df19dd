// What a campaign's pacing makes of the state of an agent.

import type { AgentSession } from '../../agent/session.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { PacedAgentState } from '../../pacing/pacer.ts';
import { isOffering } from './desk-plan.ts';

/**
 * To the pacer an agent who is kept for a record or being connected is taken; who waits for whoever picks up is not. Where
 * agents at desks are taken before anybody is dialed, one who is merely ready is no one's to be reckoned with.
 */
export function pacedState(
  { state, forAnyone, atDesk }: Pick<AgentSession, 'state' | 'forAnyone' | 'atDesk'>,
  campaign: Pick<Campaign, 'mode' | 'desk'> | undefined,
): PacedAgentState {
  if (state === 'engaged' && forAnyone === true) return 'ready';
  if (state === 'ready' && atDesk === true && campaign !== undefined && isOffering(campaign)) return 'paused';
  return state === 'reserved' || state === 'engaged' ? 'talking' : state;
}
