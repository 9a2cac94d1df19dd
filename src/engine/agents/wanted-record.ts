// A record on its way to an agent's desk.

import type { InteractionKind } from '../../interaction/modes.ts';
import type { AgentNumber, CampaignName, ReservationId } from '../../terms.ts';

/** A record that was asked for. */
export interface Wanted {
  readonly reservation: ReservationId;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly kind: InteractionKind;
  /** The agent pulled it; else it is to be offered. */
  readonly isPulled: boolean;
}
