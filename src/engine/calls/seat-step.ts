// What follows next for a leg that is to be in a bridge, and perhaps is not.

import type { BridgeId, LegId } from '../../terms.ts';

export interface SeatStep {
  readonly leg: LegId;
  /** `enter`: the bridge is there; `not-back`: a leg that was fetched should have arrived by now. */
  readonly step: 'check' | 'enter' | 'seated' | 'fetch' | 'not-back' | 'give-up';
  readonly bridge?: BridgeId;
}
