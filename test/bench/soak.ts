// One agent's day at high speed by a robot in the real page on a real Asterisk: calls, notes, script answers, outcomes, with
// reloads, cut connections and killed daemons between them. What was typed must be in the books at the end, all of it, and
// the page's memory must stay bounded. For minutes or hours, by hand: --minutes 10 --seed 1.

import { cpSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession } from 'playwright-core';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { seededRandom } from '../../src/base/random.ts';
import { contactEvent } from '../../src/http/wire/contacts.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Desk } from '../support/desk.ts';
import { builtPages } from '../web/built.ts';
import { startBrowsers, type Browsers } from '../web/chromium.ts';
import type { BenchArgs } from './bench-args.ts';

type Page = Awaited<ReturnType<Browsers['newcomer']>>;

const NAME = 'soak';
const PASSWORD = 'correct horse battery';
const WAIT = { timeout: 120_000 };

interface Figures {
  readonly seed: number;
  readonly minutes: number;
  readonly calls: number;
  readonly troubles: Readonly<Record<Trouble, number>>;
  /** Notes that were typed and are not in the books. */
  readonly lost: readonly string[];
  /** JavaScript heap after a collection, MB: after the first calls, the most, at the end. */
  readonly heapMb: { readonly first: number; readonly most: number; readonly last: number };
  readonly audit: number;
}

const TROUBLES = ['none', 'reload', 'cut', 'crash'] as const;
type Trouble = (typeof TROUBLES)[number];

export async function run({ json, short, options }: BenchArgs): Promise<Figures> {
  const minutes = Number(options['minutes'] ?? (short ? 1 : 10));
  const seed = Number(options['seed'] ?? 1);
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  const desk = await Desk.open();
  const chromium = await startBrowsers();
  try {
    const figures = await new Robot({ desk, chromium, seed, minutes }).work();
    if (!json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures;
  } finally {
    await chromium.close();
    await desk.close();
  }
}

interface RobotParts {
  readonly desk: Desk;
  readonly chromium: Browsers;
  readonly seed: number;
  readonly minutes: number;
}

class Robot {
  readonly #parts: RobotParts;
  /** By the number that was called: what was typed. */
  readonly #typed = new Map<string, string>();
  readonly #troubles: Record<Trouble, number> = { none: 0, reload: 0, cut: 0, crash: 0 };
  readonly #heap: number[] = [];

  constructor(parts: RobotParts) {
    this.#parts = parts;
  }

  async work(): Promise<Figures> {
    const { desk, seed, minutes } = this.#parts;
    const random = seededRandom(seed);
    const page = await this.#begin(Math.min(4_000, minutes * 40));
    const cdp = await page.context().newCDPSession(page);
    const until = Date.now() + minutes * 60_000;
    let calls = 0;
    while (Date.now() < until) {
      const trouble = TROUBLES[random.integer(TROUBLES.length)] ?? 'none';
      await this.#call(page, calls, trouble);
      this.#troubles[trouble] += 1;
      calls += 1;
      if (calls % 5 === 0) this.#heap.push(await heapMb(cdp));
    }
    await desk.act(NAME, 'stop');
    const lost = await this.#lost();
    const heapMbs = this.#heap.length === 0 ? [await heapMb(cdp)] : this.#heap;
    const heap = { first: heapMbs[0] ?? 0, most: Math.max(...heapMbs), last: heapMbs.at(-1) ?? 0 };
    const { code: audit } = await desk.cli('audit');
    return { seed, minutes, calls, troubles: this.#troubles, lost, heapMb: heap, audit };
  }

  async #begin(people: number): Promise<Page> {
    const { desk, chromium } = this.#parts;
    const numbers = Array.from({ length: people }, (_, index) => personAnswers({ afterS: 1 }, index));
    await desk.ready(NAME, numbers, {
      mode: 'progressive',
      wrap_up: '{limit: 10m, disposition: required, over: ready}',
      attempts: '{max: 1, per_day: 1}',
    });
    const { number } = await desk.agent(NAME);
    const user = { name: 'eve', role: 'agent', agent: number, password: PASSWORD };
    await desk.centre.client.post(userAdded, '/users', user);
    const page = await chromium.newcomer(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
    await page.getByLabel('User name').fill('eve');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Choose ${NAME}` }).click(WAIT);
    await page.getByRole('button', { name: 'Start session' }).click(WAIT);
    await page.waitForSelector('[data-standing="paused"]', WAIT);
    await page.keyboard.press('Alt+Enter');
    await page.waitForSelector('[data-standing="ready"]', WAIT);
    await desk.act(NAME, 'start');
    return page;
  }

  /** One call from its answer to the next record; the trouble comes while something is unsaved. */
  async #call(page: Page, place: number, trouble: Trouble): Promise<void> {
    await page.waitForSelector('.bar [data-standing="talking"]', WAIT);
    const number = /\+\d{11}/.exec((await page.locator('.contact').textContent()) ?? '')?.[0] ?? '';
    const texts = [`call ${place}: first;`, ` after ${trouble}`, ', wrapped up'] as const;
    await this.#type(page, texts[0]);
    await this.#make(trouble, page);
    // As a person would: what stands there is looked at before it is gone on with.
    await page.waitForFunction(
      `document.querySelector('#notes')?.value === ${JSON.stringify(texts[0])}`,
      undefined,
      WAIT,
    );
    await this.#type(page, texts[1]);
    await page.keyboard.press('Alt+h');
    await page.waitForSelector('.bar [data-standing="wrap-up"]', WAIT);
    await this.#type(page, texts[2]);
    this.#typed.set(number, texts.join(''));
    await page.keyboard.press('Alt+i');
    await page.keyboard.press('1');
    await page.waitForSelector('.outcome[aria-pressed="true"]', WAIT);
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor(WAIT);
    await page.keyboard.press('Alt+Enter');
    await page.waitForSelector('.bar [data-standing]:not([data-standing="wrap-up"])', WAIT);
  }

  async #type(page: Page, text: string): Promise<void> {
    await page.waitForSelector('#notes', WAIT);
    await page.keyboard.press('Alt+n');
    await page.waitForFunction('document.activeElement?.id === "notes"', undefined, WAIT);
    await page.keyboard.press('Control+End');
    await page.keyboard.type(text);
  }

  async #make(trouble: Trouble, page: Page): Promise<void> {
    const { centre } = this.#parts.desk;
    if (trouble === 'reload') await page.reload();
    if (trouble === 'cut') {
      await page.context().setOffline(true);
      await page.waitForTimeout(1_500);
      await page.context().setOffline(false);
    }
    if (trouble === 'crash') {
      await centre.endDaemon('SIGKILL');
      await centre.startDaemon();
    }
    if (trouble === 'none') return;
    await page.waitForSelector('.bar:not([data-stale])', WAIT);
    await page.waitForSelector('.bar [data-standing="talking"]', WAIT);
  }

  async #lost(): Promise<readonly string[]> {
    const { desk } = this.#parts;
    const rows = await desk.ended(NAME, this.#typed.size, 120_000);
    const lost: string[] = [];
    for (const [number, text] of this.#typed) {
      const row = rows.find((one) => one.number === number);
      const story = await desk.centre.client.get(contactEvent.array(), `/contacts/${row?.contact ?? 0}/timeline`);
      const notes = story.filter(({ what }) => what === 'note').map(({ detail }) => detail['text']);
      if (!notes.includes(text)) lost.push(text);
    }
    return lost;
  }
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 100_000) / 10;
}
