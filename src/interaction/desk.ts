// An agent's desk as the desk machine knows it: the channels, the campaigns that records are taken from, the one open
// interaction, and the commands that were answered. What a workspace shows and a phone speaks stands on it.

import type { Reason } from '../eligibility/reasons.ts';
import type { AgentNumber, CampaignName, SessionId } from '../terms.ts';
import type {
  Act,
  Happening,
  HeldRecord,
  Interaction,
  InteractionEffect,
  InteractionId,
  InteractionPlan,
} from './interaction.ts';
import type { Channel, InteractionKind } from './modes.ts';

type Readiness = 'ready' | 'not-ready';

/** A record that is being fetched for the agent; nothing else may come meanwhile. */
interface Pull {
  /** Answered once; what comes for another request is given back. */
  readonly request: string;
  readonly campaign: CampaignName;
  readonly kind: InteractionKind;
}

/** A command that was carried out: the same key again does nothing. */
export interface AnsweredCommand {
  readonly key: string;
  readonly what: string;
}

export interface Desk {
  readonly agent: AgentNumber;
  readonly session: SessionId;
  /** There is no workspace: it is worked by the keys of a phone. */
  readonly byKeys?: true;
  readonly version: number;
  readonly channels: Readonly<Record<Channel, Readiness>>;
  /** What the agent said by Get Record (true) and by Stop or Done and Stop (false); absent: as the mode begins. */
  readonly takes: Readonly<Record<CampaignName, boolean>>;
  readonly pulls: number;
  readonly pull?: Pull;
  readonly open?: Interaction;
  /** The agent must ask for the next before this, or the session ends. */
  readonly countdown?: { readonly campaign: CampaignName; readonly kind: InteractionKind; readonly until: number };
  /** The session ends as soon as the call in hand is over. */
  readonly leaving?: true;
  /** The session has ended: nothing comes any more. */
  readonly isOver?: true;
  readonly answered: readonly AnsweredCommand[];
  /** The latest interactions that are done: what still comes for one is late. */
  readonly past: readonly InteractionId[];
  /** Why the last Get Record brought nothing. */
  readonly nothing?: string;
  /** The same as a kind with its values; absent in a desk of an older daemon. */
  readonly nothingReason?: Reason;
}

/** What the agent asks for at the desk, apart from the acts on the open interaction. */
export type Wish =
  /** Get Record, Get customer: pulls one, or lets them come again. */
  | { readonly do: 'get-record'; readonly campaign: CampaignName; readonly kind: InteractionKind }
  /** No more records of this campaign after the one in hand; closing its window means the same. */
  | { readonly do: 'stop'; readonly campaign: CampaignName }
  | { readonly do: 'set-ready' | 'set-not-ready'; readonly channel: Channel }
  /** The button with the countdown. */
  | { readonly do: 'go-on' }
  | { readonly do: 'end-session' };

/** What a client sends. A key makes it safe to send twice; `expects` refuses it when something has happened meanwhile. */
export type Command =
  | { readonly key: string; readonly wish: Wish }
  | {
      readonly key: string;
      readonly interaction: InteractionId;
      readonly expects?: number;
      readonly act: Act;
    };

export type DeskEvent =
  | { readonly type: 'command'; readonly command: Command }
  /** The record is reserved for this agent, durably. */
  | ({ readonly type: 'offer' } & Offer)
  | ({ readonly type: 'record-reserved'; readonly request: string } & Offer)
  | { readonly type: 'no-record'; readonly request: string; readonly why: string; readonly reason: Reason }
  /** A person was connected with this agent. */
  | ({ readonly type: 'call-connected'; readonly attempt: string } & Offer)
  /** The session has become ready or paused by other means, such as a key of the phone. */
  | { readonly type: 'channel'; readonly channel: Channel; readonly to: Readiness }
  | { readonly type: 'interaction'; readonly interaction: InteractionId; readonly event: Happening }
  | { readonly type: 'countdown-over' | 'session-lost' | 'restored' };

/** What an interaction begins with. */
export interface Offer {
  readonly interaction: InteractionId;
  readonly campaign: CampaignName;
  readonly plan: InteractionPlan;
  readonly record?: HeldRecord;
}

export type DeskEffect =
  | { readonly do: 'interaction'; readonly interaction: InteractionId; readonly effect: InteractionEffect }
  /** Reserve the next record for this agent and answer with `record-reserved` or `no-record`; the same request again is one. */
  | ({ readonly do: 'reserve-record' } & Pull)
  /** What was reserved for this interaction is not wanted any more: back to the top, if it is still reserved for it. */
  | { readonly do: 'return-record'; readonly record?: number; readonly interaction: InteractionId }
  /** The agent is free: whatever may be offered, may be. */
  | { readonly do: 'seek' }
  /** The interaction is done: its outcome, notes and answers are final. */
  | { readonly do: 'finished'; readonly interaction: Interaction }
  | { readonly do: 'set-countdown'; readonly at: number }
  | { readonly do: 'clear-countdown' }
  | { readonly do: 'channel-changed'; readonly channel: Channel; readonly to: Readiness }
  | { readonly do: 'end-session'; readonly why: 'signed-out' | 'countdown-over' };
