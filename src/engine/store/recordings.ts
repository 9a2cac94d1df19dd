// Recordings of calls as the store keeps them: what was recorded, how long it is, until when it is kept, and that it was
// deleted. The sound itself is a file that Asterisk has written.

import type { AttemptId, CampaignName } from '../../terms.ts';

export interface RecordingStore {
  started(recording: NewRecording): Promise<void>;
  /** Says whether what is said now is kept. */
  paused(name: string, isPaused: boolean): Promise<void>;
  ended(name: string, end: RecordingEnd): Promise<void>;
  /** Those without an end, oldest first; where recovery starts. */
  unfinished(): Promise<readonly RecordingRow[]>;
  of(attempt: AttemptId): Promise<readonly RecordingRow[]>;
  /** Newest first. */
  list(query: RecordingQuery): Promise<readonly RecordingRow[]>;
  /** Those whose time is over and whose file is still there, oldest first. */
  expired(now: number, limit: number): Promise<readonly RecordingRow[]>;
  /** It is kept until then, whatever was said before. */
  keep(name: string, until: number): Promise<void>;
  /** The file is gone; the row stays and says so. */
  deleted(name: string, deletion: { readonly at: number; readonly by: string }): Promise<void>;
}

export interface NewRecording {
  /** Names the file, without its ending. */
  readonly name: string;
  readonly attempt: AttemptId;
  /** `greeting`: the first seconds of who or what picked up. */
  readonly kind: 'conversation' | 'greeting';
  readonly startedAt: number;
  /** The person heard an announcement. */
  readonly announced: boolean;
  readonly keptUntil: number;
}

interface RecordingEnd {
  readonly endedAt: number;
  /** Null when no file was found. */
  readonly bytes: number | null;
  readonly durationMs: number | null;
}

export interface RecordingRow extends NewRecording {
  readonly campaign: CampaignName;
  readonly record: number;
  readonly isPaused: boolean;
  readonly endedAt: number | null;
  readonly bytes: number | null;
  readonly durationMs: number | null;
  readonly deletedAt: number | null;
  readonly deletedBy: string | null;
}

export interface RecordingQuery {
  readonly campaign?: CampaignName;
  readonly record?: number;
  readonly kind?: NewRecording['kind'];
  readonly fromAt?: number;
  readonly toAt?: number;
  readonly limit: number;
}
