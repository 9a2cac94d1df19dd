// Whether a leg is where it belongs, and what is to be done when it is not. Pure: the world's word against what the
// exchange says. Each agent session has a bridge; it holds the agent's phone and the person of the conversation, no one else.

import type { BridgeId } from '../terms.ts';

/** Where the world wants a leg to be. */
export type Seat =
  /** In that bridge. */
  | { readonly is: 'in'; readonly bridge: BridgeId }
  /** A leg of ours that belongs in no bridge: a person who waits, or hears a message. */
  | { readonly is: 'apart' }
  /** A leg of ours on its way to or from a bridge, or ending: whatever it does is right. */
  | { readonly is: 'moving' }
  /** No leg of ours. */
  | { readonly is: 'unknown' };

/** Where the exchange says that it is. */
export interface Found {
  /** Absent: in no bridge. */
  readonly bridge?: BridgeId;
  /** The bridge is that of a session of ours. */
  readonly isOurs: boolean;
}

/** `bring-back`: into the bridge where it belongs; `take-out`: of the bridge, and left alone; `hang-up`: an intruder. */
export type Correction = 'none' | 'bring-back' | 'take-out' | 'hang-up';

export function correctionOf(seat: Seat, found: Found): Correction {
  switch (seat.is) {
    case 'in':
      return found.bridge === seat.bridge ? 'none' : 'bring-back';
    case 'apart':
      return found.isOurs ? 'take-out' : 'none';
    case 'moving':
      return 'none';
    case 'unknown':
      return found.isOurs ? 'hang-up' : 'none';
  }
}
