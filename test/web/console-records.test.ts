// The console's views of records, lists, filters, scripts and samples in a real Chromium, over the real server and a real
// store: what is shown and done there, by whom, and what becomes of it when something goes wrong on the way.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, startChromium, type Chromium, type Tab } from './chromium.ts';
import { Centre } from './console-centre.ts';

let centre: Centre;
let chromium: Chromium;
/** Of the campaign's manager. */
let tab: Tab;
let page: Page;
beforeAll(async () => {
  centre = await Centre.start();
  chromium = await startChromium();
  tab = await centre.signIn(chromium, 'max');
  ({ page } = tab);
}, 120_000);
afterAll(async () => {
  await chromium.close();
  await centre.api.close();
});

/** Chromium on a busy machine takes its time. */
const PATIENCE = { timeout: 90_000 };

async function open(view: string, awaits: string): Promise<void> {
  // Loaded again, so that nothing stays that the test before has typed.
  await page.goto('about:blank');
  await page.goto(`${centre.api.url}/console#/${view}`);
  await page.getByText(awaits).first().waitFor();
}

/** Nothing may be wrong but that no one was signed in yet, and what a test does by itself. */
async function looksRight(name: string): Promise<void> {
  expect([name, await axeFaults(page)]).toEqual([name, []]);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect([name, tooWide]).toEqual([name, 0]);
  const folder = process.env['OUTDIAL_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), await page.screenshot());
  await page.emulateMedia({ colorScheme: 'dark' });
  await writeFile(path.join(folder, `${name}-dark.png`), await page.screenshot());
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('records', PATIENCE, () => {
  test('[S-05] the table: newest attempt first, filtered and searched, with masked numbers alone', async () => {
    await open('records', '70 records');
    const table = page.getByRole('grid', { name: 'Records' });
    // A screenful comes first, the rest at once after it.
    await expect.poll(() => table.getByRole('row').count()).toBe(51);
    expect(await table.innerText()).not.toContain('+12125551');
    await looksRight('records');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByText('Page 2').waitFor();
    await page.goto(`${centre.api.url}/console#/records?state=finished`);
    await page.getByText('8 records').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('ada');
    await page.getByText('1 record', { exact: true }).waitFor();
    expect(await table.getByRole('rowheader').allInnerTexts()).toEqual(['Ada Moss']);
  });

  test('[L-05] [L-12] [D-07] one record: numbers in full, its story, its recording, and why it is dialed or not', async () => {
    await open('records?state=finished', '8 records');
    await page.getByRole('row', { name: /Ada Moss/ }).click();
    await page.getByRole('heading', { name: 'Ada Moss' }).waitFor();
    await page.getByText('+12125551000').first().waitFor();
    const story = page.getByRole('list', { name: 'Timeline' });
    await story.getByText('Dialed: sale (Connected)').waitFor();
    await looksRight('record');
    const [asked] = await Promise.all([
      page.waitForRequest(/\/sound\?kind=conversation/),
      story.locator('audio').evaluate((player: HTMLAudioElement) => player.play().catch(() => undefined)),
    ]);
    expect(asked.headers()['range']).toMatch(/^bytes=0-/);
    const plays = await centre.api.store.audit.list({ what: 'recording.download', limit: 10 });
    expect(plays).toMatchObject([{ who: 'user:max', subject: 'attempt call-00' }]);
    await page.getByRole('tab', { name: 'Dialed now?' }).click();
    await page.getByText('Is never dialed').waitFor();
    await looksRight('record-why');
  });

  test('[S-05] edited, given a priority and re-opened; what somebody else removed meanwhile is said, and shown as it is', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('city').fill('Boston');
    await looksRight('record-edit');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Boston').first().waitFor();
    await page.getByText('city: Boston (was Troy)').waitFor();
    await page.getByRole('textbox', { name: 'Priority' }).fill('5');
    await page.getByRole('button', { name: 'Set: Priority' }).click();
    await page.getByText('Record: Priority 0 → 5').waitFor();
    await page.getByRole('button', { name: 'Re-open' }).click();
    await page.getByText('Record: finished → waiting').waitFor();

    const record = Number(/records\/(\d+)/.exec(page.url())?.[1]);
    await centre.api.ask('POST', `/api/records/${record}/remove`);
    await page.getByRole('button', { name: 'Remove from the campaign' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('cannot be removed: It has been removed already.').first().waitFor();
    await page.getByText('Removed', { exact: true }).first().waitFor();
    await page.goto(`${centre.api.url}/console#/records/999999`);
    await page.getByText('There is no record 999999.').first().waitFor();
  });
});

describe('the import', PATIENCE, () => {
  const file = (name: string, text: string | Buffer) => ({
    name,
    mimeType: 'text/csv',
    buffer: typeof text === 'string' ? Buffer.from(text) : text,
  });
  const choose = (name: string, text: string | Buffer) =>
    page.locator('input[type=file]').setInputFiles(file(name, text));

  test('[S-08] [L-01] file, columns, doubts, result; the rejected rows come back, are corrected and sent again', async () => {
    await open('imports', 'Choose a CSV file');
    await looksRight('import-file');
    const people =
      'Nachname;Tel;Betrag;Notiz\nGrün;+49 30 901820;12,50;=SUM(A1)\nBlau;491773333333;7;ok\nRot;123;9;-\n';
    await choose('kunden.csv', Buffer.from(people, 'latin1'));
    await page.getByText('Look at this first').waitFor();
    await page.getByLabel('Country', { exact: true }).fill('DE');
    await page.keyboard.press('Tab');
    await page.getByText('+4930901820').waitFor();
    await page.getByText('Grün').waitFor();
    expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await looksRight('import-columns');
    await page.getByText('I have looked at it').click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('The list kunden is imported').waitFor();
    await looksRight('import-result');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Rejected rows').click()]);
    const rejects = await readFile(await download.path(), 'utf8');
    expect([download.suggestedFilename(), rejects]).toEqual([
      'kunden.rejected.csv',
      expect.stringContaining('Rot;123'),
    ]);
    await page.getByRole('button', { name: 'Send corrected rows' }).click();
    await choose('kunden.rejected.csv', rejects.replace(/123/, '+49 30 901822'));
    await page.getByText('+4930901822').waitFor();
    await page
      .getByText('I have looked at it')
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('The list kunden is imported').waitFor();
    const { contacts } = await centre.api.store.lists.show('kunden', 10);
    expect(contacts.map(({ name }) => name)).toEqual(['Grün', 'Rot']);
    expect(contacts[0]?.fields).toMatchObject({ Notiz: '=SUM(A1)' });
  });

  test('[S-08] an upload that is cut off at 60 %: nothing is imported, and it goes on where it stood', async () => {
    await page.getByRole('button', { name: 'Import another file' }).click();
    const row = 'Ada Moss,+12125550123,x\n';
    const long = `name,phone,note\n${row.repeat(Math.ceil((13 * 1024 * 1024) / row.length))}`;
    let pieces = 0;
    await page.route('**/api/incoming/**', (route) => {
      if (route.request().method() === 'PUT' && (pieces += 1) > 2) return route.abort();
      return route.continue();
    });
    await choose('long.csv', long);
    // Two pieces have arrived and the third does not get through: from here on its patience runs fast.
    await expect.poll(() => pieces, { timeout: 60_000 }).toBeGreaterThan(2);
    await page.clock.install();
    const later = async (): Promise<boolean> => {
      await page.clock.runFor(10_000);
      return page.getByText('It was cut off.').isVisible();
    };
    await expect.poll(later, { timeout: 60_000 }).toBe(true);
    await looksRight('import-cut-off');
    expect((await centre.api.store.lists.all()).map(({ name }) => name)).not.toContain('long');
    await page.unroute('**/api/incoming/**');
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'PUT' && sent.push(new URL(request.url()).search));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Look again' }).waitFor();
    // The browser may tell of a request later than the page shows its end.
    await expect.poll(() => sent).toEqual([2, 3].map((piece) => `?at=${piece * 4 * 1024 * 1024}`));
    await page.getByRole('button', { name: 'Give up' }).click();
    await page.getByText('Choose a CSV file').waitFor();
  });
});

describe('filters', PATIENCE, () => {
  test('[L-03] rows become a condition, counted as it is written, each row alone too; saved, opened, deleted', async () => {
    await open('filters', 'New filter');
    const pick = async (label: string, option: string): Promise<void> => {
      await page.getByRole('button', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await pick('Field, Row 1', 'plan');
    await pick('Value, Row 1', 'Plus');
    await page.getByText(/^24 of \d+ people fit/).waitFor();
    await page.getByRole('button', { name: 'Add a row' }).click();
    await pick('Field, Row 2', 'premium');
    await pick('Comparison, Row 2', 'is above');
    await page.getByLabel('Value, Row 2').fill('400');
    await page.getByText('fields.plan == "Plus" && fields.premium > 400').waitFor();
    await page.getByText(/^(?!24 )\d+ of \d+ people fit/).waitFor();
    await page.getByLabel('Name of the filter').fill('good-plus');
    await looksRight('filters');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as good-plus').waitFor();
    expect(await centre.api.store.filters.all()).toMatchObject([{ name: 'good-plus', by: 'user:max' }]);
    await page.getByRole('button', { name: 'As text' }).click();
    await page.getByLabel('Condition').fill('fields.premium >');
    await page
      .getByText(/cannot be read, column/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Delete: good-plus' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No filter is saved yet.').waitFor();
  });
});

describe('scripts', PATIENCE, () => {
  test('[S-08] faults stand at their lines; a walk by every branch; changed on the disk meanwhile it is shown, not lost', async () => {
    await open('scripts', 'renewals');
    await page.getByRole('row', { name: /renewals/ }).click();
    await page.getByText('Good day Ada Moss, this is Northwind Mutual.').waitFor();
    await page.getByText('Yes', { exact: true }).click();
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByRole('heading', { name: 'The renewal' }).waitFor();
    await looksRight('script');
    const text = page.getByLabel('Text of renewals.yaml');
    const good = await text.inputValue();
    await text.fill(good.replace('go: offer', 'go: ofer'));
    await page.getByRole('button', { name: 'Line 18, column' }).click();
    await page.getByText('Correct the faults first').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await looksRight('script-faults');
    await text.fill(good.replace('Thank you for your time.', 'Thank you and goodbye.'));
    await page.getByText('Nothing is wrong.').waitFor();
    await writeFile(centre.scriptFile, good.replace('Good day', 'Good morning'));
    // Where the page has seen it by itself already, there is nothing to save.
    await page
      .getByRole('button', { name: 'Save', exact: true })
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await page.getByText('The file was changed by somebody else since').waitFor();
    await looksRight('script-conflict');
    expect(await readFile(centre.scriptFile, 'utf8')).toContain('Good morning');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Saved. Campaigns follow at once').waitFor();
    expect(await readFile(centre.scriptFile, 'utf8')).toContain('Thank you and goodbye.');
  });
});

describe('detector samples', PATIENCE, () => {
  test('[D-10] drawn, heard and judged by key; the estimate and who judged', async () => {
    await open('samples', 'Nothing has been drawn yet.');
    await page.getByRole('button', { name: 'Draw more' }).click();
    await page.getByText('8 left to judge').waitFor();
    await page.getByText('The detector said: MAXWORDLENGTH').waitFor();
    await page.locator('audio').waitFor();
    for (const [key, left] of [
      ['2', '7 left'],
      ['1', '6 left'],
      ['2', '5 left'],
    ] as const) {
      await page.locator('audio').waitFor();
      await page.keyboard.press(key);
      await page.getByText(left).waitFor();
    }
    await page.getByText('33.3%').waitFor();
    await looksRight('samples');
    const judged = await centre.api.store.audit.list({ what: 'detection.judge', limit: 10 });
    expect(judged.map(({ who }) => who)).toEqual(['user:max', 'user:max', 'user:max']);
  });
});

test(
  '[S-07] a supervisor without the right neither sees nor can do: no import, nothing to save',
  PATIENCE,
  async () => {
    const other = await startChromium();
    const { page: hers } = await centre.signIn(other, 'sue', '#/scripts/renewals');
    await hers.getByText('You have no right to change scripts.').waitFor();
    expect(await hers.getByLabel('Text of renewals.yaml').getAttribute('readonly')).not.toBeNull();
    const views = await hers.getByRole('navigation').getByRole('link').allInnerTexts();
    expect(views).toEqual(expect.arrayContaining(['Records', 'Filters', 'Scripts', 'Samples']));
    expect(views).not.toContain('Import');
    await hers.goto(`${centre.api.url}/console#/imports`);
    await hers.getByText('There is no such view, or you have no right to it.').waitFor();
    await hers.goto(`${centre.api.url}/console#/filters`);
    await hers.getByText('No filter is saved yet.').waitFor();
    expect(await hers.getByLabel('Name of the filter').count()).toBe(0);
    await other.close();
  },
);

test('[O-10] nothing that the policy had to stop, no request to another host, no name kept by the browser', async () => {
  const complaints = tab.complaints.filter((text) => !/40[0149]|404|net::ERR_FAILED/.test(text));
  expect(complaints).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toMatch(/Moss|Grün|12125551/);
  expect(await page.title()).not.toContain('Moss');
});
