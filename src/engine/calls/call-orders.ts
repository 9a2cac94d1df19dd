// What an agent may ask of the own call, and how the call stands as far as its controls are concerned.

import type { Changing } from '../../call/talk.ts';
import type { AgentNumber, AttemptId, CampaignName } from '../../terms.ts';

export type CallOrder =
  | { readonly do: 'hold' | 'resume' | 'mute' | 'unmute' | 'hang-up' }
  /** `record` begins the recording, or goes on with one that is paused. */
  | { readonly do: 'record' | 'pause-recording' }
  /** Without the third party, to the person; the two without the agent; all three. */
  | { readonly do: 'back' | 'complete' | 'join' }
  /** `consult`: the agent speaks with them first; `transfer`: the person is given away at once. */
  | { readonly do: 'consult' | 'transfer'; readonly to: WantedThird }
  /** Keypad tones towards whom the agent talks with: digits, `*` and `#`. */
  | { readonly do: 'keys'; readonly keys: string };

/** A destination of the campaign by its name, a number, another agent of the campaign. */
export type WantedThird =
  { readonly destination: string } | { readonly number: string } | { readonly agent: AgentNumber };

/** Read from the exchange's answers, not from what was asked for. */
export interface CallStanding {
  readonly agent: AgentNumber;
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  /** Since when the agent talks with the person, epoch ms. */
  readonly since: number;
  readonly muted: boolean;
  /** Since when the person is on hold, epoch ms; absent: they are not. */
  readonly heldSince?: number;
  /** The exchange was asked for something and has not done it yet. */
  readonly pending: boolean;
  /** What of it, by the order that leads there; empty: nothing is pending. */
  readonly changing: readonly Changing[];
  readonly recording: 'off' | 'on' | 'paused';
  /** The call may be recorded: a recording may be begun, or gone on with. */
  readonly mayRecord: boolean;
  /** Who is called or consulted, or talks with both. */
  readonly third?: { readonly who: string; readonly kind: 'number' | 'agent'; readonly state: 'calling' | 'here' };
  /** Who hears the agent now. */
  readonly parties: readonly ('person' | 'third-party')[];
}
