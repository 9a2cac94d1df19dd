// What is dialed for one agent alone, who asked for it, and what became of it.

import type { AgentNumber, AttemptId, CampaignName, Phone, ReservationId, SessionId } from '../../terms.ts';
import type { DialRefusal, OpenedAttempt } from '../store/attempts.ts';

/** What is dialed. */
export type AgentOrder =
  /** The longest due of the agent's personal callbacks and of the people who wait for any engaged agent. */
  | { readonly what: 'callback' }
  /** A record that is reserved for the agent; the number absent: the next. The record stays with whoever reserved it. */
  | {
      readonly what: 'reserved';
      readonly reservation: ReservationId;
      readonly phone?: Phone;
      readonly callerId?: string;
    };

/** Who asks for it, and hears of it. */
export type DialedBy = 'callbacks' | 'interaction';

/** A dialing that was asked for, under way in the store. */
export interface AgentDial {
  readonly by: DialedBy;
  readonly order: AgentOrder;
  readonly attempt: AttemptId;
  readonly session: SessionId;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly trunk: string;
  readonly at: number;
  /** The validation service has been asked about its numbers. */
  readonly isChecked?: true;
}

/** What became of it. */
export type AgentDialed =
  /** The attempt is durable, and its INVITE has been asked for. */
  | { readonly placed: OpenedAttempt }
  /** The reserved record may not be dialed (on that number); it stays reserved, its agent engaged. */
  | { readonly refused: DialRefusal }
  /** No callback is due; the agent is free again. */
  | { readonly nextDueAt: number | undefined }
  /** The store did not answer, or campaign or trunk are gone. */
  | { readonly failed: string };

/** Why nothing was asked for: the agent is not free, no line is, or the campaign may not dial. */
export interface NotAsked {
  readonly code: 'agent-busy' | 'no-line' | 'may-not-dial';
  readonly why: string;
  readonly againAt?: number;
}
