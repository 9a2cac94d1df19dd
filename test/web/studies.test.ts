// The console's views of reports, the ledger, forecasts, replays and webhooks in a real Chromium: what they ask, what they
// show, nothing that axe finds, nothing that the page's policy had to stop, nothing wider than the window.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperOf, sumOfRows } from '../../src/reports/paper.ts';
import type { ReportTable } from '../../src/reports/table.ts';
import { axeFaults, startChromium, type Chromium, type Tab } from './chromium.ts';
import { LEDGER, ScriptedStudies } from './scripted-studies.ts';

let server: ScriptedStudies;
let chromium: Chromium;
beforeAll(async () => {
  server = await ScriptedStudies.start();
  chromium = await startChromium({ width: 1366, height: 900 });
}, 90_000);
afterAll(async () => {
  await chromium.close();
  await server.close();
});

/** A4 across at 96 dots an inch, without the margins of 12 mm. */
const A4_ACROSS_PX = 1_032;
const PATIENCE = { timeout: 90_000 };
const VIEWS = ['reports', 'ledger', 'forecast', 'replay', 'webhooks'] as const;
type ViewName = (typeof VIEWS)[number];

const TITLES = {
  reports: /^(Reports|Berichte)$/,
  ledger: /^(How the tightest|Wie das engste)/,
  forecast: /^(Forecast|Vorschau)$/,
  replay: /^(Replay|Nachspielen)$/,
  webhooks: /^Webhooks/,
} as const satisfies Readonly<Record<ViewName, RegExp>>;

async function open(name: ViewName, browser = chromium): Promise<Tab> {
  const tab = await browser.tab(`${server.url}/console#/${name}`);
  await tab.page.getByRole('heading', { level: 1, name: TITLES[name] }).waitFor();
  return tab;
}

