// Agents who may not work in a campaign any more, because they were moved, removed, or its file names other groups: no
// call of it reaches them, the one that is running is finished, they hear why, and others keep their callbacks.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { AgentView } from '../../../src/engine/control-views.ts';
import type { HandedOver } from '../../../src/engine/control.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';
import { talks } from '../../support/call-plans.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const CAMPAIGN: Partial<Campaign> = {
  mode: 'progressive',
  attempts: { max: 1, perDay: 1 },
  wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'ready' },
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'later', label: 'Call later', key: '2', ask: 'callback' },
  ],
};

async function centre(options: RigOptions = {}): Promise<Rig> {
  rig = await Rig.start({
    agents: 1,
    records: 4,
    plan: () => talks(20_000),
    ...options,
    campaign: { ...CAMPAIGN, ...options.campaign },
  });
  return rig;
}

interface Listening extends Pick<SimulatedPhone, 'press'> {
  readonly heard: readonly string[];
}

async function ready(on: Rig, index = 0): Promise<Listening> {
  const phone = on.exchange.phone(`a${100 + index}`, { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  const heard: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press(`${100 + index}#4711#`);
  await on.clock.runFor(7000);
  phone.press('1');
  await on.clock.runFor(1000);
  return { heard, press: (keys) => phone.press(keys) };
}

async function agentOf(on: Rig, index = 0): Promise<AgentView | undefined> {
  return (await on.engine.agents()).find(({ number }) => number === String(100 + index));
}

async function isState(on: Rig, state: string, index = 0, withinMs = 2 * MINUTE_MS): Promise<void> {
  let now: string | undefined;
  for (let waited = 0; waited <= withinMs && now !== state; waited += 250) {
    await on.clock.runFor(250);
    now = (await agentOf(on, index))?.state ?? 'no such agent';
  }
  expect(now).toBe(state);
}

/** By the API: other groups for the agent. */
async function move(on: Rig, groups: readonly string[], index = 0): Promise<readonly HandedOver[]> {
  await on.store.agents.save({ number: String(100 + index), groups });
  return on.clock.settle(on.engine.agentsChanged());
}

async function remove(on: Rig, index = 0): Promise<readonly HandedOver[]> {
  await on.store.agents.remove(String(100 + index));
  return on.clock.settle(on.engine.agentsChanged());
}

const attempts = (on: Rig) => on.store.attempts.list({ campaign: on.campaign.name });
const callbacks = (on: Rig) => on.store.callbacks.list({ state: 'all', limit: 10, now: on.clock.now() });
const why = (on: Rig): string | undefined => on.engine.campaign(on.campaign.name)?.why;

test.each([
  ['by the API', (on: Rig) => move(on, ['other'])],
  ['by the file', (on: Rig) => on.changeCampaign({ agents: ['other'] })],
])('[A-02] moved %s while ready: informed, signed out, gets no call', async (_how, lose) => {
  const on = await centre();
  const phone = await ready(on);
  await isState(on, 'ready');
  await lose(on);
  await isState(on, 'offline');
  await on.startCampaign();
  await on.clock.runFor(MINUTE_MS);

  expect(phone.heard).toContain('outdial/not-assigned');
  expect(await attempts(on)).toEqual([]);
  expect(on.engine.health().sessions).toBe(0);
  expect(on.complaints).toEqual([]);
});

test.each([
  ['moved', (on: Rig) => move(on, [])],
  ['removed', (on: Rig) => remove(on)],
  ['the file names another group', (on: Rig) => on.changeCampaign({ agents: ['other'] })],
])(
  '[A-02] in a conversation, %s: it goes on to its end and is wrapped up, then the agent is informed',
  async (_how, lose) => {
    const on = await centre();
    const phone = await ready(on);
    await on.startCampaign();
    await isState(on, 'talking');
    await lose(on);
    await on.clock.runFor(10_000);
    expect(on.engine.health()).toMatchObject({ calls: 1, sessions: 1 });
    expect(on.exchange.phone('a100')).toBeDefined();
    expect(why(on)).toContain('No agent');
    await on.clock.runFor(15_000);
    phone.press('1');
    await on.clock.runFor(20_000);

    const [first, ...others] = await attempts(on);
    expect(first).toMatchObject({ result: 'connected', disposition: 'sale', endedBy: 'person' });
    expect(others).toEqual([]);
    expect(phone.heard.at(-1)).toBe('outdial/not-assigned');
    expect(on.engine.health().sessions).toBe(0);
    expect(on.complaints).toEqual([]);
  },
);

test('[C-02] [A-02] archived while an agent waits, and while one talks: informed and signed out, the conversation goes on to its end', async () => {
  const on = await centre({ agents: 2, records: 1 });
  const [talking, waiting] = [await ready(on, 0), await ready(on, 1)];
  await on.startCampaign();
  await isState(on, 'talking');
  const step = (action: 'stop' | 'archive') =>
    on.clock.settle(on.engine.actOnCampaign(on.campaign.name, action, by('test')));
  await step('stop');
  expect((await step('archive')).state).toBe('archived');
  await isState(on, 'offline', 1);
  expect(waiting.heard).toContain('outdial/not-assigned');
  expect((await agentOf(on, 0))?.state).toBe('talking');
  await on.clock.runFor(25_000);
  talking.press('1');
  await isState(on, 'offline', 0);

  expect((await attempts(on))[0]).toMatchObject({ result: 'connected', disposition: 'sale', endedBy: 'person' });
  expect(talking.heard.at(-1)).toBe('outdial/not-assigned');
  expect(on.engine.health().sessions).toBe(0);
  expect(on.complaints).toEqual([]);
});

test('[A-02] moved and moved back in the same conversation: the agent goes on working', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  await move(on, []);
  await move(on, on.campaign.agents);
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'ready');
  expect(phone.heard).not.toContain('outdial/not-assigned');
});

