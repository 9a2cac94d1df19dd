// Carries out what becomes of a record after a call: its state, when and how it is dialed next, what of its callback.
// Decides nothing: that is records/call-again.ts.

import type { OverNext, RecordNext, WaitingNext } from '../../records/record.ts';
import type { Connection } from './database.ts';
import { parseObject } from './record-facts.ts';

interface DecidedCall {
  /** The attempt, or the call that came in. */
  readonly call: string;
  readonly record: number;
  /** The call-again rule that decided before, by its place. */
  readonly rule: number | null;
  /** A person and an agent were in conversation: a callback that was to be kept is. */
  readonly connected: boolean;
  readonly at: number;
}

interface Standing {
  readonly state: string;
  readonly lastAttempt: string | null;
  readonly ruleUses: string;
  readonly callback: number | null;
}

/** How the record was decided; undefined: it was left alone. */
type Decide = (
  call: DecidedCall,
  next: RecordNext,
  which: 'undecided-only' | 'again',
) => { readonly rule: number | null } | undefined;

/**
 * Carries out what next for the record of a call. `undecided-only` leaves a decided record alone, `again` decides again;
 * both leave it alone when it has been dialed again since or was removed.
 */
export function recordDecision(db: Connection): Decide {
  const standing = db.prepare<[number], Standing>(
    'SELECT state, last_attempt AS lastAttempt, rule_uses AS ruleUses, callback FROM records WHERE id = ?',
  );
  const write = recordWrites(db);
  const endCallback = callbackEnd(db);
  return (call, next, which) => {
    const now = standing.get(call.record);
    if (next.state === 'dialing' || now?.lastAttempt !== call.call || now.state === 'removed') return undefined;
    if (which === 'undecided-only' && now.state !== 'dialing') return undefined;
    const uses = moveRuleUse(now.ruleUses, call.rule, next.rule);
    if (next.state === 'waiting') write.waiting(call.record, next, uses);
    else write.over(call.record, next, uses);
    const goesOn = next.state === 'waiting' && next.callbackAt !== undefined;
    if (now.callback !== null && !goesOn) endCallback(now.callback, call, next.takesBack === true);
    return { rule: next.rule ?? null };
  };
}

interface RecordWrites {
  waiting(record: number, next: WaitingNext, uses: string): void;
  over(record: number, next: OverNext, uses: string): void;
}

function recordWrites(db: Connection): RecordWrites {
  const wait = db.prepare(`
    UPDATE records SET state = 'waiting', due_at = :dueAt, phone_index = :phoneIndex, why = :why, rule_uses = :uses,
      priority = coalesce(:priority, priority), first = :first, held_until = :heldUntil,
      number_changes = CASE WHEN :number IS NULL THEN number_changes
        ELSE json_set(coalesce(number_changes, '{}'), '$."' || CAST(:phoneIndex AS INTEGER) || '"', :number) END,
      callback = CASE WHEN :callbackAt IS NULL THEN NULL ELSE callback END,
      callback_agent = CASE WHEN :callbackAt IS NULL THEN NULL ELSE callback_agent END, callback_at = :callbackAt
    WHERE id = :record`);
  const end = db.prepare(`
    UPDATE records SET state = ?, due_at = NULL, why = ?, rule_uses = ?, priority = coalesce(?, priority), first = 0, held_until = NULL, callback = NULL,
      callback_at = NULL, callback_agent = NULL WHERE id = ?`);
  return {
    waiting(record, { dueAt, phoneIndex, why, priority, first, heldUntil, number, callbackAt }, uses) {
      wait.run({
        record,
        dueAt,
        phoneIndex,
        why,
        uses,
        priority: priority ?? null,
        first: first === true ? 1 : 0,
        heldUntil: heldUntil ?? null,
        number: number ?? null,
        callbackAt: callbackAt ?? null,
      });
    },
    over(record, { state, why, priority }, uses) {
      end.run(state, why, uses, priority ?? null, record);
    },
  };
}

/** A pending callback is over with this call: taken back, kept when it came to a conversation, else given up. */
function callbackEnd(db: Connection): (callback: number, call: DecidedCall, isTakenBack: boolean) => void {
  const end = db.prepare(
    `UPDATE callbacks SET state = ?, ended_at = ?, kept_in = ? WHERE id = ? AND state = 'pending'`,
  );
  const note = db.prepare('INSERT INTO callback_steps (callback, what, at, by, detail) VALUES (?, ?, ?, ?, ?)');
  return (callback, { connected, at, call }, isTakenBack) => {
    const state = isTakenBack ? 'cancelled' : connected ? 'done' : 'expired';
    const ended = end.run(state, at, state === 'done' ? call : null, callback);
    if (ended.changes > 0) note.run(callback, state, at, 'outdial', call);
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
