// Do our attempts and an exchange's call records agree, one to one? Pure: takes both, says what pairs and what does not.
//
// A call record belongs to the attempt whose id it carries. A carrier that keeps no ids is matched by number and time.
// One leg may leave several records (one for each bridge it was in): they count as one call. An attempt without a
// record is fine when it never became a call, and is listed apart.

import type { AttemptId, LegId, Result } from '../terms.ts';
import { hadNoSound } from './causes.ts';

export interface AuditAttempt {
  readonly attempt: AttemptId;
  readonly number: string;
  readonly dialedAt: number;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly result: Result | null;
  readonly sipCode: number | null;
  /** Q.850; null or 0 when the exchange never said how the leg ended. */
  readonly cause: number | null;
}

export interface AuditRecord {
  /** Empty when the record carries no id. */
  readonly attempt: AttemptId;
  readonly leg: LegId;
  readonly number: string;
  readonly startedAt: number;
  readonly answeredAt?: number;
  readonly endedAt: number;
  readonly disposition: 'answered' | 'no-answer' | 'busy' | 'failed' | 'congestion';
}

export interface AuditOptions {
  /**
   * `own`: records of our Asterisk, where those without an id are agents' and other calls and do not count.
   * `carrier`: everything there is ours; records without an id are matched by number and time.
   */
  readonly side: 'own' | 'carrier';
  /** Attempts dialed, and records begun, outside this stretch may pair but are not counted. */
  readonly fromAt?: number;
  readonly toAt?: number;
}

/** Why an attempt may lack a record without anything being wrong. */
type ExcusedWhy = 'never-sent' | 'lost-by-exchange' | 'never-reached-carrier';

interface Disagreement {
  readonly attempt: AttemptId;
  readonly ours: string;
  readonly theirs: string;
}

export interface AuditFigures {
  readonly attempts: number;
  /** Calls that the exchange has records of. */
  readonly callRecords: number;
  readonly matched: number;
  /** Attempts without record, records without attempt, and second calls of one attempt. */
  readonly unmatched: number;
  readonly disagreements: number;
  /** Attempts without a result. */
  readonly open: number;
}

export interface Audit extends AuditFigures {
  readonly withoutRecord: readonly AttemptId[];
  readonly withoutAttempt: readonly AuditRecord[];
  /** Attempts with more than one call. */
  readonly doubles: readonly { readonly attempt: AttemptId; readonly legs: readonly LegId[] }[];
  readonly disagreeing: readonly Disagreement[];
  readonly openAttempts: readonly AttemptId[];
  readonly excused: readonly { readonly attempt: AttemptId; readonly why: ExcusedWhy }[];
  /** Records of calls that are not ours (own side only). */
  readonly otherRecords: number;
}

interface RecordedCall {
  readonly record: AuditRecord;
  /** Attempt that it belongs to, once known. */
  readonly attempt: AttemptId;
}

/** Call records that carry no id start at most this long before or after their attempt. */
const CLOCK_TOLERANCE_MS = 5000;

/** Results that only an answered call can have. */
const ANSWERED: ReadonlySet<Result> = new Set(['connected', 'abandoned', 'machine', 'fax']);

/** Pairs attempts with call records; each attempt and each call is counted exactly once. */
export function matchCallRecords(
  attempts: readonly AuditAttempt[],
  records: readonly AuditRecord[],
  options: AuditOptions,
): Audit {
  const isCounted = (at: number): boolean => at >= (options.fromAt ?? -Infinity) && at < (options.toAt ?? Infinity);
  const merged = mergeByLeg(records);
  const unnamed = merged.filter((record) => record.attempt === '');
  const named = merged.filter((record) => record.attempt !== '');
  const known = new Set(attempts.map(({ attempt }) => attempt));
  const calls: RecordedCall[] = named.map((record) => ({ record, attempt: record.attempt }));
  if (options.side === 'carrier') calls.push(...matchByNumber(attempts, calls, unnamed));

  const callsByAttempt = new Map<AttemptId, AuditRecord[]>();
  const withoutAttempt: AuditRecord[] = [];
  for (const { record, attempt } of calls) {
    if (known.has(attempt)) callsByAttempt.set(attempt, [...(callsByAttempt.get(attempt) ?? []), record]);
    else if (isCounted(record.startedAt)) withoutAttempt.push(record);
  }
  const judged = judge(
    attempts.filter(({ dialedAt }) => isCounted(dialedAt)),
    callsByAttempt,
    options.side,
  );
  const spare = judged.doubles.reduce((sum, { legs }) => sum + legs.length - 1, 0);
  return {
    ...judged,
    callRecords: judged.matched + spare + withoutAttempt.length,
    unmatched: judged.withoutRecord.length + withoutAttempt.length + spare,
    disagreements: judged.disagreeing.length,
    open: judged.openAttempts.length,
    withoutAttempt,
    otherRecords: options.side === 'own' ? unnamed.filter(({ startedAt }) => isCounted(startedAt)).length : 0,
  };
}

