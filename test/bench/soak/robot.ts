// An agent at the page who never rests: every call is worked with notes, script answers, record fields, outcomes and the
// call's controls, as fast as the page lets a hand; while something is unsaved, the page or the daemon may be lost.

import type { Page } from 'playwright-core';
import type { Desk } from '../../support/desk.ts';

export const TROUBLES = ['none', 'reload', 'cut', 'crash'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What was typed in one call, as it has to stand in the books. */
export interface Typed {
  readonly notes: string;
  /** Answers to the script, by question. */
  readonly answers: Readonly<Record<string, string | number>>;
  readonly fields: Readonly<Record<string, string | number>>;
}

const WAIT = { timeout: 120_000 };

export class Robot {
  readonly #desk: Desk;
  readonly #page: Page;
  /** Clicks, keys that do something, and texts that were typed: a whole text is one. */
  acts = 0;

  constructor(desk: Desk, page: Page) {
    this.#desk = desk;
    this.#page = page;
  }

  /** One call from its answer to the next record; the number that was called, and what was typed. */
  async call(place: number, trouble: Trouble): Promise<readonly [string, Typed]> {
    const page = this.#page;
    await page.waitForSelector('.bar [data-standing="talking"]', WAIT);
    const number = /\+\d{11}/.exec((await page.locator('.contact').textContent()) ?? '')?.[0] ?? '';
    const city = `Town ${place}`;
    const premium = 100 + place;
    await this.#field('City', city);
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
    await this.#make(trouble);
    // As a person would: what stands there is looked at before it is gone on with.
    await this.#stands('#notes', parts[0]);
    await this.#stands('.script textarea', remarks[0]);
    await this.#notes(parts[1]);
    await this.#answer(1, remarks[1]);
    await this.#key('Alt+h');
    await page.waitForSelector('.bar [data-standing="wrap-up"]', WAIT);
    await this.#notes(parts[2]);
    await this.#look();
    await this.#close();
    const answers = { person: 'yes', wants: 'yes', cars, remarks: remarks.join('') };
    return [number, { notes: parts.join(''), answers, fields: { city, premium } }];
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
    const is = `document.querySelector(${JSON.stringify(selector)})?.value === ${JSON.stringify(text)}`;
    await this.#page.waitForFunction(is, undefined, WAIT);
  }

  async #notes(text: string): Promise<void> {
    await this.#page.waitForSelector('#notes', WAIT);
    await this.#key('Alt+n');
    await this.#page.waitForFunction('document.activeElement?.id === "notes"', undefined, WAIT);
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
    if (trouble === 'none') return;
    await page.waitForSelector('.bar:not([data-stale])', WAIT);
    await page.waitForSelector('.bar [data-standing="talking"]', WAIT);
  }
}
