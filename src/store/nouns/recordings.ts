// Recordings of calls: one row for each file, which stays when the file goes.

import type { RecordingQuery, RecordingRow, RecordingStore } from '../../engine/store/recordings.ts';
import { byParts } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, long, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const recordings: Noun<RecordingStore> = {
  started: write((recording) => run(START, { ...recording })),
  paused: write((name, isPaused) => run(PAUSE, { name, isPaused })),
  ended: write((name, end) => run(END, { name, ...end })),
  keep: write((name, until) => run(KEEP, { name, until })),
  deleted: write((name, deletion) => run(DELETE, { name, ...deletion })),
  unfinished: quick(() => all(UNFINISHED)),
  of: quick((attempt) => all(OF, { attempt })),
  list: long((query) => all(LIST(query), { ...query })),
  expired: quick((now, limit) => all(EXPIRED, { now, limit })),
};

const START = sql`
  INSERT INTO recordings (name, attempt, kind, started_at, announced, kept_until)
  VALUES (:name, :attempt, :kind, :startedAt, :announced, :keptUntil) ON CONFLICT (name) DO NOTHING`;
const PAUSE = sql`UPDATE recordings SET paused = :isPaused WHERE name = :name`;
const END = sql`
  UPDATE recordings SET ended_at = :endedAt, bytes = :bytes, duration_ms = :durationMs WHERE name = :name`;
const KEEP = sql`UPDATE recordings SET kept_until = :until WHERE name = :name`;
const DELETE = sql`
  UPDATE recordings SET deleted_at = :at, deleted_by = :by WHERE name = :name AND deleted_at IS NULL`;

const SELECT = part`
  SELECT r.name, r.attempt, r.kind, c.name AS campaign, a.record, r.started_at AS "startedAt", r.ended_at AS "endedAt",
    r.bytes, r.duration_ms AS "durationMs", r.announced = 1 AS "announced?", r.paused = 1 AS "isPaused?",
    r.kept_until AS "keptUntil", r.deleted_at AS "deletedAt", r.deleted_by AS "deletedBy"
  FROM recordings r JOIN attempts a ON a.attempt = r.attempt JOIN campaigns c ON c.id = a.campaign`;
const UNFINISHED = sql<RecordingRow>`${SELECT} WHERE r.ended_at IS NULL ORDER BY r.started_at, r.name`;
const OF = sql<RecordingRow>`${SELECT} WHERE r.attempt = :attempt ORDER BY r.started_at, r.name`;
const EXPIRED = sql<RecordingRow>`
  ${SELECT} WHERE r.deleted_at IS NULL AND r.kept_until <= :now AND r.ended_at IS NOT NULL
  ORDER BY r.kept_until LIMIT :limit`;
const LIST = byParts<RecordingRow, Exclude<keyof RecordingQuery, 'limit'>>(
  {
    campaign: 'c.name = :campaign',
    record: 'a.record = :record',
    kind: 'r.kind = :kind',
    fromAt: 'r.started_at >= :fromAt',
    toAt: 'r.started_at < :toAt',
  },
  (where) => sql`${SELECT} WHERE ${where} ORDER BY r.started_at DESC, r.name DESC LIMIT :limit`,
);
