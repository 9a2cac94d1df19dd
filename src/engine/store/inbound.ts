// What is kept of calls that people made to one of our numbers. The same life as an attempt's, so that both are handled
// alike; a book of their own, so that no figure of outbound calls counts them.

import type { ShownNumber } from '../../campaign/inbound.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { AgentNumber, AttemptId, CampaignName, RecordState } from '../../terms.ts';
import type { AttemptStore, UnfinishedAttempt } from './attempts.ts';

export interface InboundStore extends Pick<AttemptStore, 'progress' | 'close' | 'dispose' | 'settle'> {
  /** Whose number it is: the records with it in these campaigns, the one dialed last first. */
  findCaller(caller: string, campaigns: readonly CampaignName[]): Promise<readonly CallerMatch[]>;
  /** Which of these campaigns have shown the called number since then: to the caller, and the last one to anybody. */
  shown(query: ShownQuery): Promise<ShownNumber>;
  /**
   * Notes a call and takes the caller's record, when it is in no other call: it is not dialed meanwhile. Goes back to
   * what it was when the call is closed as undecided (`next` waiting and finished say otherwise).
   */
  open(call: OpenInbound): Promise<OpenedInbound>;
  /** The caller asks to be called back. */
  askForCallback(call: AttemptId, at: number): Promise<void>;
  /** Why its caller is not called back, in one sentence that does not hold the number. */
  notCalledBack(call: AttemptId, why: string): Promise<void>;
  /** Calls without a result, and closed ones whose record is still `dialing`; oldest first. */
  unfinished(): Promise<readonly UnfinishedAttempt[]>;
  /** Calls that arrived from `fromAt` to before `toAt`, oldest first. */
  list(query: InboundQuery): Promise<readonly InboundRow[]>;
}

export interface CallerMatch {
  readonly campaign: CampaignName;
  readonly record: number;
  readonly contact: number;
  readonly state: RecordState;
  readonly lastAttemptAt: number | null;
}

interface ShownQuery {
  readonly called: string;
  /** Empty: not given. */
  readonly caller: string;
  readonly campaigns: readonly CampaignName[];
  readonly sinceAt: number;
}

export interface OpenInbound {
  readonly call: AttemptId;
  readonly campaign: CampaignName;
  readonly called: string;
  readonly caller: string;
  readonly record?: number;
  readonly at: number;
}

export interface OpenedInbound {
  /** The caller's record; absent: no one known in this campaign, or in another call at this moment. */
  readonly record?: RecordFacts;
}

export interface InboundQuery {
  readonly call?: AttemptId;
  readonly campaign?: CampaignName;
  readonly record?: number;
  readonly contact?: number;
  readonly caller?: string;
  readonly fromAt?: number;
  readonly toAt?: number;
  readonly limit?: number;
}

/** `talked`: an agent took it; `missed`: no agent did; `callback-requested`: no agent did, and the caller asked to be called back. */
type InboundOutcome = 'talked' | 'missed' | 'callback-requested';

export interface InboundRow {
  readonly call: AttemptId;
  readonly campaign: CampaignName;
  readonly record: number | null;
  readonly contact: number | null;
  readonly called: string;
  readonly caller: string;
  readonly arrivedAt: number;
  readonly answeredAt: number | null;
  readonly bridgedAt: number | null;
  readonly endedAt: number | null;
  /** Null: still going on. */
  readonly outcome: InboundOutcome | null;
  readonly endedBy: string | null;
  readonly agent: AgentNumber | null;
  readonly disposition: string | null;
  readonly reason: string | null;
  /** Why the caller, who reached no agent, is not called back; null: nothing stood against it. */
  readonly notCalledBack: string | null;
  /** The call-again rule that decided on the caller's record, by its place in the campaign. */
  readonly rule: number | null;
}
