// Who is with whom in a call at this moment, for the book that shows afterwards who talked with whom and how long. Pure.

import type { Call } from './call.ts';
import { OPEN_TALK } from './talk.ts';

/**
 * `talk`: the agent with the person; `held`: the person on hold for the agent; `muted`: the agent not heard; `consult`,
 * `three-way` and `third-party`: the third party with the agent, with both, with the person alone.
 */
export type PartNow = 'talk' | 'held' | 'muted' | 'consult' | 'three-way' | 'third-party';

/** What goes on in the call; empty when the person has no agent. */
export function partsOf({
  state,
  third,
  talk = OPEN_TALK,
}: Pick<Call, 'state' | 'talk' | 'third'>): readonly PartNow[] {
  if (state === 'handed-over') return ['third-party'];
  if (state !== 'talking') return [];
  const isHeld = talk.line === 'held' || talk.line === 'rejoining';
  // Written down before the exchange has muted the agent: after a crash in between the agent is muted rather than heard.
  const withThird: readonly PartNow[] = third?.state === 'here' ? [isHeld ? 'consult' : 'three-way'] : [];
  return [isHeld ? 'held' : 'talk', ...withThird, ...(talk.mute === 'off' ? [] : (['muted'] as const))];
}
