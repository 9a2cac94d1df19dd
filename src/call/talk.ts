// A conversation in which a control has been used: is the person with the agent or on hold, is the agent muted, is a third
// party called or there? Part of the call machine. What was asked for counts once the exchange has done it.

import type { AgentNumber, LegId, SessionId } from '../terms.ts';

/** Absent from a call: person and agent talk, and no control has been used. */
export interface Talk {
  /**
   * The person's line. `open`: in one bridge with the agent; `held`: apart, with music; `parting`, `rejoining` and
   * `leaving` (to the third party): the exchange was asked and has not done it yet.
   */
  readonly line: 'open' | 'parting' | 'held' | 'rejoining' | 'leaving';
  /** On hold since then. */
  readonly heldAt?: number;
  /** The agent's own leg: `on`, and no one hears the agent; `muting` and `unmuting`: asked for. */
  readonly mute: 'off' | 'muting' | 'on' | 'unmuting';
  /** What follows when the person has left the bridge: hold, the way back at once, or the third party. */
  readonly then?: 'rejoin' | 'give-away';
}

/** Whom the agent brings in. */
export type ThirdParty =
  /** `name`: of the campaign's destination, else the number's last digits. */
  | { readonly kind: 'number'; readonly name: string }
  | { readonly kind: 'agent'; readonly agent: AgentNumber; readonly session: SessionId };

export interface Third {
  /** Of its call in the books. */
  readonly id: string;
  readonly leg: LegId;
  readonly who: ThirdParty;
  /** `wanted`: called when the person has left; `joining`: answered; `here`: in one bridge with those who talk. */
  readonly state: 'wanted' | 'calling' | 'joining' | 'here';
}

/** What the agent asks for. */
export type TalkOrder = 'hold' | 'resume' | 'mute' | 'unmute';
/** `back`: without the third party, to the person; `complete`: the two without the agent. */
export type TalkEvent =
  | { readonly type: TalkOrder | 'back' | 'complete' }
  /** `consult`: the agent talks with the third party first; `transfer`: the person is given away at once. */
  | { readonly type: 'consult' | 'transfer'; readonly third: Third }
  /** A supervisor, in the bridge already, takes the person over. */
  | { readonly type: 'take-over'; readonly third: Third }
  /** The exchange has done it; `handed`: person and third party are in a bridge of their own. */
  | { readonly type: 'parted' | 'rejoined' | 'muted' | 'unmuted' | 'handed' }
  | { readonly type: 'third-arrived' | 'third-joined' | 'third-ended'; readonly id: string }
  /** It has not, or did not say. */
  | { readonly type: 'refused'; readonly order: TalkOrder | 'complete' };

export const OPEN_TALK: Talk = { line: 'open', mute: 'off' };

/** Whether the person and the agent are in one bridge, as far as the agent has asked. */
export const isOnLine = (talk: Talk | undefined): boolean => talk === undefined || talk.line === 'open';

/** Nothing of it is on its way. */
export const isSettled = ({ line, mute }: Talk): boolean =>
  (line === 'open' || line === 'held') && (mute === 'on' || mute === 'off');

/** What of a conversation is on its way, by the order that leads there. */
export const CHANGING = ['mute', 'unmute', 'hold', 'resume', 'complete'] as const;
export type Changing = (typeof CHANGING)[number];

const OF_LINE = { open: [], held: [], parting: ['hold'], rejoining: ['resume'], leaving: ['complete'] } as const;
const OF_MUTE = { off: [], on: [], muting: ['mute'], unmuting: ['unmute'] } as const;

export const changingOf = ({ line, mute }: Talk): readonly Changing[] => [...OF_LINE[line], ...OF_MUTE[mute]];

/** How far a conversation is from what an order wants. */
type Way = 'there' | 'away' | 'under-way' | 'other-way';

export function wayTo(talk: Talk, order: TalkOrder): Way {
  switch (order) {
    case 'hold':
      return TO_HOLD[talk.line];
    case 'resume':
      return TO_RESUME[talk.line];
    case 'mute':
      return TO_MUTE[talk.mute];
    case 'unmute':
      return TO_UNMUTE[talk.mute];
  }
}

type Ways = Readonly<Record<Talk['line'], Way>>;
const busy = { parting: 'other-way', rejoining: 'other-way', leaving: 'other-way' } as const;
const TO_HOLD: Ways = { ...busy, held: 'there', open: 'away', parting: 'under-way' };
const TO_RESUME: Ways = { ...busy, open: 'there', held: 'away', rejoining: 'under-way' };
const TO_MUTE = { on: 'there', off: 'away', muting: 'under-way', unmuting: 'other-way' } as const;
const TO_UNMUTE = { off: 'there', on: 'away', unmuting: 'under-way', muting: 'other-way' } as const;

export function withoutHold({ heldAt: _heldAt, then: _then, ...rest }: Talk): Talk {
  return rest;
}
