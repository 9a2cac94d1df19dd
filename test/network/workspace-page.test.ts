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
import { startBrowsers, startChromium, type Browsers, type Chromium } from '../web/chromium.ts';

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
    name: 'eve',
    role: 'agent',
    agent: agent.number,
    password: PASSWORD,
  });
  chromium = await startChromium();
}, LIMIT_MS);
afterAll(async () => {
  await chromium.close();
  await desk.close();
});

const standing = (page: Page, word: string): Promise<unknown> =>
  page.waitForSelector(`[data-standing="${word}"]`, WAIT);

async function signIn(page: Page, user: string, campaign: string): Promise<void> {
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Choose ${campaign}` }).click(WAIT);
}

async function signInAndStart(page: Page): Promise<void> {
  await signIn(page, 'eve', NAME);
  await page.getByText('Say who calls.').waitFor(WAIT);
  await page.getByRole('button', { name: 'Start session' }).click();
  // The phone is picked up, and no more is asked for.
  await standing(page, 'ready');
}

/** The last call is over, and with it the daemon: the page says so and keeps what is typed; then all is as it was. */
async function throughRestart(page: Page, stopped: Promise<void>): Promise<void> {
  await stopped;
  await page.getByText('outdial has stopped for now.').waitFor(WAIT);
  await typeNotes(page, ', typed while it was away');
  await desk.centre.startDaemon();
  await page.waitForSelector('.bar:not([data-stale])', WAIT);
  await page.waitForSelector('[data-notes="saved"]', WAIT);
  await standing(page, 'wrap-up');
  expect(await notesOf(page)).toBe('notes of call 2 123, typed while it was away');
  expect(await page.getByText('outdial is about to stop.').count()).toBe(0);
}

test(
  '[A-02] [A-06] [A-15] [A-16] [A-22] [A-23] [O-08] predictive calls in the page by keyboard: the call pops up, notes, a reload, an outcome by digit, the next; the daemon is stopped in the last, which is finished after its restart',
  async () => {
    const { page, complaints } = await chromium.tab(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
    await signInAndStart(page);
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
      const stopped = call === 2 ? desk.centre.endDaemon('SIGTERM') : undefined;
      if (stopped) await page.getByText('outdial is about to stop.').waitFor(WAIT);
      await page.keyboard.press('Alt+h');
      await standing(page, 'wrap-up');
      if (stopped) await throughRestart(page, stopped);
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
    // The next session in the same campaign would need no choosing.
    await page.getByRole('button', { name: 'Start session' }).waitFor(WAIT);
    await page.locator('.notices').getByText('The session has ended.').waitFor(WAIT);
    await page.getByRole('button', { name: 'All campaigns' }).click();
    await page.getByRole('heading', { name: 'My campaigns' }).waitFor(WAIT);
    await agent.phone.until('idle');
    // At first no one is signed in, the campaign has no script, and the server was away; nothing else goes wrong.
    expect(complaints.filter((text) => !/ (401|404) |ERR_/.test(text))).toEqual([]);
    expect((await desk.cli('audit')).code).toBe(0);
  },
  LIMIT_MS,
);

/** A small campaign for each mode. */
const MODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  predictive: { mode: 'predictive' },
  preview: { mode: 'preview' },
  'by-hand': { mode: 'manual', desk: '{hand_dialing: yes}' },
  push: { mode: 'push-preview' },
  direct: { mode: 'direct-push-preview', desk: '{before_call: 2s}' },
  countdown: { mode: 'progressive', desk: '{before_call: 2s, countdown: 30s}' },
  engaged: { mode: 'progressive', desk: '{engaged: yes}' },
};

interface MainButton {
  readonly standing: string | undefined;
  readonly label: string;
  /** It does something, and does not end a call. */
  readonly leadsOn: boolean;
}

/** Run in the page. */
const MAIN_BUTTON = `(() => {
  const button = document.querySelector('#main-step');
  return {
    standing: document.querySelector('[data-standing]')?.dataset.standing,
    label: document.querySelector('.main-label')?.textContent ?? '',
    leadsOn: button !== null && !button.disabled && !button.classList.contains('end'),
  };
})()`;

const mainButton = (page: Page): Promise<MainButton> => page.evaluate<MainButton>(MAIN_BUTTON);

/** Presses what the main button says, again and again, until there is a conversation: by keyboard, knowing no mode. */
async function workToTalk(page: Page): Promise<void> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const { standing: now, label, leadsOn } = await mainButton(page);
    if (now === 'talking') return;
    if (Date.now() > deadline) throw new Error(`no conversation: ${now}, ${label}`);
    if (leadsOn) {
      await page.keyboard.press('Alt+Enter');
      // It leads to the numbers, and has the first of them in hand.
      if (label.startsWith('Click a number')) await page.keyboard.press('Enter');
    }
    await page.waitForTimeout(500);
  }
}

const notesOf = (page: Page): Promise<string> => page.locator('#notes').inputValue();

async function typeNotes(page: Page, text: string): Promise<void> {
  await page.waitForSelector('#notes', WAIT);
  await page.keyboard.press('Alt+n');
  await page.waitForFunction('document.activeElement?.id === "notes"');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

async function closeByKeyboard(page: Page): Promise<void> {
  await page.keyboard.press('Alt+i');
  await page.keyboard.press('1');
  await page.waitForSelector('.outcome[aria-pressed="true"]', WAIT);
  await page.keyboard.press('Alt+Enter');
  await page.getByRole('button', { name: 'Undo' }).waitFor(WAIT);
  await page.keyboard.press('Alt+Enter');
  await page.waitForSelector('[data-standing]:not([data-standing="wrap-up"])', WAIT);
}

test(
  '[C-05] [A-03] [A-23] [O-09] each mode in the page by the main button alone; the daemon is killed while all talk, each page is reloaded in wrap-up: same call, same form, nothing typed is lost',
  async () => {
    const names = Object.keys(MODES);
    const browsers: Browsers = await startBrowsers();
    try {
      const agents = await Promise.all(
        names.map(async (name, index) => {
          const people = [0, 1].map((which) => personAnswers({ afterS: 1 }, 460 + index * 2 + which));
          await desk.ready(name, people, {
            ...MODES[name],
            pacing: '{max_lines: 1, ring: 20s}',
            wrap_up: '{limit: 120s, disposition: required, over: paused}',
          });
          const one = await desk.agent(name);
          await desk.centre.client.post(userAdded, '/users', {
            name: `at-${name}`,
            role: 'agent',
            agent: one.number,
            password: PASSWORD,
          });
          await desk.act(name, 'start');
          return one;
        }),
      );
      const url = `http://127.0.0.1:${desk.centre.settings.http.port}/agent`;
      const pages = await Promise.all(
        names.map(async (name) => {
          const page = await browsers.newcomer(url);
          await signIn(page, `at-${name}`, name);
          await page.getByRole('button', { name: 'Start session' }).click(WAIT);
          await page.waitForSelector('#main-step', WAIT);
          await workToTalk(page);
          await typeNotes(page, `notes of ${name}`);
          await page.waitForSelector('[data-notes="saved"]', WAIT);
          return page;
        }),
      );

      await desk.centre.endDaemon('SIGKILL');
      await Promise.all(pages.map((page) => typeNotes(page, ', typed while it was away')));
      await desk.centre.startDaemon();
      await Promise.all(
        pages.map(async (page, place) => {
          await page.waitForSelector('.bar:not([data-stale])', WAIT);
          await page.waitForSelector('[data-notes="saved"]', WAIT);
          expect(await notesOf(page)).toBe(`notes of ${names[place]}, typed while it was away`);
          await standing(page, 'talking');
          await page.keyboard.press('Alt+h');
          await standing(page, 'wrap-up');
          await typeNotes(page, ', and after it');
          await page.reload();
          await standing(page, 'wrap-up');
          await expect
            .poll(() => notesOf(page))
            .toBe(`notes of ${names[place]}, typed while it was away, and after it`);
          await closeByKeyboard(page);
        }),
      );
      for (const name of names) {
        const [row] = await desk.ended(name, 1);
        expect(row, name).toMatchObject({ result: 'connected', disposition: 'sale' });
      }
      for (const one of agents) expect(one.phone.is('established')).toBe(true);
      expect((await desk.cli('audit')).code).toBe(0);
    } finally {
      await browsers.close();
    }
  },
  2 * LIMIT_MS,
);
