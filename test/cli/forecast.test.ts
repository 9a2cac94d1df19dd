// outdial simulate and outdial replay, as somebody at a terminal uses them: alone, on files and the database.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JournalWriter } from '../../src/engine/dialing/pacing-journal.ts';
import { createPacer, type PacerOptions, type PacingEvent } from '../../src/pacing/pacer.ts';
import { drawForecast } from '../../src/cli/forecast/draw.ts';
import { wholeSweep } from '../../src/cli/forecast/figures.ts';
import type { Forecast } from '../../src/sim/forecast/forecast.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk } from '../contract/store-desk.ts';
import { CAMPAIGN, configFolder, documentOf, outdial, type Ran } from './cli.ts';

const NOW = Date.now();
const OPTIONS: PacerOptions = {
  mode: 'predictive',
  abandonTarget: 0.03,
  answerLimitMs: 2000,
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  maxLines: 60,
  maxCallsPerSecond: 100,
};

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  folder = await configFolder();
  await writeFile(join(folder, 'config', 'campaigns', 'renewals.yaml'), CAMPAIGN);
  await writeFile(join(folder, 'config', 'campaigns', 'new.yaml'), CAMPAIGN.replace('renewals', 'new'));
  await writeHistory();
  await writeLog();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** 240 attempts of yesterday: every third a conversation of a minute, the others not answered after 25 s. */
async function writeHistory(): Promise<void> {
  const store = await openSqliteStore({ file: join(folder, 'outdial.db') });
  const desk = new Desk(store);
  const campaign = await desk.people(300, { name: 'renewals' });
  const began = NOW - 24 * 3_600_000;
  for (let i = 0; i < 240; i += 1) {
    const at = began + i * 2000;
    const { attempt } = await desk.dial(campaign, at);
    const rang = { ringingAt: at + 1000 };
    const talked = { result: 'connected', answeredAt: at + 9000, liveAt: at + 9000, bridgedAt: at + 9010 } as const;
    if (i % 3 === 0) await desk.close(attempt, { ...rang, ...talked, endedAt: at + 69_010 });
    else await desk.close(attempt, { ...rang, result: 'no-answer', endedAt: at + 26_000 });
  }
  await store.close();
}

/** Ten minutes of one agent who talks for 40 s with everybody. */
async function writeLog(): Promise<void> {
  const at = NOW - 3_600_000;
  const pacer = createPacer(OPTIONS);
  const journal = new JournalWriter(at);
  const lines = [JournalWriter.head({ campaign: 'renewals', at, options: OPTIONS, learned: null })];
  const report = (event: PacingEvent): void => {
    lines.push(journal.event(event));
    pacer.observe(event);
  };
  const ask = (now: number): void => {
    lines.push(journal.asked(now, pacer.decide(now)));
  };
  report({ at, type: 'agent', agent: '101', state: 'ready' });
  for (let i = 0; i < 10; i += 1) {
    const now = at + i * 60_000;
    const call = `call-${i}`;
    ask(now);
    report({ at: now, type: 'dialed', call });
    report({ at: now + 1000, type: 'ringing', call });
    report({ at: now + 9000, type: 'answered', call });
    report({ at: now + 9000, type: 'live', call });
    report({ at: now + 9000, type: 'connected', call, agent: '101' });
    ask(now + 20_000);
    report({ at: now + 49_000, type: 'ended', call, result: 'connected' });
    report({ at: now + 49_000, type: 'agent', agent: '101', state: 'wrap-up' });
    report({ at: now + 55_000, type: 'agent', agent: '101', state: 'ready' });
  }
  const day = new Date(at).toISOString().slice(0, 10);
  for (const [campaign, text] of [
    ['renewals', lines.join('\n')],
    ['forged', lines.join('\n').replaceAll('"!",1', '"!",3')],
  ] as const) {
    await mkdir(join(folder, 'pacing', campaign), { recursive: true });
    await writeFile(join(folder, 'pacing', campaign, `${day}.jsonl`), `\n${text}\n`);
  }
}

