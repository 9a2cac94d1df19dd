// A time to call again, as somebody wants to agree on it.

import type { AgentNumber, PhoneType } from '../../terms.ts';
import type { Actor } from '../actor.ts';

/** What clocks of a zone show (epoch ms, as if they stood in UTC), or what an agent typed at that moment. */
export type ZoneTime = { readonly shownAt: number } | { readonly typed: string; readonly now: number };

/** What somebody wants to agree on. */
export interface CallbackRequest {
  readonly record: number;
  /** Epoch ms (`NaN`: no time), or a time of the zone that is meant. */
  readonly at: number | ZoneTime;
  /** IANA zone in which the time was said; absent: the person's, as far as it is certain, else the campaign's. */
  readonly zone?: string;
  /** One of the contact's numbers or another; absent: the one dialed, or the next to be dialed. */
  readonly number?: string;
  readonly type?: PhoneType;
  /** Whose it is; null: any agent's. */
  readonly agent: AgentNumber | null;
  readonly note?: string;
  readonly by: Actor;
}

/** For which times a form asks whether a callback may be agreed on. */
export interface CallbackTimesRequest extends Pick<CallbackRequest, 'record' | 'number' | 'type' | 'zone' | 'agent'> {
  /** The day of which the half-hours are judged, as `2026-12-01`; absent: today, in the zone. */
  readonly date?: string;
}
