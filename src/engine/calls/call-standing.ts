// How an agent's call stands, for whoever shows it. Pure.

import { defined } from '../../base/defined.ts';
import type { Call } from '../../call/call.ts';
import { OPEN_TALK, changingOf, isOnLine, isSettled, type Talk, type Third } from '../../call/talk.ts';
import type { CallStanding } from './call-orders.ts';

export function standingOf(
  call: Call,
  { agent, ...recording }: Pick<CallStanding, 'agent' | 'recording' | 'mayRecord'>,
): CallStanding {
  const { attempt, campaign, bridgedAt, dialedAt, third, talk = OPEN_TALK } = call;
  const isThere = third?.state === 'here' && talk.line !== 'leaving';
  return {
    agent,
    attempt,
    campaign,
    since: bridgedAt ?? dialedAt,
    muted: isSilent(talk),
    ...defined({ heldSince: talk.heldAt }),
    pending: !isSettled(talk),
    changing: changingOf(talk),
    ...recording,
    ...(third === undefined ? {} : { third: shown(third) }),
    parties: [...(isOnLine(talk) ? (['person'] as const) : []), ...(isThere ? (['third-party'] as const) : [])],
  };
}

/** Until the exchange has lifted it the agent is not heard. */
const isSilent = ({ mute }: Talk): boolean => mute === 'on' || mute === 'unmuting';

const shown = ({ who, state }: Third): NonNullable<CallStanding['third']> => ({
  who: who.kind === 'agent' ? who.agent : who.name,
  kind: who.kind,
  state: state === 'here' ? 'here' : 'calling',
});
