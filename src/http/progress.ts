// How far a campaign has come, from the store's counts: the same with and without a running daemon.

import type { RecordCounts, RecordStatistics } from '../engine/store-records.ts';
import type { Store } from '../engine/store.ts';
import { timeToFinishMs } from '../list/progress.ts';

export interface CampaignProgress
  extends RecordStatistics, Pick<RecordCounts, 'byResult' | 'byDisposition' | 'nextDueAt'> {
  readonly campaign: string;
  /** Time of dialing that the rest takes at the pace of the last hour; null: not known. */
  readonly timeToFinishMs: number | null;
}

export async function progressOf(
  store: Pick<Store, 'records'>,
  campaign: string,
  now: number,
): Promise<CampaignProgress> {
  const [statistics, counts] = await Promise.all([
    store.records.statistics(campaign, now),
    store.records.counts(campaign),
  ]);
  const { byResult, byDisposition, nextDueAt } = counts;
  const left = timeToFinishMs({ ...statistics, progress: statistics });
  return { campaign, ...statistics, byResult, byDisposition, nextDueAt, timeToFinishMs: left };
}
