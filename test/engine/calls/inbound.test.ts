// People who call us, in the simulated call centre: who reaches an agent with the record open, who waits, who is missed
// and called back by a campaign of mode auto-callback.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';

const MINUTE_MS = 60_000;
const CALLED = '+12125550100';
const CALLER = '+16502000000';
const MUSIC_AFTER: Partial<Campaign['inbound']> = { waitMs: 30_000 };

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const NEVER_ANSWERS: CallPlan = { setUpMs: 100, before: 'ringing', afterMs: 0, outcome: { type: 'no-answer' } };
const picksUp = (talksMs: number): CallPlan => ({
  setUpMs: 100,
  before: 'ringing',
  afterMs: 1000,
  outcome: { type: 'person', talksMs },
});

const handling = (parts: Partial<Campaign['inbound']> = {}): Campaign['inbound'] => ({
  take: true,
  greeting: 'outdial/welcome',
  waiting: 'music',
  waitMs: 30_000,
  busySound: 'outdial/inbound-busy',
  closedSound: 'outdial/inbound-closed',
  ...parts,
});

const BACK: Partial<Campaign> = {
  name: 'call-back',
  mode: 'auto-callback',
  lists: ['missed'],
  callerIds: { choose: 'fixed', numbers: ['+12125550199'] },
  autoCallback: { from: ['renewals'], missed: ['inbound', 'abandoned'], afterMs: MINUTE_MS },
  attempts: { max: 3, perDay: 3 },
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'rest', label: 'Do not call back', key: '4', then: { do: 'do-not-call-back' } },
  ],
};

async function centre(options: RigOptions = {}): Promise<Rig> {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => NEVER_ANSWERS,
    ...options,
    campaign: {
      mode: 'progressive',
      attempts: { max: 9, perDay: 9 },
      inbound: handling(MUSIC_AFTER),
      wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'ready' },
      callAgain: [
        { when: 'result == "no-answer"', then: { do: 'call-again', afterMs: 60 * MINUTE_MS, phone: 'same' } },
      ],
      ...options.campaign,
    },
  });
  return rig;
}

/** Agent `index` signs in by phone (to the campaign of that key) and is ready. */
async function ready(on: Rig, index = 0, campaignKey?: string): Promise<SimulatedPhone> {
  const phone = on.exchange.phone(`a${100 + index}`, { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press(`${100 + index}#4711#`);
  await on.clock.runFor(6000);
  if (campaignKey !== undefined) phone.press(campaignKey);
  await on.clock.runFor(3000);
  phone.press('1');
  await on.clock.runFor(1000);
  return phone;
}

async function isState(on: Rig, state: string, withinMs = MINUTE_MS): Promise<void> {
  let now = '';
  for (let waited = 0; waited <= withinMs && now !== state; waited += 250) {
    await on.clock.runFor(250);
    now = (await on.engine.agents())[0]?.state ?? 'nobody';
  }
  expect(now).toBe(state);
}

const callsIn = (on: Rig) => on.store.inbound.list({});
const record = (on: Rig, id = 1) => on.store.records.show(id);

/** The campaign runs, its one record has been dialed in vain and waits. */
async function dialedInVain(options: RigOptions = {}): Promise<{ on: Rig; phone: SimulatedPhone }> {
  const on = await centre(options);
  const phone = await ready(on);
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => on.exchange.calls[0]?.endedAt !== undefined, 2 * MINUTE_MS)).toBe(true);
  await on.clock.runFor(1000);
  return { on, phone };
}

test('[C-16] a person whom we called in vain calls back: reaches the ready agent with the record open', async () => {
  const { on, phone } = await dialedInVain();
  const person = on.exchange.callIn({ caller: CALLER, called: CALLED, talksMs: 10_000 });
  await isState(on, 'talking');
  const agent = (await on.engine.agents())[0];
  expect(agent).toMatchObject({ origin: 'inbound', attempt: `i-${person.leg.id}` });
  expect((await record(on))?.state).toBe('dialing');
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'ready');
  await on.clock.runFor(100);

  expect(await callsIn(on)).toMatchObject([
    { campaign: 'renewals', record: 1, caller: CALLER, outcome: 'talked', agent: '100', disposition: 'sale' },
  ]);
  expect(await record(on)).toMatchObject({ state: 'finished', lastDisposition: 'sale', attempts: 1 });
  expect(await on.store.attempts.list({})).toHaveLength(1);
  expect(on.exchange.callRecords.all.map(({ attempt }) => attempt)).toContain(`i-${person.leg.id}`);
  expect(on.complaints).toEqual([]);
});

