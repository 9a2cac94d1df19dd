// A thread that chooses records and writes their attempts on a connection of its own, each time in a transaction that is
// not synced, and shows how long each took. As a thread it runs the code as the store's own thread does.

import { parentPort, workerData } from 'node:worker_threads';
import type { Campaign } from '../../../src/campaign/definition.ts';
import { campaignIds } from '../../../src/store/sqlite/campaigns.ts';
import { choosing } from '../../../src/store/sqlite/choice.ts';
import { connect } from '../../../src/store/sqlite/database.ts';

export interface ClaimSettings {
  readonly file: string;
  readonly claims: number;
  /** Claims before, not reported, in another database. */
  readonly warmUp: { readonly file: string; readonly claims: number };
  readonly campaign: Campaign;
  readonly now: number;
  /** Names the attempts, so that no two threads have the same. */
  readonly series: string;
  readonly batch: number;
}

export interface Claim {
  readonly ms: number;
  /** Processor time of the whole process, in which nothing else runs meanwhile. */
  readonly processorMs: number;
  readonly opened: number;
}

function measure({ file, claims }: ClaimSettings['warmUp'], parts: ClaimSettings): readonly Claim[] {
  const { campaign, now, series, batch } = parts;
  const db = connect({ file, readOnly: false });
  db.pragma('synchronous = OFF');
  // As on the store's own connection: checkpoints are another thread's.
  db.pragma('wal_autocheckpoint = 0');
  const { open } = choosing(db, campaignIds(db));
  const taken: Claim[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    const lines = Array.from({ length: batch }, (_, turn) => {
      return { attempt: `${series}-${claim}-${turn}`, trunk: 'main', turn };
    });
    const [start, used] = [performance.now(), process.cpuUsage()];
    db.exec('BEGIN IMMEDIATE');
    const { opened } = open({ campaign, now, lines });
    db.exec('COMMIT');
    const { user, system } = process.cpuUsage(used);
    const processorMs = (user + system) / 1000;
    taken.push({ ms: performance.now() - start, processorMs, opened: opened.length });
  }
  db.close();
  return taken;
}

const settings = workerData as ClaimSettings;
measure(settings.warmUp, settings);
parentPort?.postMessage(measure(settings, settings));
