// A supervisor at the console in a real Chromium, on the real network: the board beside calls that go on, agents steered,
// and a call heard: who hears whom is measured at the person's end, at the agent's phone and at the supervisor's.

import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
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

beforeAll(async () => {
  cpSync(await builtPages(), path.resolve(import.meta.dirname, '../../dist/web'), { recursive: true });
  desk = await Desk.open({ record: true });
  const quick = { wrap_up: '{limit: 1s, disposition: optional, over: paused}' };
  await desk.ready(WATCHED, [numbers.personAnswers({ afterS: 1, talksS: 70 }, 700)], quick);
  await desk.ready(SECOND, [numbers.personAnswers({ afterS: 1, talksS: 40 }, 701)], {
    ...quick,
    agents: `[${WATCHED}]`,
  });
  agent = await desk.readyAgent(WATCHED, { record: true });
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
    const phones = await bossPhone();
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
