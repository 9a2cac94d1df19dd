// Recordings as a table for the terminal.

import { formatDuration } from '../../base/durations.ts';
import type { RecordingRow } from '../../engine/store/recordings.ts';
import { showInstant } from './instants.ts';
import { table } from './table.ts';

/** One line per recording. */
export function recordingTable(rows: readonly RecordingRow[]): string {
  return table(
    rows,
    [
      { title: 'BEGUN', value: ({ startedAt }) => showInstant(startedAt) },
      { title: 'LENGTH', value: lengthOf, align: 'right' },
      { title: 'CAMPAIGN', value: ({ campaign }) => campaign },
      { title: 'RECORD', value: ({ record }) => record, align: 'right' },
      { title: 'KIND', value: ({ kind }) => kind },
      { title: 'ATTEMPT', value: ({ attempt }) => attempt },
      { title: 'KEPT UNTIL', value: keptOf },
    ],
    'Nothing was recorded.',
  );
}

function lengthOf({ durationMs, endedAt }: RecordingRow): string {
  if (durationMs !== null) return formatDuration(Math.round(durationMs / 1000) * 1000);
  return endedAt === null ? 'running' : 'no file';
}

function keptOf({ keptUntil, deletedAt, deletedBy }: RecordingRow): string {
  if (deletedAt === null) return showInstant(keptUntil);
  return `deleted ${showInstant(deletedAt)} by ${deletedBy ?? 'an unknown user'}`;
}