/** Agent 100 has agreed on a callback, and is kept for it while the person's phone rings for so long. */
async function heldForCallback(ringsMs: number, agents = 1): Promise<{ on: Rig; phone: Listening }> {
  const on = await centre({ agents: 2, records: 1, plan: () => talks(10_000, ringsMs) });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  await isState(on, 'engaged', 0, 2 * HOUR_MS);
  if (agents > 1) await ready(on, 1);
  return { on, phone };
}

test('[A-18] [A-02] moved while the callback rings, the person picks up: another agent who is ready takes the call', async () => {
  const { on, phone } = await heldForCallback(15_000, 2);
  await move(on, []);
  await isState(on, 'talking', 1);
  await isState(on, 'offline');
  expect(phone.heard.at(-1)).toBe('outdial/not-assigned');
  await isState(on, 'wrap-up', 1);
  expect((await attempts(on))[1]).toMatchObject({ agent: '101', result: 'connected' });
});

test('[A-18] [A-02] moved while the callback rings, no other agent is there: the person is not abandoned for it', async () => {
  const { on, phone } = await heldForCallback(8000);
  await move(on, []);
  await isState(on, 'talking');
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'offline');
  expect((await attempts(on))[1]).toMatchObject({ agent: '100', result: 'connected' });
});

test.each(['wait', 'group', 'cancel'] as const)(
  '[A-18] then: %s, the agent of a personal callback is removed: any agent keeps it at its time',
  async (then) => {
    const personal = { personalWaitMs: HOUR_MS, then, maxAheadMs: 90 * 24 * HOUR_MS };
    const on = await centre({ agents: 2, records: 1, campaign: { callbacks: personal } });
    const phone = await ready(on);
    await on.startCampaign();
    await isState(on, 'wrap-up');
    phone.press('21#');
    await isState(on, 'ready');
    expect(await remove(on)).toEqual([{ campaign: on.campaign.name, agent: '100', callbacks: 1 }]);
    await ready(on, 1);
    const [callback] = await callbacks(on);
    await on.clock.runFor((callback?.at ?? 0) - on.clock.now() - 1000);
    expect(await attempts(on)).toHaveLength(1);
    await isState(on, 'talking', 1);

    expect((await on.store.callbacks.steps(callback?.id ?? 0)).map(({ what }) => what)).toEqual(['set', 'handed-over']);
    expect((await attempts(on))[1]?.dialedAt).toBeLessThan((callback?.at ?? 0) + MINUTE_MS);
  },
);