/** Looks at each attempt with the calls found for it. */
function judge(
  attempts: readonly AuditAttempt[],
  callsByAttempt: ReadonlyMap<AttemptId, readonly AuditRecord[]>,
  side: AuditOptions['side'],
) {
  const withoutRecord: AttemptId[] = [];
  const doubles: { attempt: AttemptId; legs: LegId[] }[] = [];
  const disagreeing: Disagreement[] = [];
  const openAttempts: AttemptId[] = [];
  const excused: { attempt: AttemptId; why: ExcusedWhy }[] = [];
  let matched = 0;
  for (const ours of attempts) {
    const { attempt } = ours;
    const calls = callsByAttempt.get(attempt) ?? [];
    const [first] = calls;
    if (ours.result === null) openAttempts.push(attempt);
    if (calls.length > 1) doubles.push({ attempt, legs: calls.map(({ leg }) => leg) });
    if (first) {
      matched += 1;
      disagreeing.push(...disagreement(ours, calls, side));
    } else if (ours.result !== null) {
      const why = excuse(ours, side);
      if (why === undefined) withoutRecord.push(attempt);
      else excused.push({ attempt, why });
    }
  }
  return { attempts: attempts.length, matched, withoutRecord, doubles, disagreeing, openAttempts, excused };
}

/** Records of one leg and attempt as one: begun with the first, ended with the last, answered if any was. */
function mergeByLeg(records: readonly AuditRecord[]): readonly AuditRecord[] {
  const byLeg = new Map<string, AuditRecord>();
  for (const record of records) {
    const key = `${record.attempt} ${record.leg === '' ? `${record.number} ${record.startedAt}` : record.leg}`;
    const before = byLeg.get(key);
    byLeg.set(key, before ? mergeTwo(before, record) : record);
  }
  return [...byLeg.values()];
}

function mergeTwo(a: AuditRecord, b: AuditRecord): AuditRecord {
  const answers = [a.answeredAt, b.answeredAt].filter((at) => at !== undefined);
  return {
    ...a,
    startedAt: Math.min(a.startedAt, b.startedAt),
    endedAt: Math.max(a.endedAt, b.endedAt),
    disposition: a.disposition === 'answered' || b.disposition === 'answered' ? 'answered' : b.disposition,
    ...(answers.length === 0 ? {} : { answeredAt: Math.min(...answers) }),
  };
}

/** Picked up when our Asterisk had let go of the call, or before it was one: its own record says otherwise, rightly. */
const isAnsweredUnrecorded = ({ result, sipCode }: AuditAttempt): boolean =>
  result === 'abandoned' && sipCode !== null && (sipCode === 200 || hadNoSound({ sipCode }));

/** National forms and prefixes differ in front, so numbers are compared by their last digits. */
function tail(number: string): string {
  return number.replace(/\D/g, '').slice(-8);
}

/** Gives each record without id the attempt to the same number that is nearest in time and has no call yet. */
function matchByNumber(
  attempts: readonly AuditAttempt[],
  taken: readonly RecordedCall[],
  unnamed: readonly AuditRecord[],
): readonly RecordedCall[] {
  const hasCall = new Set(taken.map(({ attempt }) => attempt));
  const byNumber = new Map<string, AuditAttempt[]>();
  for (const ours of attempts) {
    const key = tail(ours.number);
    byNumber.set(key, [...(byNumber.get(key) ?? []), ours]);
  }
  return unnamed.map((record) => {
    const distance = (ours: AuditAttempt): number => Math.abs(ours.dialedAt - record.startedAt);
    const [nearest] = (byNumber.get(tail(record.number)) ?? [])
      .filter((ours) => !hasCall.has(ours.attempt) && distance(ours) <= CLOCK_TOLERANCE_MS)
      .sort((a, b) => distance(a) - distance(b));
    if (nearest) hasCall.add(nearest.attempt);
    return { record, attempt: nearest?.attempt ?? '' };
  });
}

/** Why an attempt that has a result may have no record there; undefined when it must have one. */
function excuse(ours: AuditAttempt, side: AuditOptions['side']): ExcusedWhy | undefined {
  const touched = ours.ringingAt !== null || ours.answeredAt !== null;
  const exchangeSpoke = ours.sipCode !== null || (ours.cause ?? 0) !== 0;
  const inVain = ours.result === 'failed' || ours.result === 'congestion' || ours.result === 'cancelled';
  if (!touched && !exchangeSpoke && inVain) return 'never-sent';
  if (side === 'carrier') return !touched && inVain ? 'never-reached-carrier' : undefined;
  return exchangeSpoke ? undefined : 'lost-by-exchange';
}

/** Answered for one side and not for the other. */
function disagreement(
  ours: AuditAttempt,
  calls: readonly AuditRecord[],
  side: AuditOptions['side'],
): readonly Disagreement[] {
  if (ours.result === null) return [];
  const answered = ours.answeredAt !== null || ANSWERED.has(ours.result);
  const theirs = calls.some((call) => call.disposition === 'answered');
  if (answered === theirs || (side === 'own' && answered && isAnsweredUnrecorded(ours))) return [];
  return [
    {
      attempt: ours.attempt,
      ours: answered ? `answered, ${ours.result}` : ours.result,
      theirs: calls[0]?.disposition ?? '',
    },
  ];
}
