// The reports by period over a real store, and the ledger's page as it goes to a regulator.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { makeReport, REPORT_NAMES, type ReportName, type ReportRequest } from '../../src/reports/catalogue.ts';
import { csvOfTable, paperOf, sumOfRows } from '../../src/reports/paper.ts';
import type { ReportTable } from '../../src/reports/table.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, FINISHED, HOUR_MS, MINUTE_MS, NOON, waitingUntil } from '../contract/store-desk.ts';
import { makeFolder } from '../store/folder.ts';

const DAY_MS = 24 * HOUR_MS;
const folder = makeFolder();
let store: Store;
let campaign: Campaign;

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  const desk = new Desk(store);
  campaign = await desk.people(4);
  await store.agents.save({ number: '101', name: '=SUM(A1)', groups: [], account: 'a101' });
  const session = 's-1';
  await store.sessions.open({
    session,
    agent: '101',
    campaign: campaign.name,
    phoneMode: 'nailed-up',
    phoneKind: 'account',
    phoneNumber: null,
    leg: 'l',
    bridge: 'b',
    startedAt: NOON,
  });
  const states = [
    ['ready', 0],
    ['talking', 10],
    ['wrap-up', 40],
    ['paused', 50],
  ] as const;
  for (const [state, minute] of states)
    await store.sessions.state({
      session,
      state,
      reason: null,
      attempt: null,
      leg: 'l',
      at: NOON + minute * MINUTE_MS,
    });
  await store.sessions.close(session, NOON + HOUR_MS, 'signed out');
  // Three people pick up on the first day, of whom one gets no agent; one is busy on the next day.
  for (const result of ['connected', 'connected', 'abandoned'] as const) {
    const { attempt } = await desk.dial(campaign);
    const answeredAt = NOON + 10_000;
    const talk = result === 'connected' ? { bridgedAt: answeredAt + 4, agent: '101', waited: false } : {};
    await desk.close(attempt, {
      result,
      answeredAt,
      liveAt: answeredAt,
      ...talk,
      endedAt: NOON + 3 * MINUTE_MS,
      next: result === 'connected' ? FINISHED : waitingUntil(NOON + 30 * DAY_MS),
    });
    if (result === 'connected')
      await store.attempts.dispose({ attempt, disposition: 'sale', agent: '101', at: NOON, next: FINISHED });
  }
  const { attempt } = await desk.dial(campaign, NOON + DAY_MS);
  await desk.close(attempt, { endedAt: NOON + DAY_MS + MINUTE_MS });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const made = (report: ReportName, parts: Partial<ReportRequest> = {}): Promise<ReportTable> =>
  makeReport(
    { store, campaigns: [campaign], now: NOON + 2 * DAY_MS },
    { report, period: { fromAt: NOON - HOUR_MS, toAt: NOON + 2 * DAY_MS }, zone: 'Europe/Berlin', ...parts },
  );

test('[S-06] campaigns by day: a row for each day with its figures, and the sums of both', async () => {
  const { columns, rows, sums } = await made('campaigns', { by: 'day' });
  expect(columns.slice(0, 3).map(({ title }) => title)).toEqual(['Day', 'Campaign', 'Attempts']);
  expect(rows).toMatchObject([
    {
      period: '2026-03-02',
      attempts: 3,
      liveAnswers: 3,
      connected: 2,
      abandoned: 1,
      abandonRate: 1 / 3,
      delayP99Ms: 4,
    },
    { period: '2026-03-03', attempts: 1, liveAnswers: 0, busy: 1, abandonRate: null },
  ]);
  expect(sums).toMatchObject({ attempts: 4, liveAnswers: 3, abandoned: 1, abandonRate: 1 / 3, delayP50Ms: null });
});

test('[S-06] agents: paid hours by state, utilisation of the time not paused, conversations', async () => {
  const { rows } = await made('agents');
  expect(rows).toMatchObject([
    {
      agent: '101',
      paidMs: HOUR_MS,
      readyMs: 10 * MINUTE_MS,
      talkingMs: 30 * MINUTE_MS,
      'wrap-upMs': 10 * MINUTE_MS,
      pausedMs: 10 * MINUTE_MS,
      utilisation: 0.8,
      connected: 2,
    },
  ]);
});

