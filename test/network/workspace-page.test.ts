// An agent works a campaign in a browser, by keyboard, on a real Asterisk: the real page from the real daemon, real calls.
// The phone is never touched, and neither is the mouse once the session has begun.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { builtPages } from '../web/built.ts';
import { startChromium, type Chromium } from '../web/chromium.ts';

const LIMIT_MS = 240_000;
const NAME = 'at-page';
const PASSWORD = 'correct horse battery';
const CALLS = 3;
const WAIT = { timeout: 240_000 };

let desk: Desk;
let agent: DeskAgent;
let chromium: Chromium;

beforeAll(async () => {
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  desk = await Desk.open();
  const people = Array.from({ length: CALLS }, (_, index) => personAnswers({ afterS: 1, talksS: 60 }, 430 + index));
  await desk.ready(NAME, people, {
    mode: 'predictive',
    dispositions:
      '[{code: sale, label: Sold, key: 1}, {code: no, label: Not interested, key: 2}, {code: later, label: Call later, key: 3, ask: callback}]',
    instructions: 'Say who calls.',
    attempts: '{max: 1, per_day: 1}',
  });
  agent = await desk.agent(NAME);
  await desk.centre.client.post(userAdded, '/users', {
    ...{ name: 'eve', role: 'agent', agent: agent.number, password: PASSWORD },
  });
  chromium = await startChromium();
}, LIMIT_MS);
afterAll(async () => {
  await chromium.close();
  await desk.close();
});

const standing = (page: Page, word: string): Promise<unknown> =>
  page.waitForSelector(`[data-standing="${word}"]`, WAIT);

async function signInAndStart(page: Page): Promise<void> {
  await page.getByLabel('User name').fill('eve');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Choose ${NAME}` }).click();
  await page.getByText('Say who calls.').waitFor(WAIT);
  await page.getByRole('button', { name: 'Start session' }).click();
  await standing(page, 'paused');
}

test(
  '[A-02] [A-06] [A-15] [A-16] [A-22] [A-23] predictive calls in the page by keyboard: the call pops up, notes, a reload, an outcome by digit, the next',
  async () => {
    const { page, complaints } = await chromium.tab(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
    await signInAndStart(page);
    await page.keyboard.press('Alt+Enter');
    await standing(page, 'ready');
    await desk.act(NAME, 'start');

    for (let call = 0; call < CALLS; call += 1) {
      await standing(page, 'talking');
      // The focus is on the name: a digit there is an outcome.
      await page.waitForFunction('document.activeElement?.id === "contact-name"');
      await page.keyboard.press('Alt+n');
      await page.keyboard.type(`notes of call ${call} 123`);
      await page.waitForSelector('[data-notes="saved"]', WAIT);
      if (call === 1) {
        await page.reload();
        await standing(page, 'talking');
        await expect.poll(() => page.locator('#notes').inputValue()).toBe('notes of call 1 123');
      }
      await page.keyboard.press('Alt+h');
      await standing(page, 'wrap-up');
      await page.keyboard.press('Alt+i');
      await page.keyboard.press('1');
      await page.waitForSelector('.outcome[aria-pressed="true"]', WAIT);
      await page.keyboard.press('Alt+Enter');
      await page.getByRole('button', { name: 'Undo' }).waitFor(WAIT);
      await page.keyboard.press('Alt+Enter');
      await page.waitForSelector('[data-standing]:not([data-standing="wrap-up"])', WAIT);
    }

    const rows = await desk.ended(NAME, CALLS);
    expect(rows.map(({ result, disposition }) => [result, disposition])).toEqual(
      Array.from({ length: CALLS }, () => ['connected', 'sale']),
    );
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'End session' }).click();
    await page.getByRole('heading', { name: 'My campaigns' }).waitFor(WAIT);
    await agent.phone.until('idle');
    // At first no one is signed in, and the campaign has no script; nothing else goes wrong.
    expect(complaints.filter((text) => !/ (401|404) /.test(text))).toEqual([]);
    expect((await desk.cli('audit')).code).toBe(0);
  },
  LIMIT_MS,
);
