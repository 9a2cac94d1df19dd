// Wrong passwords of before a start, out of the audit log: whoever can make the daemon restart has no more tries for it.

import { beginTry, lift, noLockOuts, rightPin } from '../../agent/lock-out.ts';
import type { LockOutLimits, LockOuts, PinTry } from '../../agent/lock-out.ts';
import { networkOf } from '../../base/addresses.ts';
import type { AuditEntry, AuditLog } from '../../engine/store/audit.ts';

/** The longest wait, and the day after it in which the next one is longer. */
const COUNTED_MS = 48 * 3_600_000;
const MOST_COUNTED = 5_000;
export const WRONG_PASSWORD = 'session.wrong-password';

/** One browser's try for a name: a browser that knows its user by its own hash, any other by where it is. */
export function triedFrom(name: string, address: string, browser: string | undefined): PinTry {
  if (browser === undefined) return { phone: networkOf(address), agent: name, isOwnPhone: false };
  return { phone: `browser ${browser}`, agent: name, isOwnPhone: true };
}

export async function pastTries(audit: Pick<AuditLog, 'list'>, limits: LockOutLimits, now: number): Promise<LockOuts> {
  const query = { fromAt: now - COUNTED_MS, limit: MOST_COUNTED };
  const entries = [
    ...(await audit.list({ ...query, what: WRONG_PASSWORD })),
    ...(await audit.list({ ...query, what: 'session.begin' })),
    ...(await audit.list({ ...query, what: 'user.set-password' })),
  ];
  return entries.sort((a, b) => a.entry - b.entry).reduce((state, one) => after(state, one, limits), noLockOuts);
}

/** A name that no one has was not written down: such tries count for their address alone. */
function after(state: LockOuts, { what, subject, to, at }: AuditEntry, limits: LockOutLimits): LockOuts {
  const name = /^user (.+)$/.exec(subject)?.[1] ?? '';
  if (what === 'user.set-password') return lift(state, name, undefined);
  const { address, browser } = (typeof to === 'object' && to !== null ? to : {}) as Readonly<Record<string, unknown>>;
  if (typeof address !== 'string') return state;
  const tried = triedFrom(name, address, typeof browser === 'string' ? browser : undefined);
  return what === WRONG_PASSWORD ? beginTry(state, tried, limits, at).state : rightPin(state, tried, limits);
}
