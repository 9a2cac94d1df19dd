// Moves the write-ahead log into the database away from the writer's thread, so that no commit ever waits for it, and
// keeps the log short: bulk work is held while the checkpoints lag behind, and the writer completes one when the log is long.

import type { Connection } from './database.ts';

/** Frames (pages of 4 KiB) that may wait to be moved before bulk work is held. */
const MAX_BACKLOG = 8000;
/** From this length on the log should start again from its beginning, which needs a moment without a newer frame. */
const LONG_LOG = 32_000;
/** So few frames are moved by the writer itself without anybody noticing. */
const SHORT_BACKLOG = 200;
const IDLE_MS = 1000;
const BUSY_MS = 50;
/** A checkpoint that moved so many frames is followed by the next one soon. */
const MANY_FRAMES = 500;

/** What the thread of the checkpoints last saw, shared with the writer: [frames in the log, frames moved, how often seen]. */
export type CheckpointNews = Int32Array;

export function newCheckpointNews(): CheckpointNews {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

interface CheckpointRow {
  readonly log: number;
  readonly checkpointed: number;
}

function checkpoint(db: Connection): CheckpointRow {
  const [row] = db.pragma('wal_checkpoint(PASSIVE)') as readonly CheckpointRow[];
  return row ?? { log: 0, checkpointed: 0 };
}

/** Checkpoints for ever; the returned function ends it. Failures (a full disk) are tried again. */
export function runCheckpoints(db: Connection, news: CheckpointNews): () => void {
  let moved = 0;
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => {
    let step = 0;
    try {
      const { log, checkpointed } = checkpoint(db);
      step = Math.abs(checkpointed - moved);
      moved = checkpointed;
      Atomics.store(news, 0, log);
      Atomics.store(news, 1, checkpointed);
      Atomics.add(news, 2, 1);
    } catch {
      // The disk is full or failing: the commits say so, and the log keeps everything until there is room.
    }
    timer = setTimeout(run, step > MANY_FRAMES ? BUSY_MS : IDLE_MS);
  };
  run();
  return () => clearTimeout(timer);
}

export interface LogWatch {
  /** Whether bulk work must wait. */
  isBehind(): boolean;
  /** Between two transactions of the writer: completes the checkpoint of a long log, at most once per news. */
  restartLongLog(): void;
}

/** The writer's view of the checkpoints. */
export function logWatch(db: Connection, news: CheckpointNews): LogWatch {
  let seen = 0;
  const backlog = (): number => Atomics.load(news, 0) - Atomics.load(news, 1);
  return {
    isBehind: () => backlog() > MAX_BACKLOG,
    restartLongLog() {
      const now = Atomics.load(news, 2);
      if (now === seen || Atomics.load(news, 0) < LONG_LOG || backlog() > SHORT_BACKLOG) return;
      seen = now;
      try {
        checkpoint(db);
      } catch {
        // As above: whatever is wrong with the disk, the next commit reports it.
      }
    },
  };
}
