// The browser is the phone: an agent in a real Chromium, a person on the real network. Who hears whom is measured at both
// ends; the page is loaded again and its connection cut in the conversation; and a browser reaches its session alone.

import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import { contactEvent } from '../../src/http/wire/contacts.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import type { PhoneLine } from '../../src/http/wire/phone.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { firstSoundMs, toneMs } from '../support/hearing.ts';
import { AGENT_HZ, PAGE_SOUND } from '../support/page-sound.ts';
import { until } from '../support/until.ts';
import { builtPages } from '../web/built.ts';
import { startChromium, type Chromium } from '../web/chromium.ts';

const LIMIT_MS = 240_000;
const NAME = 'in-browser';
const PASSWORD = 'correct horse battery';
const WAIT = { timeout: 60_000 };
const RATE = 8000;
/** Of a stretch without a break: a page on a busy machine stutters now and then. */
const MOST = 0.7;

/** As browsers are that play nothing of a page which has not been clicked or typed into. */
const SILENT_BEFORE_A_CLICK = `{
  const play = HTMLMediaElement.prototype.play;
  let isActive = false;
  for (const act of ['keydown', 'pointerup']) addEventListener(act, () => (isActive = true), { capture: true });
  globalThis.played = 0;
  HTMLMediaElement.prototype.play = async function () {
    if (!isActive) throw new DOMException('no click yet', 'NotAllowedError');
    await play.call(this);
    globalThis.played += 1;
  };
}`;

let desk: Desk;
let agent: DeskAgent;
let chromium: Chromium;

beforeAll(async () => {
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  desk = await Desk.open({ record: true });
  await desk.ready(NAME, [personAnswers({ afterS: 1, talksS: 70 }, 530)], {
    mode: 'predictive',
    attempts: '{max: 1, per_day: 1}',
  });
  agent = await desk.agent(NAME);
  const user = { name: 'eve', role: 'agent', agent: agent.number, password: PASSWORD };
  await desk.centre.client.post(userAdded, '/users', user);
  chromium = await startChromium({ sound: true });
  await chromium.context.addInitScript(PAGE_SOUND);
}, LIMIT_MS);
afterAll(async () => {
  await chromium.close();
  await desk.close();
});

const standing = (page: Page, word: string): Promise<unknown> =>
  page.waitForSelector(`[data-standing="${word}"]`, WAIT);
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const loud = (page: Page): Promise<number> => page.evaluate('globalThis.pageSound.loud');
/** What outdial says at the beginning is over; the next sound that is heard is counted as the first. */
async function untilQuiet(page: Page): Promise<void> {
  let before = -1;
  const isQuiet = async (): Promise<true | undefined> => {
    const now = await loud(page);
    const isSame = now === before;
    before = now;
    return isSame ? true : undefined;
  };
  await until('no word is said', isQuiet, 30_000, 1_000);
  await page.evaluate('globalThis.pageSound.firstLoudAt = 0');
}
const channels = (): Promise<string> => desk.centre.box.command('pbx', 'core show channels concise');
const browserLegs = async (): Promise<readonly string[]> =>
  (await channels()).split('\n').filter((line) => line.startsWith('PJSIP/web-'));

