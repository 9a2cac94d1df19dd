// An agent's session as it begins, at the phone or at a desk. Pure.

import type { AgentSession, PhoneKind, SessionPlan } from '../../agent/session.ts';
import type { AgentNumber, CampaignName, LegId, SessionId } from '../../terms.ts';
import { sessionBridge } from './agent-phones.ts';

/** A session that is opened at a desk waits so long for its phone. */
const FIRST_PHONE_MS = 60_000;

export interface NewSession {
  readonly agent: AgentNumber;
  readonly name: string;
  readonly account: string;
  readonly campaign: CampaignName;
  /** The phone that signed in; absent: opened at a desk, and the phone is rung. */
  readonly leg?: LegId;
  /** Opened at a desk with the browser for a phone: it is waited for. */
  readonly browser?: true;
  /** Opened at a desk with an outside phone, E.164, which is called. */
  readonly outside?: string;
}

interface Beginning {
  readonly id: SessionId;
  readonly plan: SessionPlan;
  readonly isWorkedByKeys: boolean;
  readonly now: number;
}

/**
 * Paused until the agent asks for calls. `isWorkedByKeys`: records come before calls; who signs in by phone works them by
 * its keys.
 */
export function newSession({ leg, ...who }: NewSession, { id, plan, isWorkedByKeys, now }: Beginning): AgentSession {
  const session: AgentSession = {
    ...who,
    session: id,
    plan,
    state: 'paused',
    since: now,
    reason: 'signed-in',
    bridge: sessionBridge(id),
    phone: 'down',
    signOutAfter: false,
  };
  if (leg !== undefined) return isWorkedByKeys ? { ...session, atDesk: true, byKeys: true } : session;
  const isRung = plan.phoneMode === 'nailed-up';
  const rung = {
    resume: 'paused',
    pauseAfter: 'signed-in',
    graceUntil: now + (who.outside === undefined ? FIRST_PHONE_MS : plan.graceMs),
  } as const;
  return { ...session, atDesk: true, ...(isRung ? rung : {}) };
}

export const phoneKindOf = ({ browser, outside }: Pick<AgentSession, 'browser' | 'outside'>): PhoneKind =>
  browser === true ? 'browser' : outside === undefined ? 'account' : 'number';
