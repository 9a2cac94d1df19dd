// The agents' page on a real Asterisk in a real Chromium: from a person's answer to the record on the screen, and which part
// of that is the server's, the wire's and the page's; from a person's first word to the agent's ear, and from the answer to the
// agent's voice in the person's; how much is fetched, how soon it is painted, and the longest that a page was deaf to clicks.
// Agents and calls work by themselves: nothing is clicked while it is measured. People pick up and talk for different times,
// drawn from a seed, as people do: were all the same, all pages would draw their records in the same moment, call after call.
// Calls are far shorter than real ones, so that pages have more to do than in a call centre of that size.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Desk } from '../support/desk.ts';
import { soundStartMs, toneStartMs } from '../support/hearing.ts';
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
/** As loud as what the ear in the page takes for a sound. */
const AUDIBLE = 330;
/** What the server says of an answer comes within this. */
const OF_ONE_ANSWER_MS = 1_000;

interface Seat {
  readonly number: string;
  readonly page: Page;
  readonly inBrowser: boolean;
}

export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const agents = Number(options['agents'] ?? (short ? 2 : 10));
  const withPage = Number(options['pages'] ?? agents);
  const browsersAsPhones = Number(options['phones'] ?? (short ? 1 : 2));
  const seconds = Number(options['seconds'] ?? (short ? 15 : 90));
  const seed = Number(options['seed'] ?? 1);
  const pages = await builtPages();
  cpSync(pages, path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  const desk = await Desk.open({ record: true });
  const chromium = await startBrowsers({ sound: true });
  try {
    const seats = await sitDown({
      desk,
      chromium,
      agents,
      withPage,
      browsersAsPhones,
      calls: agents * seconds,
      seed,
    });
    await desk.act(NAME, 'start');
    await sleep(seconds * 1_000);
    await desk.act(NAME, 'stop');
    await sleep(8_000);
    const rows = await desk.attempts(NAME);
    const plan = { agents, withPage, browsersAsPhones, seconds };
    const figures = { ...plan, ...(await measured(desk, seats, rows)), ...sizesOf(pages) };
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
  /** The first of them; the others work by their phones. */
  readonly withPage: number;
  readonly browsersAsPhones: number;
  readonly calls: number;
  readonly seed: number;
}

async function sitDown(sitting: Sitting): Promise<readonly Seat[]> {
  const { desk, chromium, agents, withPage, browsersAsPhones, calls, seed } = sitting;
  const random = seededRandom(seed);
  const people = Array.from({ length: Math.min(calls, 700) }, (_, index) =>
    personAnswers({ afterS: 1 + random.integer(5), talksS: 3 + random.integer(8) }, index),
  );
  await desk.ready(NAME, people, {
    mode: 'progressive',
    wrap_up: '{limit: 2s, disposition: optional, over: ready}',
    attempts: '{max: 1, per_day: 1}',
  });
  const seats: Seat[] = [];
  for (let place = withPage; place < agents; place += 1) await desk.readyAgent(NAME);
  for (let place = 0; place < withPage; place += 1) {
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
  await page.waitForSelector('[data-standing="ready"]', WAIT);
}

/** What came of the answers, ms. */
interface Measured {
  readonly answerToScreen: number[];
  /** Of each page's first record alone: browsers are slower with what they have not run yet. */
  readonly firstToScreen: number[];
  readonly answerToSent: number[];
  readonly sentToPage: number[];
  readonly pageToPainted: number[];
  readonly messages: number[];
  readonly answerToEar: number[];
  readonly voiceToEar: number[];
  readonly answerToPersonHears: number[];
}

async function measured(desk: Desk, seats: readonly Seat[], rows: readonly AttemptRow[]) {
  const found: Measured = {
    answerToScreen: [],
    firstToScreen: [],
    answerToSent: [],
    sentToPage: [],
    pageToPainted: [],
    messages: [],
    answerToEar: [],
    voiceToEar: [],
    answerToPersonHears: [],
  };
  let [longestTaskMs, longestAtAnswerMs, firstPaintMs] = [0, 0, 0];
  for (const { number, page, inBrowser } of seats) {
    const notes = await page.evaluate<PageNotes>('globalThis.pageNotes');
    firstPaintMs = Math.max(firstPaintMs, notes.firstPaintMs);
    longestTaskMs = Math.max(longestTaskMs, ...notes.longTasks.map(({ ms }) => ms));
    const connected = rows.filter((one) => one.agent === number && one.result === 'connected');
    const own = connected.toSorted((one, other) => (one.answeredAt ?? 0) - (other.answeredAt ?? 0));
    for (const [place, row] of own.entries()) {
      const toScreenMs = onScreen(row, notes, found);
      if (place === 0 && toScreenMs !== undefined) found.firstToScreen.push(toScreenMs);
      if (inBrowser) byEar(row, desk, { notes, found });
      const { answeredAt } = row;
      const tasks = notes.longTasks.filter(({ at }) => answeredAt !== null && at > answeredAt && at < answeredAt + 500);
      longestAtAnswerMs = Math.max(longestAtAnswerMs, ...tasks.map(({ ms }) => ms));
    }
  }
  const spreads = Object.entries(found).map(([name, values]: [string, number[]]) => [name, spread(values)] as const);
  return {
    ...Object.fromEntries(spreads),
    firstPaintMs: Math.round(firstPaintMs),
    longestTaskMs: Math.round(longestTaskMs),
    longestTaskAtAnswerMs: Math.round(longestAtAnswerMs),
  };
}

/** From the answer to the screen, ms; undefined: it was not seen there. */
function onScreen(
  { answeredAt, number }: AttemptRow,
  { shown, came, messagesAt }: PageNotes,
  found: Measured,
): number | undefined {
  const painted = shown.find((one) => one.number === number);
  if (answeredAt === null || painted === undefined) return undefined;
  const toScreenMs = painted.at - answeredAt;
  found.answerToScreen.push(toScreenMs);
  const message = came.find((one) => one.number === number);
  if (message === undefined) return toScreenMs;
  found.answerToSent.push(message.sentAt - answeredAt);
  found.sentToPage.push(message.at - message.sentAt);
  found.pageToPainted.push(painted.at - message.at);
  found.messages.push(messagesAt.filter((at) => at >= message.at && at < message.at + OF_ONE_ANSWER_MS).length);
  return toScreenMs;
}

interface Ear {
  readonly notes: PageNotes;
  readonly found: Measured;
}

function byEar(row: AttemptRow, desk: Desk, { notes, found }: Ear): void {
  const { answeredAt } = row;
  if (answeredAt === null) return;
  const heardAt = notes.heardAt.find((at) => at >= answeredAt && at - answeredAt < HEARD_WITHIN_MS);
  if (heardAt !== undefined) found.answerToEar.push(heardAt - answeredAt);
  const said = desk.said(row);
  const spokenAt = instantIn(row, said, soundStartMs(said, AUDIBLE));
  if (heardAt !== undefined && spokenAt !== undefined) found.voiceToEar.push(heardAt - spokenAt);
  const heard = desk.heard(row);
  const toneAt = instantIn(row, heard, toneStartMs(heard, VOICE_HZ));
  if (toneAt !== undefined) found.answerToPersonHears.push(toneAt - answeredAt);
}

/**
 * When something in one of the network's recordings was: they begin with the first sound that reaches the network and end with
 * the call, so it is reckoned from the end, to about the length of a packet.
 */
function instantIn({ endedAt }: AttemptRow, samples: Int16Array, intoItMs: number | undefined): number | undefined {
  if (endedAt === null || intoItMs === undefined) return undefined;
  return endedAt - (samples.length * 1000) / RATE + intoItMs;
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
