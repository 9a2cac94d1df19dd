// An agent's hours at high speed by a robot in the real page on a real Asterisk: calls, notes, script answers, record fields,
// outcomes and controls, with reloads, cut connections, killed pages and killed daemons between them. What was typed must be in the books
// at the end, all of it, and the page's memory must stay bounded. By hand: --minutes 10 --seed 1; not named among the
// benchmarks it runs for a minute.

import { cpSync } from 'node:fs';
import type { Page } from 'playwright-core';
import path from 'node:path';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { DESK_CAMPAIGN, writeScript } from '../../demo/own-desk.ts';
import { formatLocal } from '../../src/base/local-time.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { callbackRow } from '../../src/http/wire/callbacks.ts';
import { contactDetails, contactEvent } from '../../src/http/wire/contacts.ts';
import { answerRow } from '../../src/http/wire/scripts.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Desk } from '../support/desk.ts';
import { builtPages } from '../web/built.ts';
import { startBrowsers } from '../web/chromium.ts';
import type { BenchArgs } from './bench-args.ts';
import { Robot, TROUBLES, type Trouble, type Typed } from './soak/robot.ts';

const NAME = 'soak';
const PASSWORD = 'correct horse battery';
const WAIT = { timeout: 120_000 };
/** A guess: three minutes a call, wrap-up and waiting included, and about fifteen clicks, keys and texts in each. */
const OF_A_REAL_AGENT = { callsPerHour: 20, actsPerHour: 300 };

interface Figures {
  readonly seed: number;
  readonly minutes: number;
  readonly calls: number;
  /** Clicks, keys and texts. */
  readonly acts: number;
  readonly actsPerSecond: number;
  /** How many hours of a real agent's day that is, by acts and by calls, and of whom that is thought. */
  readonly hoursOfAnAgent: { readonly byActs: number; readonly byCalls: number } & typeof OF_A_REAL_AGENT;
  readonly troubles: Readonly<Record<Trouble, number>>;
  /** How many texts and values were typed. */
  readonly typed: number;
  /** What of them is not in the books. */
  readonly lost: readonly string[];
  /** JavaScript heap after a collection, MB: after the first calls, the most, at the end. */
  readonly heapMb: { readonly first: number; readonly most: number; readonly last: number };
  readonly audit: number;
}