test('[C-16] [A-16] what was said of a call that came in is corrected: its record is decided again, no attempt is counted', async () => {
  const dispositions = BACK.dispositions ?? [];
  const { on, phone } = await dialedInVain({ campaign: { dispositions } });
  on.exchange.callIn({ caller: CALLER, called: CALLED, talksMs: 10_000 });
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'ready');
  await on.clock.runFor(100);
  const [call] = await callsIn(on);
  const rest = await on.clock.settle(on.engine.dispose({ attempt: call?.call ?? '', disposition: 'rest' }));

  expect(rest).toMatchObject({ record: 1, disposition: 'rest', before: { disposition: 'sale' } });
  expect(await callsIn(on)).toMatchObject([{ disposition: 'rest' }]);
  expect(await record(on)).toMatchObject({ state: 'waiting', lastDisposition: 'rest', attempts: 1 });
});

test('[C-16] [X-01] an unknown caller called and did not want to be called: corrected afterwards, the number is on the list', async () => {
  const stop = { code: 'stop', label: 'Do not call', key: '5' } as const;
  const dispositions = [
    ...(BACK.dispositions ?? []),
    { ...stop, then: { do: 'do-not-call', list: 'global', numbers: 'dialed' } } as const,
  ];
  const { on, phone } = await dialedInVain({ campaign: { dispositions } });
  const unknown = '+13105550111';
  on.exchange.callIn({ caller: unknown, called: CALLED, talksMs: 10_000 });
  await isState(on, 'wrap-up');
  phone.press('1');
  await isState(on, 'ready');
  await on.clock.runFor(100);
  const [call] = await callsIn(on);
  const given = await on.clock.settle(on.engine.dispose({ attempt: call?.call ?? '', disposition: 'stop' }));

  expect(given).toMatchObject({ record: null, before: { disposition: 'sale' } });
  expect(await callsIn(on)).toMatchObject([{ caller: unknown, record: null, disposition: 'stop' }]);
  expect(await on.store.doNotCall.check(unknown)).toHaveLength(1);
  expect(on.complaints).toEqual([]);
});

test('[C-16] no agent is free: greeting, music, and the agent who becomes free takes the call', async () => {
  const { on, phone } = await dialedInVain();
  on.exchange.callIn({ caller: '+16505550123', called: CALLED, talksMs: 20_000 });
  await isState(on, 'talking');
  const second = on.exchange.callIn({ caller: CALLER, called: CALLED, talksMs: 5000 });
  await on.clock.runFor(5000);
  expect(second.leg.heard.map(({ sound }) => sound)).toEqual(['outdial/welcome']);
  expect(second.companyAt).toBeUndefined();
  await isState(on, 'wrap-up');
  phone.press('1');
  await on.clock.runFor(1000);
  expect(second.companyAt).toBeDefined();
});

test('[C-16] no agent within the limit: hears so, and the record stands as before', async () => {
  const { on } = await dialedInVain();
  const before = await record(on);
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await isState(on, 'talking');
  const second = on.exchange.callIn({ caller: CALLER, called: CALLED });
  await on.clock.runFor(45_000);

  expect(second.leg.endedAt).toBeDefined();
  expect(second.leg.heard.map(({ sound }) => sound)).toEqual(['outdial/welcome', 'outdial/inbound-busy']);
  expect((await callsIn(on))[1]).toMatchObject({ outcome: 'missed', record: 1, agent: null });
  expect(await record(on)).toEqual(before);
});

