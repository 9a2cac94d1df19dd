// Callbacks in the simulated call centre: agreed by an agent's keys or by an admin, kept by their agent or the group,
// and what becomes of those that reach no agent. One agent or two, on phones that the test presses keys on.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { AgentView } from '../../../src/engine/control-views.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
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

const NEVER_ANSWERS: CallPlan = { setUpMs: 100, before: 'ringing', afterMs: 0, outcome: { type: 'no-answer' } };

const CAMPAIGN: Partial<Campaign> = {
  mode: 'progressive',
  attempts: { max: 1, perDay: 1 },
  wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'ready' },
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'later', label: 'Call later', key: '2', ask: 'callback' },
    { code: 'stop', label: 'Do not call', key: '3', then: { do: 'do-not-call', list: 'global', numbers: 'all' } },
    { code: 'rest', label: 'Do not call back', key: '4', then: { do: 'do-not-call-back' } },
    { code: 'phone', label: 'Other phone', key: '5', ask: 'phone' },
  ],
};

async function centre(options: RigOptions = {}): Promise<Rig> {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => talks(10_000),
    ...options,
    campaign: { ...CAMPAIGN, ...options.campaign },
  });
  return rig;
}

/** Agent `index` signs in by phone and is ready. */
async function ready(on: Rig, index = 0, campaignKey?: string): Promise<SimulatedPhone> {
  const phone = on.exchange.phone(`a${100 + index}`, { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press(`${100 + index}#4711#`);
  await on.clock.runFor(5000);
  if (campaignKey !== undefined) phone.press(campaignKey);
  await on.clock.runFor(2000);
  phone.press('1');
  await on.clock.runFor(1000);
  return phone;
}

async function agentOf(on: Rig, index = 0): Promise<AgentView | undefined> {
  return (await on.engine.agents()).find(({ number }) => number === String(100 + index));
}

async function isState(on: Rig, state: string, index = 0, withinMs = MINUTE_MS): Promise<void> {
  let now = '';
  const look = async (): Promise<void> => {
    now = (await agentOf(on, index))?.state ?? 'nobody';
  };
  for (let waited = 0; waited <= withinMs && now !== state; waited += 250) {
    await on.clock.runFor(250);
    await look();
  }
  expect(now).toBe(state);
}

const record = (on: Rig, id = 1) => on.store.records.show(id);
const callbacks = (on: Rig) => on.store.callbacks.list({ state: 'all', limit: 10, now: on.clock.now() });
const attempts = (on: Rig) => on.store.attempts.list({ campaign: on.campaign.name });

test('[A-17] the agent types 1#: a personal callback in an hour, read out; the record waits for it', async () => {
  const on = await centre();
  const phone = await ready(on);
  const heard: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  await on.clock.runFor(8000);

  const [callback] = await callbacks(on);
  expect(callback).toMatchObject({ agent: '100', state: 'pending', setBy: 'agent 100', record: 1 });
  expect(Math.abs((callback?.at ?? 0) - (on.clock.now() + HOUR_MS))).toBeLessThan(2 * MINUTE_MS);
  expect(await record(on)).toMatchObject({ state: 'waiting', lastDisposition: 'later' });
  expect(heard).toEqual(expect.arrayContaining(['outdial/callback-when', 'outdial/callback-saved']));
  expect(heard.filter((sound) => sound.startsWith('digits/')).length).toBeGreaterThan(1);
  const { id, record: of, at, zone } = callback ?? {};
  expect(await on.store.audit.list({ what: 'callback.set', limit: 9 })).toMatchObject([
    { who: 'agent 100', subject: `callback ${id}`, to: { record: of, at, zone, agent: '100', state: 'pending' } },
  ]);
});

test('[A-17] by keys: for any agent, on another number, at a time of their clock; taken back by key in the same wrap-up', async () => {
  const on = await centre();
  const phone = await ready(on);
  const heard: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('25#');
  await on.clock.runFor(2000);
  expect(heard).toContain('outdial/callback-none');
  phone.press('3#4#16505559876#1#');
  await isState(on, 'ready');
  await on.clock.runFor(12_000);
  const [callback] = await callbacks(on);
  expect(callback).toMatchObject({ agent: null, state: 'pending', number: '+16505559876' });
  expect(heard).toEqual(expect.arrayContaining(['outdial/their-time', 'outdial/callback-for-any']));
});

test('[A-17] a callback that was set before is taken back by key while the record is wrapped up', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  const at = on.clock.now() + 2 * HOUR_MS;
  await on.clock.settle(on.engine.setCallback({ record: 1, at, agent: null, by: { kind: 'agent', agent: '100' } }));
  await isState(on, 'wrap-up');
  phone.press('25#');
  await on.clock.runFor(6000);
  expect((await callbacks(on)).map(({ state }) => state)).toEqual(['cancelled']);
  phone.press('1');
  await isState(on, 'ready');
  expect((await record(on))?.state).not.toBe('waiting');
});

test('[A-18] at its time the personal callback is dialed for its agent alone, who is taken for the pacer, and connected', async () => {
  const on = await centre({ agents: 2, records: 1 });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  await ready(on, 1);
  const [callback] = await callbacks(on);

  await on.clock.runFor((callback?.at ?? 0) - on.clock.now() - 1000);
  expect(await attempts(on)).toHaveLength(1);
  await isState(on, 'engaged');
  expect((await agentOf(on, 1))?.state).toBe('ready');
  await isState(on, 'talking');
  expect(await agentOf(on)).toMatchObject({ origin: 'personal-callback' });
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'ready');

  const [, second] = await attempts(on);
  expect(second).toMatchObject({ agent: '100', result: 'connected', disposition: 'sale' });
  expect((await callbacks(on))[0]).toMatchObject({ state: 'done', keptIn: second?.attempt });
  expect((await record(on))?.state).toBe('finished');
  expect(on.complaints).toEqual([]);
});

