// The life of an attempt in the database: opened, noted, closed with its one result, disposed; and what that makes of
// its record. What next is decided elsewhere and only carried out here.

import type { AttemptProgress, AttemptStore, CloseAttempt, DisposeAttempt } from '../../engine/store/attempts.ts';
import type { RecordNext } from '../../records/record.ts';
import { listAttempts } from '../nouns/attempt-list.ts';
import { phonePlace } from '../nouns/contact-phones.ts';
import type { Choosing } from './choice.ts';
import type { Connection } from './database.ts';
import { unfinishedAttempts } from './unfinished.ts';
import { recordDecision } from './record-decision.ts';
import type { Handlers } from './requests.ts';
import { runOn } from './run.ts';
import { attemptUnknown } from '../../engine/store/refusals.ts';

interface AttemptState {
  readonly record: number;
  readonly result: string | null;
  readonly rule: number | null;
  readonly heldNext: string | null;
  readonly endedAt: number | null;
}

export function attemptHandlers(db: Connection, open: Choosing['open']): Handlers<AttemptStore> {
  const find = db.prepare<[string], AttemptState>(
    'SELECT record, result, rule, held_next AS heldNext, ended_at AS endedAt FROM attempts WHERE attempt = ?',
  );
  const stateOf = (attempt: string): AttemptState => {
    const state = find.get(attempt);
    if (state) return state;
    throw attemptUnknown(attempt);
  };
  const note = progressNote(db);
  const end = attemptEnd(db);
  const decide = attemptDecision(db);
  const setDisposition = dispositionNote(db);
  return {
    open,
    progress(progress) {
      if (!note(progress)) stateOf(progress.attempt);
    },
    close(closing) {
      const state = stateOf(closing.attempt);
      if (state.result !== null) {
        decide(closing.attempt, state, closing.next, 'undecided-only');
        return;
      }
      end(closing, state.record);
      const held = state.heldNext === null ? undefined : (JSON.parse(state.heldNext) as RecordNext);
      const next = closing.next.state === 'dialing' && held ? held : closing.next;
      decide(closing.attempt, { ...state, result: closing.result, endedAt: closing.endedAt }, next, 'undecided-only');
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
    list: (query) => runOn(db, listAttempts(query)),
  };
}

/** What is learned of a call on its way. */
const PROGRESS = `answered_at = coalesce(:answeredAt, answered_at), bridged_at = coalesce(:bridgedAt, bridged_at),
  agent = coalesce(:agent, agent), session = coalesce(:session, session), verdict = coalesce(:verdict, verdict),
  verdict_cause = coalesce(:verdictCause, verdict_cause), message_left = max(message_left, :messageLeft),
  waited = coalesce(:waited, waited)`;

function progressRow({ attempt, answeredAt, bridgedAt, agent, session, waited, ...more }: AttemptProgress) {
  const { verdict, verdictCause, messageLeft } = more;
  return {
    attempt,
    answeredAt: answeredAt ?? null,
    bridgedAt: bridgedAt ?? null,
    agent: agent ?? null,
    session: session ?? null,
    verdict: verdict ?? null,
    verdictCause: verdictCause ?? null,
    messageLeft: messageLeft ? 1 : 0,
    waited: waited === undefined ? null : Number(waited),
  };
}

/** False when there is no such attempt. */
function progressNote(db: Connection): (progress: AttemptProgress) => boolean {
  const update = db.prepare(`UPDATE attempts SET ${PROGRESS} WHERE attempt = :attempt`);
  return (progress) => update.run(progressRow(progress)).changes > 0;
}

function attemptEnd(db: Connection): (closing: CloseAttempt, record: number) => void {
  const update = db.prepare(`
    UPDATE attempts SET ${PROGRESS}, result = :result, ended_at = :endedAt, ringing_at = :ringingAt, live_at = :liveAt,
      sip_code = :sipCode, cause = :cause, ended_by = :endedBy, counts = :counts
    WHERE attempt = :attempt`);
  const count = db.prepare(`
    UPDATE records SET attempts = attempts + :counts, uncounted = CASE :counts WHEN 1 THEN 0 ELSE uncounted + 1 END,
      last_result = :result, last_agent = coalesce(:agent, last_agent)
    WHERE id = :record`);
  return (closing, record) => {
    const { result, endedAt, ringingAt, liveAt, sipCode, cause, endedBy, agent } = closing;
    const counts = closing.counts ? 1 : 0;
    update.run({
      ...progressRow(closing),
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
    UPDATE attempts SET disposition = ?, disposed_at = ?, agent = coalesce(agent, ?), held_next = ?, reason = ?
    WHERE attempt = ?`);
  const remember = db.prepare(
    'UPDATE records SET last_disposition = ?, last_agent = ? WHERE id = ? AND last_attempt = ?',
  );
  const contactOf = db.prepare<[number], number>('SELECT contact FROM records WHERE id = ?').pluck();
  return ({ attempt, disposition, agent, at, next, reason, phone }, record, hold) => {
    update.run(disposition, at, agent, hold ? JSON.stringify(next) : null, reason ?? null, attempt);
    remember.run(disposition, agent, record, attempt);
    const contact = phone === undefined ? undefined : contactOf.get(record);
    if (phone !== undefined && contact !== undefined) runOn(db, phonePlace(contact, phone));
  };
}

/** What next for the record of an attempt, noted with the attempt. */
function attemptDecision(
  db: Connection,
): (attempt: string, state: AttemptState, next: RecordNext, which: 'undecided-only' | 'again') => void {
  const decide = recordDecision(db);
  const setRule = db.prepare('UPDATE attempts SET rule = ? WHERE attempt = ?');
  return (attempt, { record, rule, result, endedAt }, next, which) => {
    const call = { call: attempt, record, rule, connected: result === 'connected', at: endedAt ?? 0 };
    const decided = decide(call, next, which);
    if (decided && decided.rule !== rule) setRule.run(decided.rule, attempt);
  };
}
