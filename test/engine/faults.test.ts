// A bug, made by a log that throws at a chosen line: whatever kind of event it meets, its call is hung up unless people
// talk, its campaign places no new calls and says so, the other campaign and the conversations go on, a person lifts it.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { CampaignView } from '../../src/engine/control-views.ts';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { aCampaign } from '../records/builders.ts';
import { Rig } from '../support/rig.ts';
import { by } from '../support/actors.ts';

const MINUTE_MS = 60_000;
const BUG = 'a bug';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const PERSON: CallPlan = {
  setUpMs: 100,
  before: 'ringing',
  afterMs: 1000,
  outcome: { type: 'person', talksMs: 30_000 },
};
const CAMPAIGN: Partial<Campaign> = {
  mode: 'progressive',
  wrapUp: { limitMs: 5_000, dispositionRequired: false, over: 'ready' },
};
const OTHER: Partial<Campaign> = {
  ...CAMPAIGN,
  name: 'other',
  callerIds: { choose: 'fixed', numbers: ['+12125550177'] },
};

type Fields = Readonly<Record<string, unknown>>;

/** Two campaigns with an agent each, ready; the log throws once at the line that `isIt`. */
async function centre(isIt: (fields: Fields, message: string) => boolean): Promise<Rig> {
  let isArmed = true;
  const onLog = (fields: object, message: string): void => {
    if (!isArmed || !isIt(fields as Fields, message)) return;
    isArmed = false;
    throw new Error(BUG);
  };
  rig = await Rig.start({ agents: 2, records: 6, plan: () => PERSON, campaign: CAMPAIGN, others: [OTHER], onLog });
  return rig;
}

