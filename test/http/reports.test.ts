// Reports from rows: every attempt counted once however the pages are cut, figures by their definitions.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptQuery, AttemptRow } from '../../src/engine/store/attempts.ts';
import type { StateTime } from '../../src/engine/store/sessions.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { attemptPages } from '../../src/reports/attempt-pages.ts';
import { abandonmentReport, agentReport, campaignReport } from '../../src/reports/reports.ts';

const T = Date.UTC(2026, 10, 20, 10);

function anAttempt(parts: Partial<AttemptRow> = {}): AttemptRow {
  return {
    attempt: 'a1',
    campaign: 'renewals',
    record: 1,
    contact: 1,
    number: '+12125550123',
    trunk: 'main',
    callerId: '+12125550100',
    dialedAt: T,
    ringingAt: T + 1000,
    answeredAt: null,
    liveAt: null,
    bridgedAt: null,
    endedAt: T + 20_000,
    result: 'no-answer',
    sipCode: 480,
    cause: 19,
    verdict: null,
    verdictCause: null,
    messageLeft: false,
    waited: null,
    validation: null,
    endedBy: 'network',
    agent: null,
    disposition: null,
    reason: null,
    counts: true,
    rule: null,
    why: '',
    ...parts,
  };
}

const talked = (parts: Partial<AttemptRow>): AttemptRow =>
  anAttempt({
    answeredAt: T + 5000,
    liveAt: T + 5000,
    bridgedAt: T + 5004,
    endedAt: T + 65_004,
    result: 'connected',
    agent: '101',
    disposition: 'sale',
    waited: false,
    ...parts,
  });

/** A store of these rows that lists them as the port says: oldest first, from the instant on, at most `limit`. */
function storeOf(rows: readonly AttemptRow[], times: readonly StateTime[] = []): Store {
  const list = ({ campaign, fromAt = 0, toAt = Infinity, limit = Infinity }: AttemptQuery): Promise<AttemptRow[]> => {
    const fits = rows.filter((row) => row.dialedAt >= fromAt && row.dialedAt < toAt);
    const mine = fits.filter((row) => campaign === undefined || row.campaign === campaign);
    return Promise.resolve(mine.sort((a, b) => a.dialedAt - b.dialedAt).slice(0, limit));
  };
  const parts = {
    attempts: { list },
    records: { counts: () => Promise.resolve({ byState: {}, byResult: {}, byDisposition: {}, nextDueAt: null }) },
    sessions: { times: () => Promise.resolve(times) },
    agents: { all: () => Promise.resolve([{ number: '101', name: 'Ann', groups: [], account: 'a101' }]) },
  };
  return parts as unknown as Store;
}

describe('pages', () => {
  test('[S-06] many attempts in one millisecond, pages of any size: each comes once, in order', async () => {
    const rows = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 20 }), async (offsets, pageSize) => {
        const all = offsets.map((offset, index) => anAttempt({ attempt: `a${index}`, dialedAt: T + offset }));
        const seen: AttemptRow[] = [];
        for await (const page of attemptPages(storeOf(all), {}, pageSize)) seen.push(...page);
        expect(seen.map(({ attempt }) => attempt).sort()).toEqual(all.map(({ attempt }) => attempt).sort());
        expect(seen.map(({ dialedAt }) => dialedAt)).toEqual(offsets.map((offset) => T + offset).sort((a, b) => a - b));
      }),
    );
  });

  test('[S-06] a limit is kept over pages', async () => {
    const all = Array.from({ length: 30 }, (_, index) => anAttempt({ attempt: `a${index}`, dialedAt: T + index }));
    const seen: AttemptRow[] = [];
    for await (const page of attemptPages(storeOf(all), { limit: 17 }, 5)) seen.push(...page);
    expect(seen).toHaveLength(17);
  });
});

describe('figures', () => {
  const rows = [
    anAttempt({ attempt: 'a1' }),
    talked({ attempt: 'a2' }),
    talked({ attempt: 'a3', bridgedAt: T + 5020, disposition: null }),
    anAttempt({ attempt: 'a4', answeredAt: T + 5000, liveAt: T + 5000, result: 'abandoned' }),
    anAttempt({ attempt: 'a5', answeredAt: T + 5000, result: 'machine', verdict: 'machine' }),
    anAttempt({ attempt: 'a6', result: null, endedAt: null }),
    anAttempt({ attempt: 'a7', campaign: 'other' }),
  ];

  test('[S-06] a campaign: machines are no live answers, the abandon rate is abandoned by live answers', async () => {
    const report = await campaignReport(storeOf(rows), 'renewals', {});
    expect(report).toMatchObject({
      attempts: 6,
      open: 1,
      liveAnswers: 3,
      connected: 2,
      abandoned: 1,
      abandonRate: 1 / 3,
      byResult: { 'no-answer': 1, connected: 2, abandoned: 1, machine: 1 },
      byDisposition: { sale: 1 },
      answerDelayMs: { p50: 4, p99: 20, max: 20, count: 2 },
    });
  });

  test('[S-06] people who waited for an agent stand apart from the answer delay; what is not known stands nowhere', async () => {
    const waiting = talked({ attempt: 'a8', bridgedAt: T + 6700, waited: true });
    const unknown = talked({ attempt: 'a9', bridgedAt: T + 9000, waited: null });
    expect(await campaignReport(storeOf([...rows, waiting, unknown]), 'renewals', {})).toMatchObject({
      connected: 4,
      answerDelayMs: { p50: 4, p99: 20, max: 20, count: 2 },
      waited: { count: 1, maxMs: 1700 },
    });
  });

  test('[S-06] abandonment by day of the zone asked for, days in order', async () => {
    const late = anAttempt({ attempt: 'a8', dialedAt: Date.UTC(2026, 10, 20, 23, 30), liveAt: 1, result: 'abandoned' });
    const report = await abandonmentReport(
      storeOf([...rows, late]),
      {},
      { zone: 'Europe/Berlin', campaign: 'renewals' },
    );
    expect(report).toMatchObject([
      { day: '2026-11-20', attempts: 6, liveAnswers: 3, abandoned: 1 },
      { day: '2026-11-21', attempts: 1, liveAnswers: 1, abandoned: 1, abandonRate: 1 },
    ]);
  });

  test('[S-06] an agent: utilisation is talk and wrap-up by the time signed in and not paused', async () => {
    const time = (state: StateTime['state'], ms: number): StateTime => ({
      agent: '101',
      campaign: 'renewals',
      state,
      ms,
    });
    const times = [time('ready', 300_000), time('talking', 500_000), time('wrap-up', 100_000), time('paused', 600_000)];
    const report = await agentReport(
      storeOf(rows, [...times, time('reserved', 100_000)]),
      { fromAt: 0, toAt: T * 2 },
      { now: T * 2 },
    );
    expect(report).toEqual([
      {
        agent: '101',
        name: 'Ann',
        signedInMs: 1_600_000,
        utilisation: 0.6,
        connected: 2,
        talkMs: 119_984,
        ms: { ready: 300_000, engaged: 0, reserved: 100_000, talking: 500_000, 'wrap-up': 100_000, paused: 600_000 },
      },
    ]);
  });
});
