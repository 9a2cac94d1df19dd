// Every view and state of the workspace in a real Chromium: nothing that axe finds, nothing that the page's policy had to
// stop, nothing wider than the window; by keyboard, with old news, with a network that goes away.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_SOUND } from '../support/page-sound.ts';
import { axeFaults, startChromium, type Chromium, type Tab } from './chromium.ts';
import { builtPages } from './built.ts';
import { sizesOf } from './page-sizes.ts';
import { ScriptedDesk } from './scripted-desk.ts';
import { dressDesk, STATES, type State } from './states.ts';

let desk: ScriptedDesk;
let chromium: Chromium;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
  chromium = await startChromium({ sound: true });
  await chromium.context.addInitScript(PAGE_SOUND);
});
afterAll(async () => {
  await chromium.close();
  await desk.close();
});

const stateOf = (name: string): State => STATES[name] ?? { awaits: 'no such state' };

async function open(name: string, browser = chromium): Promise<Tab> {
  dressDesk(desk, stateOf(name));
  const tab = await browser.tab(`${desk.url}/agent`);
  await tab.page.waitForSelector(stateOf(name).awaits);
  const { press } = stateOf(name);
  if (press !== undefined) await tab.page.keyboard.press(press);
  return tab;
}

/** In other colours, another language, and at twice the size. */
const LOOKED_AT = [
  'sign-in',
  'my-campaigns',
  'talking',
  'preview',
  'wrap-up-missing',
  'consulting',
  'transfer',
  'keys',
];

/** Nothing but that no one is signed in may be complained of. */
const worse = ({ complaints }: Tab): readonly string[] => complaints.filter((text) => !text.includes('401'));
const tooWide = ({ page }: Tab): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);

/** With OUTDIAL_PICTURES=FOLDER the pages are drawn into it. */
async function draw(tab: Tab, name: string): Promise<void> {
  const folder = process.env['OUTDIAL_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), await tab.page.screenshot());
}

/** Chromium on a busy machine takes its time. */
const PATIENCE = { timeout: 240_000 };

describe('[A-22] each view and state', PATIENCE, () => {
  test.each(Object.keys(STATES))(
    '%s: axe finds nothing, the policy stops nothing, nothing is too wide',
    async (name) => {
      const tab = await open(name);
      expect(await axeFaults(tab.page)).toEqual([]);
      expect([worse(tab), await tooWide(tab)]).toEqual([[], 0]);
      await draw(tab, name);
      await tab.page.close();
    },
  );

  test.each([
    ['dark and German', { dark: true, language: 'de-DE' }],
    ['at 200 % zoom', { zoom: 2 }],
    ['German at 200 % zoom', { zoom: 2, language: 'de-DE' }],
  ])('%s: the same holds', async (what, options) => {
    const browser = await startChromium(options);
    for (const name of LOOKED_AT) {
      const tab = await open(name, browser);
      expect([name, await axeFaults(tab.page), worse(tab), await tooWide(tab)]).toEqual([name, [], [], 0]);
      await draw(tab, `${name}-${what.replace(/\W+/g, '-')}`);
      await tab.page.close();
    }
    await browser.close();
  });
});

describe('[A-04] the browser as the phone', PATIENCE, () => {
  async function looked(tab: Tab, name: string): Promise<void> {
    expect([name, await axeFaults(tab.page), worse(tab), await tooWide(tab)]).toEqual([name, [], [], 0]);
    await draw(tab, name);
  }

  test('before the session: how loud, which devices; a microphone that is refused is said with the next step', async () => {
    const tab = await open('my-campaigns');
    await tab.page.getByRole('button', { name: 'Choose spring-renewals' }).click();
    await tab.page.getByText('This browser, with a headset').click();
    await tab.page.getByRole('meter').waitFor();
    await tab.page.getByRole('button', { name: 'Hear yourself' }).waitFor();
    await looked(tab, 'browser-phone');
    await tab.page.evaluate('globalThis.microphoneRefused = true');
    await tab.page.reload();
    await tab.page.evaluate('globalThis.microphoneRefused = true');
    await tab.page.getByRole('button', { name: 'Choose spring-renewals' }).click();
    await tab.page.waitForSelector('[data-phone-trouble="refused"]');
    expect(await tab.page.getByRole('button', { name: 'Start session' }).isDisabled()).toBe(true);
    await looked(tab, 'microphone-refused');
    await tab.page.evaluate('globalThis.microphoneRefused = false');
    await tab.page.getByRole('button', { name: 'Try again' }).click();
    await tab.page.getByRole('meter').waitFor();
    expect(await tab.page.evaluate('localStorage.removeItem("outdial")')).toBeUndefined();
    await tab.page.close();
  });

  test('lost in a conversation: how long the person waits, and why there is no phone, in words', async () => {
    const { view } = stateOf('talking');
    dressDesk(desk, {
      ...stateOf('talking'),
      view: (now) => {
        const shown = view?.(now) ?? {};
        if (!shown.session) return shown;
        const phone = { kind: 'browser', state: 'ringing', address: '101', keptUntil: now + 25_000 } as const;
        return { ...shown, session: { ...shown.session, phone } };
      },
    });
    const tab = await chromium.tab(`${desk.url}/agent`);
    await tab.page.waitForSelector('[data-phone-trouble="no-line"]');
    await tab.page.getByText('The person hears music and waits').waitFor();
    expect(await axeFaults(tab.page)).toEqual([]);
    await draw(tab, 'phone-lost');
    await tab.page.close();
  });
});

test('[A-22] the first view is at most 220 kB packed, and the phone apart from it', async () => {
  const { firstViewKb, phoneKb } = sizesOf(await builtPages());
  expect([firstViewKb > 100, firstViewKb <= 220, phoneKb > 30, phoneKb <= 80]).toEqual([true, true, true, true]);
});

describe('[O-10] what a page gives away', PATIENCE, () => {
  /** Everything that a browser keeps of a page, and what of it is in sight of others: title, address, the way back. */
  const KEPT = `(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, document.title, location.href, history.state, name,
    await indexedDB.databases(), await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length,
  ]))()`;
  const PERSONAL = /Moss|2125550123|Troy|Newtown|mornings/;

  test('no request leaves for another host, and the browser keeps nothing of any person, whatever was typed', async () => {
    dressDesk(desk, stateOf('talking'));
    const page = await chromium.context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    page.on('websocket', (socket) => asked.push(socket.url()));
    await page.goto(`${desk.url}/agent`);
    await page.waitForSelector(stateOf('talking').awaits);
    await page.locator('#notes').fill('Prefers mornings');
    await page.getByRole('button', { name: 'Edit City' }).click();
    await page.keyboard.type('Newtown');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('try after five').waitFor();
    expect(new Set(asked)).toEqual(new Set([desk.url]));
    expect(await page.evaluate<string>(KEPT)).not.toMatch(PERSONAL);
    await page.close();
  });

  test('the record is over: nothing of the person is on the page, in sight or not', async () => {
    const tab = await open('waiting');
    const { view } = stateOf('talking');
    desk.show({ ...view?.(Date.now()) });
    await tab.page.waitForSelector('.contact-name');
    await expect.poll(() => tab.page.content()).toContain('Connected with Ada Moss');
    desk.show({ ...stateOf('waiting').view?.(Date.now()), interaction: null, call: null });
    await tab.page.waitForSelector('[data-standing="ready"]');
    await expect.poll(() => tab.page.content()).not.toMatch(PERSONAL);
    await tab.page.close();
  });
});
