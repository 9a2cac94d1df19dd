// What a look at a leg is about, and what came of it.

import type { CallState } from '../../call/call.ts';
import type { AttemptId, LegId, SessionId } from '../../terms.ts';
import type { CallRecord, SnapshotLeg, TelephonySnapshot } from '../ports.ts';

export interface Look {
  readonly state: CallState;
  readonly looks: number;
  /** Its call record may come yet. */
  readonly hasRecord: boolean;
}

export interface PhoneLook {
  readonly leg: LegId;
  readonly session: SessionId;
  /** It should take its seat; else it should end. */
  readonly isToSit: boolean;
}

export interface LookedUp {
  readonly attempt: AttemptId;
  readonly look: Look;
  /** How many steps the call had taken when it was asked about. */
  readonly steps: number;
  readonly snapshot: TelephonySnapshot;
  readonly record: CallRecord | undefined;
}

export interface PhoneLookedUp {
  readonly look: PhoneLook;
  readonly seen: SnapshotLeg | undefined;
}
