// What the store keeps of agent sessions and the time in each state.

import type { PhoneKind } from '../../agent/session.ts';
import type {
  AgentNumber,
  AgentState,
  AttemptId,
  BridgeId,
  CampaignName,
  LegId,
  PhoneMode,
  SessionId,
} from '../../terms.ts';

export interface SessionStore {
  open(session: SessionRow): Promise<void>;
  /** The session's outside phone is about to be called over that trunk. */
  outside(call: { readonly session: SessionId; readonly trunk: string }): Promise<void>;
  /** The session is worked with that phone from now on. */
  phone(session: SessionId, kind: PhoneKind): Promise<void>;
  /** One more stretch in a state begins; ends the one before. */
  state(change: SessionStateChange): Promise<void>;
  close(session: SessionId, at: number, reason: string): Promise<void>;
  /** Sessions without an end, with their last state. */
  unfinished(): Promise<readonly UnfinishedSession[]>;
  /** Time in each state by agent and campaign between two instants. */
  times(query: {
    readonly campaign?: CampaignName;
    readonly fromAt: number;
    readonly toAt: number;
  }): Promise<readonly StateTime[]>;
  /** Conversations that began between two instants, by agent and campaign. */
  talks(query: { readonly fromAt: number; readonly toAt: number }): Promise<readonly TalkCount[]>;
  /** What one agent has done between two instants, over all campaigns. */
  day(query: { readonly agent: AgentNumber; readonly fromAt: number; readonly toAt: number }): Promise<AgentDay>;
}

export interface TalkCount {
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly talks: number;
}

export interface AgentDay {
  /** Sessions that were open then, the oldest first. */
  readonly sessions: readonly AgentDaySession[];
  readonly times: readonly Pick<StateTime, 'state' | 'ms'>[];
  /** Conversations that began then, by what was said of them; null: nothing. */
  readonly calls: readonly { readonly disposition: string | null; readonly count: number }[];
}

interface AgentDaySession {
  readonly session: SessionId;
  readonly campaign: CampaignName;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface SessionRow {
  readonly session: SessionId;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly phoneMode: PhoneMode;
  readonly phoneKind: PhoneKind;
  /** Of an outside phone, E.164. */
  readonly phoneNumber: string | null;
  readonly leg: LegId | null;
  readonly bridge: BridgeId;
  readonly startedAt: number;
}

export interface SessionStateChange {
  readonly session: SessionId;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly attempt: AttemptId | null;
  /** The phone's leg at this moment, for recovery. */
  readonly leg: LegId | null;
  readonly at: number;
}

export interface UnfinishedSession extends SessionRow {
  /** Over which an outside phone was called last. */
  readonly phoneTrunk: string | null;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly attempt: AttemptId | null;
}

export interface StateTime {
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly state: AgentState;
  readonly ms: number;
}
