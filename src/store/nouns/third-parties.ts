// Calls of third parties: one row for each, written before it is dialed.

import type { ThirdCallRow, ThirdPartyStore } from '../../engine/store/third-parties.ts';
import { byParts } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, long, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const thirdParties: Noun<ThirdPartyStore> = {
  opened: write((call) => run(OPEN, { ...call })),
  answered: write((id, at) => run(ANSWER, { id, at })),
  ended: write((id, end) => run(END, { id, ...end })),
  of: quick((attempt) => all(OF, { attempt })),
  list: long((query) => all(LIST(query), { ...query })),
  unfinished: quick(() => all(UNFINISHED)),
};

const OPEN = sql`
  INSERT INTO third_party_calls (id, attempt, campaign, by_agent, how, kind, who, number, trunk, caller_id, asked_at)
  VALUES (:id, :attempt, :campaign, :byAgent, :how, :kind, :who, :number, :trunk, :callerId, :askedAt)`;
const ANSWER = sql`UPDATE third_party_calls SET answered_at = :at WHERE id = :id AND answered_at IS NULL`;
const END = sql`
  UPDATE third_party_calls SET ended_at = :endedAt, result = :result, sip_code = :sipCode, cause = :cause
  WHERE id = :id AND ended_at IS NULL`;

const SELECT = part`
  SELECT t.id, t.attempt, t.campaign, t.by_agent AS "byAgent", t.how, t.kind, t.who, t.number, t.trunk,
    t.caller_id AS "callerId", t.asked_at AS "askedAt", t.answered_at AS "answeredAt", t.ended_at AS "endedAt",
    t.result, t.sip_code AS "sipCode", t.cause
  FROM third_party_calls t`;
const OF = sql<ThirdCallRow>`${SELECT} WHERE t.attempt = :attempt ORDER BY t.asked_at, t.id`;
const UNFINISHED = sql<ThirdCallRow>`${SELECT} WHERE t.ended_at IS NULL ORDER BY t.asked_at, t.id`;
const LIST = byParts<ThirdCallRow, 'fromAt' | 'toAt'>(
  { fromAt: 't.asked_at >= :fromAt', toAt: 't.asked_at < :toAt' },
  (where) => sql`${SELECT} WHERE ${where} ORDER BY t.asked_at, t.id`,
);
