// A supervisor at the console in a real Chromium, on the real network: the board beside calls that go on, agents steered,
// and a call heard: who hears whom is measured at the person's end, at the agent's phone and at the supervisor's.

import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import type { Phones } from '../../asterisk/box/phones.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { credentials } from '../../src/http/wire/agents.ts';
import { agentCall } from '../../src/http/wire/calls.ts';
import { listening } from '../../src/http/wire/listening.ts';
import { userAdded } from '../../src/http/wire/users.ts';
import { Browser } from '../http/browser.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { soundMs, toneAmongMs } from '../support/hearing.ts';
import { AGENT_HZ, PAGE_SOUND } from '../support/page-sound.ts';
import { PhoneEar } from '../support/phone-ear.ts';
import { until } from '../support/until.ts';
import { builtPages } from '../web/built.ts';
import { startChromium, type Chromium, type Tab } from '../web/chromium.ts';

const LIMIT_MS = 240_000;
const WATCHED = 'watched';
const SECOND = 'second';
const PASSWORD = 'correct horse battery';
const BOSS = '900';
const BOSS_HZ = 1700;
const RATE = 8000;
/** At both ends of a stretch: what was asked for is carried out, and sound is on its way. */
const EDGE_MS = 600;
/** A voice has every pitch now and then. */
const BY_CHANCE = 0.15;
const WAIT = { timeout: 60_000 };

let desk: Desk;
let chromium: Chromium;
let console_: Tab;
let agent: DeskAgent;
let bossPhones: Phones;

beforeAll(async () => {
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  desk = await Desk.open({ record: true });
  const quick = { wrap_up: '{limit: 1s, disposition: optional, over: paused}' };
  await desk.ready(WATCHED, [personAnswers({ afterS: 1, talksS: 70 }, 700)], quick);
  const people = [40, 90, 90].map((talksS, index) => personAnswers({ afterS: 1, talksS }, 701 + index));
  await desk.ready(SECOND, people, {
    ...quick,
    agents: `[${WATCHED}]`,
  });
  agent = await desk.readyAgent(WATCHED, { record: true });
  bossPhones = await bossPhone();
  for (const [name, role] of Object.entries({ sue: 'campaign-manager', tom: 'supervisor' })) {
    await desk.centre.client.post(userAdded, '/users', { name, role, password: PASSWORD });
  }
  chromium = await startChromium({ sound: true });
  await chromium.context.addInitScript(PAGE_SOUND);
  console_ = await chromium.tab(`${root()}/console`);
  const { page } = console_;
  page.setDefaultTimeout(WAIT.timeout);
  await page.getByLabel('User name').fill('sue');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.tiles');
}, LIMIT_MS);
afterAll(async () => {
  await chromium.close();
  await desk.close();
});

const root = (): string => `http://127.0.0.1:${desk.centre.settings.http.port}`;
const place = (page: Page, hash: string): Promise<unknown> => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function bossPhone() {
  const body = { number: BOSS, name: 'Eva', groups: [], pin: '4711' };
  const { account, sipPassword } = await desk.centre.client.post(credentials, '/agents', body);
  const accounts = [{ username: account, password: sipPassword, autoAnswer: true, toneHz: BOSS_HZ }];
  const phones = await desk.centre.box.startPhones(accounts, { record: true });
  await phones.registered();
  return phones;
}

/** A while, as wall clock and as places in what each phone hears. */
interface Stretch {
  readonly at: readonly [number, number];
  readonly places: ReadonlyMap<PhoneEar, readonly [number, number]>;
}

async function stretch(ears: readonly PhoneEar[]): Promise<Stretch> {
  await pass(EDGE_MS);
  const start = Date.now();
  const from = ears.map((ear) => ear.now());
  await pass(1_800);
  const at = [start, Date.now()] as const;
  const places = new Map(ears.map((ear, index) => [ear, [from[index] ?? 0, ear.now()] as const]));
  await pass(EDGE_MS);
  return { at, places };
}

/** Share of it in which the tone is heard at that phone. */
function heardBy(ear: PhoneEar, { places }: Stretch, hz: number): number {
  const samples = ear.between(...(places.get(ear) ?? [0, 0]));
  expect(samples.length).toBeGreaterThan(RATE);
  return toneAmongMs(samples, hz) / ((samples.length / RATE) * 1000);
}

/** The same at the person's end, whose recording begins with the answer. */
function heardByPerson(row: AttemptRow, { at }: Stretch, hz: number): number {
  const [from = 0, to = 0] = at.map((ms) => Math.round(((ms - (row.answeredAt ?? 0)) / 1000) * RATE));
  const samples = desk.heard(row).subarray(from, to);
  expect(samples.length).toBeGreaterThan(RATE);
  return toneAmongMs(samples, hz) / ((samples.length / RATE) * 1000);
}

