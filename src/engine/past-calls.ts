// Calls that are in the books, placed by us or come in: read alike, and put back to where what was said of them decides.

import { OperationalError } from '../base/errors.ts';
import { factsBefore } from '../list/before-call.ts';
import type { CallbackFacts, RecordFacts } from '../list/record.ts';
import { stranger } from '../list/stranger.ts';
import type { AgentNumber, AttemptId, CampaignName } from '../terms.ts';
import { isInbound } from './legs.ts';
import type { Store } from './store.ts';
import type { Aftermath, RunningCampaign } from './world.ts';

export interface PastCall {
  /** An attempt, or a call that came in. */
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  /** Null: the campaign has none of who called. */
  readonly record: number | null;
  /** The person's. */
  readonly number: string;
  readonly trunk: string;
  readonly callerId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly agent: AgentNumber | null;
  /** An agent talked with the person, and the call is over. */
  readonly hasTalked: boolean;
  readonly disposition: string | null;
  readonly reason: string | null;
  /** The call-again rule that decided on its record, by its place. */
  readonly rule: number | null;
  readonly counts: boolean;
}

/** Refused with `attempt-unknown`. */
export async function pastCall(store: Store, attempt: AttemptId): Promise<PastCall> {
  if (isInbound(attempt)) {
    const [row] = await store.inbound.list({ call: attempt, limit: 1 });
    const from = { trunk: '', callerId: row?.called ?? '', counts: false };
    if (row)
      return {
        ...row,
        ...from,
        attempt,
        number: row.caller,
        startedAt: row.arrivedAt,
        hasTalked: row.outcome === 'talked',
      };
  } else {
    const [row] = await store.attempts.list({ attempt, limit: 1 });
    if (row) return { ...row, startedAt: row.dialedAt, hasTalked: row.result === 'connected' };
  }
  throw new OperationalError('attempt-unknown', `There is no attempt ${attempt}.`, {
    hint: 'outdial report attempts shows their ids; live events carry them.',
    httpCode: 404,
  });
}

/**
 * A conversation as it was when it had just ended, with its record as it was before it. A callback that has been agreed
 * since the call began was agreed in it.
 */
export async function asJustEnded(
  store: Store,
  call: PastCall,
  campaign: RunningCampaign | undefined,
): Promise<Aftermath> {
  const { attempt, number, trunk, callerId, counts } = call;
  const found = call.record === null ? undefined : await store.records.facts(call.record);
  const now: RecordFacts = found?.facts ?? stranger(number, call.campaign);
  const record = found ? factsBefore(now, call, campaign?.definition) : now;
  const phone = record.phones.findIndex((one) => one.number === number || one.was === number);
  const agreed: CallbackFacts | null =
    now.callback !== null && now.callback.setAt >= call.startedAt ? now.callback : null;
  return {
    opened: { attempt, trunk, callerId, record, phoneIndex: Math.max(0, phone) },
    campaign: call.campaign,
    outcome: { result: 'connected', endedAt: call.endedAt ?? call.startedAt, counts },
    ...(agreed === null ? {} : { agreed }),
    ...(record.priority === now.priority ? {} : { priorityBefore: record.priority }),
  };
}
