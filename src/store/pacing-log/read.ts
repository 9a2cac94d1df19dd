// Reads a campaign's pacing log back, line by line, oldest first. Works beside a daemon that writes.

import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { OperationalError } from '../../base/errors.ts';

const DAY_MS = 86_400_000;

export interface LogPeriod {
  readonly fromAt?: number;
  readonly toAt?: number;
}

/** The lines of all days that the period may touch; refused with `pacing-log-missing` when there are none. */
export async function* readPacingLog(folder: string, campaign: string, period: LogPeriod): AsyncGenerator<string> {
  const days = (await daysOf(path.join(folder, campaign))).filter((day) => touches(day, period));
  if (days.length === 0) {
    throw new OperationalError(
      'pacing-log-missing',
      `There is no pacing log of campaign "${campaign}" for this time.`,
      {
        hint: `It is written while a daemon runs the campaign, into ${folder}; see pacing_log in outdial.yaml.`,
        places: [{ file: path.join(folder, campaign) }],
      },
    );
  }
  for (const day of days) {
    const input = createReadStream(path.join(folder, campaign, `${day}.jsonl`), 'utf8');
    try {
      yield* createInterface({ input, crlfDelay: Infinity });
    } finally {
      input.destroy();
    }
  }
}

/** Local dates, ascending. */
async function daysOf(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.flatMap((name) => /^(\d{4}-\d{2}-\d{2})\.jsonl$/.exec(name)?.[1] ?? []).sort();
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return [];
    throw fault;
  }
}

/** A local day lies within half a day and a bit of the same day in UTC. */
function touches(day: string, { fromAt = -Infinity, toAt = Infinity }: LogPeriod): boolean {
  const startAt = Date.parse(`${day}T00:00:00Z`);
  return startAt - DAY_MS < toAt && startAt + 2 * DAY_MS > fromAt;
}