test(
  '[S-01] [S-02] [S-03] started by button the board shows the live call; listen: no one hears the supervisor; whisper: the agent alone; join in: both; take over: the person alone (30)',
  async () => {
    const { page } = console_;
    const phones = bossPhones;
    await place(page, `#/campaigns/${WATCHED}`);
    await press(page, 'Start');
    await place(page, '#/board');
    await page.locator('.agent-part.busy strong').getByText('1', { exact: true }).waitFor();
    await page.locator('.board-main tbody tr', { hasText: WATCHED }).filter({ hasText: 'Running' }).waitFor();
    await place(page, `#/agents/${agent.number}`);
    await page.locator('.table-row', { hasText: agent.number }).filter({ hasText: 'Talking' }).waitFor();

    const atAgent = new PhoneEar(agent.phones);
    await page.getByText('My phone', { exact: true }).click();
    await page.getByLabel('Number of its account').fill(BOSS);
    const listener = page.locator('.listeners li', { hasText: 'sue' });
    const becomes = async (button: string, text: string): Promise<void> => {
      await press(page, button);
      await listener.filter({ hasText: text }).waitFor();
    };
    await becomes('Listen', 'hears both');
    const atBoss = new PhoneEar(phones);
    const ears = [atAgent, atBoss];
    const listened = await stretch(ears);
    await becomes('Whisper', 'heard by the agent alone');
    const whispered = await stretch(ears);
    await becomes('Join in', 'heard by both');
    const barged = await stretch(ears);
    await becomes('Listen', 'hears both');
    const again = await stretch(ears);
    const { call } = await desk.centre.client.get(agentCall, `/agent/call?agent=${agent.number}`);
    expect(call).toMatchObject({ muted: false, pending: false, parties: ['person'] });
    await press(page, 'Take over');
    await desk.isIn(agent, 'paused', undefined, 20_000);
    const taken = await stretch(ears);
    const [since = 0] = taken.places.get(atBoss) ?? [];
    const hearsPerson = (): boolean => soundMs(atBoss.between(since, atBoss.now())) > 200;
    await until(
      'the supervisor hears the person, who pauses now and then',
      () => Promise.resolve(hearsPerson()),
      10_000,
    );
    await phones.phone(phones.all()[0]?.username ?? '').hangUp();

    const [row] = await desk.ended(WATCHED, 1, 80_000);
    expect(row).toMatchObject({ result: 'connected', agent: agent.number });
    if (!row) return;
    await pass(1_000);
    const agentHz = agent.phone.toneHz;
    const heard = Object.fromEntries(
      Object.entries({ listened, whispered, barged, again, taken }).map(([name, one]) => [
        name,
        {
          personHearsAgent: heardByPerson(row, one, agentHz),
          personHearsBoss: heardByPerson(row, one, BOSS_HZ),
          agentHearsBoss: heardBy(atAgent, one, BOSS_HZ),
          bossHearsAgent: heardBy(atBoss, one, agentHz),
        },
      ]),
    );
    process.stdout.write(`who hears whom: ${JSON.stringify(heard)}\n`);
    const all = (share: number): boolean => share > 0.85;
    const none = (share: number): boolean => share < BY_CHANCE;
    const asHeard = Object.fromEntries(
      Object.entries(heard).map(([name, shares]) => [
        name,
        Object.entries(shares).map(([who, share]) => `${who} ${all(share) ? 'all' : none(share) ? 'none' : share}`),
      ]),
    );
    const muted = ['personHearsAgent all', 'personHearsBoss none', 'agentHearsBoss none', 'bossHearsAgent all'];
    expect(asHeard).toEqual({
      listened: muted,
      whispered: ['personHearsAgent all', 'personHearsBoss none', 'agentHearsBoss all', 'bossHearsAgent all'],
      barged: ['personHearsAgent all', 'personHearsBoss all', 'agentHearsBoss all', 'bossHearsAgent all'],
      again: muted,
      taken: ['personHearsAgent none', 'personHearsBoss all', 'agentHearsBoss none', 'bossHearsAgent none'],
    });
    expect(await desk.centre.client.get(listening.array(), '/listening')).toEqual([]);
    expect((await desk.cli('audit')).json).toMatchObject({ unmatched: 0 });
    expect(await desk.centre.box.command('pbx', 'core show channels concise')).not.toContain('Snoop');
  },
  LIMIT_MS,
);

