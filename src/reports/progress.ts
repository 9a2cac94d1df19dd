// How far a campaign has come, from the store's counts: the same with and without a running daemon.

import type { Campaign } from '../campaign/definition.ts';
import type { RecordCounts, RecordStatistics } from '../engine/store/records.ts';
import type { Store } from '../engine/store/store.ts';
import { timeToFinishMs } from '../records/progress.ts';
import { neverDialedWait, whyTheyWait } from '../eligibility/waits.ts';
import type { WaitingRecords } from '../eligibility/waits.ts';

export interface CampaignProgress
  extends RecordStatistics, Pick<RecordCounts, 'byResult' | 'byDisposition' | 'nextDueAt'> {
  readonly campaign: string;
  /** Time of dialing that the rest takes at the pace of the last hour; null: not known. */
  readonly timeToFinishMs: number | null;
  /** Why records wait, the reasons that keep back the most first. */
  readonly waits: readonly WaitingRecords[];
}

export async function progressOf(
  store: Pick<Store, 'records'>,
  definition: Campaign,
  now: number,
): Promise<CampaignProgress> {
  const { name: campaign } = definition;
  const [statistics, counts, groups] = await Promise.all([
    store.records.statistics(campaign, now),
    store.records.counts(campaign),
    store.records.waits(campaign, now),
  ]);
  const { byResult, byDisposition, nextDueAt } = counts;
  const left = timeToFinishMs({ ...statistics, progress: statistics });
  const waits = [...whyTheyWait(definition, groups, now), ...neverDialedWait(statistics.neverDialed)];
  return { campaign, ...statistics, byResult, byDisposition, nextDueAt, timeToFinishMs: left, waits };
}