test('[S-06] agents of a day that is not over: paid until now, not until midnight', async () => {
  const period = { fromAt: NOON - HOUR_MS, toAt: NOON + 2 * DAY_MS };
  const sources = { store, campaigns: [campaign], now: NOON + 30 * MINUTE_MS };
  const { rows } = await makeReport(sources, { report: 'agents', period, zone: 'Europe/Berlin' });
  expect(rows).toMatchObject([
    { agent: '101', paidMs: 30 * MINUTE_MS, readyMs: 10 * MINUTE_MS, talkingMs: 20 * MINUTE_MS },
  ]);
  const before = { ...sources, now: NOON - 2 * HOUR_MS };
  expect((await makeReport(before, { report: 'agents', period, zone: 'Europe/Berlin' })).rows).toEqual([]);
});

test('[S-06] every report has a row for what happened, whole columns, and CSV that no spreadsheet calculates', async () => {
  for (const report of REPORT_NAMES) {
    const table = await made(report);
    if (report !== 'answers' && report !== 'callbacks') expect([report, table.rows.length > 0]).toEqual([report, true]);
    for (const row of table.rows) expect(Object.keys(row)).toEqual(table.columns.map(({ key }) => key));
    expect(csvOfTable(table).split('\r\n')[0]).toBe(table.columns.map(({ key }) => key).join(','));
    expect(paperOf(table)).toContain(`<h1>${table.title}</h1>`);
  }
  expect(csvOfTable(await made('agents'))).toContain("'=SUM(A1)");
  expect(paperOf(await made('agents'))).not.toContain('<script');
});

test('[S-06] a year by day has too many parts: refused, before anything is read', async () => {
  const wanted = { period: { fromAt: 0, toAt: 500 * DAY_MS }, by: 'day' } as const;
  await expect(made('trunks', wanted)).rejects.toMatchObject({ code: 'report-too-fine' });
});

test('[X-06] the ledger’s page: method, window, counts, limit and law; its sums prove it later, and show what was changed', async () => {
  const ledger = await made('ledger');
  const audit = { entries: 7, erased: 0, head: { entry: 7, hash: 'ab12' } };
  const sha256 = sumOfRows(ledger);
  const page = paperOf(ledger, { sha256, audit });
  for (const part of ['How it was counted', 'Definitions', sha256, '7:ab12', 'outdial audit log --check --head 7:ab12'])
    expect(page).toContain(part);
  expect(page).toContain('at most 3.0 % of the live answers in each local day');
  expect(page).not.toMatch(/<(?:script|img|link|iframe)|https?:\/\//);
  const [first = {}, ...rest] = ledger.rows;
  expect(first).toMatchObject({ day: '2026-03-02', liveAnswers: 3, abandoned: 1, isKept: false });
  expect(sumOfRows({ ...ledger, rows: [{ ...first, abandoned: 0 }, ...rest] })).not.toBe(sha256);
  expect(sumOfRows(await made('ledger'))).toBe(sha256);
  const without = await makeReport(
    { store, campaigns: [], now: NOON + 2 * DAY_MS },
    { report: 'ledger', period: { fromAt: NOON - HOUR_MS, toAt: NOON + 2 * DAY_MS }, zone: 'Europe/Berlin' },
  );
  expect(without.rows).toEqual([]);
  const sentence = /Not in this ledger: .*, 4 attempts in the period, 1 abandoned\./;
  expect(without.missing).toEqual([expect.stringMatching(sentence)]);
  expect(paperOf(without)).toMatch(sentence);
  expect(ledger.missing).toEqual([]);
  expect(page).toContain('A limit was not kept in 1 of ');
  const broken = paperOf(ledger, { sha256, audit: { ...audit, broken: { entry: 3, why: 'its hash does not fit' } } });
  expect(broken).toContain('broken at entry 3');
});
