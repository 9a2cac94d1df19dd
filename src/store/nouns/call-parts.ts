// Who talked with whom in a call, and for how long: one row for each stretch.

import type { CallPart, CallPartStore } from '../../engine/store/call-parts.ts';
import { part, sql } from '../statement.ts';
import { all, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const callParts: Noun<CallPartStore> = {
  begun: write((begun) => run(BEGIN, { ...begun })),
  ended: write((ended, at) => run(END, { ...ended, at })),
  over: write(function* (parts) {
    for (const part of parts) yield* run(OVER, { ...part });
  }),
  of: quick((attempt) => all(OF, { attempt })),
  unfinished: quick(() => all(UNFINISHED)),
};

const BEGIN = sql`
  INSERT INTO call_parts (attempt, part, who, started_at) VALUES (:attempt, :part, :who, :startedAt)
  ON CONFLICT (attempt, part, who, started_at) DO NOTHING`;
const OVER = sql`
  INSERT INTO call_parts (attempt, part, who, started_at, ended_at) VALUES (:attempt, :part, :who, :startedAt, :endedAt)
  ON CONFLICT (attempt, part, who, started_at) DO NOTHING`;
const END = sql`
  UPDATE call_parts SET ended_at = :at
  WHERE attempt = :attempt AND part = :part AND who = :who AND started_at = :startedAt AND ended_at IS NULL`;

const SELECT = part`
  SELECT p.attempt, p.part, p.who, p.started_at AS "startedAt", p.ended_at AS "endedAt" FROM call_parts p`;
const OF = sql<CallPart>`${SELECT} WHERE p.attempt = :attempt ORDER BY p.started_at, p.part, p.who`;
const UNFINISHED = sql<CallPart>`${SELECT} WHERE p.ended_at IS NULL ORDER BY p.started_at, p.attempt`;
