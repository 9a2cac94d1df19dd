// What the store keeps of agents and their secrets.

import type { SipDigest } from '../../base/sip-digest.ts';
import type { AgentNumber } from '../../terms.ts';
import type { Agent } from '../ports.ts';

export interface AgentStore {
  all(): Promise<readonly Agent[]>;
  /** Adds an agent or changes its name, groups, PIN (already hashed) and the digest of its SIP password; absent parts stay. */
  save(agent: SaveAgent): Promise<void>;
  remove(number: AgentNumber): Promise<boolean>;
  /** Secrets for sign-in and provisioning. */
  secrets(number: AgentNumber): Promise<AgentSecrets | undefined>;
}

interface SaveAgent {
  readonly number: AgentNumber;
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly account?: string;
  readonly pinHash?: string;
  readonly sipDigest?: SipDigest;
}

export interface AgentSecrets {
  readonly agent: Agent;
  readonly pinHash: string;
  /** Absent when it has never had a SIP password. */
  readonly sipDigest?: SipDigest;
}
