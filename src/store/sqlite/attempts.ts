// The life of an attempt in the database: opened, noted, closed with its one result, disposed; and what that makes of
// its record. What next is decided elsewhere and only carried out here.

import type { AttemptProgress, AttemptStore, CloseAttempt, DisposeAttempt } from '../../engine/store.ts';
import type { RecordNext } from '../../list/record.ts';
import { OperationalError } from '../../base/errors.ts';
import { attemptList } from './attempt-list.ts';
import type { CampaignIds } from './campaigns.ts';
import { opener } from './choice.ts';
import type { Connection } from './database.ts';
import { unfinishedAttempts } from './unfinished.ts';
import { parseObject } from './record-facts.ts';
import type { Handlers } from './requests.ts';

interface AttemptState {
  readonly record: number;
  readonly result: string | null;
  readonly rule: number | null;
  readonly heldNext: string | null;
}

interface RecordStanding {
  readonly state: string;
  readonly lastAttempt: string | null;
  readonly ruleUses: string;
}

export function attemptHandlers(db: Connection, ids: CampaignIds): Handlers<AttemptStore> {
  const find = db.prepare<[string], AttemptState>(
    'SELECT record, result, rule, held_next AS heldNext FROM attempts WHERE attempt = ?',
  );
  const stateOf = (attempt: string): AttemptState => {
    const state = find.get(attempt);
    if (state) return state;
    const hint = 'Only attempts that the store has opened can be noted, closed or disposed.';
    throw new OperationalError('attempt-unknown', `There is no attempt ${attempt}.`, { hint, httpCode: 404 });
  };
  const note = progressNote(db);
  const end = attemptEnd(db);
  const decide = recordDecision(db);
  const setDisposition = dispositionNote(db);
  return {
    open: opener(db, ids),
    progress(progress) {
      stateOf(progress.attempt);
      note(progress);
    },
    close(closing) {
      const state = stateOf(closing.attempt);
      if (state.result !== null) {
        decide(closing.attempt, state, closing.next, 'undecided-only');
        return;
      }
      note(closing);
      end(closing, state.record);
      const held = state.heldNext === null ? undefined : (JSON.parse(state.heldNext) as RecordNext);
      const next = closing.next.state === 'dialing' && held ? held : closing.next;
      decide(closing.attempt, state, next, 'undecided-only');
    },
    dispose(disposing) {
      const state = stateOf(disposing.attempt);
      const isOpen = state.result === null;
      setDisposition(disposing, state.record, isOpen);
      if (!isOpen) decide(disposing.attempt, state, disposing.next, 'again');
    },
    settle(attempt, next) {
      const state = stateOf(attempt);
      if (state.result !== null) decide(attempt, state, next, 'undecided-only');
    },
    unfinished: unfinishedAttempts(db),
    list: attemptList(db),
  };
}

function progressNote(db: Connection): (progress: AttemptProgress) => void {
  const update = db.prepare(`
    UPDATE attempts SET answered_at = coalesce(:answeredAt, answered_at), bridged_at = coalesce(:bridgedAt, bridged_at),
      agent = coalesce(:agent, agent), session = coalesce(:session, session), verdict = coalesce(:verdict, verdict),
      verdict_cause = coalesce(:verdictCause, verdict_cause)
    WHERE attempt = :attempt`);
  return ({ attempt, answeredAt, bridgedAt, agent, session, verdict, verdictCause }) => {
    update.run({
      attempt,
      answeredAt: answeredAt ?? null,
      bridgedAt: bridgedAt ?? null,
      agent: agent ?? null,
      session: session ?? null,
      verdict: verdict ?? null,
      verdictCause: verdictCause ?? null,
    });
  };
}

function attemptEnd(db: Connection): (closing: CloseAttempt, record: number) => void {
  const update = db.prepare(`
    UPDATE attempts SET result = :result, ended_at = :endedAt, ringing_at = :ringingAt, live_at = :liveAt,
      sip_code = :sipCode, cause = :cause, ended_by = :endedBy, counts = :counts
    WHERE attempt = :attempt`);
  const count = db.prepare(`
    UPDATE records SET attempts = attempts + :counts, last_result = :result, last_agent = coalesce(:agent, last_agent)
    WHERE id = :record`);
  return (closing, record) => {
    const { attempt, result, endedAt, ringingAt, liveAt, sipCode, cause, endedBy, agent } = closing;
    const counts = closing.counts ? 1 : 0;
    update.run({
      attempt,
      result,
      endedAt,
      ringingAt: ringingAt ?? null,
      liveAt: liveAt ?? null,
      sipCode: sipCode ?? null,
      cause: cause ?? null,
      endedBy: endedBy ?? null,
      counts,
    });
    count.run({ record, counts, result, agent: agent ?? null });
  };
}

function dispositionNote(db: Connection): (disposing: DisposeAttempt, record: number, hold: boolean) => void {
  const update = db.prepare(`
    UPDATE attempts SET disposition = ?, disposed_at = ?, agent = coalesce(agent, ?), held_next = ? WHERE attempt = ?`);
  const remember = db.prepare(
    'UPDATE records SET last_disposition = ?, last_agent = ? WHERE id = ? AND last_attempt = ?',
  );
  return ({ attempt, disposition, agent, at, next }, record, hold) => {
    update.run(disposition, at, agent, hold ? JSON.stringify(next) : null, attempt);
    remember.run(disposition, agent, record, attempt);
  };
}

/**
 * Carries out what next for the record of an attempt. `undecided-only` leaves a decided record alone, `again` decides
 * anew; both leave it alone when it has been dialed again since or was removed.
 */
function recordDecision(
  db: Connection,
): (attempt: string, state: AttemptState, next: RecordNext, which: 'undecided-only' | 'again') => void {
  const standing = db.prepare<[number], RecordStanding>(
    'SELECT state, last_attempt AS lastAttempt, rule_uses AS ruleUses FROM records WHERE id = ?',
  );
  const setRecord = db.prepare(
    'UPDATE records SET state = ?, due_at = ?, phone_index = coalesce(?, phone_index), why = ?, rule_uses = ? WHERE id = ?',
  );
  const setRule = db.prepare('UPDATE attempts SET rule = ? WHERE attempt = ?');
  return (attempt, { record, rule }, next, which) => {
    const now = standing.get(record);
    if (next.state === 'dialing' || now?.lastAttempt !== attempt || now.state === 'removed') return;
    if (which === 'undecided-only' && now.state !== 'dialing') return;
    const uses = moveRuleUse(now.ruleUses, rule, next.rule);
    if (next.state === 'waiting') setRecord.run('waiting', next.dueAt, next.phoneIndex, next.why, uses, record);
    else setRecord.run('finished', null, null, next.why, uses, record);
    setRule.run(next.rule ?? null, attempt);
  };
}

/** The uses of the call-again rules after one attempt's decision goes from rule `from` to rule `to`. */
function moveRuleUse(json: string, from: number | null, to: number | undefined): string {
  if (from === null && to === undefined) return json;
  const uses = { ...parseObject<number>(json) };
  if (from !== null) uses[from] = Math.max(0, (uses[from] ?? 0) - 1);
  if (to !== undefined) uses[to] = (uses[to] ?? 0) + 1;
  return JSON.stringify(uses);
}
