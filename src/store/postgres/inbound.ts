// What of the calls that came in is PostgreSQL's own: the facts of their callers' records, and what becomes of those. The
// rest is in nouns/inbound.ts.

import type { UnfinishedAttempt } from '../../engine/store/attempts.ts';
import type { InboundStore } from '../../engine/store/inbound.ts';
import {
  FACTS_SPAN_MS,
  asAttempt,
  disposeOf,
  endCall,
  inbound,
  noteRule,
  openCall,
  settleCall,
  unfinishedCalls,
} from '../nouns/inbound.ts';
import type { ToDecide } from '../nouns/inbound.ts';
import type { Work } from '../work.ts';
import { sql } from './database.ts';
import type { Db, Transaction } from './database.ts';
import type { Lanes } from './lanes.ts';
import { RECORD_ROW, decide, writeRecords } from './record-decision.ts';
import type { EndedCallback, RecordRow } from './record-decision.ts';
import { factsOf } from './record-facts.ts';
import { onPostgres, runOn } from './run.ts';

export function inboundStore(lanes: Lanes): InboundStore {
  const { read, write } = lanes;
  const deciding = (call: string, work: () => Work<ToDecide | undefined>): Promise<void> =>
    write.do(async (db) => decideRecord(db, call, await runOn(db, work())));
  return {
    ...onPostgres(lanes, inbound),
    open: (opening) =>
      write.do(async (db) => {
        const { record, at } = opening;
        const facts = record === undefined ? undefined : await factsOf(db, record, at - FACTS_SPAN_MS);
        return runOn(db, openCall(opening, facts));
      }),
    close: (closing) => deciding(closing.attempt, () => endCall(closing)),
    dispose: (disposing) => deciding(disposing.attempt, () => disposeOf(disposing)),
    settle: (call, next) => deciding(call, () => settleCall(call, next)),
    unfinished: () => unfinished(read),
  };
}

const RECORD = sql<{ record: RecordRow }>(`SELECT ${RECORD_ROW} AS record FROM records r WHERE r.id = $1 FOR UPDATE`);

async function decideRecord(db: Transaction, call: string, todo: ToDecide | undefined): Promise<void> {
  if (!todo || todo.state.record === null) return;
  const { state, next, which } = todo;
  const record = (await db.first(RECORD, [state.record]))?.record;
  if (!record) return;
  const ended: EndedCallback[] = [];
  const decided = { call, rule: state.rule, connected: state.result === 'connected', at: state.endedAt ?? 0 };
  const outcome = decide({ record, ended }, decided, next, which);
  if (!outcome) return;
  writeRecords(db, [record], ended);
  await runOn(db, noteRule(call, outcome.rule));
}

async function unfinished(db: Db): Promise<readonly UnfinishedAttempt[]> {
  const calls: UnfinishedAttempt[] = [];
  for (const call of await runOn(db, unfinishedCalls())) {
    const { record, dialedAt } = call;
    calls.push(asAttempt(call, record === null ? undefined : await factsOf(db, record, dialedAt - FACTS_SPAN_MS)));
  }
  return calls;
}