test('[A-17] [A-02] moved in mid-call, then agrees on a callback by keys: it is any agent’s', async () => {
  const on = await centre({ records: 1 });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  await move(on, []);
  await isState(on, 'wrap-up');
  phone.press('21#');
  await on.clock.runFor(30_000);
  expect(await callbacks(on)).toMatchObject([{ agent: null, state: 'pending' }]);
  expect((await agentOf(on))?.state).toBe('offline');
});

test('[O-09] [A-02] killed meanwhile, and the file names another group at the start: informed, and callbacks handed over', async () => {
  const on = await centre({ records: 1 });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  on.killEngine();
  on.campaign = { ...on.campaign, agents: ['other'] };
  await on.startEngine();
  await on.clock.runFor(20_000);

  expect((await agentOf(on))?.state).toBe('offline');
  expect(phone.heard).toContain('outdial/not-assigned');
  expect(await callbacks(on)).toMatchObject([{ agent: null, state: 'pending' }]);
});

test('[O-09] [A-02] removed in a conversation, then the daemon dies: the conversation is not cut', async () => {
  const on = await centre({ records: 1, plan: () => talks(60_000) });
  await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  await on.clock.runFor(5000);
  await on.store.agents.remove('100');
  on.killEngine();
  await on.startEngine();
  await on.clock.runFor(30_000);
  expect(on.engine.health()).toMatchObject({ calls: 1, sessions: 1 });
  await on.clock.runFor(2 * MINUTE_MS);

  expect((await attempts(on))[0]).toMatchObject({ result: 'connected', endedBy: 'person' });
  expect(on.engine.health()).toMatchObject({ calls: 0, sessions: 0 });
});

test('[C-16] [A-02] a caller waits for an agent who loses the campaign in mid-call: goes to the next who is free', async () => {
  const inbound = { take: true, waiting: 'music', waitMs: 10 * MINUTE_MS } as const;
  const sounds = {
    greeting: 'outdial/welcome',
    busySound: 'outdial/inbound-busy',
    closedSound: 'outdial/inbound-closed',
  };
  const on = await centre({ agents: 2, records: 1, campaign: { inbound: { ...inbound, ...sounds } } });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  const called = on.campaign.callerIds.numbers[0] ?? '';
  const person = on.exchange.callIn({ caller: '+16502009999', called, talksMs: 5000 });
  await on.clock.runFor(5000);
  await move(on, []);
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'offline');
  expect(person.companyAt).toBeUndefined();
  await ready(on, 1);
  await on.clock.runFor(2000);
  expect(person.companyAt).toBeDefined();
  expect((await on.store.inbound.list({}))[0]).toMatchObject({ agent: '101' });
});

test('[A-02] taken out of the campaign between the PIN and the choice: no session, and the reason is heard', async () => {
  const on = await centre({
    others: [{ name: 'second', ...CAMPAIGN, callerIds: { choose: 'fixed', numbers: ['+12125550177'] } }],
  });
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  const heard: string[] = [];
  phone?.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  phone?.dial('*55');
  await on.clock.runFor(1000);
  phone?.press('100#4711#');
  await on.clock.runFor(6000);
  await move(on, []);
  phone?.press('1');
  await on.clock.runFor(5000);
  expect(on.engine.health().sessions).toBe(0);
  expect(heard).toContain('outdial/not-assigned');
});
