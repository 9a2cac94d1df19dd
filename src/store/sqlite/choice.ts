// Which records are dialed next, and the writing of their attempts: the one place that takes a record.
// SQL gives candidates in the order of dialing from an index; ruleOn decides on each. A candidate that may not
// be dialed now is put off or finished at once, so that it does not stand in the way of the next choice.

import type { RecordFacts } from '../../list/record.ts';
import type { OpenAttempts, OpenedAttempt, OpenedAttempts, OpenLine } from '../../engine/store.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { recordSource } from './record-facts.ts';
import { MAX_REFUSED, ruleOn } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import { callerIdChooser } from './caller-ids.ts';

/** Attempts older than this are not asked for by any rule on a day's attempts. */
const FACTS_SPAN_MS = 48 * 3_600_000;

/** Opens attempts for the next records of a campaign; see AttemptStore.open. Runs inside a transaction. */
export function opener(db: Connection, ids: CampaignIds): (request: OpenAttempts) => OpenedAttempts {
  const candidates = candidateQueries(db);
  const write = choiceWrites(db);
  const judge = judgement(db);
  const outlook = outlookQueries(db);
  const callerIdFor = callerIdChooser(db);
  return ({ campaign, now, lines }) => {
    const id = ids.of(campaign.name, now);
    const opened: OpenedAttempt[] = [];
    const rest = [...lines];
    let refused = 0;
    while (rest.length > 0 && refused < MAX_REFUSED) {
      const records = candidates(id, now, rest.length);
      if (records.length === 0) break;
      for (const record of records) {
        const { facts, ruling } = judge(record, campaign, now);
        const [line] = rest;
        if (ruling.kind === 'dial' && line) {
          const { phoneIndex } = ruling;
          const shown = callerIdFor({ campaign, number: facts.phones[phoneIndex]?.number ?? '', line, now });
          if (shown.kind === 'none') {
            return { opened, nextDueAt: shown.untilAt, exhausted: false, heldBack: shown.why };
          }
          const { callerId } = shown;
          opened.push(write.attempt({ campaign: id, facts, line, callerId, phoneIndex, now }));
          rest.shift();
        } else {
          refused += 1;
          write.refusal(record, ruling);
        }
      }
    }
    if (rest.length === 0) return { opened, exhausted: false };
    return { opened, ...(refused < MAX_REFUSED ? outlook(id) : { nextDueAt: now, exhausted: false }) };
  };
}

/**
 * The first records in the order of dialing (RECORD_ORDER): by priority, then fresh before retried; fresh ones by their
 * sort key, retried ones by when they fell due. Each priority in use costs two looks into an index.
 */
function candidateQueries(db: Connection): (campaign: number, now: number, limit: number) => readonly number[] {
  const topFresh = topPriority(db, `state = 'fresh'`);
  const topWaiting = topPriority(db, `state = 'waiting'`);
  const fresh = db
    .prepare<[number, number, number], number>(
      `SELECT id FROM records WHERE campaign = ? AND state = 'fresh' AND priority = ? ORDER BY sort_key, id LIMIT ?`,
    )
    .pluck();
  const due = db
    .prepare<[number, number, number, number], number>(
      `SELECT id FROM records WHERE campaign = ? AND state = 'waiting' AND priority = ? AND due_at <= ?
       ORDER BY due_at, id LIMIT ?`,
    )
    .pluck();
  return (campaign, now, limit) => {
    const chosen: number[] = [];
    let below = Number.MAX_SAFE_INTEGER;
    while (chosen.length < limit) {
      const priority = Math.max(topFresh(campaign, below), topWaiting(campaign, below));
      if (priority === -Infinity) break;
      chosen.push(...fresh.all(campaign, priority, limit - chosen.length));
      chosen.push(...due.all(campaign, priority, now, limit - chosen.length));
      below = priority;
    }
    return chosen;
  };
}

