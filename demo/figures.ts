// What a run of the demo came to: from our attempts and the call records of both Asterisks.

import { matchCallRecords, type AuditAttempt, type AuditRecord } from '../src/call/audit.ts';
import { percentiles } from '../src/engine/campaigns/figures.ts';
import type { AttemptRow } from '../src/engine/store/attempts.ts';
import { auditedInbound } from '../src/reports/audited-inbound.ts';
import { readCallRecords } from '../src/telephony/cdr-csv.ts';
import type { CallCentre } from './call-centre.ts';

export interface DemoFigures {
  readonly attempts: number;
  readonly liveAnswers: number;
  readonly connected: number;
  readonly abandoned: number;
  readonly abandonRate: number;
  readonly utilisation: number;
  readonly answerDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly waited: { readonly count: number; readonly maxMs: number };
  readonly carrierCalls: number;
  readonly unmatched: number;
  /** Attempts without a result: always 0 after an orderly end. */
  readonly open: number;
}

/**
 * The figures of a finished run; `utilisation` comes from the daemon while it still ran. Attempts over the trunk `foreign`
 * went to a peer whose call records we do not have: they are held against those of our own Asterisk alone.
 */
export async function figuresOf(centre: CallCentre, utilisation: number, foreign?: string): Promise<DemoFigures> {
  const attempts = await attemptsOf(centre);
  const inbound = await inboundOf(centre);
  const calls = [...attempts, ...inbound];
  const toCarrier = [...attempts.filter(({ trunk }) => trunk !== foreign), ...inbound];
  const own = matchCallRecords(calls, await recordsOf(centre.box.pbx.cdrFile), { side: 'own' });
  const carrier = matchCallRecords(toCarrier, await recordsOf(centre.box.carrier.cdrFile), { side: 'carrier' });
  const reached = attempts.filter(({ bridgedAt, result }) => bridgedAt !== null && result === 'connected');
  const delaysOf = (waited: boolean): number[] =>
    reached
      .filter((row) => row.waited === waited)
      .map(({ answeredAt, bridgedAt }) => Math.max(0, (bridgedAt ?? 0) - (answeredAt ?? 0)));
  const waits = delaysOf(true);
  const abandoned = attempts.filter((attempt) => attempt.result === 'abandoned').length;
  const liveAnswers = attempts.filter((attempt) => attempt.liveAt !== null).length;
  const { p50, p99, max } = percentiles(delaysOf(false));
  return {
    attempts: attempts.length,
    liveAnswers,
    connected: reached.length,
    abandoned,
    abandonRate: liveAnswers === 0 ? 0 : abandoned / liveAnswers,
    utilisation,
    answerDelayMs: { p50, p99, max },
    waited: { count: waits.length, maxMs: Math.max(0, ...waits) },
    carrierCalls: carrier.callRecords,
    unmatched: own.unmatched + carrier.unmatched,
    open: own.open,
  };
}

/** Every attempt in the store, read beside the daemon or without it. */
export function attemptsOf(centre: CallCentre): Promise<readonly AttemptRow[]> {
  return centre.look((store) => store.attempts.list({}));
}

/** Calls that came in, as the audit looks at them. */
function inboundOf(centre: CallCentre): Promise<readonly AuditAttempt[]> {
  return centre.look(async (store) => auditedInbound(await store.inbound.list({})));
}

/** Every call record of a file. */
export async function recordsOf(file: string): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of readCallRecords(file, { fromAt: 0, toAt: Date.now() + 1 })) records.push(record);
  return records;
}
