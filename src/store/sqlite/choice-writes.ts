// The writes of a choice: an attempt with its record being dialed, or what a refused candidate becomes.

import { defined } from '../../base/defined.ts';
import type { OpenedAttempt, OpenLine } from '../../engine/store/attempts.ts';
import { ANY_ENGAGED_AGENT } from '../../engine/store/callbacks.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { ValidationOutcome } from '../../rules/validation.ts';
import type { Ruling } from '../ruling.ts';
import type { Connection } from './database.ts';
import type { RecordQueues } from './queues.ts';

interface OpenedRecord {
  readonly campaign: number;
  readonly facts: RecordFacts;
  readonly line: OpenLine;
  readonly callerId: string;
  readonly phoneIndex: number;
  readonly validation: ValidationOutcome | undefined;
  readonly now: number;
}

interface Refusal {
  readonly record: number;
  /** The record's queue; 0 when it was not taken from one. */
  readonly queue: number;
  readonly ruling: Exclude<Ruling, { kind: 'dial' | 'validate' }>;
  readonly now: number;
}

export interface ChoiceWrites {
  attempt(opened: OpenedRecord): OpenedAttempt;
  refusal(refusal: Refusal): void;
}

/** A record that cannot be put into its cohort is looked at again after this. */
const AGAIN_MS = 60_000;

export function choiceWrites(db: Connection, queues: RecordQueues): ChoiceWrites {
  return { attempt: attemptWrite(db), refusal: refusalWrite(db, queues) };
}

function attemptWrite(db: Connection): ChoiceWrites['attempt'] {
  const insert = db.prepare(`
    INSERT INTO attempts (attempt, campaign, record, contact, phone_index, number, trunk, caller_id, dialed_at,
      validation)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const take = db.prepare(`
    UPDATE records SET state = 'dialing', due_at = NULL, first = 0, phone_index = ?, last_attempt = ?,
      last_attempt_at = ?, why = NULL WHERE id = ?`);
  return ({ campaign, facts, line, callerId, phoneIndex, validation, now }) => {
    const { attempt, trunk } = line;
    const number = facts.phones[phoneIndex]?.number;
    const said = validation ?? null;
    insert.run(attempt, campaign, facts.record, facts.contact, phoneIndex, number, trunk, callerId, now, said);
    take.run(phoneIndex, attempt, now, facts.record);
    const record: RecordFacts = { ...facts, state: 'dialing', dueAt: null, phoneIndex };
    const outcome = defined({ validation });
    return { attempt, trunk, callerId, record, phoneIndex, ...outcome };
  };
}

function refusalWrite(db: Connection, queues: RecordQueues): ChoiceWrites['refusal'] {
  const putOff = db.prepare(`UPDATE records SET state = 'waiting', due_at = ?, why = ? WHERE id = ?`);
  const putOffPersonal = db.prepare(
    'UPDATE records SET callback_at = :at, due_at = max(due_at, :at), why = :why WHERE id = :record',
  );
  const waitForAgent = db.prepare(`
    UPDATE records SET state = 'waiting', due_at = :dueAt, callback_at = :now, callback_agent = '${ANY_ENGAGED_AGENT}',
      why = :why WHERE id = :record`);
  const finish = db.prepare(`
    UPDATE records SET state = 'finished', due_at = NULL, why = ?, callback = NULL, callback_at = NULL,
      callback_agent = NULL WHERE id = ?`);
  const giveUp = db.prepare(`
    UPDATE callbacks SET state = 'expired', ended_at = ?
    WHERE id = (SELECT callback FROM records WHERE id = ?) AND state = 'pending'`);
  const setAside = db.prepare(
    `UPDATE records SET state = 'removed', due_at = NULL, aside = 'filter', why = ?, callback = NULL, callback_at = NULL,
      callback_agent = NULL WHERE id = ?`,
  );
  const move = db.prepare('UPDATE records SET queue = ? WHERE id = ?');
  return ({ record, queue, ruling, now }) => {
    switch (ruling.kind) {
      case 'put-off':
        if (queue === 0) putOffPersonal.run({ at: ruling.dueAt, why: ruling.why, record });
        else putOff.run(ruling.dueAt, ruling.why, record);
        return;
      case 'for-agent':
        waitForAgent.run({ dueAt: ruling.dueAt, now, why: ruling.why, record });
        return;
      case 'to-cohort': {
        const closed = queue === 0 ? 0 : queues.besideFor(queue, ruling.cohort);
        if (queue === 0) putOffPersonal.run({ at: now + AGAIN_MS, why: 'Its hours are closed.', record });
        else if (closed === queue) putOff.run(now + AGAIN_MS, 'Its hours are closed.', record);
        else move.run(closed, record);
        return;
      }
      case 'set-aside':
        giveUp.run(now, record);
        setAside.run(ruling.why, record);
        return;
      case 'finish':
        giveUp.run(now, record);
        finish.run(ruling.why, record);
    }
  };
}
