// Calls of third parties as the store keeps them: whom an agent brought into a call or gave the person to. A number that
// is called is written down before its INVITE leaves, like an attempt, and ends in one result.

import type { AgentNumber, AttemptId, CampaignName, Result } from '../../terms.ts';

export interface ThirdPartyStore {
  opened(call: NewThirdCall): Promise<void>;
  answered(id: string, at: number): Promise<void>;
  /** A second end changes nothing. */
  ended(id: string, end: ThirdCallEnd): Promise<void>;
  of(attempt: AttemptId): Promise<readonly ThirdCallRow[]>;
  /** Asked for from `fromAt` to before `toAt`, oldest first. */
  list(query: { readonly fromAt?: number; readonly toAt?: number }): Promise<readonly ThirdCallRow[]>;
  /** Those without an end, oldest first; where recovery starts. */
  unfinished(): Promise<readonly ThirdCallRow[]>;
}

export interface NewThirdCall {
  readonly id: string;
  /** The call into which it was brought. */
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly byAgent: AgentNumber;
  readonly how: 'consult' | 'transfer' | 'take-over';
  readonly kind: 'number' | 'agent';
  /** The destination's name, the number's last digits, or the agent's number. */
  readonly who: string;
  /** E.164; null: an agent's phone was not dialed. */
  readonly number: string | null;
  readonly trunk: string | null;
  readonly callerId: string | null;
  readonly askedAt: number;
}

interface ThirdCallEnd {
  readonly endedAt: number;
  readonly result: Result;
  readonly sipCode: number | null;
  readonly cause: number | null;
}

export interface ThirdCallRow extends NewThirdCall {
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly result: Result | null;
  readonly sipCode: number | null;
  readonly cause: number | null;
}