/** The highest priority below another that records in a state have; -Infinity when there is none. */
function topPriority(db: Connection, state: string): (campaign: number, below: number) => number {
  const query = db
    .prepare<[number, number], number | null>(
      `SELECT max(priority) FROM records WHERE campaign = ? AND ${state} AND priority < ?`,
    )
    .pluck();
  return (campaign, below) => query.get(campaign, below) ?? -Infinity;
}

function judgement(
  db: Connection,
): (record: number, campaign: Campaign, now: number) => { facts: RecordFacts; ruling: Ruling } {
  const source = recordSource(db);
  const isBlocked = db.prepare<[string], 1>('SELECT 1 FROM do_not_call WHERE number = ?').pluck();
  const isBusy = db
    .prepare<[string, string], 1>(
      `SELECT 1 FROM attempts WHERE campaign = (SELECT id FROM campaigns WHERE name = ?) AND number = ? AND result IS NULL`,
    )
    .pluck();
  return (record, campaign, now) => {
    const facts = source.facts(record, now - FACTS_SPAN_MS);
    if (!facts) throw new Error(`record ${record} has no contact`);
    const blocked = new Set(facts.phones.map(({ number }) => number).filter((number) => isBlocked.get(number)));
    const busy = (number: string): boolean => isBusy.get(campaign.name, number) !== undefined;
    return { facts, ruling: ruleOn({ facts, campaign, blocked, now, isBusy: busy }) };
  };
}

interface Choice {
  readonly campaign: number;
  readonly facts: RecordFacts;
  readonly line: OpenLine;
  readonly callerId: string;
  readonly phoneIndex: number;
  readonly now: number;
}

interface ChoiceWrites {
  attempt(choice: Choice): OpenedAttempt;
  refusal(record: number, ruling: Ruling): void;
}

function choiceWrites(db: Connection): ChoiceWrites {
  const insert = db.prepare(`
    INSERT INTO attempts (attempt, campaign, record, contact, phone_index, number, trunk, caller_id, dialed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const take = db.prepare(`
    UPDATE records SET state = 'dialing', due_at = NULL, phone_index = ?, last_attempt = ?, last_attempt_at = ?,
      why = NULL WHERE id = ?`);
  const putOff = db.prepare(`UPDATE records SET state = 'waiting', due_at = ?, why = ? WHERE id = ?`);
  const finish = db.prepare(`UPDATE records SET state = 'finished', due_at = NULL, why = ? WHERE id = ?`);
  return {
    attempt({ campaign, facts, line, callerId, phoneIndex, now }) {
      const { attempt, trunk } = line;
      const number = facts.phones[phoneIndex]?.number;
      insert.run(attempt, campaign, facts.record, facts.contact, phoneIndex, number, trunk, callerId, now);
      take.run(phoneIndex, attempt, now, facts.record);
      const record: RecordFacts = { ...facts, state: 'dialing', dueAt: null, phoneIndex };
      return { attempt, trunk, callerId, record, phoneIndex };
    },
    refusal(record, ruling) {
      if (ruling.kind === 'put-off') putOff.run(ruling.dueAt, ruling.why, record);
      if (ruling.kind === 'finish') finish.run(ruling.why, record);
    },
  };
}

/** When no more records may be dialed now: when the next falls due, or that none ever will. */
function outlookQueries(db: Connection): (campaign: number) => Pick<OpenedAttempts, 'nextDueAt' | 'exhausted'> {
  const next = db
    .prepare<[number], number>(
      `SELECT due_at FROM records WHERE campaign = ? AND state = 'waiting' ORDER BY due_at LIMIT 1`,
    )
    .pluck();
  const busy = db
    .prepare<[number], 1>(`SELECT 1 FROM records WHERE campaign = ? AND state = 'dialing' LIMIT 1`)
    .pluck();
  return (campaign) => {
    const nextDueAt = next.get(campaign);
    if (nextDueAt !== undefined) return { nextDueAt, exhausted: false };
    return { exhausted: busy.get(campaign) === undefined };
  };
}