test('[A-18] its agent is away: it waits, then falls to the group', async () => {
  const on = await centre({ agents: 2 });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  phone.press('9');
  await ready(on, 1);
  const [callback] = await callbacks(on);
  const at = callback?.at ?? 0;

  await on.clock.runFor(at + 29 * MINUTE_MS - on.clock.now());
  expect(await attempts(on)).toHaveLength(1);
  await on.clock.runFor(3 * MINUTE_MS);

  expect((await attempts(on))[1]).toMatchObject({ agent: '101', result: 'connected' });
});

test('[A-18] an agent comes back within the wait: gets the callback as soon as ready', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  phone.press('0');
  const [callback] = await callbacks(on);
  await on.clock.runFor((callback?.at ?? 0) + 10 * MINUTE_MS - on.clock.now());
  expect(await attempts(on)).toHaveLength(1);

  phone.press('1');
  await on.clock.runFor(2000);
  phone.press('1');
  await isState(on, 'talking');
  expect((await attempts(on))[1]?.dialedAt).toBeGreaterThan(callback?.at ?? 0);
});

test('[A-17] an admin sets one for any agent; it comes before fresh records, whatever the attempts so far', async () => {
  const on = await centre({ records: 3 });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  const at = on.clock.now() + 5000;
  const row = await on.clock.settle(on.engine.setCallback({ record: 1, at, agent: null, by: by('ann') }));
  expect(row).toMatchObject({ state: 'pending', agent: null, setBy: 'ann' });
  await on.clock.runFor(6000);
  phone.press('1');
  await isState(on, 'wrap-up', 0, 2 * MINUTE_MS);

  const rows = await attempts(on);
  expect(rows.map((attempt) => attempt.record)).toEqual([1, 1]);
});

