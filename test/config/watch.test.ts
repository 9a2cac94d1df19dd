import { rename, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { LoadedCampaigns } from '../../src/config/load-campaigns.ts';
import { CampaignWatch } from '../../src/config/watch.ts';
import { aFolder, campaignText } from './files.ts';
import type { TestFolder } from './files.ts';

let folder: TestFolder;
let watched: CampaignWatch;
let reported: LoadedCampaigns[];
let listeners: (() => void)[];

beforeEach(async () => {
  folder = await aFolder();
  [reported, listeners] = [[], []];
  await folder.write('campaigns/a.yaml', campaignText('attempts: {max: 3}'));
});

afterEach(async () => {
  await watched.stop();
  await folder.remove();
});

async function start(options: { readonly lookMs?: number } = {}): Promise<LoadedCampaigns> {
  watched = new CampaignWatch({
    folder: folder.file('campaigns'),
    clock: systemClock,
    context: () => ({ trunks: ['main'] }),
    onChange: (loaded) => {
      reported.push(loaded);
      for (const listener of listeners.splice(0)) listener();
    },
    quietMs: 20,
    lookMs: options.lookMs ?? 60_000,
  });
  return watched.start();
}

/** Resolves with the first report that `wanted` accepts; fails after 5 s. */
async function until(wanted: (loaded: LoadedCampaigns) => boolean): Promise<LoadedCampaigns> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const found = reported.find(wanted);
    if (found) return found;
    const left = deadline - Date.now();
    if (left <= 0)
      throw new Error(`not reported within 5 s; reported: ${JSON.stringify(reported.map((t) => t.faults))}`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left);
      listeners.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const max = ({ campaigns }: LoadedCampaigns): number | undefined => campaigns[0]?.attempts.max;

describe('campaign files while the daemon runs', () => {
  test('[C-13] file is saved with a change: the campaign changes', async () => {
    expect(max(await start())).toBe(3);
    await folder.write('campaigns/a.yaml', campaignText('attempts: {max: 5}'));
    expect(max(await until((loaded) => max(loaded) === 5))).toBe(5);
  });

  test('[C-13] editor writes beside the file and renames over it: the campaign changes', async () => {
    await start();
    await folder.write('campaigns/.a.yaml.swp', campaignText('attempts: {max: 6}'));
    await rename(folder.file('campaigns/.a.yaml.swp'), folder.file('campaigns/a.yaml'));
    await until((loaded) => max(loaded) === 6);
    await rename(folder.file('campaigns/a.yaml'), folder.file('campaigns/a.yaml~'));
    await folder.write('campaigns/a.yaml', campaignText('attempts: {max: 7}'));
    await until((loaded) => max(loaded) === 7);
  });

  test('[C-13] file becomes faulty: the last good version stays and the faults are reported; corrected: it changes', async () => {
    const before = await start();
    await folder.write('campaigns/a.yaml', campaignText('attempts: {max: 5}\nscrpt: x'));
    const faulty = await until(({ faults }) => faults.length > 0);
    expect(faulty.campaigns[0]).toBe(before.campaigns[0]);
    expect(faulty.faults).toMatchObject([{ key: 'scrpt', line: 8, file: folder.file('campaigns/a.yaml') }]);
    await folder.write('campaigns/a.yaml', campaignText('attempts: {max: 5}'));
    const corrected = await until((loaded) => max(loaded) === 5);
    expect(corrected.faults).toEqual([]);
  });

  test('[C-13] only a comment changes: the campaign is still the same object, and nothing is reported', async () => {
    const before = await start();
    await folder.write('campaigns/a.yaml', `# a comment\n${campaignText('attempts: {max: 3}')}`);
    expect((await watched.reload()).campaigns[0]).toBe(before.campaigns[0]);
    await folder.write('campaigns/a.yaml', `# a comment\n${campaignText('attempts: {max: 4}')}`);
    await until(() => true);
    expect(reported.map(max)).toEqual([4]);
  });

  test('[C-13] new file and removed file: the campaign comes and goes', async () => {
    await start();
    await folder.write('campaigns/b.yaml', campaignText('', [], 'second'));
    await until(({ campaigns }) => campaigns.length === 2);
    await rm(folder.file('campaigns/a.yaml'));
    const after = await until(({ campaigns }) => campaigns.length === 1);
    expect(after.campaigns[0]?.name).toBe('second');
  });

  test('[C-13] copy of a campaign with the same name: the first file stays in use, both are reported', async () => {
    const before = await start();
    await folder.write('campaigns/0-copy.yaml', campaignText('attempts: {max: 9}'));
    const after = await until(({ faults }) => faults.length > 0);
    expect(after.campaigns).toEqual(before.campaigns);
    expect(after.files.get('renewals')).toBe(folder.file('campaigns/a.yaml'));
    expect(after.faults).toHaveLength(2);
  });

  test('[C-13] holidays in a file of their own change: the campaign changes', async () => {
    await folder.write('holidays/by.yaml', 'holidays: [2026-12-25]');
    const schedule = 'schedule: {timezone: UTC, start: 0 9 * * *, stop: 0 18 * * *, holidays: by.yaml}';
    await folder.write('campaigns/a.yaml', campaignText(schedule));
    await start();
    await folder.write('holidays/by.yaml', 'holidays: [2026-12-25, 2026-12-26]');
    await until(({ campaigns }) => campaigns[0]?.schedule?.holidays.length === 2);
  });

  test('[C-13] calling rules change: the campaigns that name them change; faulty ones change nothing and are reported', async () => {
    const pack = (ring: string): string =>
      `pack: here\ntitle: Here\napplies: {countries: [US]}\nclauses:\n  - {id: ring, says: It rings., citation: Law 1, unverified: yes, ring: ${ring}}\n`;
    const ringOf = ({ campaigns }: LoadedCampaigns): number => campaigns[0]?.pacing.minRingMs ?? 0;
    await folder.write('rules/here.yaml', pack('20s'));
    await folder.write('campaigns/a.yaml', campaignText('rules: [here]'));
    expect(ringOf(await start())).toBe(20_000);
    await folder.write('rules/here.yaml', pack('18s'));
    await until((loaded) => ringOf(loaded) === 18_000);
    await folder.write('rules/here.yaml', pack('soon'));
    const faulty = await until(({ faults }) => faults.length > 0);
    expect(ringOf(faulty)).toBe(18_000);
    expect(faulty.faults.map(({ key }) => key)).toEqual(expect.arrayContaining(['clauses[0].ring', 'rules[0]']));
  });

  test('[C-13] folder is gone for a while: everything stays as it was and the fault is reported; back: the fault goes', async () => {
    const before = await start({ lookMs: 20 });
    await rename(folder.file('campaigns'), folder.file('elsewhere'));
    const gone = await until(({ faults }) => faults.length > 0);
    expect(gone.campaigns).toEqual(before.campaigns);
    expect(gone.faults[0]?.key).toBe('folders.campaigns');
    await rename(folder.file('elsewhere'), folder.file('campaigns'));
    await until((loaded) => reported.indexOf(loaded) > reported.indexOf(gone) && loaded.faults.length === 0);
  });

  test('[C-13] nothing changes: nothing is reported, however often it is looked at; a reload reads and shows no change', async () => {
    await start({ lookMs: 5 });
    await watched.reload();
    await watched.reload();
    expect(reported).toEqual([]);
    expect(max(watched.current())).toBe(3);
  });

  test('[C-13] stopped: later changes are not reported', async () => {
    await start({ lookMs: 5 });
    await watched.stop();
    await folder.write('campaigns/a.yaml', campaignText('attempts: {max: 5}'));
    await expect(watched.reload().then(max)).resolves.toBe(5);
    expect(reported.filter((loaded) => max(loaded) === 3)).toEqual([]);
  });

  test('[C-13] no such folder at the start: refused with code', async () => {
    watched = new CampaignWatch({
      folder: folder.file('none'),
      clock: systemClock,
      context: () => ({}),
      onChange: () => undefined,
    });
    await expect(watched.start()).rejects.toMatchObject({ code: 'campaigns-unreadable' });
  });
});
