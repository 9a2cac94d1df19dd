// Whatever an agent has half typed is there again after whatever has died: the browser's process, the page, the daemon. The
// real page from the real daemon, in a real call.

import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { callbackRow } from '../../src/http/wire/callbacks.ts';
import { contactDetails } from '../../src/http/wire/contacts.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Desk } from '../support/desk.ts';
import { builtPages } from '../web/built.ts';
import { startMortalBrowser, type MortalBrowser } from '../web/chromium.ts';

const LIMIT_MS = 240_000;
const NAME = 'half-typed';
const PASSWORD = 'correct horse battery';
const WAIT = { timeout: 60_000 };

let desk: Desk;
let browser: MortalBrowser | undefined;

beforeAll(async () => {
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  desk = await Desk.open();
  await desk.ready(NAME, [personAnswers({ afterS: 1 }, 520)], {
    fields:
      '[{field: city, label: City, type: text, required: no, editable: yes}, {field: premium, label: Premium, type: number, required: no, editable: yes}]',
    dispositions: '[{code: sale, label: Sold, key: 1}, {code: no, label: Not interested, key: 2, ask: reason}]',
    wrap_up: '{limit: 30m, disposition: required, over: paused}',
  });
  const { number: agent } = await desk.agent(NAME);
  await desk.centre.client.post(userAdded, '/users', { name: 'eve', role: 'agent', agent, password: PASSWORD });
}, LIMIT_MS);
afterAll(async () => {
  await browser?.crash();
  await desk.close();
});

/** A browser that was just started, and the agent signed in with it. */
async function newBrowser(): Promise<Page> {
  browser = await startMortalBrowser();
  const page = await browser.newcomer(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
  await page.getByLabel('User name').fill('eve');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  return page;
}

async function afterCrash(): Promise<Page> {
  await browser?.crash();
  const page = await newBrowser();
  await page.waitForSelector('.contact #contact-name', WAIT);
  return page;
}

/** Once the daemon has said that it keeps that text. */
const isKept = (page: Page, text: string): Promise<unknown> =>
  page.waitForResponse((response) => {
    const sent = response.request().postData() ?? '';
    return response.ok() && sent.includes('"keep-form"') && sent.includes(text);
  }, WAIT);

async function edit(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('button', { name: `Edit ${label}`, exact: true }).click(WAIT);
  await page.getByRole('textbox', { name: label, exact: true }).waitFor(WAIT);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

const valueOf = (page: Page, label: string): Promise<string> =>
  page.getByRole('textbox', { name: label, exact: true }).inputValue(WAIT);

async function fields(): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await desk.attempts(NAME);
  return (await desk.centre.client.get(contactDetails, `/contacts/${row?.contact ?? 0}`)).fields;
}

test(
  '[A-23] a field, a callback and the reason of an outcome half typed: the browser is killed with -9 and started again, taken over by a second tab, the daemon is killed with -9: the same form with the same text, which is then saved; by reload and before Done a field is saved',
  async () => {
    let page = await newBrowser();
    await page.getByRole('button', { name: `Choose ${NAME}` }).click(WAIT);
    await page.getByRole('button', { name: 'Start session' }).click(WAIT);
    await page.waitForSelector('[data-standing="ready"]', WAIT);
    await desk.act(NAME, 'start');
    await page.waitForSelector('[data-standing="talking"]', WAIT);

    // The browser dies in the middle of a word.
    let kept = isKept(page, 'Hambu');
    await edit(page, 'City', 'Hambu');
    await kept;
    page = await afterCrash();
    expect(await valueOf(page, 'City')).toBe('Hambu');
    expect(await fields()).not.toHaveProperty('city');
    await page.getByRole('textbox', { name: 'City' }).press('End');
    kept = isKept(page, 'Hamburg');
    await page.keyboard.type('rg');
    await kept;

    // A second tab takes the workspace over.
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await tab.getByRole('button', { name: 'Work here instead' }).click(WAIT);
    await tab.getByRole('textbox', { name: 'City' }).waitFor(WAIT);
    expect(await valueOf(tab, 'City')).toBe('Hamburg');
    await page.close();
    page = tab;
    await page.getByRole('textbox', { name: 'City' }).press('Enter');
    await page.locator('.field-value').getByText('Hamburg', { exact: true }).waitFor(WAIT);
    expect(await fields()).toMatchObject({ city: 'Hamburg' });

    // A callback of which the day is still to be chosen.
    await page.keyboard.press('Alt+c');
    await page.locator('.callback-form').getByText('I call', { exact: true }).click(WAIT);
    kept = isKept(page, '12:30');
    await page.getByLabel('Time, on their clock').fill('12:30');
    await kept;
    page = await afterCrash();
    await page.locator('.callback-form').waitFor(WAIT);
    expect(await page.getByLabel('Time, on their clock').inputValue()).toBe('12:30');
    expect(await page.getByRole('radio', { name: 'I call' }).isChecked()).toBe(true);
    await page.getByLabel('Day, where they are').fill(wednesday());
    await page.getByRole('button', { name: 'Schedule', exact: true }).click(WAIT);
    await page.getByText('Callback scheduled').waitFor(WAIT);
    expect(await page.locator('.callback-form').count()).toBe(0);
    const [callback] = await desk.centre.client.get(callbackRow.array(), `/callbacks?campaign=${NAME}`);
    expect(callback).toMatchObject({ state: 'pending', agent: '201' });

    // Why it was nothing: the daemon dies, and the browser after it.
    await page.locator('.outcome').getByText('Not interested').click(WAIT);
    kept = isKept(page, 'has a dog');
    await page.getByLabel('Why?').fill('has a dog');
    await kept;
    await desk.centre.endDaemon('SIGKILL');
    await page.keyboard.type(' already');
    kept = isKept(page, 'has a dog already');
    await desk.centre.startDaemon();
    await kept;
    page = await afterCrash();
    expect(await valueOf(page, 'Why?')).toBe('has a dog already');
    await page.getByLabel('Why?').press('Enter');
    await page.locator('.outcome[aria-pressed="true"]').getByText('Not interested').waitFor(WAIT);

    // Loaded again before a second has passed, and at Done: what stands in the editor is saved.
    await edit(page, 'Premium', '77');
    await page.reload();
    await page.waitForSelector('.contact #contact-name', WAIT);
    await expect.poll(fields).toMatchObject({ premium: 77 });
    await page.waitForSelector('.bar:not([data-stale])', WAIT);
    if ((await page.getByRole('textbox', { name: 'Premium' }).count()) > 0)
      await page.getByRole('textbox', { name: 'Premium' }).press('Escape');
    if ((await page.locator('[data-standing="talking"]').count()) > 0) await page.keyboard.press('Alt+h');
    await page.waitForSelector('[data-standing="wrap-up"]', WAIT);
    await edit(page, 'City', 'Bremen');
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor(WAIT);
    await page.keyboard.press('Alt+Enter');
    await page.waitForSelector('[data-standing]:not([data-standing="wrap-up"])', WAIT);

    expect(await fields()).toMatchObject({ city: 'Bremen', premium: 77 });
    const [row] = await desk.ended(NAME, 1);
    expect(row).toMatchObject({ disposition: 'no', reason: 'has a dog already' });
    expect((await desk.cli('audit')).code).toBe(0);
  },
  LIMIT_MS,
);

/** A day on which everybody may be called at noon, not before the day after tomorrow. */
function wednesday(): string {
  const day = new Date(Date.now() + 2 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((3 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}