test('[C-16] presses 1 while hearing that no agent is free: thanked, and due at once in the same campaign', async () => {
  const { on, phone } = await dialedInVain({ plan: (_number) => picksUp(5000), campaign: { callAgain: [] } });
  await isState(on, 'wrap-up');
  const second = on.exchange.callIn({
    caller: CALLER,
    called: CALLED,
    presses: { key: '1', at: 'outdial/inbound-busy' },
  });
  await on.clock.runFor(45_000);
  expect(second.leg.heard.at(-1)?.sound).toBe('outdial/inbound-wished');
  phone.press('1');
  await on.clock.runFor(60_000);

  expect(await callsIn(on)).toMatchObject([{ outcome: 'callback-requested' }]);
  expect((await record(on))?.state).toBe('waiting');
  await on.startCampaign();
  await isState(on, 'talking');
  const rows = await on.store.attempts.list({});
  expect(rows.map(({ number }) => number)).toEqual([CALLER, CALLER]);
});

test('[C-16] the campaign is stopped: the caller hears that no agent is there', async () => {
  const on = await centre();
  const person = on.exchange.callIn({ caller: CALLER, called: CALLED });
  await on.clock.runFor(10_000);
  expect(person.leg.heard.map(({ sound }) => sound)).toEqual(['outdial/inbound-closed']);
  expect(person.leg.endedAt).toBeDefined();
  expect(await callsIn(on)).toMatchObject([{ outcome: 'missed' }]);
});

test('[C-16] a number of no campaign: not taken, said so, and nothing is noted', async () => {
  const on = await centre();
  const person = on.exchange.callIn({ caller: CALLER, called: '+19995550000' });
  await on.clock.runFor(15_000);
  expect(person.leg.heard.map(({ sound }) => sound)).toEqual(['outdial/not-taking-calls']);
  expect(person.leg.endedAt).toBeDefined();
  expect(await callsIn(on)).toEqual([]);
});

test('[C-16] the caller hangs up before anybody is found: missed, and the record is free again', async () => {
  const { on } = await dialedInVain();
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await isState(on, 'talking');
  on.exchange.callIn({ caller: CALLER, called: CALLED, patienceMs: 3000 });
  await on.clock.runFor(6000);
  expect((await callsIn(on))[1]).toMatchObject({ outcome: 'missed', endedBy: 'person' });
  expect((await record(on))?.state).toBe('waiting');
});

test('[C-16] [O-09] the daemon dies in the conversation: it goes on, and the call is closed as talked', async () => {
  const { on } = await dialedInVain();
  const person = on.exchange.callIn({ caller: CALLER, called: CALLED, talksMs: 30_000 });
  await isState(on, 'talking');
  on.killEngine();
  await on.clock.runFor(1000);
  await on.startEngine();
  await on.clock.runFor(5000);
  expect(person.leg.state).toBe('up');
  expect((await on.engine.agents())[0]).toMatchObject({ state: 'talking', origin: 'inbound' });
  await isState(on, 'wrap-up');
  expect(await callsIn(on)).toMatchObject([{ outcome: 'talked', agent: '100' }]);
});

test('[C-15] missed inbound, unknown number: a contact and a record of the auto-callback campaign, dialed after its time', async () => {
  const on = await centre({ agents: 2, records: 0, others: [BACK], plan: () => picksUp(5000) });
  await on.clock.settle(on.engine.actOnCampaign('call-back', 'start', by('test')));
  await ready(on, 0, '1');
  expect((await on.engine.agents())[0]?.campaign).toBe('call-back');
  const missedAt = on.clock.now();
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await on.clock.runFor(10_000);
  expect(await on.store.records.find({ campaign: 'call-back', text: '', limit: 5 })).toMatchObject([
    { state: 'waiting', contact: { phones: [{ number: '+16505550123' }] } },
  ]);
  await isState(on, 'talking', 3 * MINUTE_MS);

  const [row] = await on.store.attempts.list({ campaign: 'call-back' });
  expect(row).toMatchObject({ number: '+16505550123' });
  expect((row?.dialedAt ?? 0) - missedAt).toBeGreaterThanOrEqual(MINUTE_MS);
  expect(on.engine.campaign('call-back')?.state).toBe('running');
});

test('[C-15] [X-08] "do not call back" is honoured: missed again within the time, nothing happens', async () => {
  const on = await centre({ agents: 1, records: 0, others: [BACK], plan: () => picksUp(5000) });
  await on.clock.settle(on.engine.actOnCampaign('call-back', 'start', by('test')));
  const phone = await ready(on, 0, '1');
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await isState(on, 'wrap-up', 3 * MINUTE_MS);
  phone.press('4');
  await isState(on, 'ready');
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await on.clock.runFor(10 * MINUTE_MS);

  expect(await on.store.attempts.list({ campaign: 'call-back' })).toHaveLength(1);
  const [held] = await on.store.records.find({ campaign: 'call-back', text: '', limit: 5 });
  expect((held?.dueAt ?? 0) - on.clock.now()).toBeGreaterThan(80 * 24 * 60 * MINUTE_MS);
});

