// Edits of campaign files in the audit log: key by key, also those made while no daemon ran.

import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CampaignLog } from '../../../src/engine/campaigns/campaign-log.ts';
import type { Store } from '../../../src/engine/store/store.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { VirtualClock } from '../../../src/sim/clock.ts';
import { testFolder } from '../../store/folder.ts';

let store: Store;
let log: CampaignLog;

beforeEach(async () => {
  store = await openSqliteStore({ file: path.join(testFolder(), 'outdial.db') });
  log = startLog();
});
afterEach(() => store.close());

/** The log of a daemon that has just started. */
const startLog = (): CampaignLog => new CampaignLog({ audit: store.audit, clock: new VirtualClock() });

const files = (settings: Readonly<Record<string, string>> | undefined): Map<string, Readonly<Record<string, string>>> =>
  new Map(settings ? [['renewals', settings]] : []);

const entries = async (): Promise<readonly object[]> =>
  (await store.audit.list({ what: 'campaign.file', limit: 100 })).map(({ who, subject, from, to }) => ({
    who,
    subject,
    from,
    to,
  }));

const entry = (from: object | null, to: object | null): object => ({ who: 'file', subject: 'renewals', from, to });

describe('[X-11] edits of campaign files', () => {
  test('a campaign is there for the first time: all its keys; read again unchanged: nothing', async () => {
    await log.note(files({ mode: 'predictive', 'pacing.ring': '25s' }));
    await log.note(files({ mode: 'predictive', 'pacing.ring': '25s' }));
    expect(await entries()).toEqual([entry(null, { mode: 'predictive', 'pacing.ring': '25s' })]);
  });

  test('keys are changed, added and taken out: these and no others, from which value to which', async () => {
    await log.note(files({ mode: 'ratio', 'pacing.ring': '25s', 'pacing.ratio': '2' }));
    await log.note(files({ mode: 'predictive', 'pacing.ring': '25s', 'pacing.abandon_target': '2%' }));
    const [edit] = await entries();
    expect(edit).toEqual(
      entry(
        { mode: 'ratio', 'pacing.ratio': '2', 'pacing.abandon_target': null },
        { mode: 'predictive', 'pacing.ratio': null, 'pacing.abandon_target': '2%' },
      ),
    );
  });

  test('edited while no daemon ran: logged at the next start, from what was logged last', async () => {
    await log.note(files({ mode: 'ratio', 'pacing.ring': '25s' }));
    await log.note(files({ mode: 'ratio', 'pacing.ring': '30s' }));
    await startLog().note(files({ mode: 'progressive', 'pacing.ring': '30s' }));
    const [edit, , ...others] = await entries();
    expect(edit).toEqual(entry({ mode: 'ratio' }, { mode: 'progressive' }));
    expect(others).toHaveLength(1);
    await startLog().note(files({ mode: 'progressive', 'pacing.ring': '30s' }));
    expect(await entries()).toHaveLength(3);
  });

  test('the file is taken away and comes back: both are logged with all keys', async () => {
    await log.note(files({ mode: 'ratio' }));
    await log.note(files(undefined));
    await startLog().note(files(undefined));
    await startLog().note(files({ mode: 'ratio' }));
    expect(await entries()).toEqual([
      entry(null, { mode: 'ratio' }),
      entry({ mode: 'ratio' }, null),
      entry(null, { mode: 'ratio' }),
    ]);
  });

  test('two edits at once: each has its entry, in their order', async () => {
    await Promise.all(['20s', '25s', '30s'].map((ring) => log.note(files({ 'pacing.ring': ring }))));
    const [last, second] = await entries();
    expect([second, last]).toEqual([
      entry({ 'pacing.ring': '20s' }, { 'pacing.ring': '25s' }),
      entry({ 'pacing.ring': '25s' }, { 'pacing.ring': '30s' }),
    ]);
  });

  test('the disk is full: the edit is refused, and is in the log with the next one', async () => {
    await log.note(files({ mode: 'ratio', 'pacing.ring': '25s' }));
    const append = vi.spyOn(store.audit, 'append').mockRejectedValueOnce(new Error('disk full'));
    await expect(log.note(files({ mode: 'ratio', 'pacing.ring': '30s' }))).rejects.toThrow('disk full');
    append.mockRestore();
    await log.note(files({ mode: 'predictive', 'pacing.ring': '30s' }));
    const [edit] = await entries();
    expect(edit).toEqual(entry({ mode: 'ratio', 'pacing.ring': '25s' }, { mode: 'predictive', 'pacing.ring': '30s' }));
  });
});
