// What happened on the exchange while no one listened, and what had been agreed before: after an outage of the link or a
// restart of the daemon both count as if they had been heard.

import { afterEach, expect, test, vi } from 'vitest';
import type { TelephonyEvent } from '../../src/engine/ports.ts';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../support/rig.ts';
import { by } from '../support/actors.ts';
import { talks } from '../support/call-plans.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let rig: Rig | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await rig?.close();
  rig = undefined;
});

async function centre(options: RigOptions = {}): Promise<Rig> {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => talks(20_000),
    ...options,
    campaign: {
      mode: 'progressive',
      attempts: { max: 3, perDay: 3 },
      wrapUp: { limitMs: 10 * MINUTE_MS, dispositionRequired: true, over: 'paused' },
      dispositions: [
        { code: 'sale', label: 'Sold', key: '1' },
        { code: 'later', label: 'Call later', key: '2', ask: 'callback' },
      ],
      ...options.campaign,
    },
  });
  return rig;
}

/** Agent `index` signs in by phone and is ready. */
async function ready(on: Rig, index = 0): Promise<SimulatedPhone> {
  const phone = on.exchange.phone(`a${100 + index}`, { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press(`${100 + index}#4711#`);
  await on.clock.runFor(6000);
  phone.press('1');
  await on.clock.runFor(1000);
  return phone;
}

const inState = (on: Rig, state: 'talking' | 'wrap-up' | 'ready'): number =>
  on.engine.campaigns()[0]?.agents[state] ?? 0;

async function until(on: Rig, state: 'talking' | 'wrap-up' | 'ready', withinMs = MINUTE_MS): Promise<void> {
  expect(await on.clock.runUntilTrue(() => inState(on, state) === 1, withinMs), state).toBe(true);
}

const isJoined = (on: Rig): boolean => on.exchange.look().bridges.some(({ legs }) => legs.length === 2);

test('[O-09] the link breaks just as the legs are joined: the agent is talking once it is back, the end is a conversation', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => isJoined(on), MINUTE_MS)).toBe(true);
  const joinedAt = on.clock.now();
  on.exchange.dropLink();
  await on.clock.runFor(2000);
  on.exchange.restoreLink();
  await on.clock.runFor(1000);

  expect(inState(on, 'talking')).toBe(1);
  await until(on, 'wrap-up');
  phone.press('1');
  await until(on, 'ready');
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', disposition: 'sale', agent: '100', endedBy: 'person' });
  expect((row?.bridgedAt ?? 0) - joinedAt).toBeGreaterThanOrEqual(0);
});

/** The person's leg is in our hands, an agent is reserved, and the command to join them is under way. */
async function breakBeforeTheyAreJoined(on: Rig): Promise<void> {
  const isOurs = (): boolean => on.exchange.look().legs.some(({ leg, ours }) => leg.startsWith('c-') && ours);
  expect(await on.clock.runUntilTrue(isOurs, MINUTE_MS)).toBe(true);
  await on.clock.runFor(1);
  expect(isJoined(on)).toBe(false);
  on.exchange.dropLink();
}

test('[O-09] the link breaks before the legs could be joined: no storm of commands, and they are joined once it is back', async () => {
  const on = await centre();
  await ready(on);
  await on.startCampaign();
  await breakBeforeTheyAreJoined(on);
  await on.clock.runFor(500);
  expect(on.complaints.filter((line) => line.includes('add-to-bridge'))).toHaveLength(1);
  on.exchange.restoreLink();
  await until(on, 'talking', 1000);
  expect(isJoined(on)).toBe(true);
});

test('[O-09] the link breaks before the legs could be joined and stays away: abandoned, the agent is free again', async () => {
  const on = await centre();
  await ready(on);
  await on.startCampaign();
  await breakBeforeTheyAreJoined(on);
  await on.clock.runFor(6000);
  on.exchange.restoreLink();
  await on.clock.runFor(10_000);
  expect(await on.store.attempts.list({})).toMatchObject([{ result: 'abandoned' }]);
  expect(inState(on, 'ready')).toBe(1);
});

test('[O-09] a call is placed while the exchange is still saying what lives there: it is not taken for lost', async () => {
  const on = await centre({ agents: 1, records: 1 });
  await ready(on);
  on.killEngine();
  let report: (event: TelephonyEvent) => void = () => undefined;
  const start = on.exchange.start.bind(on.exchange);
  vi.spyOn(on.exchange, 'start').mockImplementation((listener) => start((report = listener)));
  await on.startEngine();
  await on.clock.runFor(2000);
  const snapshot = on.exchange.snapshot.bind(on.exchange);
  vi.spyOn(on.exchange, 'snapshot').mockImplementationOnce(async () => {
    const seen = await snapshot();
    return new Promise((resolve) => {
      on.clock.after(500, () => resolve(seen));
    });
  });

  report({ type: 'link', at: on.clock.now(), up: true, restarted: true, reason: 'came back before it was missed' });
  await on.clock.runFor(100);
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => on.exchange.calls.length === 1, 300)).toBe(true);
  await on.clock.runFor(1000);
  expect(await on.store.attempts.list({})).toMatchObject([{ result: null }]);
  await until(on, 'talking');
  await until(on, 'wrap-up');
  expect(await on.store.attempts.list({})).toMatchObject([{ result: 'connected' }]);
});