describe('outdial simulate', () => {
  test('[P-08] by the history of a campaign: its answer rate, its lines, its records', async () => {
    const ran = await run('simulate', 'renewals', '--agents', '4', '--hours', '0.5', '--days', '2', '--json');
    const { about, forecasts } = documentOf(ran) as unknown as {
      about: string;
      forecasts: {
        dialsPerHour: { mean: number };
        liveAnswersPerHour: { mean: number };
        hoursToFinish: { mean: number };
      }[];
    };
    const [only] = forecasts;

    expect(ran.code).toBe(0);
    expect(about).toContain('by 240 dials and 80 conversations');
    // The campaign has no schedule.
    expect(about).toContain('end of dialing unknown');
    expect((only?.liveAnswersPerHour.mean ?? 0) / (only?.dialsPerHour.mean ?? 1)).toBeCloseTo(1 / 3, 1);
    // 60 of 300 records are left, at one dial each.
    expect(only?.hoursToFinish.mean).toBeCloseTo(60 / (only?.dialsPerHour.mean ?? 1), 5);
  });

  test('[P-08] when dialing ends is known or not: reported, and days differ', async () => {
    const args = ['simulate', '--agents', '6', '--talk', '40s', '--hours', '1', '--days', '2', '--json'];
    const asked = async (...more: string[]): Promise<{ about: string; forecasts: unknown }> =>
      documentOf(await run(...args, ...more)) as unknown as { about: string; forecasts: unknown };
    const [known, unknown, said] = [await asked(), await asked('--window', 'unknown'), await asked('--window', '1')];

    expect([known.about, unknown.about].map((about) => about.includes('end of dialing unknown'))).toEqual([
      false,
      true,
    ]);
    expect(unknown.forecasts).not.toEqual(known.forecasts);
    expect(said.about).toBe(known.about);
  });

  test('[P-08] the same seed: the same figures, whatever else', async () => {
    const args = [
      'simulate',
      '--agents',
      '3',
      '--answer-rate',
      '40%',
      '--talk',
      '30s',
      '--hours',
      '0.5',
      '--days',
      '2',
    ];

    expect((await run(...args)).out).toBe((await run(...args)).out);
    expect((await run(...args, '--seed', '2')).out).not.toBe((await run(...args)).out);
  });

  test('[P-08] several teams side by side: more agents, busier each; a table, bars and a chart', async () => {
    const ran = await run(
      ...['simulate', '--agents', '2..8:3', '--world', 'S1', '--hours', '0.5', '--days', '2', '--svg', 'teams.svg'],
    );
    const shown = [...ran.out.matchAll(/^ +([258]) +(\d+\.\d) %/gm)].map(([, agents, share]) => [
      Number(agents),
      Number(share),
    ]);

    expect(ran.code).toBe(0);
    expect(shown.slice(0, 3).map(([agents]) => agents)).toEqual([2, 5, 8]);
    expect(shown[2]?.[1]).toBeGreaterThan(shown[0]?.[1] ?? Infinity);
    expect(ran.out).toMatch(/█/);
    expect(await readFile(join(folder, 'teams.svg'), 'utf8')).toMatch(/^<svg .*<polyline .*<\/svg>\n$/s);
    expect(ran.out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  test('[P-08] a sweep without a step: both ends and round numbers between them', () => {
    const sweep = (text: string): readonly number[] => wholeSweep(text, { option: 'agents', min: 1, max: 500 });
    expect(sweep('5..50')).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50]);
    expect(sweep('1..300')).toEqual([1, 50, 100, 150, 200, 250, 300]);
    expect(sweep('3..6')).toEqual([3, 4, 5, 6]);
    expect(sweep('7..7')).toEqual([7]);
  });

  test('[P-08] a picture: every figure of one team; four panels over several; labels that would touch are left out', () => {
    const spread = (mean: number) => ({ mean, low: mean * 0.9, high: mean * 1.1 });
    const team = (agents: number): Forecast => ({
      agents,
      abandonTarget: 0.03,
      days: 3,
      hoursPerDay: 8,
      waitS: { p50: 10, p90: 30 },
      utilisation: spread(0.8),
      abandonRate: { ...spread(0.02), daysAbove: 0 },
      peakLines: spread(40),
      dialsPerHour: spread(900),
      liveAnswersPerHour: spread(300),
      conversationsPerHour: spread(290),
      waits: { stepS: 5, counts: [1, 5, 3, 1] },
    });
    const drawn = (forecasts: readonly Forecast[]): string =>
      drawForecast({ about: 'a <b> & c', forecasts, varied: 'agents' });
    const one = drawn([team(12)]);
    const many = drawn(Array.from({ length: 100 }, (_, index) => team(index + 1)));

    expect(one).toContain('a &lt;b&gt; &amp; c');
    for (const words of ['80.0 % (72.0 % to 88.0 %)', 'p50 10.0 s', '>15+<']) expect(one).toContain(words);
    expect(many.match(/<polyline/g)).toHaveLength(5);
    expect(many.match(/>50<\/text>/g) ?? []).not.toHaveLength(0);
    expect((many.match(/<text/g) ?? []).length).toBeLessThan(160);
    expect(one + many).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('[P-08] all lines in use: max_lines is said to be the ceiling; with lines to spare nothing is said', async () => {
    const args = ['simulate', '--agents', '8', '--talk', '40s', '--hours', '0.5', '--days', '2'];
    const held = await run(...args, '--max-lines', '9');
    expect(held.out).toContain('max_lines: all 9 lines were in use at once, so lines were the ceiling.');
    const free = await run(...args, '--max-lines', '900');
    expect(free.out).not.toContain('ceiling');
    expect(documentOf(await run(...args, '--max-lines', '9', '--json'))['forecasts']).toMatchObject([
      { linesWereCeiling: true },
    ]);
  });

  test('[P-08] several targets: a higher one, more abandoned', async () => {
    const args = ['--talk', '40s', '--target', '1%..5%', '--hours', '0.5', '--days', '2', '--json'];
    const { forecasts } = documentOf(await run('simulate', '--agents', '8', ...args)) as unknown as {
      forecasts: { abandonTarget: number; abandonRate: { mean: number } }[];
    };

    expect(forecasts.map(({ abandonTarget }) => abandonTarget)).toEqual([0.01, 0.02, 0.03, 0.04, 0.05]);
    expect(forecasts.at(-1)?.abandonRate.mean).toBeGreaterThan(forecasts[0]?.abandonRate.mean ?? Infinity);
    for (const { abandonRate, abandonTarget } of forecasts) expect(abandonRate.mean).toBeLessThanOrEqual(abandonTarget);
  });

  test('[P-08] a world in a file: read, and its faults reported with their places', async () => {
    const args = ['--agents', '3', '--hours', '0.2', '--days', '1'];
    await writeFile(
      join(folder, 'good.yaml'),
      'world: autumn\nanswer_rate: [{from: 0s, rate: 20%}, {from: 5m, rate: 45%}]\ntalk: {mean: 40s, sd: 30s}\n',
    );
    await writeFile(join(folder, 'bad.yaml'), 'world: autumn\nanswer_rte: 20%\ntalk: {mean: 40}\n');
    const good = await run('simulate', ...args, '--world', 'good.yaml');
    const bad = documentOf(await run('simulate', ...args, '--world', 'bad.yaml', '--json'));

    expect([good.code, good.out.split('\n')[0]]).toEqual([0, expect.stringContaining('world autumn; predictive')]);
    expect(bad.error).toMatchObject({
      code: 'world-faulty',
      places: [
        { line: 3, key: 'talk.mean' },
        { line: 2, key: 'answer_rte' },
      ],
    });
  });

  test.each([
    [['--agents', '0', '--world', 'S1'], 'figure-wrong', '1 to 500'],
    [['--agents', 'many', '--world', 'S1'], 'figure-wrong', '1 to 500'],
    [['--agents', '9..3', '--world', 'S1'], 'figure-wrong', '3..9'],
    [['--agents', '3..9', '--target', '1%..3%', '--world', 'S1'], 'figure-wrong', 'single value'],
    [['--agents', '3', '--target', '30%', '--world', 'S1'], 'figure-wrong', '10.0 %'],
    [['--agents', '3', '--talk', '0s'], 'figure-wrong', '4h'],
    [['--agents', '3', '--answer-rate', '120%'], 'figure-wrong', '100.0 %'],
    [['--agents', '3', '--world', 'S1', '--talk', '1m'], 'figure-wrong', '--world'],
    [['--agents', '3', '--world', 'S1', '--mode', 'psychic'], 'figure-wrong', 'progressive'],
    [['--agents', '3'], 'figure-wrong', '--answer-rate'],
    [['--agents', '3', '--world', 'S77'], 'world-unreadable', 'S1 to S9'],
    [['renewal', '--agents', '3'], 'campaign-unknown', 'outdial check'],
    [['new', '--agents', '3'], 'history-too-short', '200'],
  ])('[P-08] bad figures %j: %s, and what is possible', async (args, code, hint) => {
    const ran = await run('simulate', ...args, '--json');

    expect(ran.code).toBe(code === 'figure-wrong' ? 2 : 1);
    const { error } = documentOf(ran);
    expect(error?.code).toBe(code);
    expect(error?.hint).toContain(hint);
  });
});

describe('outdial replay', () => {
  test('[P-07] a log as it was written: every decision is the same, exit 0', async () => {
    const ran = await run('replay', 'renewals', '--json');

    expect(ran.code).toBe(0);
    expect(documentOf(ran)).toMatchObject({
      stretches: 1,
      decisions: 20,
      dialed: 10,
      differences: 0,
      firstDifference: null,
      real: { liveAnswers: 10, abandoned: 0, dials: 10 },
    });
  });

  test('[P-07] part of it: counted from and to, lived through from the beginning', async () => {
    const from = new Date(NOW - 3_600_000 + 5 * 60_000).toISOString();
    const { decisions, dialed, differences } = documentOf(await run('replay', 'renewals', '--from', from, '--json'));

    expect([decisions, dialed, differences]).toEqual([10, 5, 0]);
  });

  test('[P-07] other decisions than the library takes: exit 1, the first is named', async () => {
    const ran = await run('replay', 'forged');

    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/10 differ; the first at .*: dial was 3, is 1/);
  });

  test('[P-11] other policies beside it: scored on the same day', async () => {
    const ran = await run(
      'replay',
      'renewals',
      '--policy',
      'progressive',
      '--policy',
      'ratio:3',
      '--days',
      '2',
      '--json',
    );
    const { policies } = documentOf(ran) as unknown as {
      policies: { policy: string; advised?: { more: number }; score?: { utilisation: number } }[];
    };

    expect(policies.map(({ policy }) => policy)).toEqual(['as it was', 'progressive', 'ratio:3']);
    expect(policies[2]?.advised?.more).toBeGreaterThan(0);
    for (const { score } of policies) expect(score?.utilisation).toBeGreaterThan(0.5);
  });

  test.each([
    [['renewals', '--policy', 'psychic'], 'figure-wrong'],
    [['renewals', '--policy', 'ratio:99'], 'figure-wrong'],
    [['renewals', '--policy', 'predictive:speed=2'], 'figure-wrong'],
    [['nobody'], 'pacing-log-missing'],
  ])('[P-11] replay %j: %s', async (args, code) => {
    const ran = await run('replay', ...args, '--json');

    expect([ran.code, documentOf(ran).error?.code]).toEqual([code === 'figure-wrong' ? 2 : 1, code]);
  });
});
