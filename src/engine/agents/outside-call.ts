// A call to an agent's outside phone, as the event that places it has it.

import type { LegId, SessionId } from '../../terms.ts';

/** A call to an outside phone that may be placed now. */
export interface OutsideCall {
  readonly session: SessionId;
  readonly leg: LegId;
  readonly number: string;
  readonly trunk: string;
}
