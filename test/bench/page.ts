// The agents' page on a real Asterisk in a real Chromium: from a person's answer to the record on the screen, to the first
// sound in the agent's ear, and to the agent's voice in the person's; how much is fetched, how soon it is painted, and the
// longest that the page was deaf to clicks. Agents and calls work by themselves: nothing is clicked while it is measured.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Desk } from '../support/desk.ts';
import { toneStartMs } from '../support/hearing.ts';
import { builtPages } from '../web/built.ts';
import { startBrowsers, type Browsers } from '../web/chromium.ts';
import { sizesOf } from '../web/page-sizes.ts';
import type { BenchArgs } from './bench-args.ts';
import { IN_PAGE, type PageNotes } from './page/in-page.ts';

type Page = Awaited<ReturnType<Browsers['newcomer']>>;

const NAME = 'page';
const PASSWORD = 'correct horse battery';
const VOICE_HZ = 1000;
/** Samples a second of the network's recordings. */
const RATE = 8000;
const WAIT = { timeout: 120_000 };
/** A first sound later than this belongs to something else. */
const HEARD_WITHIN_MS = 3_000;

interface Seat {
  readonly number: string;
  readonly page: Page;
  readonly inBrowser: boolean;
}

export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const agents = Number(options['agents'] ?? (short ? 2 : 10));
  const browsersAsPhones = Number(options['phones'] ?? (short ? 1 : 2));
  const seconds = Number(options['seconds'] ?? (short ? 15 : 90));
  const pages = await builtPages();
  cpSync(pages, path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  const desk = await Desk.open({ record: true });
  const chromium = await startBrowsers({ sound: true });
  try {
    const seats = await sitDown({ desk, chromium, agents, browsersAsPhones, calls: agents * seconds });
    await desk.act(NAME, 'start');
    await sleep(seconds * 1_000);
    await desk.act(NAME, 'stop');
    await sleep(8_000);
    const rows = await desk.attempts(NAME);
    const figures = { agents, browsersAsPhones, seconds, ...(await measured(desk, seats, rows)), ...sizesOf(pages) };
    if (!json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures;
  } finally {
    await chromium.close();
    await desk.close();
  }
}

interface Sitting {
  readonly desk: Desk;
  readonly chromium: Browsers;
  readonly agents: number;
  readonly browsersAsPhones: number;
  readonly calls: number;
}

async function sitDown({ desk, chromium, agents, browsersAsPhones, calls }: Sitting): Promise<readonly Seat[]> {
  const people = Array.from({ length: Math.min(calls, 700) }, (_, index) =>
    personAnswers({ afterS: 1, talksS: 5 }, index),
  );
  await desk.ready(NAME, people, {
    mode: 'progressive',
    wrap_up: '{limit: 2s, disposition: optional, over: ready}',
    attempts: '{max: 1, per_day: 1}',
  });
  const seats: Seat[] = [];
  for (let place = 0; place < agents; place += 1) {
    const { number } = await desk.agent(NAME);
    const user = `eve${place}`;
    await desk.centre.client.post(userAdded, '/users', {
      name: user,
      role: 'agent',
      agent: number,
      password: PASSWORD,
    });
    const page = await chromium.newcomer('about:blank');
    await page.addInitScript(IN_PAGE);
    await page.goto(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
    const inBrowser = place < browsersAsPhones;
    await start(page, user, inBrowser);
    seats.push({ number, page, inBrowser });
  }
  return seats;
}

async function start(page: Page, user: string, inBrowser: boolean): Promise<void> {
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Choose ${NAME}` }).click(WAIT);
  if (inBrowser) {
    await page.getByText('This browser, with a headset').click(WAIT);
    await page.getByRole('meter').waitFor(WAIT);
  }
  await page.getByRole('button', { name: 'Start session' }).click(WAIT);
  await page.waitForSelector('[data-standing="paused"]', WAIT);
  await page.keyboard.press('Alt+Enter');
  await page.waitForSelector('[data-standing="ready"]', WAIT);
}

async function measured(desk: Desk, seats: readonly Seat[], rows: readonly AttemptRow[]) {
  const screen: number[] = [];
  const ear: number[] = [];
  const voice: number[] = [];
  let [longestTaskMs, firstPaintMs] = [0, 0];
  for (const { number, page, inBrowser } of seats) {
    const notes = await page.evaluate<PageNotes>('globalThis.pageNotes');
    longestTaskMs = Math.max(longestTaskMs, notes.longestTaskMs);
    firstPaintMs = Math.max(firstPaintMs, notes.firstPaintMs);
    const own = rows.filter((row) => row.agent === number && row.result === 'connected');
    for (const row of own) {
      const { answeredAt } = row;
      if (answeredAt === null) continue;
      const shown = notes.shown.find((one) => one.number === row.number);
      if (shown) screen.push(shown.at - answeredAt);
      const heardAt = notes.heardAt.find((at) => at >= answeredAt && at - answeredAt < HEARD_WITHIN_MS);
      if (inBrowser && heardAt !== undefined) ear.push(heardAt - answeredAt);
      const spoken = inBrowser ? spokenAt(row, desk.heard(row)) : undefined;
      if (spoken !== undefined) voice.push(spoken - answeredAt);
    }
  }
  return {
    answerToScreen: spread(screen),
    answerToEar: spread(ear),
    answerToPersonHears: spread(voice),
    firstPaintMs: Math.round(firstPaintMs),
    longestTaskMs: Math.round(longestTaskMs),
  };
}

/**
 * When the person heard the agent's tone first. The network's recording begins with the first sound that reaches it and ends
 * with the call: it is reckoned from there, to about the length of a packet.
 */
function spokenAt({ endedAt }: AttemptRow, samples: Int16Array): number | undefined {
  const intoIt = toneStartMs(samples, VOICE_HZ);
  if (endedAt === null || intoIt === undefined) return undefined;
  return endedAt - (samples.length * 1000) / RATE + intoIt;
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
