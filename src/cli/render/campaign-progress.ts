// How far a campaign has come and why its records wait, in lines; and whether its file is the one in force. Pure.

import type { z } from 'zod';
import { formatDuration, formatShare } from '../../base/durations.ts';
import type { CampaignProgress } from '../../reports/progress.ts';
import type { campaignDetails } from '../../http/wire/wire.ts';
import { showInstant } from './instants.ts';
import { harmless, pairs } from './table.ts';
import { counted } from './words.ts';

/** That the daemon dials by an older version of the file than the one on disk. */
export function fileNotes({ file, fileFaults }: z.infer<typeof campaignDetails>): readonly string[] {
  const [first] = fileFaults;
  if (first === undefined) return [];
  const count = counted(fileFaults.length, 'fault');
  return [`An older version of ${file} is in force: the file as it is now has ${count}. First: ${first}`];
}

/** Why records wait, one line for each reason. */
export function waitLines({ waits }: CampaignProgress): string {
  const lines = waits.map(({ count, why, untilAt }): readonly [string, string] => [
    String(count),
    `waiting: ${harmless(why)}${untilAt === undefined ? '' : `; the first from ${showInstant(untilAt)} on`}`,
  ]);
  return lines.length === 0 ? '' : `\n\n${pairs(lines)}`;
}

/** How far the campaign has come, a line each. */
export function progressLines(progress: CampaignProgress): string {
  const { total, processed, waiting, scheduled, blocked, dialing, reached, callbacks } = progress;
  const left = progress.timeToFinishMs;
  const results = Object.entries(progress.byResult).map(([result, count]) => `${result} ${count}`);
  const dispositions = Object.entries(progress.byDisposition).map(([code, count]) => `${harmless(code)} ${count}`);
  return pairs([
    ['records', total],
    ['processed', `${processed} (${formatShare(total === 0 ? 0 : processed / total)})`],
    ['waiting', `${waiting}   scheduled ${scheduled} (${callbacks} callbacks)   dialing ${dialing}`],
    ['blocked', blocked],
    ['reached', `${reached} contacts`],
    ['last results', results.join('   ') || '–'],
    ['dispositions', dispositions.join('   ') || '–'],
    ['pace', `${progress.attemptsPerHour} attempts in the last hour of dialing`],
    ['time left', left === null ? 'not known yet' : `${formatDuration(Math.round(left / 60_000) * 60_000)} of dialing`],
  ]);
}