async function signInAndStart(page: Page): Promise<void> {
  await page.getByLabel('User name').fill('eve');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Choose ${NAME}` }).click();
  await page.evaluate('globalThis.microphoneRefused = true');
  await page.getByText('This browser, with a headset').click();
  await page.waitForSelector('[data-phone-trouble="refused"]', WAIT);
  expect(await page.getByRole('button', { name: 'Start session' }).isDisabled()).toBe(true);
  await page.evaluate('globalThis.microphoneRefused = false');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('meter').waitFor(WAIT);
  await page.getByRole('button', { name: 'Start session' }).click();
  await standing(page, 'ready');
}

/** Share of a stretch of the recording in which the agent's tone is heard. */
function toneShare(samples: Int16Array, answeredAt: number, [from, to]: readonly [number, number]): number {
  const at = (ms: number): number => Math.round(((ms - answeredAt) / 1000) * RATE);
  const part = samples.subarray(at(from), at(to));
  return toneMs(part, AGENT_HZ) / ((part.length / RATE) * 1000);
}

/** Speaks SIP to Asterisk over a WebSocket of its own: sends, and gives what comes back within a while. */
async function sip(page: Page, messages: readonly string[]): Promise<string> {
  const url = `${desk.centre.box.pbx.ariUrl.replace('http', 'ws')}/ws`;
  return page.evaluate(
    async ([to, texts]) => {
      const socket = new WebSocket(to, 'sip');
      let heard = '';
      socket.onmessage = ({ data }) => (heard += String(data));
      await new Promise((resolve) => (socket.onopen = resolve));
      for (const text of texts) {
        socket.send(text);
        await new Promise((resolve) => setTimeout(resolve, 700));
      }
      socket.close();
      return heard;
    },
    [url, messages] as const,
  );
}

function invite(user: string, number: string, more: readonly string[] = [], cseq = 1): string {
  const id = `${user}-${number}`.replaceAll(/\W/g, '');
  return [
    `INVITE sip:${number}@outdial SIP/2.0`,
    `Via: SIP/2.0/WS browser.invalid;branch=z9hG4bK${id}${cseq}`,
    `Max-Forwards: 70`,
    `From: <sip:${user}@outdial>;tag=${id}`,
    `To: <sip:${number}@outdial>`,
    `Call-ID: ${id}@browser`,
    `CSeq: ${cseq} INVITE`,
    `Contact: <sip:${user}@browser.invalid;transport=ws>`,
    ...more,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The codes that a call by this account to the number is answered with, its password given. */
async function answersTo(page: Page, { user, password }: PhoneLine, number: string): Promise<readonly string[]> {
  const asked = await sip(page, [invite(user, number)]);
  const [, realm = '', nonce = ''] = [...(/realm="([^"]+)".*?nonce="([^"]+)"|$/s.exec(asked) ?? [])];
  const uri = `sip:${number}@outdial`;
  const nonceCount = '00000001';
  const isQop = asked.includes('qop=');
  const [a1, a2] = [md5(`${user}:${realm}:${password}`), md5(`INVITE:${uri}`)];
  const response = isQop ? md5(`${a1}:${nonce}:${nonceCount}:c:auth:${a2}`) : md5(`${a1}:${nonce}:${a2}`);
  const opaque = /opaque="([^"]*)"/.exec(asked)?.[1];
  const login = [
    `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`,
    'algorithm=MD5',
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(isQop ? ['qop=auth', `nc=${nonceCount}`, 'cnonce="c"'] : []),
  ].join(', ');
  const heard = await sip(page, [invite(user, number, [login], 2)]);
  return [...heard.matchAll(/SIP\/2\.0 (\d{3})/g)].map(([, code = '']) => code).filter((code) => code !== '100');
}

test(
  '[A-04] [A-23] [D-09] the browser is the phone: each hears the other; a cut connection and a reload keep the person',
  async () => {
    const { page, complaints } = await chromium.tab(`http://127.0.0.1:${desk.centre.settings.http.port}/agent`);
    await signInAndStart(page);
    expect(await browserLegs()).toHaveLength(1);
    await untilQuiet(page);
    await desk.act(NAME, 'start');
    await standing(page, 'talking');
    const both = [Date.now() + 500, Date.now() + 4_500] as const;
    await pass(5_000);
    expect(await loud(page)).toBeGreaterThan(10);
    const heardAt: number = await page.evaluate('globalThis.pageSound.firstLoudAt');

    await page.evaluate('for (const socket of globalThis.pageSound.sockets) socket.close()');
    const cut = [Date.now() + 200, Date.now() + 5_200] as const;
    await pass(5_500);
    await until(
      'the connection is there again',
      () => page.evaluate('globalThis.pageSound.sockets.some(({ readyState }) => readyState === 1) || undefined'),
      20_000,
    );
    expect(await browserLegs()).toHaveLength(1);

    await page.addInitScript(SILENT_BEFORE_A_CLICK);
    await page.reload();
    await standing(page, 'talking');
    await page.waitForSelector('[data-phone-trouble="blocked"]', WAIT);
    expect(await page.evaluate('globalThis.played')).toBe(0);
    // Any key will do: the way to the notes is one.
    await page.keyboard.press('Alt+n');
    await page.locator('[data-phone-trouble="blocked"]').waitFor({ state: 'detached', ...WAIT });
    expect(await page.evaluate('globalThis.played')).toBeGreaterThan(0);
    await until('it sits in the call again', async () => ((await loud(page)) > 10 ? true : undefined), 30_000);
    const again = [Date.now(), Date.now() + 3_000] as const;
    await pass(3_500);
    expect(await browserLegs()).toHaveLength(1);

    const asker = await chromium.context.newPage();
    const line = (await page.evaluate(async () => {
      const headers = { 'x-outdial-request': '1', 'content-type': 'application/json' };
      return (await fetch('/api/agent/phone', { method: 'POST', body: '{}', headers })).json();
    })) as PhoneLine;
    const before = (await channels()).trim().split('\n').length;
    const { agents } = desk.centre.settings;
    for (const number of [agents.signInCode, 's', '12125550100', 'session1', personAnswers({}, 1)]) {
      expect([number, await answersTo(asker, line, number)]).toEqual([number, ['404']]);
    }
    // Whoever writes the trunk's name, or none of ours, is asked for a password: no browser is taken for the carrier.
    for (const name of [desk.centre.box.pbx.trunk, 'no-one-known']) {
      expect(await sip(asker, [invite(name, '12125550100')])).toMatch(/^SIP\/2\.0 401/);
    }
    expect((await channels()).trim().split('\n')).toHaveLength(before);
    await asker.close();

    await page.keyboard.press('Alt+h');
    await standing(page, 'wrap-up');
    await page.keyboard.press('Alt+i');
    await page.keyboard.press('1');
    await page.waitForSelector('.outcome[aria-pressed="true"]', WAIT);
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor(WAIT);
    await page.keyboard.press('Alt+Enter');
    await page.waitForSelector('[data-standing]:not([data-standing="wrap-up"])', WAIT);

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Phone' }).click();
    await page.getByRole('button', { name: 'Change to my own phone' }).click();
    await agent.phone.until('established');
    await until('the browser is let go', async () => ((await browserLegs()).length === 0 ? true : undefined), 15_000);
    await page.getByRole('button', { name: 'Change to this browser' }).click();
    await agent.phone.until('idle');
    expect(await browserLegs()).toHaveLength(1);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'End session' }).click();
    await page.getByRole('heading', { name: 'My campaigns' }).waitFor(WAIT);
    await until('no leg is left', async () => ((await browserLegs()).length === 0 ? true : undefined), 15_000);
    await until(
      'the account is gone with the session',
      async () => ((await desk.centre.box.command('pbx', 'pjsip show endpoints')).includes('web-') ? undefined : true),
      20_000,
    );

    const [row] = await desk.ended(NAME, 1);
    expect(row).toMatchObject({ result: 'connected', disposition: 'sale', agent: agent.number });
    if (!row) return;
    const person = desk.heard(row);
    const answeredAt = row.answeredAt ?? 0;
    expect(toneShare(person, answeredAt, both)).toBeGreaterThan(MOST);
    expect(toneShare(person, answeredAt, cut)).toBeGreaterThan(MOST);
    expect(toneShare(person, answeredAt, again)).toBeGreaterThan(MOST);
    const story = await desk.centre.client.get(contactEvent.array(), `/contacts/${row.contact}/timeline`);
    const { lines } = story.find(({ what }) => what === 'attempt')?.detail as {
      lines: { line: string; quality: string }[];
    };
    expect(lines.map(({ line }) => line)).toEqual(['agent-line', 'person-line']);
    for (const { quality } of lines) expect(quality).toMatch(/^MOS 4\.[1-4]\d*, loss 0\.\d %, jitter \d{1,2} ms/);
    const delays = { answerToAgentMs: heardAt - answeredAt, answerToPersonMs: firstSoundMs(person) };
    process.stdout.write(`sound after the answer: ${JSON.stringify(delays)}\n`);
    // At first no one is signed in, the campaign has no script, the cut is one; nothing else goes wrong.
    expect(complaints.filter((text) => !/ (401|404) |WebSocket/.test(text))).toEqual([]);
    expect((await desk.cli('audit')).code).toBe(0);
  },
  LIMIT_MS,
);
