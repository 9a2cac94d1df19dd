// A conversation in which a control has been used: is the person with the agent or on hold, is the agent muted? Part of
// the call machine, of its state `talking` alone. What was asked for counts once the exchange has done it.

/** Absent from a call: person and agent talk, and no control has been used. */
export interface Talk {
  /**
   * The person's line. `open`: in one bridge with the agent; `held`: apart, with music; `parting` and `rejoining`: the
   * exchange was asked and has not done it yet.
   */
  readonly line: 'open' | 'parting' | 'held' | 'rejoining';
  /** On hold since then. */
  readonly heldAt?: number;
  /** The agent's own leg: `on`, and no one hears the agent; `muting` and `unmuting`: asked for. */
  readonly mute: 'off' | 'muting' | 'on' | 'unmuting';
}

/** What the agent asks for. */
export type TalkOrder = 'hold' | 'resume' | 'mute' | 'unmute';

export type TalkEvent =
  | { readonly type: TalkOrder }
  /** The exchange has done it. */
  | { readonly type: 'parted' | 'rejoined' | 'muted' | 'unmuted' }
  /** It has not, or did not say. */
  | { readonly type: 'refused'; readonly order: TalkOrder };

export const OPEN_TALK: Talk = { line: 'open', mute: 'off' };

/** Whether the person and the agent are in one bridge, as far as the agent has asked. */
export const isOnLine = (talk: Talk | undefined): boolean => talk === undefined || talk.line === 'open';

/** Nothing of it is on its way. */
export const isSettled = ({ line, mute }: Talk): boolean =>
  (line === 'open' || line === 'held') && (mute === 'on' || mute === 'off');

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

const TO_HOLD = { held: 'there', open: 'away', parting: 'under-way', rejoining: 'other-way' } as const;
const TO_RESUME = { open: 'there', held: 'away', rejoining: 'under-way', parting: 'other-way' } as const;
const TO_MUTE = { on: 'there', off: 'away', muting: 'under-way', unmuting: 'other-way' } as const;
const TO_UNMUTE = { off: 'there', on: 'away', unmuting: 'under-way', muting: 'other-way' } as const;

export function withoutHold({ heldAt: _heldAt, ...rest }: Talk): Talk {
  return rest;
}
