// What is still to be sent to other systems. Triggers write the events of attempts, records and the like here, in the
// transactions of those (migration outbox); what was taken is deleted.

import type { OutboxMessage, OutboxStanding, OutboxStore } from '../../engine/store/outbox.ts';
import { GREATEST } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all, changes, long, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

/** Given up messages are kept for so long, to be tried again by hand. */
const KEEP_GIVEN_UP_MS = 30 * 86_400_000;
const UNKNOWN = 'outdial.yaml names no such receiver any more';

export const outbox: Noun<OutboxStore> = {
  subscribe: write(function* (hooks, known, now) {
    yield* run(UNSUBSCRIBE);
    for (const { hook, events } of hooks) for (const event of events) yield* run(SUBSCRIBE, { hook, event });
    yield* run(GIVE_UP_UNKNOWN, { known: [...known], fault: UNKNOWN });
    yield* run(DROP_OLD, { before: now - KEEP_GIVEN_UP_MS });
  }),
  put: write(({ data, ...message }) => run(PUT, { ...message, data: JSON.stringify(data) })),
  due: long((query) => all(DUE, { ...query })),
  settle: write(function* ({ sent, faults, giveUp }) {
    if (sent.length > 0) yield* run(SENT, { sent });
    for (const { id, nextAt, fault } of faults) {
      yield* run(FAULT, { id, fault, isLeft: nextAt === undefined, nextAt });
    }
    if (giveUp) yield* run(GIVE_UP, { ...giveUp });
  }),
  retry: write((hook, now) => changes(RETRY, { hook, now })),
  standing: long(() => all(STANDING)),
};

const UNSUBSCRIBE = sql`DELETE FROM webhook_events`;
const SUBSCRIBE = sql`INSERT INTO webhook_events (hook, event) VALUES (:hook, :event) ON CONFLICT DO NOTHING`;
const GIVE_UP_UNKNOWN = sql`
  UPDATE outbox SET next_at = NULL, fault = :fault WHERE next_at IS NOT NULL AND hook NOT IN :known`;
const DROP_OLD = sql`DELETE FROM outbox WHERE next_at IS NULL AND at < :before`;
const PUT = sql`INSERT INTO outbox (hook, event, at, key, data) VALUES (:hook, :event, :at, :key, :data)`;

/** So many of the oldest are looked at: more of one key wait behind each other. */
const LOOKED_AT = 500;
const DUE = sql<OutboxMessage>`
  SELECT o.id, o.hook, o.event, o.at, o.data, o.tries, coalesce(a.number, nullif(i.caller, '')) AS number
  FROM (SELECT * FROM outbox WHERE hook = :hook AND next_at IS NOT NULL ORDER BY id LIMIT ${LOOKED_AT}) o
  LEFT JOIN attempts a ON a.attempt = o.attempt LEFT JOIN inbound_calls i ON i.call = o.attempt
  WHERE o.next_at <= :now AND NOT EXISTS (
    SELECT 1 FROM outbox e WHERE e.hook = o.hook AND e.key = o.key AND e.id < o.id AND e.next_at IS NOT NULL)
  ORDER BY o.id LIMIT :limit`;
const SENT = sql`DELETE FROM outbox WHERE id IN :sent`;
const FAULT = sql`
  UPDATE outbox SET tries = tries + 1, fault = :fault,
    next_at = CASE WHEN :isLeft::bigint = 1 THEN next_at ELSE :nextAt::bigint END WHERE id = :id`;
// What was tried again by hand counts from then on.
const GIVE_UP = sql`
  UPDATE outbox SET next_at = NULL, fault = :fault
  WHERE hook = :hook AND next_at IS NOT NULL AND ${GREATEST}(at, next_at) < :before`;
const RETRY = sql`
  UPDATE outbox SET next_at = :now, tries = 0 WHERE next_at IS NULL AND hook = :hook`;
const STANDING = sql<OutboxStanding>`
  SELECT o.hook, count(*) FILTER (WHERE o.next_at IS NOT NULL) AS waiting,
    count(*) FILTER (WHERE o.next_at IS NULL) AS "givenUp",
    min(o.at) FILTER (WHERE o.next_at IS NOT NULL) AS "oldestAt",
    (SELECT f.fault FROM outbox f WHERE f.hook = o.hook AND f.fault IS NOT NULL ORDER BY f.id LIMIT 1) AS fault
  FROM outbox o GROUP BY o.hook ORDER BY o.hook`;
