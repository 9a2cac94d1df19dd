// Who is with whom in a call at this moment, for the book that tells afterwards who talked with whom and how long. Pure.

import type { Call } from './call.ts';
import { OPEN_TALK } from './talk.ts';

/** `talk`: the agent with the person; `held`: the person on hold for the agent; `muted`: the agent not heard. */
export type PartNow = 'talk' | 'held' | 'muted';

/** What goes on in the call; empty when the person has no agent. */
export function partsOf({ state, talk = OPEN_TALK }: Pick<Call, 'state' | 'talk'>): readonly PartNow[] {
  if (state !== 'talking') return [];
  const isHeld = talk.line === 'held' || talk.line === 'rejoining';
  // Written down before the exchange has muted the agent: after a crash in between the agent is muted rather than heard.
  return [isHeld ? 'held' : 'talk', ...(talk.mute === 'off' ? [] : (['muted'] as const))];
}
