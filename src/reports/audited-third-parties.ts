// Calls of third parties as the audit looks at them: each number that was called must have its match in the call records,
// like an attempt. An agent's phone is not called for it.

import type { AuditAttempt } from '../call/audit.ts';
import type { ThirdCallRow } from '../engine/store/third-parties.ts';

export function auditedThirdParties(rows: readonly ThirdCallRow[]): readonly AuditAttempt[] {
  return rows.flatMap(({ id, number, askedAt, answeredAt, result, sipCode, cause }) =>
    number === null
      ? []
      : [{ attempt: id, number, dialedAt: askedAt, ringingAt: null, answeredAt, result, sipCode, cause }],
  );
}
