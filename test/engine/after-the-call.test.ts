// What agents say of a call reaches its record whatever happened in between: another agent took over, the call was not
// over yet, the daemon was killed. And what is written down of agents' sessions and their time.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { AgentSession } from '../../src/agent/session.ts';
import { sessionPlan } from '../../src/engine/agents/session-plan.ts';
import { mayTake } from '../../src/engine/agents/rights.ts';
import { World, type RunningCampaign } from '../../src/engine/world.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { aCampaign } from '../records/builders.ts';
import { Rig, type RigOptions } from '../support/rig.ts';
import { by } from '../support/actors.ts';
import { talks } from '../support/call-plans.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const CAMPAIGN: Partial<Campaign> = {
  mode: 'progressive',
  wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'ready' },
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'later', label: 'Call later', key: '2' },
  ],
};

async function centre(options: RigOptions = {}): Promise<Rig> {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => talks(20_000),
    ...options,
    campaign: { ...CAMPAIGN, ...options.campaign },
  });
  return rig;
}

async function ready(on: Rig, index = 0): Promise<SimulatedPhone> {
  const phone = on.exchange.phone(`a${100 + index}`, { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press(`${100 + index}#4711#`);
  await on.clock.runFor(7000);
  phone.press('1');
  await on.clock.runFor(1000);
  return phone;
}

async function isState(on: Rig, state: string, index = 0): Promise<void> {
  let now: string | undefined;
  for (let waited = 0; waited <= 2 * MINUTE_MS && now !== state; waited += 250) {
    await on.clock.runFor(250);
    now = (await on.engine.agents()).find(({ number }) => number === String(100 + index))?.state;
  }
  expect(now).toBe(state);
}

const attempts = (on: Rig) => on.store.attempts.list({});

test('[A-01] [D-02] the first agent’s phone dies in the conversation: what the second one says of it is kept', async () => {
  const on = await centre({ agents: 2, plan: () => talks(60_000) });
  const first = await ready(on, 0);
  const second = await ready(on, 1);
  await on.startCampaign();
  await isState(on, 'talking', 0);
  first.lost();
  await isState(on, 'talking', 1);
  await isState(on, 'wrap-up', 1);
  second.press('1');
  await on.clock.runFor(1_000);

  expect(await attempts(on)).toMatchObject([{ result: 'connected', agent: '101', disposition: 'sale' }]);
});

test('[A-01] said while the call is being ended: kept when it is over', async () => {
  const on = await centre();
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  on.exchange.setTrouble({ late: 1, lateMs: 400 });
  phone.press('**2');
  await on.clock.runFor(10_000);

  expect(await attempts(on)).toMatchObject([{ result: 'connected', endedBy: 'agent', disposition: 'later' }]);
});

test('[O-09] killed while the agent wraps up: the conversation counts, and the record is not dialed beyond its attempts', async () => {
  const on = await centre({
    campaign: {
      attempts: { max: 1, perDay: 9 },
      callAgain: [{ when: 'disposition == "later"', then: { do: 'call-again', afterMs: MINUTE_MS, phone: 'same' } }],
    },
  });
  const phone = await ready(on);
  await on.startCampaign();
  await isState(on, 'wrap-up');
  on.killEngine();
  await on.startEngine();
  phone.press('2');
  await isState(on, 'ready');
  expect((await on.store.records.show(1))?.state).toBe('finished');
  await on.clock.runFor(HOUR_MS);

  expect(await attempts(on)).toMatchObject([{ result: 'connected', disposition: 'later' }]);
});

test('[A-01] signed out: no session is left to be signed out again', async () => {
  const on = await centre();
  const phone = await ready(on);
  phone.press('9');
  await isState(on, 'offline');

  await expect(on.engine.signOutAgent('100', by('test'))).rejects.toMatchObject({ code: 'agent-not-signed-in' });
});

test('[A-01] about to be signed out, the agent is offered no call', () => {
  const definition = aCampaign();
  const world = new World();
  world.campaigns.set(definition.name, { definition } as RunningCampaign);
  world.agentsByNumber.set('100', { number: '100', name: 'Ada', groups: definition.agents, account: 'a100' });
  const session: AgentSession = {
    session: 's',
    agent: '100',
    account: 'a100',
    name: 'Ada',
    campaign: definition.name,
    plan: sessionPlan(definition, 'account'),
    state: 'ready',
    since: 0,
    bridge: 'b-s',
    phone: 'up',
    signOutAfter: false,
  };

  expect(mayTake(world, session)).toBe(true);
  expect(mayTake(world, { ...session, signOutAfter: true })).toBe(false);
});

test('[O-09] [A-01] the exchange dies in a conversation: no wrap-up, the record is decided without a word', async () => {
  const on = await centre();
  await ready(on);
  await on.startCampaign();
  await isState(on, 'talking');
  on.exchange.restart();
  await on.clock.runFor(30_000);

  expect((await on.engine.agents())[0]?.state).toBe('ready');
  expect(await attempts(on)).toMatchObject([{ result: 'connected', disposition: null }]);
  expect((await on.store.records.counts(on.campaign.name)).byState.finished).toBe(1);
});
