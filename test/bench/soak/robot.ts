// An agent at the page who never rests: every call is worked with notes, script answers, record fields, outcomes and the
// call's controls, as fast as the page lets a hand; while something is unsaved, the page, its process or the daemon may be
// lost.

import type { Page } from 'playwright-core';
import type { Desk } from '../../support/desk.ts';
import { until } from '../../support/until.ts';

/** `killed`: the page's process, a second after the last key; `crash`: the daemon's. */
export const TROUBLES = ['none', 'reload', 'cut', 'crash', 'killed'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What was typed in one call, as it has to stand in the books. */
export interface Typed {
  readonly notes: string;
  /** Answers to the script, by question. */
  readonly answers: Readonly<Record<string, string | number>>;
  readonly fields: Readonly<Record<string, string | number>>;
  /** Day and time on the person's clock. */
  readonly callback: string;
}

const WAIT = { timeout: 120_000 };

export class Robot {
  readonly #desk: Desk;
  #page: Page;
  /** Clicks, keys that do something, and texts that were typed: a whole text is one. */
  acts = 0;

  constructor(desk: Desk, page: Page) {
    this.#desk = desk;
    this.#page = page;
  }

  get page(): Page {
    return this.#page;
  }

  /** One call from its answer to the next record; the number that was called, and what was typed. */
  async call(place: number, trouble: Trouble): Promise<readonly [string, Typed]> {
    await this.#page.waitForSelector('.bar [data-standing="talking"]', WAIT);
    const number = /\+\d{11}/.exec((await this.#page.locator('.contact').textContent()) ?? '')?.[0] ?? '';
    const city = `Town ${place}`;
    const premium = 100 + place;
    await this.#field('Premium', String(premium));
    await this.#click('.script button', 'Yes, speaking');
    await this.#click('.script button', 'Yes');
    const cars = 1 + (place % 7);
    await this.#answer(0, String(cars));
    await this.#controls();
    const parts = [`call ${place}: first;`, ` after ${trouble}`, ', wrapped up'] as const;
    const remarks = [`remark ${place}`, ', and more'] as const;
    await this.#notes(parts[0]);
    await this.#answer(1, remarks[0]);
    const callback = { day: wednesday(), time: `1${place % 8}:30` };
    await this.#halfType(city, callback.time);
    await this.#make(trouble);
    // As a person would: what stands there is looked at before it is gone on with.
    await this.#stands('#notes', parts[0]);
    await this.#stands('.script textarea', remarks[0]);
    await this.#finishTyping(city, callback);
    await this.#notes(parts[1]);
    await this.#answer(1, remarks[1]);
    await this.#key('Alt+h');
    await this.#page.waitForSelector('.bar [data-standing="wrap-up"]', WAIT);
    await this.#notes(parts[2]);
    await this.#look();
    await this.#close();
    const answers = { person: 'yes', wants: 'yes', cars, remarks: remarks.join('') };
    const fields = { city, premium };
    return [number, { notes: parts.join(''), answers, fields, callback: `${callback.day} ${callback.time}` }];
  }

  async #key(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
    this.acts += 1;
  }

  async #click(selector: string, text?: string): Promise<void> {
    const all = this.#page.locator(selector);
    const one = text === undefined ? all : all.getByText(text, { exact: true });
    await one.first().click(WAIT);
    this.acts += 1;
  }

  async #stands(selector: string, text: string): Promise<void> {
    const input = this.#page.locator(selector).first();
    const look = async (): Promise<true | undefined> => ((await input.inputValue(WAIT)) === text ? true : undefined);
    await until(`“${text}” stands in ${selector}`, look, WAIT.timeout);
  }

  async #notes(text: string): Promise<void> {
    await this.#page.waitForSelector('#notes', WAIT);
    await this.#key('Alt+n');
    await this.#page.locator('#notes:focus').waitFor(WAIT);
    await this.#type(text);
  }

  async #answer(place: number, text: string): Promise<void> {
    await this.#page.locator('.script .question').nth(place).locator('input, textarea').click(WAIT);
    this.acts += 1;
    await this.#type(text);
  }

  async #type(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+End');
    await this.#page.keyboard.type(text);
    this.acts += 1;
  }

  /** By its pencil, saved with Enter; it stands there once the server has it. */
  async #field(label: string, text: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('button', { name: `Edit ${label}`, exact: true }).click(WAIT);
    await page.locator('.editor input').waitFor(WAIT);
    await this.#type(text);
    await page.keyboard.press('Enter');
    await page.locator('.field-value').getByText(text, { exact: true }).waitFor(WAIT);
    this.acts += 2;
  }

  /** A form for a callback and a field's editor that are open when the trouble comes. */
  async #halfType(city: string, time: string): Promise<void> {
    const page = this.#page;
    await this.#key('Alt+c');
    await page.locator('.callback-form').waitFor(WAIT);
    await this.#click('.callback-form .check', 'I call');
    await page.locator('.callback-form input[type="time"]').fill(time, WAIT);
    await page.getByRole('button', { name: 'Edit City', exact: true }).click(WAIT);
    await page.locator('.editor input').waitFor(WAIT);
    await this.#type(city);
    this.acts += 2;
  }

  /** The same forms with the same text; now saved. */
  async #finishTyping(city: string, { day, time }: { readonly day: string; readonly time: string }): Promise<void> {
    const page = this.#page;
    await this.#stands('.editor input', city);
    await page.locator('.editor input').press('Enter', WAIT);
    await page.locator('.field-value').getByText(city, { exact: true }).waitFor(WAIT);
    await this.#stands('.callback-form input[type="time"]', time);
    await page
      .locator('.callback-form input[type="radio"][value="personal"]:checked')
      .waitFor({ state: 'attached', ...WAIT });
    await page.locator('.callback-form input[type="date"]').fill(day, WAIT);
    await this.#click('.callback-form button[type="submit"]');
    await page.locator('.callback .is-set').waitFor(WAIT);
    this.acts += 2;
  }

  /** Mute and back, hold and back, keypad and transfer looked at: each as the exchange has done it. */
  async #controls(): Promise<void> {
    const page = this.#page;
    for (const [key, on] of [
      ['Alt+t', '.switch-mute'],
      ['Alt+l', '.switch-hold'],
    ] as const) {
      await this.#key(key);
      await page.waitForSelector(`${on}.is-on:not(.is-asked)`, WAIT);
      await this.#key(key);
      await page.waitForSelector(`${on}:not(.is-on):not(.is-asked)`, WAIT);
    }
    for (const key of ['Alt+k', 'Alt+k', 'Alt+g', 'Alt+g']) await this.#key(key);
  }

  /** What has been, the keys, and the form for a callback. */
  async #look(): Promise<void> {
    await this.#click('.contact [role="tab"]', 'History');
    await this.#click('.contact [role="tab"]', 'Information');
    await this.#key('Alt+i');
    await this.#key('?');
    await this.#page.getByRole('dialog').waitFor(WAIT);
    await this.#key('Escape');
    await this.#page.getByRole('dialog').waitFor({ state: 'detached', ...WAIT });
    await this.#key('Alt+c');
    await this.#page.locator('.callback-form').waitFor(WAIT);
    await this.#key('Alt+c');
  }

  /** One outcome after the other, until it is decided; then Done, and not the five seconds. */
  async #close(): Promise<void> {
    const page = this.#page;
    await this.#key('Alt+i');
    for (const [digit, label] of [
      ['4', 'Wrong person'],
      ['1', 'Renewed'],
    ] as const) {
      await this.#key(digit);
      await page.locator('.outcome[aria-pressed="true"]').getByText(label).waitFor(WAIT);
    }
    await this.#key('Alt+Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor(WAIT);
    await this.#key('Alt+Enter');
    await page.waitForSelector('.bar [data-standing]:not([data-standing="wrap-up"])', WAIT);
  }

  async #make(trouble: Trouble): Promise<void> {
    const page = this.#page;
    const { centre } = this.#desk;
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
    if (trouble === 'killed') await this.#die();
    if (trouble === 'none') return;
    await this.#page.waitForSelector('.bar:not([data-stale])', WAIT);
    await this.#page.waitForSelector('.bar [data-standing="talking"]', WAIT);
  }

  /** The page's process is killed: nothing in it hears of that. The agent opens another. */
  async #die(): Promise<void> {
    const page = this.#page;
    const url = page.url();
    await page.waitForTimeout(1_000);
    const crashed = page.waitForEvent('crash', WAIT);
    const cdp = await page.context().newCDPSession(page);
    cdp.send('Page.crash').catch(() => undefined);
    await crashed;
    this.#page = await page.context().newPage();
    await page.close();
    await this.#page.goto(url);
  }
}

/** A day on which everybody may be called at noon, not before the day after tomorrow. */
function wednesday(): string {
  const day = new Date(Date.now() + 2 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}
