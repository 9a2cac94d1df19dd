// A page in trouble: what is typed is kept, what is not confirmed or old looks so; networks, tabs, clocks and data as they
// should not be.

import { connect, type AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { makeCertificate } from '../support/certificates.ts';
import { PAGE_SOUND } from '../support/page-sound.ts';
import { axeFaults, startChromium, type Chromium } from './chromium.ts';
import { ScriptedDesk } from './scripted-desk.ts';
import { dressDesk, STATES } from './states.ts';
import { aDeskRecord, anInteraction, wrappingUp } from './views.ts';

const PATIENCE = { timeout: 240_000 };
const SOON = { timeout: 60_000 };
let chromium: Chromium;
let desk: ScriptedDesk;
let page: Page;
beforeAll(async () => {
  chromium = await startChromium({ sound: true });
});
afterAll(() => chromium.close());
beforeEach(async () => {
  desk = await ScriptedDesk.start();
});
afterEach(() => Promise.all([page.close(), desk.close()]));

/** `before`: run in the page before anything of it. */
async function open(name: string, before = ''): Promise<void> {
  const state = STATES[name] ?? { awaits: 'no such state' };
  dressDesk(desk, state);
  page = await chromium.context.newPage();
  await page.addInitScript(before);
  await page.goto(`${desk.url}/agent`);
  await page.waitForSelector(state.awaits);
}

const text = (selector: string): Promise<string> => page.locator(selector).first().innerText();

describe('[A-23] in trouble', PATIENCE, () => {
  test('notes are saved within a second, and what is typed before a reload is there after it', async () => {
    await open('talking');
    await page.locator('#notes').pressSequentially('Prefers mornings');
    await page.reload();
    await page.waitForSelector('.contact-name');
    await expect.poll(() => page.locator('#notes').inputValue()).toBe('Prefers mornings');
  });

  test('no answer to a click: it looks asked for, is sent again, and is done once', async () => {
    await open('talking');
    desk.answer = () => 'silence';
    await page.keyboard.press('Alt+Enter');
    await page.getByText('asked for …').first().waitFor();
    expect(await page.locator('#main-step').isDisabled()).toBe(true);
    await page.getByText('no answer yet, asking again …').waitFor({ timeout: 240_000 });
    desk.answer = () => undefined;
    await expect.poll(() => page.locator('#main-step').isDisabled(), { timeout: 240_000 }).toBe(false);
    expect(desk.did('hang-up')).toHaveLength(1);
  });

  test('no word for five seconds: the bar is grey and says so; back again, it is not', async () => {
    await open('talking');
    desk.mute(true);
    await page.getByText(/No word from the server for \d+ seconds/).waitFor({ timeout: 15_000 });
    expect(await page.locator('.bar').getAttribute('data-stale')).toBe('true');
    desk.mute(false);
    await page.waitForSelector('.bar:not([data-stale])', { timeout: 15_000 });
  });

  test('the connection is cut: the page comes back by itself and shows what has happened meanwhile', async () => {
    await open('talking');
    desk.view = { ...desk.view, version: 50, interaction: wrappingUp() };
    desk.cut();
    await page.waitForSelector('[data-standing="wrap-up"]', { timeout: 15_000 });
    expect(await text('.main-label')).toBe('Choose an outcome');
  });

  test('another window has taken over: said over the page, taken back by one click', async () => {
    await open('talking');
    desk.takeOver();
    await page.getByRole('dialog', { name: 'Your workspace is open in another window' }).waitFor();
    await page.getByRole('button', { name: 'Work here instead' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => desk.streams).toBe(1);
  });

  test('a second window of the same browser asks before it takes over', async () => {
    await open('talking');
    const second = await chromium.tab(`${desk.url}/agent`);
    await second.page.getByRole('dialog', { name: 'Your workspace is open in another window' }).waitFor();
    expect(desk.streams).toBe(1);
    await second.page.getByRole('button', { name: 'Work here instead' }).click();
    await second.page.waitForSelector('.contact-name');
    await second.page.close();
  });

  test('the session ends in a call: the password is asked for over the page, and the form is as it was', async () => {
    await open('talking');
    desk.user = null;
    desk.cut();
    await page.getByRole('dialog', { name: 'Sign in to your workspace' }).waitFor({ timeout: 15_000 });
    await page.getByLabel('User name').fill('eve');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForSelector('.contact-name');
  });

  test('a fault of the page itself: said in words, and what was typed is there after loading again', async () => {
    await open('talking');
    await page.locator('#notes').fill('Prefers mornings');
    desk.show({ campaigns: null as never, session: null });
    await page.getByRole('alert').getByText('This page has a fault of its own.').waitFor(SOON);
    await desk.awaitCommand('write-notes');
    dressDesk(desk, STATES['talking'] ?? { awaits: '' });
    desk.view = {
      ...desk.view,
      interaction: anInteraction({ notes: { text: 'Prefers mornings', version: 4, at: 1 } }),
    };
    await page.getByRole('button', { name: 'Load again' }).press('Enter');
    await expect.poll(() => page.locator('#notes').inputValue(), SOON).toBe('Prefers mornings');
  });

  test('written elsewhere meanwhile: both texts stand until the agent chooses', async () => {
    await open('talking');
    desk.answer = () => 'silence';
    await page.locator('#notes').fill('mine');
    const one = desk.view.interaction;
    desk.show({ interaction: one && { ...one, notes: { text: 'theirs', version: 4, at: Date.now() } } });
    await page.getByText('theirs').waitFor();
    desk.answer = () => undefined;
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(() => desk.view.interaction?.notes.text).toBe('mine');
  });
});

describe('[A-23] tabs', PATIENCE, () => {
  test('a tab that was asleep shows what has happened meanwhile as soon as it wakes', async () => {
    await open('talking');
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    desk.cut();
    desk.view = { ...desk.view, version: 50, interaction: wrappingUp() };
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await page.waitForSelector('[data-standing="wrap-up"]', SOON);
  });

  test('fifty windows of one browser: one stream, the others ask; the last takes over and works, the first says so', async () => {
    await open('talking');
    const others: Page[] = [];
    for (let count = 0; count < 49; count += 1) {
      const { page: other } = await chromium.tab(`${desk.url}/agent`);
      await other.getByRole('button', { name: 'Work here instead' }).waitFor(SOON);
      others.push(other);
    }
    expect(desk.streams).toBe(1);
    const last = others.at(-1) ?? page;
    await last.getByRole('button', { name: 'Work here instead' }).click();
    await last.waitForSelector('.contact-name', SOON);
    await page.getByRole('button', { name: 'Work here instead' }).waitFor(SOON);
    expect(desk.streams).toBe(1);
    await Promise.all(others.map((other) => other.close()));
  });
});

test('[A-23] the machine’s clock is wrong by an hour: timers count from the server’s instant', PATIENCE, async () => {
  const wrong = `{
    const Right = Date;
    const off = 3_600_000;
    globalThis.Date = class extends Right {
      constructor(...given) { given.length === 0 ? super(Right.now() + off) : super(...given); }
      static now() { return Right.now() + off; }
    };
  }`;
  await open('talking', wrong);
  expect(await page.evaluate('Date.now()')).toBeGreaterThan(Date.now() + 3_000_000);
  expect(await text('.bar [role="timer"]')).toMatch(/^(0:[45]\d|[1-4]:\d\d)$/);
});

describe('[A-04] the microphone is pulled out', PATIENCE, () => {
  const PULL = 'globalThis.microphoneRefused = true; globalThis.pageSound.unplug()';

  test('before the session: said with the next step, and taken again', async () => {
    await open('my-campaigns', PAGE_SOUND);
    // An address that proposes the browser as the phone.
    await page.goto(`${desk.url}/agent?phone=browser`);
    await page.getByRole('button', { name: 'Choose spring-renewals' }).click();
    await page.getByRole('meter').waitFor(SOON);
    await page.evaluate(PULL);
    await page.waitForSelector('[data-phone-trouble]', SOON);
    await page.evaluate('globalThis.microphoneRefused = false');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('meter').waitFor(SOON);
    await page.evaluate('localStorage.removeItem("outdial")');
  });

  test('in a conversation: said under the bar; another one that is plugged in is taken by itself', async () => {
    await open('talking', PAGE_SOUND);
    // No line comes, so that nothing but the other microphone is a reason to look for one again.
    await page.route('**/api/agent/phone', () => undefined);
    const { session } = desk.view;
    desk.show({ session: session && { ...session, phone: { kind: 'browser', state: 'up', address: '101' } } });
    const taken = (): Promise<number> => page.evaluate('globalThis.pageSound.microphones');
    await expect.poll(taken, SOON).toBe(1);
    await page.evaluate(PULL);
    await page.waitForSelector('.bar-notes [data-phone-trouble="refused"]', SOON);
    await page.locator('#notes').fill('still here');
    await page.evaluate('globalThis.microphoneRefused = false');
    await page.evaluate('navigator.mediaDevices.dispatchEvent(new Event("devicechange"))');
    // At once: a line that does not come would have it tried again only after ten seconds.
    await expect.poll(taken, { timeout: 5_000 }).toBe(2);
    await page.locator('[data-phone-trouble="refused"]').waitFor({ state: 'detached', ...SOON });
    expect(await desk.awaitCommand('write-notes')).toMatchObject({ act: { text: 'still here' } });
  });
});

test('[A-23] behind a proxy that speaks TLS: the stream comes through, and commands', PATIENCE, async () => {
  dressDesk(desk, STATES['talking'] ?? { awaits: '' });
  const { certificate, key } = makeCertificate('IP:127.0.0.1');
  const daemon = Number(new URL(desk.url).port);
  const proxy = createServer({ cert: certificate, key }, (socket) => {
    const behind = connect(daemon, '127.0.0.1');
    socket.pipe(behind).pipe(socket);
    socket.on('error', () => behind.destroy());
    behind.on('error', () => socket.destroy());
    behind.on('close', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  ({ page } = await chromium.tab(`https://127.0.0.1:${(proxy.address() as AddressInfo).port}/agent`));
  await page.waitForSelector('.contact-name', SOON);
  desk.show({ interaction: wrappingUp() });
  await page.waitForSelector('[data-standing="wrap-up"]', SOON);
  await page.locator('#notes').fill('through the proxy');
  expect(await desk.awaitCommand('write-notes')).toMatchObject({ act: { text: 'through the proxy' } });
  await page.close();
  proxy.close();
});

describe('[L-06] data as it should not be', PATIENCE, () => {
  test('a name that is HTML runs nothing; one that turns the line round turns nothing but itself', async () => {
    await open('talking');
    const name = '\u202e<img src=x onerror="document.title=1">\u0634\u0631\u0643\u0629';
    desk.show({
      interaction: anInteraction({
        record: aDeskRecord({ name, attempts: [] }),
        origin: { kind: 'list', label: `${name}, +12125550123` },
      }),
    });
    await expect.poll(() => page.locator('.contact-name').textContent()).toBe(name);
    expect([await page.locator('img').count(), await page.title()]).toEqual([0, expect.not.stringContaining('1')]);
    expect(await axeFaults(page)).toEqual([]);
    // Whatever shows the name keeps its direction to itself.
    const loose = await page.evaluate((said) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (texts.nextNode()) {
        const { textContent, parentElement } = texts.currentNode;
        if (textContent?.includes(said) !== true || Boolean(parentElement?.closest('bdi, .unseen'))) continue;
        found.push(parentElement?.outerHTML ?? '');
      }
      return found;
    }, name);
    expect(loose).toEqual([]);
  });

  test('200 fields and five megabytes of history: the page still answers each key at once', async () => {
    await open('talking');
    const fields = Array.from({ length: 200 }, (_, place) => ({
      type: 'text' as const,
      choices: [],
      editable: true,
      required: false,
      field: `f${place}`,
      label: `Field ${place}`,
      value: `value ${place}`,
    }));
    desk.timeline = Array.from({ length: 30 }, (_, place) => ({
      at: Date.now() - place * 60_000,
      what: 'note',
      by: 'agent 101',
      campaign: 'spring-renewals',
      detail: { text: `Note ${place} `.repeat(18_000) },
    }));
    desk.show({ interaction: anInteraction({ record: aDeskRecord({ fields }) }) });
    await page.getByText('value 199').waitFor(SOON);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Note 29 Note').waitFor(SOON);
    const begun = Date.now();
    await page.keyboard.press('Alt+n');
    await page.keyboard.type('Still quick');
    await expect.poll(() => page.locator('#notes').inputValue()).toBe('Still quick');
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    const shown = await page.evaluate<number>('document.querySelector(".history").textContent.length');
    expect(shown).toBeLessThan(30 * 11_000);
  });
});
