// Writes entries into the audit log: the only place that does, so that each says who did it. Refused as the store refuses.

import { nameOf, type Actor } from './actor.ts';
import type { AuditLog, NewAuditEntry } from './store/audit.ts';

/** What was done, to what, from which value to which: `null` where there is nothing to say. */
export interface Change extends Pick<NewAuditEntry, 'what' | 'subject'> {
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The entry's number, once it is durable. */
export function noteChange(
  { audit }: { readonly audit: Pick<AuditLog, 'append'> },
  by: Actor,
  { at, what, subject, from = null, to = null }: Change & { readonly at: number },
): Promise<number> {
  return audit.append({ at, who: nameOf(by), what, subject, from, to });
}
