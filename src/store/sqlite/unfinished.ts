// The attempts that somebody still has to end, or whose record somebody still has to decide; where recovery starts.

import type { UnfinishedAttempt } from '../../engine/store/attempts.ts';
import { FACTS_SPAN_MS } from '../open-attempt.ts';
import type { OpenAttemptRow } from '../open-attempt.ts';
import type { Connection } from './database.ts';
import { recordSource } from './record-facts.ts';

interface UnfinishedRow extends OpenAttemptRow {
  readonly campaign: string;
  readonly record: number;
}

const COLUMNS = `a.attempt, c.name AS campaign, a.record, a.phone_index AS phoneIndex, a.trunk,
  a.caller_id AS callerId, a.dialed_at AS dialedAt, a.answered_at AS answeredAt, a.bridged_at AS bridgedAt, a.agent,
  a.session, a.verdict, a.result, a.ended_at AS endedAt`;

/** Attempts without a result, and those with one whose record is still `dialing`; oldest first. */
export function unfinishedAttempts(db: Connection): () => readonly UnfinishedAttempt[] {
  const source = recordSource(db);
  const find = db.prepare<[], UnfinishedRow>(`
    SELECT ${COLUMNS} FROM attempts a INDEXED BY attempts_open_record JOIN campaigns c ON c.id = a.campaign
    WHERE a.result IS NULL
    UNION ALL
    SELECT ${COLUMNS} FROM campaigns c JOIN records r ON r.campaign = c.id AND r.state = 'dialing'
    JOIN attempts a ON a.attempt = r.last_attempt WHERE a.result IS NOT NULL
    ORDER BY dialedAt, attempt`);
  return () =>
    find.all().map((row) => {
      const record = source.facts(row.record, row.dialedAt - FACTS_SPAN_MS);
      if (!record) throw new Error(`attempt ${row.attempt} has no record`);
      const { answeredAt, bridgedAt, agent, session, verdict, result, endedAt, record: _record, ...rest } = row;
      return { ...rest, record, ...present({ answeredAt, bridgedAt, agent, session, verdict, result, endedAt }) };
    });
}

type Present<Row> = { readonly [K in keyof Row]?: NonNullable<Row[K]> };

/** The columns that hold something. */
function present<Row extends object>(row: Row): Present<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<Row>;
}
