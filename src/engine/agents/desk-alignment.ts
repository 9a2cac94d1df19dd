// What brings an agent's session in step with the desk: a record in hand keeps the agent, one that is done with does not.
// Pure.

import type { AgentSession, SessionEvent } from '../../agent/session.ts';
import { isWrappedUpAtDesk } from '../../agent/steps.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { Interaction } from '../../interaction/interaction.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';

const COUNTDOWN = 'countdown';

/** What brings the session in step with what is in hand; undefined: it is. */
export function alignment(session: AgentSession, desk: Desk | undefined): SessionEvent | undefined {
  const { state, attempt } = session;
  const isKept = isWrappedUpAtDesk(session);
  const open = desk?.open;
  if (open === undefined) return withNothingInHand(session, desk);
  if (open.state === 'talking' || open.state === 'wrap-up') return undefined;
  const forAnyone = isWaiting(open);
  const engage: SessionEvent = { type: 'engage', forRecord: true, ...(forAnyone ? { forAnyone } : {}) };
  if (state === 'ready' || state === 'paused' || (state === 'wrap-up' && isKept && open.state === 'preview'))
    return engage;
  const isOther = (session.forAnyone === true) !== forAnyone;
  return state === 'engaged' && attempt === undefined && isOther ? engage : undefined;
}

/** While the countdown to the next record runs, no call comes. */
function withNothingInHand(session: AgentSession, desk: Desk | undefined): SessionEvent | undefined {
  const { state, pauseAfter, reason } = session;
  const isHeld = isWrappedUpAtDesk(session) && (state === 'engaged' || state === 'wrap-up');
  if (desk?.countdown !== undefined && (state === 'ready' || (isHeld && pauseAfter === undefined))) {
    return { type: 'ask-pause', reason: COUNTDOWN };
  }
  if (isHeld) return { type: 'disengage' };
  const isOver = state === 'paused' && reason === COUNTDOWN && desk !== undefined && desk.countdown === undefined;
  return isOver ? { type: 'ask-ready' } : undefined;
}

/** Engaged: no one is dialed for this agent alone, whoever picks up is given to them. */
const isWaiting = ({ state, plan, order, attempt }: Interaction): boolean =>
  state === 'dialing' && MODE_ROWS[plan.kind].accept === 'wait' && order === undefined && attempt === undefined;
