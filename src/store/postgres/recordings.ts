// Recordings of calls: one row for each file, which stays when the file goes.

import type { RecordingQuery, RecordingRow, RecordingStore } from '../../engine/store-recordings.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { Lanes } from './lanes.ts';

const SELECT = `
  SELECT r.name, r.attempt, r.kind, c.name AS campaign, a.record, r.started_at AS "startedAt", r.ended_at AS "endedAt",
    r.bytes, r.duration_ms AS "durationMs", r.announced = 1 AS announced, r.paused = 1 AS "isPaused",
    r.kept_until AS "keptUntil", r.deleted_at AS "deletedAt", r.deleted_by AS "deletedBy"
  FROM recordings r JOIN attempts a ON a.attempt = r.attempt JOIN campaigns c ON c.id = a.campaign`;
const UNFINISHED = sql<RecordingRow>(`${SELECT} WHERE r.ended_at IS NULL ORDER BY r.started_at, r.name`);
const OF = sql<RecordingRow>(`${SELECT} WHERE r.attempt = $1 ORDER BY r.started_at, r.name`);
const EXPIRED = sql<RecordingRow>(`
  ${SELECT} WHERE r.deleted_at IS NULL AND r.kept_until <= $1 AND r.ended_at IS NOT NULL ORDER BY r.kept_until LIMIT $2`);
const START = sql(`
  INSERT INTO recordings (name, attempt, kind, started_at, announced, kept_until) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (name) DO NOTHING`);
const PAUSE = sql('UPDATE recordings SET paused = $2 WHERE name = $1');
const END = sql('UPDATE recordings SET ended_at = $2, bytes = $3, duration_ms = $4 WHERE name = $1');
const KEEP = sql('UPDATE recordings SET kept_until = $2 WHERE name = $1');
const DELETE = sql('UPDATE recordings SET deleted_at = $2, deleted_by = $3 WHERE name = $1 AND deleted_at IS NULL');

type Part = Exclude<keyof RecordingQuery, 'limit'>;

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Part, (value: string) => string>> = {
  campaign: (value) => `c.name = ${value}`,
  record: (value) => `a.record = ${value}`,
  kind: (value) => `r.kind = ${value}`,
  fromAt: (value) => `r.started_at >= ${value}`,
  toAt: (value) => `r.started_at < ${value}`,
};
const PARTS = Object.keys(CONDITIONS) as readonly Part[];

export function recordingStore({ read, write }: Lanes): RecordingStore {
  return {
    started: ({ name, attempt, kind, startedAt, announced, keptUntil }) =>
      write.run(START, [name, attempt, kind, startedAt, announced ? 1 : 0, keptUntil]),
    paused: (name, isPaused) => write.run(PAUSE, [name, isPaused ? 1 : 0]),
    ended: (name, { endedAt, bytes, durationMs }) => write.run(END, [name, endedAt, bytes, durationMs]),
    keep: (name, until) => write.run(KEEP, [name, until]),
    deleted: (name, { at, by }) => write.run(DELETE, [name, at, by]),
    unfinished: () => read.all(UNFINISHED),
    of: (attempt) => read.all(OF, [attempt]),
    list: (query) => listRecordings(read, query),
    expired: (now, limit) => read.all(EXPIRED, [now, limit]),
  };
}

function listRecordings(db: Db, query: RecordingQuery): Promise<readonly RecordingRow[]> {
  const asked = PARTS.filter((part) => query[part] !== undefined);
  const where = ['TRUE', ...asked.map((part, index) => CONDITIONS[part](`$${index + 2}`))].join(' AND ');
  const text = `${SELECT} WHERE ${where} ORDER BY r.started_at DESC, r.name DESC LIMIT $1`;
  return db.all<RecordingRow>({ text }, [query.limit, ...asked.map((part) => query[part])]);
}
