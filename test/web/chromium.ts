// Debian's Chromium for tests of the pages: started without a window, alone with this machine.

import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const NO_SERVICES = ['--disable-component-update', '--disable-sync', '--no-default-browser-check'];
/** A microphone that is allowed, sound without a click first, and ways to this machine that are not hidden. */
const SOUND = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Tab {
  readonly page: Page;
  /** What the page complained of: errors of scripts, refused loads, broken policies. */
  readonly complaints: string[];
}

export interface Chromium {
  readonly context: BrowserContext;
  tab(url: string): Promise<Tab>;
  close(): Promise<void>;
}

interface ChromiumOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly language?: string;
  /** 2: as with 200 % zoom on a screen of twice that size. */
  readonly zoom?: number;
  /** It speaks and hears. */
  readonly sound?: boolean;
}

export async function startChromium(options: ChromiumOptions = {}): Promise<Chromium> {
  const { width = 1280, height = 720, dark = false, language = 'en-GB', zoom = 1, sound = false } = options;
  const profile = await mkdtemp(path.join(tmpdir(), 'outdial-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    args: [...QUIET, ...NO_SERVICES, ...(sound ? SOUND : [])],
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: language,
    timezoneId: 'Europe/Berlin',
    // Certificates of tests are signed by themselves.
    ignoreHTTPSErrors: true,
  });
  return {
    context,
    tab: async (url) => {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(url);
      return { page, complaints };
    },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One browser in which each who comes has cookies and storage of their own. */
export interface Browsers {
  newcomer(url: string): Promise<Page>;
  close(): Promise<void>;
}

export async function startBrowsers({ sound = false }: Pick<ChromiumOptions, 'sound'> = {}): Promise<Browsers> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    args: [...QUIET, ...NO_SERVICES, ...(sound ? SOUND : [])],
  });
  return {
    newcomer: (url) => newcomer(browser, url),
    close: () => browser.close(),
  };
}

/** A browser that dies as in a crash: its process is killed, and no page hears of it. */
export interface MortalBrowser {
  newcomer(url: string): Promise<Page>;
  crash(): Promise<void>;
}

export async function startMortalBrowser(): Promise<MortalBrowser> {
  const server = await chromium.launchServer({
    executablePath: '/usr/bin/chromium',
    headless: true,
    chromiumSandbox: false,
    args: [...QUIET, ...NO_SERVICES],
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const main = server.process();
  const gone = new Promise<void>((resolve) => main.once('exit', () => resolve()));
  return {
    newcomer: (url) => newcomer(browser, url),
    crash: () => {
      main.kill('SIGKILL');
      return gone;
    },
  };
}

async function newcomer(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeReport {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds wrong on the page as it is, in words; empty: nothing. */
export async function axeFaults(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeReport>(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)} })`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
