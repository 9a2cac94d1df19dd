// The disk of the database fills up in the middle of a day, and later has room again: what people and agents notice of it,
// and what is in the books afterwards.

import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { fill, smallDisk } from '../store/small-disk.ts';
import { breaches, watch } from '../support/invariants.ts';
import { Rig } from '../support/rig.ts';

const HOUR_MS = 3_600_000;
const RECORDS = 120;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

test('[O-06] the disk is full: no new calls, conversations go on; with room again it dials by itself, and nothing is lost', async (context) => {
  const disk = smallDisk(24);
  if (disk === undefined) {
    context.skip('mounting a small disk needs root');
    return;
  }
  const openStore = () => openSqliteStore({ file: path.join(disk, 'outdial.db') });
  const day = await Rig.start({ openStore, agents: 8, records: RECORDS });
  rig = day;
  const seen = watch(day, { lines: 200 });
  const dialed = (): Promise<number> => day.store.attempts.list({}).then((rows) => rows.length);
  day.startRobots();
  await day.clock.runFor(20_000);
  await day.startCampaign();
  await day.clock.runFor(60_000);
  const before = await dialed();
  expect(before).toBeGreaterThan(10);

  const makeRoom = fill(disk);
  // What the log of the database has room for goes on being written.
  await day.clock.runUntilTrue(() => day.engine.health().store === 'failing', 600_000);
  expect(day.engine.health().store).toBe('failing');
  expect(day.engine.campaign(day.campaign.name)).toMatchObject({ dialing: false });
  expect(await failingSeconds(day, dialed, 180)).toBeGreaterThan(60);
  expect(await dialed()).toBeLessThan(RECORDS);

  makeRoom();
  await day.clock.runUntilTrue(() => day.engine.health().store === 'ok', 10_000);
  expect(await day.untilExhausted(3 * HOUR_MS)).toBe(true);
  await day.wrapUpTheDay();
  expect([...seen, ...(await breaches(day, { silenceMs: 2000, personsHangUp: true }))]).toEqual([]);
  const attempts = await day.store.attempts.list({});
  expect(attempts.filter(({ result }) => result === null)).toEqual([]);
  expect(new Set(attempts.map(({ record }) => record)).size).toBe(RECORDS);
  expect((await day.store.records.counts(day.campaign.name)).byState.finished).toBe(RECORDS);
});

/**
 * Lets so many seconds go by, and counts those in which the store failed from beginning to end: nothing may be dialed in
 * them. A checkpoint can make room in the log of the database again, and as long as that lasts it is dialed rightly.
 */
async function failingSeconds(day: Rig, dialed: () => Promise<number>, seconds: number): Promise<number> {
  const recoveries = (): number => day.complaints.filter((line) => line.startsWith('store works again')).length;
  let failing = 0;
  for (let second = 0; second < seconds; second += 1) {
    const [wasFailing, before, recovered] = [day.engine.health().store === 'failing', await dialed(), recoveries()];
    await day.clock.runFor(1_000);
    if (!wasFailing || day.engine.health().store !== 'failing' || recoveries() !== recovered) continue;
    failing += 1;
    expect(await dialed()).toBe(before);
  }
  return failing;
}