test('[X-09] [C-16] the number that a person was shown has been taken out: who calls it back reaches the campaign all the same', async () => {
  const { on } = await dialedInVain();
  const [{ callerId } = { callerId: '' }] = await on.store.attempts.list({});
  await on.changeCampaign({ callerIds: { choose: 'fixed', numbers: ['+12125550188'] } });
  expect(callerId).toBe(CALLED);
  on.exchange.callIn({ caller: CALLER, called: CALLED, talksMs: 10_000 });
  await isState(on, 'talking');
  expect(await callsIn(on)).toMatchObject([{ campaign: 'renewals', record: 1, called: CALLED }]);
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  on.exchange.callIn({ caller: CALLER, called: '+12125550177' });
  await on.clock.runFor(2000);
  // Unknown callers too reach whoever showed it last; a number that was never shown is no one's.
  expect((await callsIn(on)).map(({ caller }) => caller)).toEqual([CALLER, '+16505550123']);
});

test('[C-15] missed, calls again and talks before the call back is due: is not called any more', async () => {
  const on = await centre({ agents: 2, records: 0, others: [BACK], plan: () => picksUp(5000) });
  await on.startCampaign();
  await on.clock.settle(on.engine.actOnCampaign('call-back', 'start', by('test')));
  await ready(on, 1, '1');
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await on.clock.runFor(10_000);
  expect(await on.store.records.find({ campaign: 'call-back', text: '', limit: 5 })).toMatchObject([
    { state: 'waiting' },
  ]);
  await ready(on, 0, '2');
  on.exchange.callIn({ caller: '+16505550123', called: CALLED, talksMs: 5000 });
  await on.clock.runFor(20 * MINUTE_MS);

  expect((await callsIn(on)).map(({ outcome }) => outcome)).toEqual(['missed', 'talked']);
  expect(await on.store.attempts.list({ campaign: 'call-back' })).toEqual([]);
  expect(await on.store.records.find({ campaign: 'call-back', text: '', limit: 5 })).toMatchObject([
    { state: 'finished', finishedWhy: 'Was missed, and has talked with an agent since.' },
  ]);
});

test('[C-15] missed again while the call back is in conversation: called once, not again when it is over', async () => {
  const on = await centre({ agents: 1, records: 0, others: [BACK], plan: () => picksUp(40_000) });
  await on.clock.settle(on.engine.actOnCampaign('call-back', 'start', by('test')));
  const phone = await ready(on, 0, '1');
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await isState(on, 'talking', 3 * MINUTE_MS);
  on.exchange.callIn({ caller: '+16505550123', called: CALLED });
  await isState(on, 'wrap-up', 2 * MINUTE_MS);
  phone.press('1');
  await on.clock.runFor(20 * MINUTE_MS);

  expect(await callsIn(on)).toHaveLength(2);
  expect(await on.store.attempts.list({ campaign: 'call-back' })).toHaveLength(1);
});

test('[C-15] an abandoned person is called back as well, though the agents of the campaign are busy', async () => {
  const on = await centre({
    agents: 1,
    records: 1,
    others: [BACK],
    plan: () => picksUp(5000),
    campaign: { mode: 'ratio', callAgain: [], inbound: handling() },
  });
  await on.clock.settle(on.engine.actOnCampaign('call-back', 'start', by('test')));
  const phone = await ready(on, 0, '2');
  expect((await on.engine.agents())[0]?.campaign).toBe('renewals');
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => on.exchange.calls.length > 0, MINUTE_MS)).toBe(true);
  phone.press('0');
  await on.clock.runFor(20_000);

  expect(on.complaints).toEqual([]);
  expect(await on.store.attempts.list({})).toMatchObject([{ result: 'abandoned' }]);
  expect(await on.store.records.find({ campaign: 'call-back', text: '', limit: 5 })).toMatchObject([
    { state: 'waiting' },
  ]);
});
