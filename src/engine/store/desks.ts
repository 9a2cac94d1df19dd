// What the store keeps of agents' desks: each as it is now, to go on after a restart, and what became of every interaction.

import type { Desk } from '../../interaction/desk.ts';
import type { Interaction, InteractionId, InteractionState, Outcome, Tried } from '../../interaction/interaction.ts';
import type { InteractionKind } from '../../interaction/modes.ts';
import type { AgentNumber, CampaignName, ReservationId, SessionId } from '../../terms.ts';
import type { ReleasedTo } from './reservations.ts';

export interface DeskStore {
  /**
   * The desk as it is now, its interactions, and the records that it gives back, in one transaction. What an older version
   * of the desk would write is left out.
   */
  keep(kept: KeepDesk): Promise<void>;
  /** Desks that are not over, with their sessions. */
  all(): Promise<readonly Desk[]>;
  /** A command of a workspace was carried out; of one agent's the latest are kept. */
  keepKey(answered: DeskKey): Promise<void>;
  /** The agent's latest, the earliest first. */
  keys(agent: AgentNumber): Promise<readonly DeskKey[]>;
  /** The latest first. */
  interactions(query: InteractionQuery): Promise<readonly InteractionRow[]>;
}

export interface KeepDesk {
  readonly desk: Desk;
  /** Those that have changed: the one in hand, and one that is done. */
  readonly interactions: readonly Interaction[];
  readonly released: readonly ReleaseOfDesk[];
  readonly at: number;
}

/** Commands that are remembered by their keys, for each agent. */
export const KEYS_KEPT = 64;

export interface DeskKey {
  readonly agent: AgentNumber;
  readonly key: string;
  /** A digest of the command. */
  readonly what: string;
  readonly at: number;
}

interface ReleaseOfDesk {
  readonly reservation: ReservationId;
  readonly to: ReleasedTo;
}

interface InteractionQuery {
  readonly interaction?: InteractionId;
  readonly agent?: AgentNumber;
  readonly campaign?: CampaignName;
  readonly record?: number;
  readonly limit?: number;
}

export interface InteractionRow {
  readonly interaction: InteractionId;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly session: SessionId;
  readonly kind: InteractionKind;
  /** Null: it was never known whose it is. */
  readonly record: number | null;
  readonly state: InteractionState;
  readonly outcome: Outcome | null;
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** Its calls, and for each who or what had it dialed, and when: the proof of a click. */
  readonly calls: readonly Omit<Tried, 'number' | 'isClosed'>[];
}
