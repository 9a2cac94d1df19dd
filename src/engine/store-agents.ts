// What the store keeps of agents and their secrets.

import type { AgentNumber } from '../terms.ts';
import type { Agent } from './ports.ts';

export interface AgentStore {
  all(): Promise<readonly Agent[]>;
  /** Adds an agent or changes its name, groups, PIN (already hashed) and SIP password; absent parts stay. */
  save(agent: SaveAgent): Promise<void>;
  remove(number: AgentNumber): Promise<boolean>;
  /** Secrets for sign-in and provisioning. */
  secrets(number: AgentNumber): Promise<AgentSecrets | undefined>;
  /** Notes a wrong PIN or a right one; the count of wrong ones in a row decides on lock-out. */
  noteSignIn(number: AgentNumber, attempt: { readonly right: boolean; readonly at: number }): Promise<void>;
}

export interface SaveAgent {
  readonly number: AgentNumber;
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly account?: string;
  readonly pinHash?: string;
  readonly sipPassword?: string;
}

export interface AgentSecrets {
  readonly agent: Agent;
  readonly pinHash: string;
  readonly sipPassword: string;
  readonly wrongPins: number;
  readonly lastWrongAt: number | null;
}
