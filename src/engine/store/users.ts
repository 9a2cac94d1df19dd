// What the store keeps of people who sign in and of programs that come with a token. Secrets arrive here as hashes.

import type { AgentNumber } from '../../terms.ts';

/** What somebody is for outdial; what each may do is in `http/rights.ts`. */
export const ROLES = ['admin', 'campaign-manager', 'supervisor', 'agent'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  /** What they type to sign in; small letters. */
  readonly name: string;
  /** For people to read; may be empty. */
  readonly fullName: string;
  readonly role: Role;
  /** The agent that they are; null when they take no calls. */
  readonly agent: AgentNumber | null;
  readonly passwordHash: string;
  readonly addedAt: number;
  readonly passwordAt: number;
}

export interface UserStore {
  all(): Promise<readonly User[]>;
  add(user: User): Promise<'added' | 'name-taken' | 'agent-taken'>;
  /** Absent parts stay; a new password ends all sessions and forgets the devices of the user. */
  change(name: string, change: UserChange): Promise<'changed' | 'unknown' | 'agent-taken'>;
  /** With all sessions. */
  remove(name: string): Promise<boolean>;
}

interface UserChange {
  readonly role?: Role;
  readonly agent?: AgentNumber | null;
  readonly fullName?: string;
  readonly password?: { readonly hash: string; readonly at: number };
}

/** A browser in which somebody is signed in. */
export interface WebSession {
  /** Hash of what the browser's cookie holds. */
  readonly session: string;
  readonly user: string;
  readonly address: string;
  readonly beganAt: number;
  readonly seenAt: number;
}

/** A browser in which this user has signed in before. */
export interface WebDevice {
  /** Hash of what its cookie holds. */
  readonly device: string;
  readonly user: string;
  readonly seenAt: number;
}

export interface WebSessionStore {
  all(): Promise<readonly WebSession[]>;
  devices(): Promise<readonly WebDevice[]>;
  /**
   * Begins a session, and remembers the device; of more than `most` the user's oldest end. False, and nothing is kept,
   * when the user's password is no longer the one that was checked.
   */
  open(session: WebSession, proof: SignInProof): Promise<boolean>;
  /** The latest requests of sessions. */
  seen(marks: readonly Pick<WebSession, 'session' | 'seenAt'>[]): Promise<void>;
  end(session: string): Promise<boolean>;
  /** All of a user's, `but` one; how many. Devices are forgotten too unless one is kept. */
  endOf(user: string, but?: string): Promise<number>;
  /** Those that nothing was heard of since `seenBefore`, or that began before `beganBefore`; how many. */
  endOld(limits: { readonly seenBefore: number; readonly beganBefore: number }): Promise<number>;
}

interface SignInProof {
  readonly passwordHash: string;
  readonly device: string;
  readonly most: number;
}

export interface ApiToken {
  readonly name: string;
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly addedAt: number;
  readonly addedBy: string;
  readonly endsAt: number | null;
  readonly revokedAt: number | null;
  readonly usedAt: number | null;
}

/** Tokens of programs; a revoked one stays, so that its name in the audit log means one thing for ever. */
export interface ApiTokenStore {
  all(): Promise<readonly ApiToken[]>;
  /** False when there is, or was, one of that name. */
  add(token: Omit<ApiToken, 'revokedAt' | 'usedAt'>): Promise<boolean>;
  /** False when there is none that counts. */
  revoke(name: string, at: number): Promise<boolean>;
  used(marks: readonly { readonly name: string; readonly usedAt: number }[]): Promise<void>;
}
