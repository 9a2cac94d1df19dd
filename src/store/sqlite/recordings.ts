// Recordings of calls: one row for each file, which stays when the file goes.

import type { RecordingQuery, RecordingRow, RecordingStore } from '../../engine/store-recordings.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

type StoredRow = Omit<RecordingRow, 'announced' | 'isPaused'> & {
  readonly announced: 0 | 1;
  readonly isPaused: 0 | 1;
};

const SELECT = `
  SELECT r.name, r.attempt, r.kind, c.name AS campaign, a.record, r.started_at AS startedAt, r.ended_at AS endedAt,
    r.bytes, r.duration_ms AS durationMs, r.announced, r.paused AS isPaused, r.kept_until AS keptUntil,
    r.deleted_at AS deletedAt, r.deleted_by AS deletedBy
  FROM recordings r JOIN attempts a ON a.attempt = r.attempt JOIN campaigns c ON c.id = a.campaign`;

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Exclude<keyof RecordingQuery, 'limit'>, string>> = {
  campaign: 'c.name = :campaign',
  record: 'a.record = :record',
  kind: 'r.kind = :kind',
  fromAt: 'r.started_at >= :fromAt',
  toAt: 'r.started_at < :toAt',
};

const rowOf = (row: StoredRow): RecordingRow => ({
  ...row,
  announced: row.announced === 1,
  isPaused: row.isPaused === 1,
});

export function recordingHandlers(db: Connection): Handlers<RecordingStore> {
  const changes = recordingChanges(db);
  const unfinished = db.prepare<[], StoredRow>(`${SELECT} WHERE r.ended_at IS NULL ORDER BY r.started_at, r.name`);
  const of = db.prepare<[string], StoredRow>(`${SELECT} WHERE r.attempt = ? ORDER BY r.started_at, r.name`);
  const expired = db.prepare<[number, number], StoredRow>(
    `${SELECT} WHERE r.deleted_at IS NULL AND r.kept_until <= ? AND r.ended_at IS NOT NULL ORDER BY r.kept_until LIMIT ?`,
  );
  return {
    ...changes,
    unfinished: () => unfinished.all().map(rowOf),
    of: (attempt) => of.all(attempt).map(rowOf),
    list(query) {
      const asked = Object.entries(CONDITIONS).filter(([part]) => query[part as keyof RecordingQuery] !== undefined);
      const where = ['TRUE', ...asked.map(([, condition]) => condition)].join(' AND ');
      const find = db.prepare<Record<string, unknown>, StoredRow>(
        `${SELECT} WHERE ${where} ORDER BY r.started_at DESC, r.name DESC LIMIT :limit`,
      );
      return find.all({ ...query }).map(rowOf);
    },
    expired: (now, limit) => expired.all(now, limit).map(rowOf),
  };
}

function recordingChanges(
  db: Connection,
): Pick<Handlers<RecordingStore>, 'started' | 'paused' | 'ended' | 'keep' | 'deleted'> {
  const add = db.prepare(`
    INSERT INTO recordings (name, attempt, kind, started_at, announced, kept_until) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO NOTHING`);
  const pause = db.prepare('UPDATE recordings SET paused = ? WHERE name = ?');
  const end = db.prepare('UPDATE recordings SET ended_at = ?, bytes = ?, duration_ms = ? WHERE name = ?');
  const keep = db.prepare('UPDATE recordings SET kept_until = ? WHERE name = ?');
  const remove = db.prepare(
    'UPDATE recordings SET deleted_at = ?, deleted_by = ? WHERE name = ? AND deleted_at IS NULL',
  );
  return {
    started({ name, attempt, kind, startedAt, announced, keptUntil }) {
      add.run(name, attempt, kind, startedAt, announced ? 1 : 0, keptUntil);
    },
    paused(name, isPaused) {
      pause.run(isPaused ? 1 : 0, name);
    },
    ended(name, { endedAt, bytes, durationMs }) {
      end.run(endedAt, bytes, durationMs, name);
    },
    keep(name, until) {
      keep.run(until, name);
    },
    deleted(name, { at, by }) {
      remove.run(at, by, name);
    },
  };
}