async function choose(page: Page, field: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

/** What each view shows once it was asked. */
const ASK: Readonly<Record<ViewName, (page: Page) => Promise<void>>> = {
  reports: async (page) => {
    await choose(page, /Report|Bericht$/, /Agents|Agenten/);
    await page.getByRole('button', { name: /^(Show|Zeigen)$/ }).click();
    await page.getByText('Omar Lind').waitFor();
  },
  ledger: async (page) => {
    await page.getByRole('button', { name: /^(Show|Zeigen)$/ }).click();
    await page.locator('.chart canvas').first().waitFor();
  },
  forecast: async (page) => {
    await page.getByRole('button', { name: /^(Work it out|Ausrechnen)$/ }).click();
    await page.locator('.chart canvas').first().waitFor();
  },
  replay: async (page) => {
    await choose(page, /Campaign|Kampagne/, /spring-renewals/);
    await page.getByRole('button', { name: /^(Replay|Nachspielen)$/ }).click();
    await page
      .getByText(/as it was|wie es war/)
      .first()
      .waitFor();
  },
  webhooks: async (page) => {
    await page.getByText('warehouse').first().waitFor();
  },
};

async function draw({ page }: Tab, name: string): Promise<void> {
  const folder = process.env['OUTDIAL_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), await page.screenshot({ fullPage: true }));
}

const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);

async function faultsOf(name: ViewName, browser: Chromium, as: string): Promise<readonly unknown[]> {
  const tab = await open(name, browser);
  await ASK[name](tab.page);
  const found = [name, await axeFaults(tab.page), tab.complaints, await tooWide(tab.page)];
  await draw(tab, `console-${name}${as}`);
  await tab.page.close();
  return found;
}

describe('[S-06] each view with what it was asked for', PATIENCE, () => {
  test.each(VIEWS)('%s: axe finds nothing, the policy stops nothing, nothing is too wide', async (name) => {
    expect(await faultsOf(name, chromium, '')).toEqual([name, [], [], 0]);
  });

  test('dark and German: the same holds', async () => {
    const browser = await startChromium({ width: 1366, height: 900, dark: true, language: 'de-DE' });
    for (const name of VIEWS) expect(await faultsOf(name, browser, '-dark')).toEqual([name, [], [], 0]);
    await browser.close();
  });
});

test('[X-06] the ledger on paper: A4 across, every column whole, as it would go to a regulator', PATIENCE, async () => {
  const audit = {
    entries: 4_812,
    erased: 0,
    head: { entry: 4_812, hash: createHash('sha256').update('4812').digest('hex') },
  };
  const made = { ...LEDGER, notes: [...LEDGER.notes] } as unknown as ReportTable;
  const page = await chromium.context.newPage();
  await page.setViewportSize({ width: A4_ACROSS_PX, height: 710 });
  await page.emulateMedia({ media: 'print' });
  await page.setContent(paperOf(made, { sha256: sumOfRows(made), audit }));
  expect([await axeFaults(page), await tooWide(page)]).toEqual([[], 0]);
  const cut = await page.locator('.wide').evaluate((wide) => wide.scrollWidth - wide.clientWidth);
  expect(cut).toBe(0);
  const printed = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  expect(printed.match(/\/MediaBox \[0 0 84[12](?:\.\d+)? 59[45]/g)?.length).toBeLessThanOrEqual(2);
  await draw({ page, complaints: [] }, 'ledger-on-paper');
  await page.close();
});

test(
  '[S-06] a report: asked by period and campaign, its sums below, and the same question as CSV and page',
  PATIENCE,
  async () => {
    const { page } = await open('reports');
    await choose(page, /Period/, /Last week/);
    await choose(page, /All campaigns/, /win-back/);
    await ASK.reports(page);
    const zone = 'Europe/Berlin';
    expect(server.asked).toContain(
      `GET /api/reports/tables/agents?period=last-week&zone=${zone}&format=json&campaign=win-back`,
    );
    expect(await page.getByRole('row', { name: /^Total/ }).innerText()).toContain('83.2%');
    const hrefs = await page
      .locator('a.link-button')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const [csv, html, attempts] = hrefs.map((href) => decodeURIComponent(href ?? ''));
    expect(attempts).toMatch(/^\/api\/export\/attempts\?from=\d+&to=\d+&campaign=win-back$/);
    expect([csv, html]).toEqual(
      ['csv', 'html'].map(
        (format) => `/api/reports/tables/agents?period=last-week&zone=${zone}&format=${format}&campaign=win-back`,
      ),
    );
    await page.close();
  },
);

test('[S-06] the server is busy: said with what to do, and asked again', PATIENCE, async () => {
  server.refusal = { code: 'analysis-busy', message: 'Too many are worked out.', hint: 'Try again in a minute.' };
  const { page } = await open('forecast');
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByText('Try again in a minute.').first().waitFor();
  server.refusal = { code: 'history-too-short', message: 'Too short a history.', hint: 'Give --answer-rate.' };
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Choose “By figures of my own”').first().waitFor();
  expect(await page.getByText('--answer-rate').count()).toBe(0);
  server.refusal = undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.chart canvas').first().waitFor();
  expect(server.asked.filter((one) => one.includes('/api/forecasts')).at(-1)).toContain(
    'agents=5..50&hours=8&answerRate=30%',
  );
  await page.close();
});

test(
  '[O-04] webhooks: given up messages are sent again, a receiver is tried out; who is no administrator does not see them',
  PATIENCE,
  async () => {
    const { page } = await open('webhooks');
    await page.getByRole('button', { name: 'Send again: mail' }).click();
    await page.getByText('2 messages are sent again.').first().waitFor();
    await page.getByRole('button', { name: 'Try it: warehouse' }).click();
    await page.getByText('warehouse did not take the message: it answered 503.').first().waitFor();
    expect(server.asked).toContain('POST /api/webhooks/mail/retry');
    await page.close();
    server.role = 'supervisor';
    const other = await chromium.tab(`${server.url}/console#/reports`);
    await other.page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
    expect(await other.page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
    server.role = 'admin';
    await other.page.close();
  },
);