test('[A-18] [O-09] the daemon dies as a callback is being kept: the talk keeps it, no second call is due', async () => {
  const on = await centre();
  const phone = await ready(on);
  const at = on.clock.now() + 5 * MINUTE_MS;
  await on.clock.settle(on.engine.setCallback({ record: 1, at, agent: '100', by: by('admin') }));
  await on.startCampaign();
  await until(on, 'talking', 10 * MINUTE_MS);
  on.killEngine();
  await on.clock.runFor(500);
  await on.startEngine();
  await until(on, 'wrap-up');
  phone.press('1');
  await until(on, 'ready');
  await on.clock.runFor(1000);

  expect(await on.store.records.show(1)).toMatchObject({ state: 'finished', lastDisposition: 'sale' });
  expect(await on.store.callbacks.list({ state: 'all', limit: 10, now: on.clock.now() })).toMatchObject([
    { state: 'done' },
  ]);
  await on.clock.runFor(10 * MINUTE_MS);
  expect(await on.store.attempts.list({})).toHaveLength(1);
});

test('[O-09] [L-10] a call over a restart of the daemon, closed in the wrap-up: it counts as one of the attempts', async () => {
  const on = await centre({
    campaign: {
      attempts: { max: 1, perDay: 1 },
      callAgain: [{ when: 'disposition == "sale"', then: { do: 'call-again', afterMs: HOUR_MS, phone: 'same' } }],
    },
  });
  const phone = await ready(on);
  await on.startCampaign();
  await until(on, 'wrap-up');
  await on.clock.runFor(500);
  on.killEngine();
  await on.startEngine();
  await on.clock.runFor(500);
  phone.press('1');
  await until(on, 'ready');
  await on.clock.runFor(70 * MINUTE_MS);

  expect(await on.store.attempts.list({})).toMatchObject([{ disposition: 'sale' }]);
  expect((await on.store.records.facts(1))?.facts).toMatchObject({ state: 'finished', attempts: 1 });
});

test.each(['an outage of the link', 'a restart of ours'])(
  '[O-09] picked up and over in %s: booked with the times of the call record, not with those at which we heard of it',
  async (when) => {
    const on = await centre({ plan: () => talks(3000) });
    await ready(on);
    await on.startCampaign();
    const isRinging = (): boolean => on.exchange.look().legs.some(({ state }) => state === 'ringing');
    expect(await on.clock.runUntilTrue(isRinging, MINUTE_MS)).toBe(true);
    if (when === 'a restart of ours') on.killEngine();
    else on.exchange.dropLink();
    await on.clock.runFor(20_000);
    if (when === 'a restart of ours') await on.startEngine();
    else on.exchange.restoreLink();
    await on.clock.runFor(2000);

    const [row] = await on.store.attempts.list({});
    const [call] = on.exchange.calls;
    expect(row).toMatchObject({ result: 'abandoned', answeredAt: call?.answeredAt });
    expect(Math.abs((row?.endedAt ?? 0) - (call?.endedAt ?? 0))).toBeLessThan(100);
    expect(on.clock.now() - (call?.endedAt ?? 0)).toBeGreaterThan(10_000);
  },
);

test.each([
  ['picks up 12 s after our CANCEL', 12_000, { result: 'abandoned', sipCode: 200 }],
  ['never does', 3_600_000, { result: 'no-answer' }],
])(
  '[D-01] [X-07] killed between our CANCEL and the last word of the network, the person %s: booked so',
  async (_then, pickedUpAfterCancelMs, row) => {
    const plan: CallPlan = { ...talks(0), outcome: { type: 'no-answer' }, pickedUpAfterCancelMs };
    const on = await centre({ plan: () => plan });
    await ready(on);
    await on.startCampaign();
    const isGivenUp = (): boolean => on.exchange.look().legs.some(({ givenUp }) => givenUp === true);
    expect(await on.clock.runUntilTrue(isGivenUp, MINUTE_MS)).toBe(true);
    await on.clock.runFor(1000);
    on.killEngine();
    await on.startEngine();
    await on.clock.runFor(MINUTE_MS);

    expect((await on.store.attempts.list({}))[0]).toMatchObject({ ...row, endedBy: 'dialer', counts: true });
  },
);

test('[A-16] [O-09] an agent’s phone is lost in the conversation: the next agent takes the person, and says what it was', async () => {
  const on = await centre({ agents: 2, plan: () => talks(60_000) });
  const first = await ready(on);
  await on.startCampaign();
  await until(on, 'talking');
  const second = await ready(on, 1);
  first.lost();
  const isWithSecond = async (): Promise<boolean> =>
    (await on.engine.agents()).some(({ number, state }) => number === '101' && state === 'talking');
  await on.clock.runFor(20_000);
  expect(await isWithSecond()).toBe(true);
  await until(on, 'wrap-up', 2 * MINUTE_MS);
  second.press('1');
  await on.clock.runFor(5000);

  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', disposition: 'sale', agent: '101' });
});
