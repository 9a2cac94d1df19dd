// Reports by trunk, caller ID, disposition and callback, from what the store holds.

import path from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf } from '../../src/base/csv.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { callbackReport, dispositionReport, lineReport } from '../../src/reports/group-reports.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, HOUR_MS, MINUTE_MS, NOON } from '../contract/store-desk.ts';
import { makeFolder } from '../store/folder.ts';

const folder = makeFolder();
let store: Store;
let desk: Desk;

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  desk = new Desk(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('[S-06] reports by what calls have in common', () => {
  test('trunks and caller IDs: attempts, answers, failures, set-up and talk', async () => {
    const campaign = await desk.people(3);
    const { opened } = await desk.open(campaign, 3);
    const [talked, failed, open] = opened;
    if (!talked || !failed || !open) throw new Error('three were dialed');
    const [answeredAt, bridgedAt] = [NOON + 5000, NOON + 5010];
    await desk.close(talked.attempt, {
      result: 'connected',
      agent: '7',
      ringingAt: NOON + 800,
      answeredAt,
      bridgedAt,
      liveAt: answeredAt,
      endedAt: NOON + 65_010,
    });
    await desk.close(failed.attempt, { result: 'congestion', counts: false });
    const wanted = { period: {}, campaign: campaign.name };
    expect(await lineReport(store, 'trunk', wanted)).toEqual([
      {
        line: 'main',
        attempts: 3,
        answered: 1,
        answerRate: 0.5,
        liveAnswers: 1,
        connected: 1,
        abandoned: 0,
        failed: 1,
        meanSetupMs: 800,
        talkMs: 60_000,
      },
    ]);
    expect((await lineReport(store, 'callerId', wanted)).map(({ line }) => line)).toEqual([talked.callerId]);
    expect(await lineReport(store, 'trunk', { ...wanted, period: { fromAt: NOON + 1 } })).toEqual([]);
  });

  test('dispositions by campaign and agent, with those that were never given', async () => {
    const campaign = await desk.people(3);
    const { opened } = await desk.open(campaign, 3);
    const next = { state: 'finished', why: '' } as const;
    for (const [index, { attempt }] of opened.entries()) {
      const bridgedAt = NOON + 1000;
      await desk.close(attempt, { result: 'connected', agent: '7', bridgedAt, endedAt: NOON + 11_000 });
      if (index > 0) await store.attempts.dispose({ attempt, disposition: 'sale', agent: '7', at: NOON, next });
    }
    expect(await dispositionReport(store, { period: {}, campaign: campaign.name })).toEqual([
      { campaign: campaign.name, disposition: '', agent: '7', count: 1, share: 1 / 3, talkMs: 10_000 },
      { campaign: campaign.name, disposition: 'sale', agent: '7', count: 2, share: 2 / 3, talkMs: 20_000 },
    ]);
  });

  test('callbacks: set, pending, overdue, cancelled; those outside of the period do not count', async () => {
    const campaign = await desk.people(3);
    const records = await store.records.find({ campaign: campaign.name, text: '', limit: 3 });
    const ids: number[] = [];
    for (const [index, record] of records.entries()) {
      const [phone] = record.contact.phones;
      if (!phone) throw new Error('no phone');
      const at = NOON + (index + 1) * HOUR_MS;
      const callback = await store.callbacks.set({
        record: record.id,
        at,
        dueAt: at,
        why: 'agreed',
        zone: 'Europe/Berlin',
        phone,
        agent: index === 0 ? null : '7',
        by: '7',
        now: NOON,
      });
      ids.push(callback.id);
    }
    await store.callbacks.cancel({ id: ids[2] ?? 0, by: '7', now: NOON, again: false });
    const wanted = { period: {}, campaign: campaign.name };
    const none = { kept: 0, keptOnTime: 0, pending: 0, overdue: 0, cancelled: 0, expired: 0 };
    const now = NOON + HOUR_MS + MINUTE_MS;
    expect(await callbackReport(store, wanted, now)).toEqual([
      { campaign: campaign.name, agent: '', ...none, set: 1, pending: 1, overdue: 1 },
      { campaign: campaign.name, agent: '7', ...none, set: 2, pending: 1, cancelled: 1 },
    ]);
    expect(await callbackReport(store, { ...wanted, period: { fromAt: NOON + 10 * HOUR_MS } }, now)).toEqual([]);
  });

  test('as CSV: a column for each figure, also for those within others', () => {
    const rows = [
      { agent: '7', ms: { ready: 1, talking: 2 } },
      { agent: '=8', ms: { ready: 3 }, name: 'a,b' },
    ];
    expect(csvOf(rows)).toBe(`agent,ms.ready,ms.talking,name\r\n7,1,2,\r\n'=8,3,,"a,b"\r\n`);
    expect(csvOf([])).toBe('');
  });
});