export async function run({ json, short, options }: BenchArgs): Promise<Figures> {
  const minutes = Number(options['minutes'] ?? (short ? 1 : 10));
  const seed = Number(options['seed'] ?? 1);
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  const desk = await Desk.open();
  const chromium = await startBrowsers();
  try {
    await prepare(desk, Math.min(4_000, Math.ceil(minutes * 40)));
    const page = await chromium.newcomer(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
    await begin(page, desk);
    const figures = await work({ desk, page, seed, minutes });
    if (!json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures;
  } finally {
    await chromium.close();
    await desk.close();
  }
}

async function prepare(desk: Desk, people: number): Promise<void> {
  writeScript(desk.centre.dir);
  const numbers = Array.from({ length: people }, (_, index) => personAnswers({ afterS: 1 }, index));
  await desk.ready(NAME, numbers, {
    ...DESK_CAMPAIGN,
    mode: 'progressive',
    wrap_up: '{limit: 10m, disposition: required, over: ready}',
    attempts: '{max: 1, per_day: 1}',
  });
  const { number } = await desk.agent(NAME);
  const user = { name: 'eve', role: 'agent', agent: number, password: PASSWORD };
  await desk.centre.client.post(userAdded, '/users', user);
}

async function begin(page: Page, desk: Desk): Promise<void> {
  await page.getByLabel('User name').fill('eve');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Choose ${NAME}` }).click(WAIT);
  await page.getByRole('button', { name: 'Start session' }).click(WAIT);
  await page.waitForSelector('[data-standing="ready"]', WAIT);
  await desk.act(NAME, 'start');
}

interface Work {
  readonly desk: Desk;
  readonly page: Page;
  readonly seed: number;
  readonly minutes: number;
}

async function work({ desk, page, seed, minutes }: Work): Promise<Figures> {
  const random = seededRandom(seed);
  const robot = new Robot(desk, page);
  const troubles: Record<Trouble, number> = { none: 0, reload: 0, cut: 0, crash: 0, killed: 0 };
  const typed = new Map<string, Typed>();
  const heap: number[] = [];
  const begun = Date.now();
  while (Date.now() < begun + minutes * 60_000) {
    const trouble = TROUBLES[random.integer(TROUBLES.length)] ?? 'none';
    const [number, texts] = await robot.call(typed.size, trouble);
    typed.set(number, texts);
    troubles[trouble] += 1;
    if (typed.size % 5 === 0) heap.push(await heapMb(robot.page));
  }
  const seconds = (Date.now() - begun) / 1000;
  await desk.act(NAME, 'stop');
  const lost = await lostOf(desk, typed);
  if (heap.length === 0) heap.push(await heapMb(robot.page));
  const { acts } = robot;
  const { callsPerHour, actsPerHour } = OF_A_REAL_AGENT;
  const calls = typed.size;
  return {
    seed,
    minutes,
    calls,
    acts,
    actsPerSecond: rounded(acts / seconds),
    hoursOfAnAgent: { byActs: rounded(acts / actsPerHour), byCalls: rounded(calls / callsPerHour), ...OF_A_REAL_AGENT },
    troubles,
    typed: [...typed.values()].reduce((sum, one) => sum + expected(one).length, 0),
    lost,
    heapMb: { first: heap[0] ?? 0, most: Math.max(...heap), last: heap.at(-1) ?? 0 },
    audit: (await desk.cli('audit')).code,
  };
}

async function lostOf(desk: Desk, typed: ReadonlyMap<string, Typed>): Promise<readonly string[]> {
  const rows = await desk.ended(NAME, typed.size, 120_000);
  const lost: string[] = [];
  for (const [number, texts] of typed) {
    const row = rows.find((one) => one.number === number);
    const kept = new Set(row === undefined ? [] : await keptOf(desk, row));
    lost.push(...expected(texts).filter((text) => !kept.has(text)));
  }
  return lost;
}

/** Everything of a call in one form, so that what was typed and what is kept can be compared. */
function expected({ notes, answers, fields, callback }: Typed): readonly string[] {
  const named = (what: string, values: Readonly<Record<string, unknown>>): readonly string[] =>
    Object.entries(values).map(([name, value]) => `${what} ${name}: ${String(value)}`);
  return [`note: ${notes}`, `callback: ${callback}`, ...named('answer', answers), ...named('field', fields)];
}

async function keptOf({ centre }: Desk, { contact, record, attempt }: AttemptRow): Promise<readonly string[]> {
  const story = await centre.client.get(contactEvent.array(), `/contacts/${contact}/timeline`);
  const notes = story.filter(({ what }) => what === 'note').map(({ detail }) => `note: ${String(detail['text'])}`);
  const answers = await centre.client.get(answerRow.array(), `/answers?attempt=${attempt}`);
  const { fields } = await centre.client.get(contactDetails, `/contacts/${contact}`);
  const callbacks = await centre.client.get(callbackRow.array(), `/callbacks?record=${record}&state=all`);
  const own = callbacks.filter((row) => row.setIn === attempt);
  return [
    ...notes,
    ...own.map(({ at, zone }) => `callback: ${formatLocal(zone, at).slice(0, 16)}`),
    ...answers.map(({ question, answer }) => `answer ${question}: ${String(answer)}`),
    ...Object.entries(fields).map(([name, value]) => `field ${name}: ${String(value)}`),
  ];
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

async function heapMb(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return Math.round(usedSize / 100_000) / 10;
}