test('[A-17] a time in the past, too far off, or for somebody who does not work there is refused with the reason', async () => {
  const on = await centre();
  const now = on.clock.now();
  const set = (at: number, agent: string | null = null) =>
    on.engine.setCallback({ record: 1, at, agent, by: by('ann') }).then(
      () => 'agreed',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
  expect(await on.clock.settle(set(now - 1))).toBe('callback-past');
  expect(await on.clock.settle(set(now + 100 * 24 * HOUR_MS))).toBe('callback-too-far');
  expect(await on.clock.settle(set(now + HOUR_MS, '777'))).toBe('agent-unknown');
  expect(await callbacks(on)).toEqual([]);
});

test('[X-01] [A-17] a callback to a number on the do-not-call list is refused, and says which list', async () => {
  const on = await centre();
  const number = (await record(on))?.contact.phones[0]?.number ?? '';
  await on.store.doNotCall.add([number], { list: 'global', by: 'ann', at: 0, reason: '' });
  const set = on.engine.setCallback({ record: 1, at: on.clock.now() + HOUR_MS, agent: null, by: by('ann') });
  await expect(on.clock.settle(set)).rejects.toMatchObject({
    code: 'callback-forbidden',
    message: expect.stringContaining('do-not-call list') as string,
  });
});

test('[A-17] moved by an admin, then cancelled: the record is finished, and every step is kept', async () => {
  const on = await centre();
  const first = await on.clock.settle(
    on.engine.setCallback({ record: 1, at: on.clock.now() + HOUR_MS, agent: '100', by: by('ann') }),
  );
  const moved = await on.clock.settle(
    on.engine.setCallback({ record: 1, at: on.clock.now() + 2 * HOUR_MS, agent: null, by: by('bob') }),
  );
  expect(moved.id).toBe(first.id);
  await on.clock.settle(on.engine.cancelCallback(first.id, { by: by('ann'), again: false }));

  expect(await callbacks(on)).toMatchObject([{ state: 'cancelled', agent: null }]);
  expect((await on.store.callbacks.steps(first.id)).map(({ what, by }) => `${what} ${by}`)).toEqual([
    'set ann',
    'moved bob',
    'cancelled ann',
  ]);
  expect((await record(on))?.state).toBe('finished');
  const again = on.engine.cancelCallback(first.id, { by: by('ann'), again: false });
  await expect(on.clock.settle(again)).rejects.toMatchObject({ code: 'callback-over' });
});

test('[L-09] [A-18] the personal callback is not answered: the rules say when it is tried again, for the same agent', async () => {
  let calls = 0;
  const plan = (): CallPlan => {
    calls += 1;
    return calls === 2 ? NEVER_ANSWERS : talks(5000);
  };
  const on = await centre({
    plan,
    campaign: {
      attempts: { max: 9, perDay: 9 },
      callAgain: [
        { when: 'result == "no-answer"', then: { do: 'call-again', afterMs: 10 * MINUTE_MS, phone: 'same' } },
      ],
    },
  });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('21#');
  await isState(on, 'ready');
  await isState(on, 'engaged', 0, 2 * HOUR_MS);
  await isState(on, 'ready');
  expect((await callbacks(on))[0]?.state).toMatch(/pending|due/);
  expect((await record(on))?.state).toBe('waiting');
  await isState(on, 'talking', 0, 20 * MINUTE_MS);

  const rows = await attempts(on);
  expect(rows.map(({ result }) => result)).toEqual(['connected', 'no-answer', null]);
  expect(await agentOf(on)).toMatchObject({ origin: 'personal-callback' });
});

test('[X-01] "do not call": every number of the contact is on the list at once, and the record is finished', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('3');
  await isState(on, 'ready');
  await on.clock.runFor(100);

  const number = (await record(on))?.contact.phones[0]?.number ?? '';
  expect(await on.store.doNotCall.check(number)).toMatchObject([{ list: 'global', by: 'agent 100' }]);
  expect(await record(on)).toMatchObject({ state: 'finished', lastDisposition: 'stop' });
});

test('[X-08] "do not call back": rests for the campaign’s time, then is dialed again', async () => {
  const on = await centre({ campaign: { attempts: { max: 2, perDay: 2 }, doNotCallBackMs: 2 * HOUR_MS } });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('4');
  await isState(on, 'ready');
  const held = await record(on);
  expect(held).toMatchObject({ state: 'waiting' });
  expect(Math.abs((held?.dueAt ?? 0) - on.clock.now() - 2 * HOUR_MS)).toBeLessThan(MINUTE_MS);

  await on.clock.runFor(2 * HOUR_MS - 2 * MINUTE_MS);
  expect(await attempts(on)).toHaveLength(1);
  await isState(on, 'talking', 0, 5 * MINUTE_MS);
});

test('[A-16] "other phone": the number typed becomes one more phone of the contact', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  phone.press('512125550199#');
  await isState(on, 'ready');
  await on.clock.runFor(100);
  expect((await record(on))?.contact.phones.at(-1)).toEqual({ number: '+12125550199', type: 'other' });
});

test('[A-17] [O-09] agreed in the wrap-up, then the daemon dies before the disposition: the callback is kept', async () => {
  const on = await centre();
  await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  const at = on.clock.now() + HOUR_MS;
  await on.clock.settle(on.engine.setCallback({ record: 1, at, agent: '100', by: by('agent 100') }));
  on.killEngine();
  await on.startEngine();
  await on.clock.runFor(2 * MINUTE_MS);

  expect(await record(on)).toMatchObject({ state: 'waiting' });
  expect(await callbacks(on)).toMatchObject([{ state: 'pending', at, agent: '100' }]);
  await isState(on, 'talking', 0, 2 * HOUR_MS);
});
