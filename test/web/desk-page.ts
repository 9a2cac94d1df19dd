// One agent's page in a Chromium of this file of tests, and behind it a scripted server that is new for each test.

import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Page } from 'playwright-core';
import { startChromium, type Chromium } from './chromium.ts';
import { ScriptedDesk } from './scripted-desk.ts';
import { dressDesk, STATES, type State } from './states.ts';

export const PATIENCE = { timeout: 240_000 };

let chromium: Chromium;
export let desk: ScriptedDesk;
export let page: Page;

/** At the top of a file of tests. */
export function inChromium(): void {
  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    desk = await ScriptedDesk.start();
  });
  afterEach(() => Promise.all([page.close(), desk.close()]));
}

/** Opens the page in one of STATES, with what is to be another in it. */
export async function open(name: string, change: Partial<State> = {}): Promise<void> {
  const state: State = { ...(STATES[name] ?? { awaits: 'no such state' }), ...change };
  dressDesk(desk, state);
  ({ page } = await chromium.tab(`${desk.url}/agent`));
  await page.waitForSelector(state.awaits);
}