/** With OUTDIAL_PICTURES=FOLDER the page is drawn into it. */
async function draw(page: Page, name: string): Promise<void> {
  const folder = process.env['OUTDIAL_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** Listens by the page itself: its microphone (a tone) is opened for the whisper alone, and the agent hears it then. */
async function heardByBrowser(page: Page): Promise<void> {
  const loud = (): Promise<number> => page.evaluate('globalThis.pageSound.loud');
  const atAgent = new PhoneEar(agent.phones);
  await page.getByText('This browser', { exact: true }).click();
  await press(page, 'Listen');
  await page.locator('[data-ear="up"]').waitFor();
  await page.locator('.listeners li', { hasText: 'hears both' }).waitFor();
  const listened = await stretch([atAgent]);
  expect(await loud()).toBeGreaterThan(10);
  expect(await page.evaluate('globalThis.pageSound.microphones')).toBe(0);
  await press(page, 'Whisper');
  await page.locator('.listeners li', { hasText: 'heard by the agent alone' }).waitFor();
  const whispered = await stretch([atAgent]);
  await draw(page, 'console-listening');
  expect(await page.evaluate('globalThis.pageSound.microphones')).toBe(1);
  expect(heardBy(atAgent, listened, AGENT_HZ)).toBeLessThan(BY_CHANCE);
  expect(heardBy(atAgent, whispered, AGENT_HZ)).toBeGreaterThan(0.6);
}

/** The browser has the person, the daemon is killed and comes back: they speak on, and the page's Hang up ends the call. */
async function hangsUpAfterRestart(page: Page): Promise<void> {
  await desk.centre.endDaemon('SIGKILL');
  await desk.centre.startDaemon();
  await desk.isIn(agent, 'paused', undefined, 30_000);
  const [row] = await desk.attempts(SECOND);
  expect(row).toMatchObject({ result: null });
  await press(page, 'Hang up');
  const [ended] = await desk.ended(SECOND, 1);
  expect(ended).toMatchObject({ result: 'connected' });
}

test(
  '[S-02] [S-03] [S-04] two supervisors: each sees what the other does; the agent is readied, moved and paused, a call heard, whispered into and taken over by the browser, which hangs up after a restart; the campaign stopped',
  async () => {
    const { page, complaints } = console_;
    const tom = new Browser(root());
    expect((await tom.signIn('tom', PASSWORD)).code).toBe(200);
    const row = page.locator('.table-row', { hasText: agent.number });
    await press(page, 'Ready');
    await row.filter({ hasText: 'Ready' }).waitFor();
    expect((await tom.ask('POST', `/api/agents/${agent.number}/state`, { to: 'paused' })).code).toBe(200);
    await row.filter({ hasText: 'Paused' }).waitFor();

    await page.locator('.steer .select-button').click();
    await page.getByRole('option', { name: SECOND }).click();
    await press(page, 'Move');
    await row.filter({ hasText: SECOND }).waitFor();
    await agent.phone.until('established', 20_000);
    await press(page, 'Ready');
    await desk.isIn(agent, 'ready');
    await place(page, `#/campaigns/${SECOND}`);
    await press(page, 'Start');
    await desk.isIn(agent, 'talking', undefined, 30_000);
    await place(page, `#/agents/${agent.number}`);
    await press(page, 'Pause');
    await heardByBrowser(page);
    await press(page, 'Take over');
    await page.getByRole('button', { name: 'Hang up', exact: true }).waitFor();
    await desk.isIn(agent, 'paused', undefined, 30_000);
    await place(page, `#/campaigns/${SECOND}`);
    await press(page, 'Stop');
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await hangsUpAfterRestart(page);
    await desk.isIn(agent, 'paused', undefined, 30_000);
    expect(await desk.view(agent)).toMatchObject({ campaign: SECOND, state: 'paused' });
    expect(await desk.show(SECOND)).toMatchObject({ dialing: false });
    expect((await tom.ask('POST', `/api/campaigns/${SECOND}/start`)).body.error).toMatchObject({
      code: 'right-missing',
    });

    // The daemon was away for a moment, and the browser's way to it.
    expect(complaints.filter((text) => !/ 401 |ERR_|WebSocket|JsSIP/.test(text))).toEqual([]);
    const { json } = await desk.cli('audit', 'log', '--limit', '100');
    for (const did of ['agent.move', 'campaign.start', 'campaign.stop', 'agent.listen', 'user:tom']) {
      expect(JSON.stringify(json)).toContain(did);
    }
  },
  LIMIT_MS,
);

/** The supervisor's phone in the hand of who dials the code: number, PIN and what follows, as keys. */
async function dialsCode(pin: string, keys = ''): Promise<void> {
  const [phone] = bossPhones.all();
  if (!phone) throw new Error('no phone');
  const calls = (): number => readdirSync(bossPhones.dir).filter((file) => file.endsWith('-dec.wav')).length;
  const before = calls();
  await phone.until('idle', 30_000);
  await phone.dial(desk.centre.settings.agents.listenCode);
  await phone.until('established');
  // The exchange drops audio, and keys with it, until it has learned where it comes from.
  const isHeard = (): boolean => calls() > before && new PhoneEar(bossPhones).now() > RATE;
  await until('the question is heard', () => Promise.resolve(isHeard()), 20_000);
  await phone.press(`${BOSS}#`);
  await phone.press(`${pin}#${keys}`);
}

const listeners = () => desk.centre.client.get(listening.array(), '/listening');
const untilLogged = (what: string, words: string): Promise<true> =>
  until(
    `${what} stands in the audit log`,
    async () => {
      const { json } = await desk.cli('audit', 'log', '--limit', '20');
      const entries = (json as readonly unknown[]).map((entry) => JSON.stringify(entry));
      return entries.some((entry) => entry.includes(what) && entry.includes(words)) ? true : undefined;
    },
    20_000,
  );

test(
  '[S-03] [S-07] by code and PIN from any phone: a wrong PIN and who has no right hear no one; muted, then both; the call ends, the next is heard; the right is taken away: cut off, the conversation goes on',
  async () => {
    const { client, box } = desk.centre;
    const [phone] = bossPhones.all();
    await dialsCode('0000');
    await untilLogged('sign-in.wrong', BOSS);
    await phone?.press(`${BOSS}#`);
    await phone?.press('4711#');
    await phone?.until('idle', 30_000);
    await untilLogged('agent.listen-refused', 'right-missing');
    await client.post(userAdded, '/users', { name: 'eva', role: 'supervisor', agent: BOSS, password: PASSWORD });

    const ready = async (): Promise<void> => {
      await client.post(z.unknown(), `/agents/${agent.number}/state`, { to: 'ready' });
      await desk.isIn(agent, 'talking', undefined, 30_000);
    };
    await desk.act(SECOND, 'start');
    await ready();
    await dialsCode('4711', '#');
    await until('the supervisor listens', async () => (await listeners())[0]?.state === 'on', 20_000);
    expect(await listeners()).toMatchObject([{ agent: agent.number, phone: BOSS, by: 'user:eva', isDialed: true }]);
    const ears = [new PhoneEar(agent.phones), new PhoneEar(bossPhones)] as const;
    const [atAgent, atBoss] = ears;
    // What is said to the supervisor alone is in the place of the call.
    const from = atBoss.now();
    await pass(1_500);
    const told = atBoss.between(from, atBoss.now());
    await phone?.press('1');
    await pass(2_000);
    const listened = await stretch(ears);
    await phone?.press('3');
    await until('the supervisor is heard', async () => (await listeners())[0]?.mode === 'barge', 20_000);
    await pass(2_000);
    const barged = await stretch(ears);

    await agent.phone.press('**');
    await desk.ended(SECOND, 2);
    await desk.isIn(agent, 'paused');
    await ready();
    expect(await listeners()).toMatchObject([{ agent: agent.number, mode: 'listen', state: 'on' }]);
    const next = await stretch(ears);
    await client.patch(z.unknown(), '/users/eva', { role: 'agent' });
    expect(await listeners()).toEqual([]);
    await phone?.until('idle', 20_000);
    await desk.isIn(agent, 'talking');
    await desk.act(SECOND, 'stop');
    await agent.phone.press('**');
    const rows = await desk.ended(SECOND, 3);
    const [, first, second] = rows.toSorted((one, other) => one.dialedAt - other.dialedAt);
    if (!first || !second) throw new Error('three calls');
    await pass(1_000);
    const heard = {
      told: toneAmongMs(told, agent.phone.toneHz) / ((told.length / RATE) * 1000) < 0.5,
      listened: [
        heardBy(atBoss, listened, agent.phone.toneHz) > 0.85,
        heardByPerson(first, listened, BOSS_HZ) < BY_CHANCE,
      ],
      barged: [heardBy(atAgent, barged, BOSS_HZ) > 0.85, heardByPerson(first, barged, BOSS_HZ) > 0.85],
      next: [heardBy(atAgent, next, BOSS_HZ) < BY_CHANCE, heardByPerson(second, next, BOSS_HZ) < BY_CHANCE],
    };
    expect(heard).toEqual({ told: true, listened: [true, true], barged: [true, true], next: [true, true] });
    await untilLogged('agent.listen-end', 'no-right');
    expect((await desk.cli('audit')).json).toMatchObject({ unmatched: 0 });
    expect(await box.command('pbx', 'core show channels concise')).not.toMatch(/Snoop|PJSIP\/a900/);
  },
  LIMIT_MS,
);