async function ready(on: Rig, index: number, campaignKey: string): Promise<SimulatedPhone> {
  const phone = on.exchange.phone(`a${100 + index}`, { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press(`${100 + index}#4711#`);
  await on.clock.runFor(5000);
  phone.press(campaignKey);
  await on.clock.runFor(3000);
  phone.press('1');
  await on.clock.runFor(1000);
  return phone;
}

const view = (on: Rig, name = on.campaign.name): CampaignView => {
  const found = on.engine.campaign(name);
  if (!found) throw new Error(`no campaign ${name}`);
  return found;
};

/** Both run, each with its agent. */
async function running(on: Rig): Promise<void> {
  const names = [on.campaign.name, 'other'].toSorted();
  await ready(on, 0, String(names.indexOf(on.campaign.name) + 1));
  await ready(on, 1, String(names.indexOf('other') + 1));
  await on.startCampaign();
  await on.clock.settle(on.engine.actOnCampaign('other', 'start', by('test')));
}

const attemptsOf = async (on: Rig, campaign: string): Promise<number> =>
  (await on.store.attempts.list({ campaign })).length;

test.each<[string, (fields: Fields, message: string) => boolean]>([
  ['session', (fields, message) => message === 'agent' && fields['to'] === 'wrap-up' && fields['campaign'] !== 'other'],
  ['then', (fields, message) => message === 'callback' && fields['campaign'] !== 'other'],
  ['call', (fields, message) => message === 'call' && fields['to'] === 'ringing' && fields['campaign'] !== 'other'],
])('[O-09] a bug in handling a %s event stops its campaign alone; started again it dials', async (kind, isIt) => {
  const on = await centre(isIt);
  await running(on);
  if (kind === 'then') {
    const at = on.clock.now() + 30 * MINUTE_MS;
    await on.clock.settle(on.engine.setCallback({ record: 6, at, agent: null, by: by('ann') }));
  }
  await on.clock.runFor(2 * MINUTE_MS);
  const stopped = await attemptsOf(on, on.campaign.name);
  const others = await attemptsOf(on, 'other');
  expect(view(on)).toMatchObject({ state: 'running', dialing: false, why: expect.stringContaining(BUG) as string });
  expect(view(on, 'other').why).not.toContain(BUG);
  expect(on.engine.health().halted).toEqual([on.campaign.name]);
  await on.clock.runFor(2 * MINUTE_MS);
  expect(await attemptsOf(on, on.campaign.name)).toBe(stopped);
  expect(await attemptsOf(on, 'other')).toBeGreaterThan(others);

  const lifted = await on.clock.settle(on.engine.actOnCampaign(on.campaign.name, 'start', by('ann')));
  expect(lifted.why).not.toContain(BUG);
  expect(on.engine.health().halted).toEqual([]);
  const steps = await on.store.campaigns.history(on.campaign.name);
  expect(steps.at(-1)).toMatchObject({ by: 'ann', reason: expect.stringContaining(BUG) as string });
});

test('[O-09] a bug while a person is put through: no one is left on a line that leads nowhere', async () => {
  const isIt = (fields: Fields, message: string): boolean =>
    message === 'agent' && fields['to'] === 'reserved' && fields['campaign'] !== 'other';
  const on = await centre(isIt);
  await running(on);
  await on.clock.runFor(5000);

  const [call] = on.exchange.calls;
  expect(call?.endedAt).toBeDefined();
  expect(view(on)).toMatchObject({ dialing: false, why: expect.stringContaining(BUG) as string });
});

/** The engine's trunk has one line: a line that leaks keeps everybody from dialing. */
const ENDS: readonly { readonly called: string; readonly plan: CallPlan; readonly row: object }[] = [
  {
    called: 'talks and hangs up',
    plan: { ...PERSON, outcome: { type: 'person', talksMs: 5_000 } },
    row: { result: 'connected', endedBy: 'person', counts: true },
  },
  {
    called: 'is busy',
    plan: { ...PERSON, outcome: { type: 'refused', cause: 17, sipCode: 486 } },
    row: { result: 'busy', endedBy: 'network', counts: true },
  },
  {
    called: 'cannot be reached by the network',
    plan: { ...PERSON, before: 'nothing', outcome: { type: 'refused', cause: 34, sipCode: 503 } },
    row: { result: 'congestion', endedBy: 'network', counts: false },
  },
];

test.each(ENDS)(
  '[O-09] [O-13] a bug as a call ends whose number $called: closed with its result, line and agent are free, its campaign stops',
  async ({ plan, row }) => {
    let isArmed = true;
    const onLog = (fields: object, message: string): void => {
      const { to, campaign } = fields as Fields;
      if (!isArmed || message !== 'call' || to !== 'ended' || campaign === 'other') return;
      isArmed = false;
      throw new Error(BUG);
    };
    let calls = 0;
    const first = (): CallPlan => ((calls += 1) === 1 ? plan : PERSON);
    rig = await Rig.start({
      agents: 2,
      records: 6,
      plan: first,
      campaign: CAMPAIGN,
      others: [OTHER],
      onLog,
      trunk: { maxLines: 1 },
    });
    await running(rig);
    await rig.clock.runFor(MINUTE_MS);

    const mine = await rig.store.attempts.list({ campaign: rig.campaign.name });
    expect(mine[0]).toMatchObject({ ...row, endedAt: expect.any(Number) as number });
    expect(mine).toHaveLength(1);
    expect(view(rig)).toMatchObject({ state: 'running', dialing: false, why: expect.stringContaining(BUG) as string });
    expect(rig.exchange.look().legs.filter(({ leg }) => leg === `c-${mine[0]?.attempt}`)).toEqual([]);
    expect((await rig.engine.agents())[0]?.state).toBe('ready');
    await rig.clock.settle(rig.engine.actOnCampaign(rig.campaign.name, 'start', by('ann')));
    await rig.clock.runFor(MINUTE_MS);
    expect(await attemptsOf(rig, rig.campaign.name)).toBeGreaterThan(1);
    expect(await attemptsOf(rig, 'other')).toBeGreaterThan(1);
  },
);

test('[O-09] a bug as a call is placed: its leg is hung up, the attempt is closed, its campaign stops', async () => {
  const on = await centre((fields, message) => message === 'call placed' && fields['campaign'] !== 'other');
  await running(on);
  await on.clock.runFor(2 * MINUTE_MS);

  expect((await on.store.attempts.list({ campaign: on.campaign.name }))[0]).toMatchObject({ result: 'failed' });
  expect(view(on)).toMatchObject({ dialing: false, why: expect.stringContaining(BUG) as string });
  expect(view(on, 'other').why).not.toContain(BUG);
});

test('[O-09] a bug as the phone of an agent dies in a conversation: the person gets another agent, the session is over', async () => {
  const isIt = (fields: Fields, message: string): boolean =>
    message === 'agent' && fields['event'] === 'phone-lost' && fields['campaign'] !== 'other';
  const on = await centre(isIt);
  const key = String([on.campaign.name, 'other'].toSorted().indexOf(on.campaign.name) + 1);
  const phone = await ready(on, 0, key);
  await ready(on, 1, key);
  await on.startCampaign();
  await on.clock.runFor(5_000);
  expect(view(on).calls.talking).toBeGreaterThan(0);
  phone.lost();
  await on.clock.runFor(4 * MINUTE_MS);

  const agents = await on.engine.agents();
  expect(agents.map(({ state }) => state)).not.toContain('talking');
  expect(agents[0]?.state).toBe('offline');
  const rows = await on.store.attempts.list({ campaign: on.campaign.name });
  expect(rows.map(({ result }) => result)).not.toContain(null);
});

test('[O-09] a bug as the phone of an agent is put down in the wrap-up: the session is over, the record is decided without a word', async () => {
  let isArmed = false;
  const onTimer = (): void => {
    if (!isArmed) return;
    isArmed = false;
    throw new Error(BUG);
  };
  const campaign = { ...CAMPAIGN, wrapUp: { limitMs: MINUTE_MS, dispositionRequired: true, over: 'ready' } } as const;
  rig = await Rig.start({ agents: 1, records: 1, plan: () => PERSON, campaign, onTimer });
  const phone = await ready(rig, 0, '1');
  await rig.startCampaign();
  await rig.clock.runFor(40_000);
  expect((await rig.engine.agents())[0]?.state).toBe('wrap-up');
  isArmed = true;
  phone.hangUp();
  await rig.clock.runFor(1_000);

  expect(rig.engine.health().halted).toEqual([rig.campaign.name]);
  expect((await rig.engine.agents())[0]?.state).toBe('offline');
  expect(await rig.store.attempts.list({})).toMatchObject([{ result: 'connected' }]);
  expect((await rig.store.records.counts(rig.campaign.name)).byState.finished).toBe(1);
});

test('[O-09] a bug in deciding what becomes of a record: no one calls it again, line and agent are free, its campaign stops', async () => {
  // What no reader of campaign files lets through stands for the bug.
  const { priority } = JSON.parse('{"priority": null}') as { priority: { by: number } };
  const again = { do: 'call-again', afterMs: MINUTE_MS, phone: 'same' } as const;
  const callAgain = [{ when: 'result == "busy"', then: again, priority }];
  const attempts = { max: 5, perDay: 5 };
  const busy: CallPlan = { ...PERSON, outcome: { type: 'refused', cause: 17, sipCode: 486 } };
  rig = await Rig.start({
    agents: 2,
    records: 6,
    plan: () => busy,
    campaign: { ...CAMPAIGN, callAgain, attempts },
    others: [OTHER],
    trunk: { maxLines: 1 },
  });
  await running(rig);
  await rig.clock.runFor(MINUTE_MS);

  const mine = await rig.store.attempts.list({ campaign: rig.campaign.name });
  expect(mine).toMatchObject([{ result: 'busy', counts: true }]);
  expect(view(rig)).toMatchObject({ state: 'running', dialing: false });
  expect((await rig.store.records.counts(rig.campaign.name)).byState.finished).toBe(1);
  expect((await rig.engine.agents())[0]?.state).toBe('ready');
  expect(await attemptsOf(rig, 'other')).toBeGreaterThan(1);
});

test('[O-09] a bug as a call rings, and the exchange refuses to hang it up: the call ends all the same, and its line is free', async () => {
  const rings: CallPlan = { ...PERSON, outcome: { type: 'no-answer' } };
  const pacing = { ...aCampaign().pacing, ringTimeoutMs: 10 * MINUTE_MS };
  const refuses = { refused: 1 };
  const onLog = (fields: object, message: string): void => {
    const { to, campaign } = fields as Fields;
    if (message !== 'call' || to !== 'ringing' || campaign === 'other') return;
    rig?.exchange.setTrouble(refuses);
    throw new Error(BUG);
  };
  rig = await Rig.start({ agents: 1, records: 2, plan: () => rings, campaign: { ...CAMPAIGN, pacing }, onLog });
  await ready(rig, 0, '1');
  await rig.startCampaign();
  await rig.clock.runFor(2 * MINUTE_MS);

  const [row] = await rig.store.attempts.list({});
  expect(row?.result).toBe('failed');
  expect((row?.endedAt ?? 0) - (row?.ringingAt ?? 0)).toBe(40_000);
  expect(view(rig).calls).toMatchObject({ ringing: 0 });
});

test('[O-09] a bug in mid-conversation does not cut it', async () => {
  const isIt = (fields: Fields, message: string): boolean =>
    message === 'agent' && fields['to'] === 'talking' && fields['campaign'] !== 'other';
  const on = await centre(isIt);
  await running(on);
  await on.clock.runFor(20_000);
  expect(view(on)).toMatchObject({ dialing: false, calls: { talking: 1 } });
  await on.clock.runFor(MINUTE_MS);
  expect((await on.store.attempts.list({ campaign: on.campaign.name }))[0]).toMatchObject({
    result: 'connected',
    endedBy: 'person',
  });
});

test('[O-09] a bug that cannot be laid to a campaign stops the dialing of all, and says so', async () => {
  const on = await centre((fields, message) => message === 'link to Asterisk' && fields['up'] === false);
  await running(on);
  await on.clock.runFor(20_000);
  on.exchange.dropLink();
  await on.clock.runFor(1000);
  on.exchange.restoreLink();
  await on.clock.runFor(MINUTE_MS);

  for (const name of [on.campaign.name, 'other']) {
    expect(view(on, name).why).toContain('which campaign it concerns is not known');
    await on.clock.settle(on.engine.actOnCampaign(name, 'resume', by('ann')));
  }
  expect(on.engine.health().halted).toEqual([]);
});

test('[O-09] a bug while an agent signs in: the phone is let go, and nothing is dialed until a person looks', async () => {
  let isArmed = false;
  const onTimer = (): void => {
    if (!isArmed) return;
    isArmed = false;
    throw new Error(BUG);
  };
  rig = await Rig.start({ agents: 1, records: 6, plan: () => PERSON, campaign: CAMPAIGN, onTimer });
  const phone = rig.exchange.phone('a100', { answers: 'at-once' });
  phone?.dial('*55');
  await rig.clock.runFor(1000);
  isArmed = true;
  phone?.press('1');
  await rig.clock.runFor(1000);

  expect(isArmed).toBe(false);
  expect(rig.engine.health().halted).toEqual([rig.campaign.name]);
  expect(rig.exchange.look().legs).toEqual([]);
});
