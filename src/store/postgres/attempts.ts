// The attempts: opened (choice.ts), noted and ended (attempt-changes.ts), listed; and those that somebody still has to
// end, or whose record somebody still has to decide, where recovery starts.

import type { AttemptStore, UnfinishedAttempt } from '../../engine/store/attempts.ts';
import { listAttempts } from '../nouns/attempt-list.ts';
import { FACTS_SPAN_MS } from '../open-attempt.ts';
import type { OpenAttemptRow } from '../open-attempt.ts';
import { openAttempts } from './choice.ts';
import type { Turns } from './choice.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { Lanes } from './lanes.ts';
import { FACT_COLUMNS, FACT_TABLES, PAST_ATTEMPTS, eachOnce, factsIn } from './record-facts.ts';
import type { FactsRow } from './record-facts.ts';
import { runOn } from './run.ts';

const UNFINISHED = sql<FactsRow & { readonly known: OpenAttemptRow }>(`
  SELECT ${FACT_COLUMNS}, json_build_object('attempt', a.attempt,
    'phoneIndex', a.phone_index, 'trunk', a.trunk, 'callerId', a.caller_id, 'dialedAt', a.dialed_at,
    'answeredAt', a.answered_at, 'bridgedAt', a.bridged_at, 'agent', a.agent, 'session', a.session,
    'verdict', a.verdict, 'result', a.result, 'endedAt', a.ended_at) AS known
  FROM (
    SELECT attempt FROM attempts WHERE result IS NULL
    UNION SELECT d.last_attempt FROM records d WHERE d.state = 'dialing') open
  JOIN attempts a ON a.attempt = open.attempt JOIN records r ON r.id = a.record ${FACT_TABLES}
  ORDER BY a.dialed_at, a.attempt`);

export function attemptStore({ read, write, doubt }: Lanes, turns: Turns): AttemptStore {
  return {
    open: (request) => {
      const attempts = request.lines.map(({ attempt }) => attempt);
      return write.do(
        (db) => openAttempts(db, turns, request),
        () => doubt(attempts),
      );
    },
    progress: (progress) => write.change({ kind: 'progress', progress }),
    close: (closing) => write.change({ kind: 'close', closing }),
    dispose: (disposing) => write.change({ kind: 'dispose', disposing }),
    settle: (attempt, next) => write.change({ kind: 'settle', attempt, next }),
    unfinished: () => unfinished(read),
    list: (query) => runOn(read, listAttempts(query)),
  };
}

/** Attempts without a result, and those with one whose record is still `dialing`; oldest first. */
async function unfinished(db: Db): Promise<readonly UnfinishedAttempt[]> {
  const rows = await db.all(UNFINISHED);
  const sinceAt = Math.min(...rows.map(({ known }) => known.dialedAt)) - FACTS_SPAN_MS;
  const records = rows.map(({ record }) => record);
  const past = rows.length === 0 ? [] : eachOnce(await db.all(PAST_ATTEMPTS, [records, sinceAt]));
  return rows.map(({ known, ...row }) => {
    const since = known.dialedAt - FACTS_SPAN_MS;
    const record = factsIn(
      row,
      past.filter(({ dialedAt, result }) => dialedAt >= since || result === null),
    );
    const { answeredAt, bridgedAt, agent, session, verdict, result, endedAt, ...rest } = known;
    const maybe = present({ answeredAt, bridgedAt, agent, session, verdict, result, endedAt });
    return { ...rest, campaign: record.campaign, record, ...maybe };
  });
}

type Present<Row> = { readonly [K in keyof Row]?: NonNullable<Row[K]> };

/** The columns that hold something. */
function present<Row extends object>(row: Row): Present<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<Row>;
}
