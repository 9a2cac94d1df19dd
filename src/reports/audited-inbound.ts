// Calls that came in as the audit looks at them: each must have its match in the call records, like an attempt.

import type { AuditAttempt } from '../call/audit.ts';
import type { InboundRow } from '../engine/store/inbound.ts';

/** One entry for each call; an answered one that no agent took counts as answered. */
export function auditedInbound(rows: readonly InboundRow[]): readonly AuditAttempt[] {
  return rows.map(({ call, called, arrivedAt, answeredAt, outcome }) => ({
    attempt: call,
    number: called,
    dialedAt: arrivedAt,
    ringingAt: answeredAt,
    answeredAt,
    result: resultOf(outcome, answeredAt !== null),
    sipCode: null,
    cause: answeredAt === null ? null : 16,
  }));
}

function resultOf(outcome: InboundRow['outcome'], wasAnswered: boolean): AuditAttempt['result'] {
  if (outcome === null) return null;
  if (outcome === 'talked') return 'connected';
  return wasAnswered ? 'abandoned' : 'cancelled';
}
