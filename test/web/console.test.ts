// Every view and act of the supervisors' console in a real Chromium, against a daemon that says what the test wants:
// nothing that axe finds, nothing that the page's policy had to stop, nothing wider than the window; each act is the
// request it should be; and who lacks a right neither sees nor can do.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCentre, anAgent } from './centres.ts';
import { axeFaults, startChromium, type Chromium, type Tab } from './chromium.ts';
import { CONSOLE_STATES, dressConsole, YAML, type ConsoleState } from './console-states.ts';
import { ScriptedConsole } from './scripted-console.ts';

let daemon: ScriptedConsole;
let chromium: Chromium;
beforeAll(async () => {
  daemon = await ScriptedConsole.start();
  chromium = await startChromium();
});
afterAll(async () => {
  await chromium.close();
  await daemon.close();
});

const PATIENCE = { timeout: 120_000 };

async function open(state: ConsoleState, browser = chromium): Promise<Tab> {
  dressConsole(daemon, state);
  const tab = await browser.tab(`${daemon.url}/console${state.search ?? ''}#${state.at}`);
  tab.page.setDefaultTimeout(60_000);
  await tab.page.waitForSelector(state.awaits);
  return tab;
}

const worse = ({ complaints }: Tab): readonly string[] => complaints.filter((text) => !text.includes('401'));
const tooWide = ({ page }: Tab): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** With OUTDIAL_PICTURES=FOLDER the pages are drawn into it. */
async function draw({ page }: Tab, name: string): Promise<void> {
  const folder = process.env['OUTDIAL_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), await page.screenshot());
}

describe('[S-01] each view and state', PATIENCE, () => {
  test.each(Object.entries(CONSOLE_STATES))(
    '%s: axe finds nothing, the policy stops nothing, nothing is too wide',
    async (name, state) => {
      const tab = await open(state);
      if (state.press !== undefined) {
        await tab.page.getByRole('tab', { name: state.press }).click();
        await tab.page.waitForSelector('textarea');
      }
      expect([await axeFaults(tab.page), worse(tab), await tooWide(tab)]).toEqual([[], [], 0]);
      await draw(tab, name);
      await tab.page.close();
    },
  );

  test('dark and German: the same holds', async () => {
    const browser = await startChromium({ dark: true, language: 'de-DE' });
    for (const name of ['console-board', 'console-campaign', 'console-agent']) {
      const tab = await open(CONSOLE_STATES[name] ?? { at: '', awaits: 'no such state' }, browser);
      expect([name, await axeFaults(tab.page), worse(tab), await tooWide(tab)]).toEqual([name, [], [], 0]);
      await draw(tab, `${name}-dark`);
      await tab.page.close();
    }
    await browser.close();
  });
});

describe('[S-01] the board is live', PATIENCE, () => {
  test('the last row of the campaigns is the sum of those above it, also after a change', async () => {
    const { page } = await open({ at: '/board', awaits: '.table-total' });
    const talking = (): Promise<readonly string[]> =>
      page
        .locator('.board-main .table tbody tr td:nth-child(2), .board-main .table tfoot tr td:nth-child(2)')
        .allTextContents();
    const sums = async (): Promise<boolean> => {
      const all = (await talking()).map(Number);
      return all.length > 1 && all.slice(0, -1).reduce((sum, one) => sum + one, 0) === all.at(-1);
    };
    expect(await sums()).toBe(true);
    const [first] = daemon.view.campaigns;
    if (first) daemon.show({ campaigns: [{ ...first, agents: { ...first.agents, talking: 31 } }] });
    await expect.poll(talking, PATIENCE).toContain('31');
    expect(await sums()).toBe(true);
    await page.close();
  });

  test('no word from the daemon: what is shown turns grey and says so, and is live again with the next word', async () => {
    const { page } = await open({ at: '/board', awaits: '.tiles' });
    daemon.mute(true);
    await page.waitForSelector('.console.is-stale .stale-note');
    expect(await page.locator('.freshness').textContent()).toContain('Not live');
    daemon.mute(false);
    await page.waitForSelector('.console:not(.is-stale)');
    await page.close();
  });

  test('on the wall nothing names an agent and there is nothing to press', async () => {
    const { page } = await open({ at: '/board', awaits: '.concerns li', search: '?wall' });
    const text = await page.locator('body').innerText();
    expect(text).toContain('104');
    expect(text).not.toContain('Dan Frey');
    expect(await page.locator('main button, main a, nav').count()).toBe(0);
    await page.close();
  });

  test('outbound is switched off with a reason, and on again', async () => {
    const { page } = await open({ at: '/board', awaits: '.tiles' });
    await press(page, 'Switch all outbound off');
    await page.getByLabel('Why (agents hear of it)').fill('a carrier fault');
    await press(page, 'Switch off');
    expect((await daemon.awaitAsked('POST /api/outbound')).body).toEqual({ on: false, reason: 'a carrier fault' });
    daemon.show({ outbound: { on: false, by: 'user:sue', at: 1, reason: 'a carrier fault' } });
    daemon.asked.length = 0;
    await press(page, 'Switch outbound on');
    expect((await daemon.awaitAsked('POST /api/outbound')).body).toEqual({ on: true, reason: '' });
    await page.close();
  });
});

describe('[S-02] campaigns are steered', PATIENCE, () => {
  const CAMPAIGN = '/api/campaigns/spring-renewals';
  const AT = { at: '/campaigns/spring-renewals', awaits: '.counts' };

  test('paused, cloned; what is refused says why', async () => {
    const { page } = await open(AT);
    daemon.answer = () => ({ state: 'paused', warnings: [] });
    await press(page, 'Pause');
    await daemon.awaitAsked(`POST ${CAMPAIGN}/pause`);
    daemon.refuse = () => ({
      code: 'campaign-exists',
      message: 'There is a campaign win-back already.',
      hint: 'Choose.',
    });
    await press(page, 'Clone');
    await page.getByLabel('Name of the copy').fill('win-back');
    await press(page, 'Make the copy');
    expect((await daemon.awaitAsked(`POST ${CAMPAIGN}/clone`)).body).toEqual({ name: 'win-back' });
    await page.getByText('There is a campaign win-back already.').first().waitFor();
    await page.close();
  });

  test('a faulty file: each fault leads to its line; saved when it is without fault', async () => {
    const { page } = await open(AT);
    await page.getByRole('tab', { name: 'File' }).click();
    const area = page.getByLabel('YAML');
    await area.fill(YAML.replace('mode: predictive', 'mode: guessing'));
    daemon.refuse = () => ({
      code: 'campaign-faulty',
      message: 'The file has one fault.',
      hint: '',
      places: [{ file: 'f.yaml', line: 3, key: 'mode', message: 'No such mode.', hint: 'predictive …' }],
    });
    await press(page, 'Save and take up');
    await press(page, 'Line 3');
    expect(
      await area.evaluate((one: HTMLTextAreaElement) => one.value.slice(one.selectionStart, one.selectionEnd)),
    ).toBe('mode: guessing');
    daemon.refuse = () => undefined;
    daemon.answer = () => ({ file: 'f.yaml', yaml: `${YAML}# mine\n`, version: 'v2', warnings: [] });
    daemon.asked.length = 0;
    await area.fill(`${YAML}# mine\n`);
    await press(page, 'Save and take up');
    expect((await daemon.awaitAsked(`PUT ${CAMPAIGN}/file`)).body).toEqual({ yaml: `${YAML}# mine\n`, version: 'v1' });
    await page.getByText('Saved and in force.').first().waitFor();
    await page.close();
  });

  test('by the form: what is typed stands in the text, what is wrong stands at its field, and the text is what is saved', async () => {
    const { page } = await open({ at: '/campaigns/spring-renewals', awaits: '.counts' });
    await page.getByRole('tab', { name: 'File' }).click();
    const places = [{ file: 'f.yaml', line: 12, key: 'pacing.max_lines', message: 'Too many.', hint: 'At most 1000.' }];
    daemon.refuse = ({ what, body }) =>
      what === 'POST /api/campaigns/check' && JSON.stringify(body).includes('max_lines: 99999')
        ? { code: 'campaign-faulty', message: 'It has a fault.', hint: '', places }
        : undefined;
    await page.getByLabel('Lines at most').fill('99999');
    const area = page.getByLabel('YAML', { exact: true });
    await expect.poll(() => area.inputValue(), PATIENCE).toContain('max_lines: 99999');
    await page.locator('.campaign-form .fault').getByText('Too many. At most 1000.').waitFor();
    await page.getByLabel('Lines at most').fill('60');
    await page.getByLabel('Abandoned at most').fill('2%');
    const wanted = YAML.replace('abandon_target: 3%', 'abandon_target: 2%').replace(/$/, '  max_lines: 60\n');
    await expect.poll(() => area.inputValue(), PATIENCE).toBe(wanted);
    await expect.poll(() => page.locator('.campaign-form .fault').count(), PATIENCE).toBe(0);
    daemon.answer = () => ({ file: 'f.yaml', yaml: wanted, version: 'v2', warnings: [] });
    await press(page, 'Save and take up');
    expect((await daemon.awaitAsked(`PUT ${CAMPAIGN}/file`)).body).toEqual({ yaml: wanted, version: 'v1' });
    await page.close();
  });

  test('the file is changed on disk while it is changed here: both are shown, none is lost', async () => {
    const { page } = await open(AT);
    await page.getByRole('tab', { name: 'File' }).click();
    await page.getByLabel('YAML').fill(`${YAML}# mine\n`);
    daemon.gets.set(`${CAMPAIGN}/file`, { file: 'f.yaml', yaml: `${YAML}# theirs\n`, version: 'v2', faults: [] });
    daemon.refuse = () => ({ code: 'campaign-file-changed', message: 'The file has changed.', hint: 'Read it again.' });
    await press(page, 'Save and take up');
    await page.locator('.on-disk pre').waitFor();
    expect(await page.locator('.on-disk pre').textContent()).toContain('# theirs');
    expect(await page.getByLabel('YAML', { exact: true }).inputValue()).toContain('# mine');
    daemon.refuse = () => undefined;
    daemon.asked.length = 0;
    await press(page, 'Keep mine: saving then replaces it');
    await press(page, 'Save and take up');
    expect((await daemon.awaitAsked(`PUT ${CAMPAIGN}/file`)).body).toMatchObject({ version: 'v2' });
    await page.close();
  });
});

describe('[S-04] [S-03] agents are steered and heard', PATIENCE, () => {
  test('paused, moved, signed out, ended; a row is opened by Enter', async () => {
    const { page } = await open({ at: '/agents', awaits: '.table-row' });
    await page.getByRole('row', { name: /Dan Frey 104/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.steer');
    await press(page, 'Pause');
    expect((await daemon.awaitAsked('POST /api/agents/104/state')).body).toEqual({ to: 'paused' });
    await press(page, 'Sign out');
    await daemon.awaitAsked('POST /api/agents/104/logout');
    await page.locator('.steer .select-button').click();
    await page.getByRole('option', { name: 'win-back' }).click();
    await press(page, 'Move');
    expect((await daemon.awaitAsked('POST /api/agents/104/move')).body).toEqual({ campaign: 'win-back' });
    daemon.show({ agents: [anAgent(3, { movesTo: 'win-back' })] });
    await page.locator('.steer').getByText('then to win-back').waitFor();
    await press(page, 'End the session at once');
    await page.getByRole('dialog').getByRole('button', { name: 'End the session at once' }).click();
    await daemon.awaitAsked('POST /api/agents/104/end');
    await page.close();
  });

  test('listened to muted, whispered to, left; who listens is shown, and the phone is known the next time', async () => {
    const { page } = await open({ at: '/agents/104', awaits: '.steer' });
    await page.getByText('My phone', { exact: true }).click();
    await page.getByLabel('Number of its account').fill('190');
    await press(page, 'Listen');
    const asked = await daemon.awaitAsked('POST /api/agents/104/listen');
    expect(asked.body).toEqual({ mode: 'listen', phone: '190', stays: false });
    const one = { agent: '104', phone: '190', state: 'on', since: Date.now(), stays: false, by: 'user:sue' } as const;
    daemon.show({ listening: [{ ...one, mode: 'listen' }] });
    await page.locator('.listeners').getByText('is heard by no one').waitFor();
    daemon.asked.length = 0;
    await press(page, 'Whisper');
    expect((await daemon.awaitAsked('POST /api/agents/104/listen')).body).toMatchObject({ mode: 'whisper' });
    await press(page, 'Stop listening');
    await daemon.awaitAsked('DELETE /api/agents/104/listen?phone=190');
    await page.reload();
    await page.waitForSelector('.steer');
    expect(await page.getByLabel('Number of its account').inputValue()).toBe('190');
    await page.close();
  });
});

describe('[S-07] who lacks a right neither sees nor can do', PATIENCE, () => {
  test('a supervisor: no switch of outbound, no steps of campaigns, no file; agents yes', async () => {
    const { page } = await open({ at: '/board', awaits: '.tiles', role: 'supervisor' });
    expect(await page.getByRole('button', { name: /outbound/ }).count()).toBe(0);
    await page.goto(`${daemon.url}/console#/campaigns/spring-renewals`);
    await page.waitForSelector('.counts');
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(await page.locator('main button').count()).toBe(0);
    await page.goto(`${daemon.url}/console#/campaigns?new=1`);
    await page.waitForSelector('.table-row');
    expect(await page.locator('textarea').count()).toBe(0);
    await page.goto(`${daemon.url}/console#/agents/104`);
    await page.waitForSelector('.steer');
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
    await page.close();
  });

  test('another role while they look: what they may not do any more is gone', async () => {
    const { page } = await open({ at: '/board', awaits: '.tiles' });
    expect(await page.getByRole('button', { name: /outbound/ }).count()).toBe(1);
    daemon.user = { name: 'sue', role: 'supervisor' };
    daemon.cut();
    await page.getByRole('button', { name: /outbound/ }).waitFor({ state: 'detached' });
    await page.close();
  });

  test('their right is taken away while they look: they are asked to sign in again, and what they wrote stays', async () => {
    const { page } = await open({ at: '/campaigns?new=1', awaits: '.yaml-text' });
    await page.getByLabel('YAML').fill('campaign: half-written');
    daemon.user = null;
    daemon.cut();
    await page.getByRole('dialog').getByLabel('User name').fill('sue');
    await page.getByRole('dialog').getByLabel('Password').fill('correct horse battery');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByLabel('YAML').inputValue()).toBe('campaign: half-written');
    await page.close();
  });
});

test('[S-01] an agent from the list whose name is markup is text', PATIENCE, async () => {
  const { page, complaints } = await open({
    at: '/agents',
    awaits: '.table-row',
    dress: (one) => {
      one.view = aCentre({ agents: [anAgent(0, { name: '<img src=x onerror=alert(1)>' })] });
    },
  });
  expect(await page.locator('.table-row').first().textContent()).toContain('<img src=x');
  expect(complaints).toEqual([]);
  await page.close();
});
