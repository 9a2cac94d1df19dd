// What of the calls that came in is SQLite's own: the facts of their callers' records, and what becomes of those. The rest
// is in nouns/inbound.ts.

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
import type { Connection } from './database.ts';
import { recordDecision } from './record-decision.ts';
import { recordSource } from './record-facts.ts';
import type { Handlers } from './requests.ts';
import { onSqlite, runOn } from './run.ts';

export function inboundHandlers(db: Connection): Handlers<InboundStore> {
  const source = recordSource(db);
  const decide = callDecision(db);
  return {
    ...onSqlite(db, inbound),
    open(opening) {
      const { record, at } = opening;
      const facts = record === undefined ? undefined : source.facts(record, at - FACTS_SPAN_MS);
      return runOn(db, openCall(opening, facts));
    },
    close: (closing) => decide(closing.attempt, runOn(db, endCall(closing))),
    dispose: (disposing) => decide(disposing.attempt, runOn(db, disposeOf(disposing))),
    settle: (call, next) => decide(call, runOn(db, settleCall(call, next))),
    unfinished: () =>
      runOn(db, unfinishedCalls()).map((call) => {
        const { record, dialedAt } = call;
        return asAttempt(call, record === null ? undefined : source.facts(record, dialedAt - FACTS_SPAN_MS));
      }),
  };
}

function callDecision(db: Connection): (call: string, todo: ToDecide | undefined) => void {
  const decide = recordDecision(db);
  return (call, todo) => {
    if (!todo || todo.state.record === null) return;
    const { record, rule, result, endedAt } = todo.state;
    const decided = { call, record, rule, connected: result === 'connected', at: endedAt ?? 0 };
    const outcome = decide(decided, todo.next, todo.which);
    if (outcome) runOn(db, noteRule(call, outcome.rule));
  };
}
