// Calls that are in the books, placed by us or come in: read alike, and put back to where what was said of them decides.

import { attemptUnknown } from '../store/refusals.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { factsBefore } from '../../records/before-call.ts';
import type { PersonFacts } from '../../records/record.ts';
import { unknownCaller } from '../../records/unknown-caller.ts';
import type { AgentNumber, AttemptId, CampaignName, Disposition } from '../../terms.ts';
import { plainAnswers } from '../../script/answers.ts';
import { isInbound } from '../legs.ts';
import type { Store } from '../store/store.ts';
import type { RecordOutcome } from '../world.ts';

export interface PastCall {
  readonly origin: 'inbound' | 'campaign';
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
    const from = { trunk: '', callerId: row?.called ?? '', counts: false, origin: 'inbound' as const };
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
    if (row) return { ...row, origin: 'campaign', startedAt: row.dialedAt, hasTalked: row.result === 'connected' };
  }
  throw attemptUnknown(attempt);
}

/**
 * A conversation as it was when it had just ended, with its record as it was before it, for a disposition that replaces
 * another; without one, for whatever is said of it next. A callback that has been agreed since the call began was agreed in it, and stands unless it is what the
 * disposition before had asked for.
 */
export async function asJustEnded(
  store: Store,
  { call, instead, campaign }: { readonly call: PastCall; readonly instead?: Disposition; readonly campaign: Campaign },
): Promise<RecordOutcome> {
  const { attempt, number, trunk, callerId, counts } = call;
  const found = call.record === null ? undefined : await store.records.facts(call.record);
  const now: PersonFacts = found?.facts ?? unknownCaller(number, call.campaign);
  const record = found ? factsBefore(now, call, campaign) : now;
  const phone = record.phones.findIndex((one) => one.number === number || one.was === number);
  const before = campaign.dispositions.find(({ code }) => code === call.disposition);
  const wasAgreed = now.callback !== null && now.callback.setAt >= call.startedAt;
  const takesBack = wasAgreed && instead !== undefined && before?.ask === 'callback' && instead.ask !== 'callback';
  const answers = Object.fromEntries(
    (await store.scripts.find({ attempt })).map(({ question, answer }) => [question, answer]),
  );
  return {
    origin: call.origin,
    answers: plainAnswers(answers),
    opened: { attempt, trunk, callerId, record, phoneIndex: Math.max(0, phone) },
    campaign: call.campaign,
    outcome: { result: 'connected', endedAt: call.endedAt ?? call.startedAt, counts },
    ...(wasAgreed && !takesBack ? { agreed: now.callback } : {}),
    undoes: {
      ...(record.priority === now.priority ? {} : { priority: record.priority }),
      ...(takesBack ? { takesBack } : {}),
    },
  };
}
