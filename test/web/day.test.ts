// What an agent does in a working day, one thing after the other, in the page: what stands there, and what is asked of the
// server. Work by keyboard is in work.test.ts.

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { startChromium, type Chromium } from './chromium.ts';
import { ScriptedDesk } from './scripted-desk.ts';
import { dressDesk, STATES } from './states.ts';
import { aDayOfTimes } from './views.ts';

const PATIENCE = { timeout: 240_000 };
let chromium: Chromium;
let desk: ScriptedDesk;
let page: Page;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(() => chromium.close());
beforeEach(async () => {
  desk = await ScriptedDesk.start();
});
afterEach(() => Promise.all([page.close(), desk.close()]));

async function open(name: string): Promise<void> {
  const state = STATES[name] ?? { awaits: 'no such state' };
  dressDesk(desk, state);
  ({ page } = await chromium.tab(`${desk.url}/agent`));
  await page.waitForSelector(state.awaits);
}

test(
  '[A-17] a callback on another number: typed with its type, judged on its clock; there again when it is changed',
  PATIENCE,
  async () => {
    await open('talking');
    const asked: object[] = [];
    desk.callbackTimes = (query) => {
      asked.push(query);
      return { ...aDayOfTimes('2026-12-01'), zone: 'number' in query ? 'America/Denver' : 'America/New_York' };
    };
    await page.keyboard.press('Alt+c');
    await page.getByText(/Theirs: .*America\/New_York/).waitFor();
    await page
      .getByRole('button', { name: /Number/ })
      .first()
      .click();
    await page.getByRole('option', { name: 'Another number' }).click();
    await page.getByLabel('Number to call').fill('(303) 5');
    await page.getByRole('button', { name: /Tomorrow 10:00/ }).waitFor({ state: 'detached' });
    await page.getByLabel('Number to call').fill('(303) 555-0142');
    await page.getByText(/Theirs: .*America\/Denver/).waitFor();
    expect(asked.at(-1)).toMatchObject({ number: '(303) 555-0142', type: 'mobile' });
    await page.getByRole('button', { name: /Tomorrow 10:00/ }).click();
    const phone = { number: '(303) 555-0142', type: 'mobile' };
    expect(await desk.awaitCommand('set-callback')).toMatchObject({ act: { callback: { phone } } });

    const one = desk.view.interaction;
    const callback = {
      ...{ at: Date.UTC(2026, 11, 2, 17), zone: 'America/Denver', local: '2026-12-02T10:00' },
      ...{ number: '+13035550142', type: 'work' as const, personal: false },
    };
    desk.show({ interaction: one && { ...one, callback } });
    await page.getByText('+13035550142').waitFor();
    await page.keyboard.press('Alt+c');
    await expect.poll(() => page.getByLabel('Number to call').inputValue()).toBe('+13035550142');
  },
);
