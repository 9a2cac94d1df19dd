// Numbers that are never dialed, in the simulated call centre: forged caller IDs, records, typed numbers; and the limits
// on calls in an hour, which a restart does not reset.

import { afterEach, describe, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import { NUMBER_CLASSES, USUAL_CLASSES } from '../../../src/campaign/number-gate.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PREMIUM = '+19005551234';
const AUSTRIA = ['+4313456701', '+4313456702', '+4313456703', '+4313456704', '+4313456705'];

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const NEVER_ANSWERS: CallPlan = { setUpMs: 100, before: 'ringing', afterMs: 0, outcome: { type: 'no-answer' } };

const BACK: Partial<Campaign> = {
  name: 'call-back',
  mode: 'auto-callback',
  lists: ['missed'],
  attempts: { max: 3, perDay: 3 },
  callerIds: { choose: 'fixed', numbers: ['+12125550199'] },
  autoCallback: { from: ['renewals'], missed: ['inbound', 'abandoned'], afterMs: MINUTE_MS },
};

/** Ready agents, the campaign runs; there is no answer. */
async function dialing(options: RigOptions): Promise<Rig> {
  const running = await Rig.start({ agents: 2, plan: () => NEVER_ANSWERS, ...options });
  rig = running;
  running.startRobots();
  await running.clock.runFor(30_000);
  await running.startCampaign();
  return running;
}

/** A campaign that takes calls without an agent, one that calls back, and its agent. */
async function callBacks(options: RigOptions = {}): Promise<Rig> {
  const running = await Rig.start({
    agents: 1,
    records: 0,
    others: [BACK],
    plan: () => NEVER_ANSWERS,
    campaignKey: () => '1',
    ...options,
  });
  rig = running;
  await running.startCampaign();
  await running.clock.settle(running.engine.actOnCampaign('call-back', 'start', by('test')));
  running.startRobots();
  await running.clock.runFor(30_000);
  return running;
}

async function calledBy(on: Rig, caller: string): Promise<void> {
  on.exchange.callIn({ caller, called: '+12125550100', patienceMs: 5000 });
  await on.clock.runFor(30_000);
}

const dialed = (on: Rig): readonly string[] => on.exchange.calls.map(({ number }) => number);
const reasons = async (on: Rig): Promise<readonly (string | null)[]> =>
  (await on.store.inbound.list({})).map(({ notCalledBack }) => notCalledBack);

describe('a forged caller ID', () => {
  test.each([
    ['911', 'an emergency number: never dialed.'],
    ['112', 'an emergency number: never dialed.'],
    ['+1911', 'an emergency number: never dialed.'],
    [PREMIUM, 'a premium number of US: not allowed on trunk main (allow_classes).'],
    ['+19001234567', 'a premium number of US: not allowed on trunk main (allow_classes).'],
    [
      '+881612345678',
      'a number of a satellite or international network of no country: not allowed on trunk main (allow_classes).',
    ],
    [
      '+447012345678',
      'a personal number, which forwards to anywhere of GB: not allowed on trunk main (allow_classes).',
    ],
    ['+18765230123', 'a number of a fixed line or mobile of JM: not allowed on trunk main (allow_countries).'],
    ['12345', 'a short code: never dialed.'],
  ])('[C-15] %s: no one is called back, and the call says why', async (caller, why) => {
    const on = await callBacks();
    await calledBy(on, caller);
    await calledBy(on, '+16505550123');
    expect(await on.clock.runUntilTrue(() => dialed(on).length > 0, 10 * MINUTE_MS)).toBe(true);
    await on.clock.runFor(10 * MINUTE_MS);
    expect(new Set(dialed(on))).toEqual(new Set(['+16505550123']));
    expect(await reasons(on)).toEqual([`The caller's number is ${why}`, null]);
    expect(await on.store.records.find({ campaign: 'call-back', text: '', limit: 9 })).toHaveLength(1);
  });

  test('[C-15] [O-09] the daemon is started again: it is still not called back', async () => {
    const on = await callBacks();
    await calledBy(on, PREMIUM);
    on.killEngine();
    on.trunk = { reach: { countries: ['US'], classes: NUMBER_CLASSES } };
    await on.clock.runFor(MINUTE_MS);
    await on.startEngine();
    await on.clock.runFor(10 * MINUTE_MS);
    expect(dialed(on)).toEqual([]);
  });

  test('[C-15] allowed on the trunk by name: called back', async () => {
    const on = await callBacks({ trunk: { reach: { countries: ['US'], classes: [...USUAL_CLASSES, 'premium'] } } });
    await calledBy(on, PREMIUM);
    expect(await on.clock.runUntilTrue(() => dialed(on).length > 0, 10 * MINUTE_MS)).toBe(true);
  });
});

describe('callers whom no list holds', () => {
  const callers = Array.from({ length: 6 }, (_, index) => `+1650555010${index}`);

  test('[C-15] a flood of forged numbers: so many are called back in an hour, also with a restart in between', async () => {
    const on = await callBacks({ unknownCallers: { perHour: 3 } });
    for (const caller of callers.slice(0, 4)) await calledBy(on, caller);
    on.killEngine();
    await on.startEngine();
    await on.clock.runFor(10_000);
    for (const caller of callers.slice(4)) await calledBy(on, caller);
    const limit =
      'The caller is on no list, and 3 of 3 callbacks to such callers in an hour are used (unknown_callers).';
    expect(await reasons(on)).toEqual([null, null, null, limit, limit, limit]);
    expect(await on.store.records.find({ campaign: 'call-back', text: '', limit: 9 })).toHaveLength(3);
    await on.clock.runFor(HOUR_MS);
    await calledBy(on, '+16505550199');
    expect((await reasons(on)).at(-1)).toBeNull();
  });

  test('[C-15] the same number again and again: two callbacks a day', async () => {
    const on = await callBacks({ others: [{ ...BACK, attempts: { max: 9, perDay: 9 } }] });
    for (let call = 0; call < 4; call += 1) {
      await calledBy(on, '+16505550123');
      await on.clock.runFor(20 * MINUTE_MS);
    }
    const limit =
      'The caller is on no list, and 2 of 2 callbacks to the number in 24 hours are used (unknown_callers).';
    expect(await reasons(on)).toEqual([null, null, limit, limit]);
    expect(dialed(on)).toHaveLength(2);
  });

  test('[C-15] who is on a list is called back all the same', async () => {
    const on = await callBacks({ numbers: ['+16505550123'], unknownCallers: { perHour: 0, perNumberPerDay: 0 } });
    await calledBy(on, '+16505550124');
    await calledBy(on, '+16505550123');
    expect((await reasons(on)).map((why) => why !== null)).toEqual([true, false]);
  });
});

describe('records whose numbers the trunk never dials', () => {
  test('[L-12] they are set aside, not offered again, and the campaign says so', async () => {
    const on = await dialing({ numbers: [PREMIUM, '+16505550123', '+447012345678'] });
    expect(await on.untilExhausted(30 * MINUTE_MS)).toBe(true);
    expect(new Set(dialed(on))).toEqual(new Set(['+16505550123']));
    expect(await on.store.records.show(1)).toMatchObject({
      state: 'removed',
      why: `${PREMIUM} is a premium number of US: not allowed on trunk main (allow_classes).`,
    });
    expect(await on.store.attempts.list({ record: 1 })).toEqual([]);
  });

  test('[L-12] the settings are changed: at the next start they are dialed', async () => {
    const on = await dialing({ numbers: [PREMIUM, '+447012345678'] });
    expect(await on.untilExhausted(30 * MINUTE_MS)).toBe(true);
    on.killEngine();
    on.trunk = { reach: { countries: ['US'], classes: [...USUAL_CLASSES, 'premium'] } };
    await on.startEngine();
    await on.startCampaign();
    expect(await on.clock.runUntilTrue(() => dialed(on).length > 0, 10 * MINUTE_MS)).toBe(true);
    await on.clock.runFor(10 * MINUTE_MS);
    expect(new Set(dialed(on))).toEqual(new Set([PREMIUM]));
    expect((await on.store.records.show(2))?.state).toBe('removed');
  });
});

test('[X-09] whatever has chosen a number: the gate is asked once more at the dial, and the attempt says why', async () => {
  const reach = [{ trunk: 'main', countries: ['US'], classes: NUMBER_CLASSES }];
  const on = await dialing({ numbers: [PREMIUM], campaign: { reach } });
  await on.clock.runFor(5 * MINUTE_MS);
  expect(dialed(on)).toEqual([]);
  const [attempt] = await on.store.attempts.list({});
  expect(attempt).toMatchObject({
    number: PREMIUM,
    result: 'cancelled',
    counts: false,
    verdictCause: 'The number is a premium number of US: not allowed on trunk main (allow_classes).',
  });
});

describe('calls in an hour', () => {
  test('[X-09] the trunk has a limit in all: no more leave, the campaign says why, and a restart changes nothing', async () => {
    const on = await dialing({ records: 30, trunk: { hourly: { home: 'US', perHour: 7, perHourAbroad: 120 } } });
    await on.clock.runFor(20 * MINUTE_MS);
    expect(dialed(on)).toHaveLength(7);
    expect(on.engine.campaigns()[0]?.why).toMatch(/has placed 7 calls within the hour/);
    on.killEngine();
    await on.startEngine();
    await on.clock.runFor(20 * MINUTE_MS);
    expect(dialed(on)).toHaveLength(7);
    await on.clock.runFor(HOUR_MS);
    expect(dialed(on).length).toBeGreaterThan(7);
    const at = on.exchange.calls.map(({ placedAt }) => placedAt);
    for (const from of at)
      expect(at.filter((one) => one >= from && one < from + HOUR_MS).length).toBeLessThanOrEqual(7);
  });

  test('[X-09] two campaigns call the same country at the same moment: together they keep to its limit', async () => {
    const on = await dialing({
      numbers: AUSTRIA,
      others: [{ name: 'second', mode: 'progressive' }],
      campaignKey: (agent) => String(agent + 1),
      campaign: { mode: 'progressive' },
      trunk: { reach: { countries: ['US', 'AT'], classes: USUAL_CLASSES }, hourly: { home: 'US', perHourAbroad: 1 } },
    });
    await on.clock.settle(on.engine.actOnCampaign('second', 'start', by('test')));
    await on.clock.runFor(20 * MINUTE_MS);
    expect(on.engine.campaigns().map(({ agents }) => agents.ready)).toEqual([1, 1]);
    expect(dialed(on)).toHaveLength(1);
  });

  test('[X-09] each country abroad has a limit: the rest of the list goes on, also after a restart', async () => {
    const on = await dialing({
      numbers: [...AUSTRIA, '+16505550123', '+16505550124'],
      trunk: {
        reach: { countries: ['US', 'AT'], classes: USUAL_CLASSES },
        hourly: { home: 'US', perHourAbroad: 2 },
      },
    });
    await on.clock.runFor(20 * MINUTE_MS);
    const abroad = () => dialed(on).filter((number) => number.startsWith('+43'));
    expect(dialed(on)).toHaveLength(4);
    expect(abroad()).toHaveLength(2);
    on.killEngine();
    await on.startEngine();
    await on.clock.runFor(20 * MINUTE_MS);
    expect(abroad()).toHaveLength(2);
    await on.clock.runFor(HOUR_MS);
    expect(abroad()).toHaveLength(4);
  });
});
