// Attempts as a table for the terminal.

import type { AttemptRow } from '../../engine/store/attempts.ts';
import { showInstant } from './instants.ts';
import { harmless, table } from './table.ts';

/** One line per attempt. */
export function attemptTable(rows: readonly AttemptRow[]): string {
  return table(
    rows,
    [
      { title: 'DIALED', value: (row) => showInstant(row.dialedAt) },
      { title: 'ATTEMPT', value: (row) => row.attempt },
      { title: 'CAMPAIGN', value: (row) => row.campaign },
      { title: 'NUMBER', value: (row) => row.number },
      { title: 'RESULT', value: (row) => row.result ?? 'open' },
      { title: 'WHY', value: (row) => row.why },
      { title: 'AGENT', value: (row) => row.agent ?? '' },
      { title: 'DISPOSITION', value: (row) => harmless(said(row)) },
      { title: 'TALK', value: talkSeconds, align: 'right' },
    ],
    'No attempts.',
  );
}

function talkSeconds({ bridgedAt, endedAt }: AttemptRow): string {
  return bridgedAt === null || endedAt === null ? '' : `${Math.round((endedAt - bridgedAt) / 1000)}s`;
}

/** The disposition and why. */
function said({ disposition, reason }: AttemptRow): string {
  return reason === null ? (disposition ?? '') : `${disposition ?? ''} (${reason})`;
}
