// Agent-first dialing in a simulated call centre: a record is reserved for an agent and dialed for that agent alone, on one
// number after the other; it stays with the agent until something is said of it, also over a crash.

import { afterEach, expect, test } from 'vitest';
import type { AgentView } from '../../../src/engine/control.ts';
import type { ReservedRecord } from '../../../src/engine/store/reservations.ts';
import { REFUSALS, type CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const MINUTE_MS = 60_000;
const answers = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 3_000,
  outcome: { type: 'person', talksMs: 20_000 },
});
const busy = (): CallPlan => ({ setUpMs: 200, before: 'nothing', afterMs: 500, outcome: REFUSALS.busy });

interface Desk {
  readonly on: Rig;
  readonly reserved: ReservedRecord;
  readonly agent: () => Promise<AgentView | undefined>;
  readonly isIn: (state: string, withinMs?: number) => Promise<void>;
  readonly dial: () => Promise<string>;
  readonly record: () => Promise<string | undefined>;
}

/** One agent who is ready in a campaign in which agents dial, and a record that is reserved for them. */
async function desk(plan: (call: number) => CallPlan): Promise<Desk> {
  let calls = 0;
  const on = await Rig.start({
    ...{ agents: 1, records: 2, campaign: { mode: 'manual', attempts: { max: 5, perDay: 5 } } },
    plan: () => plan((calls += 1)),
  });
  rig = on;
  on.startRobots();
  await on.startCampaign();
  const agent = async () => (await on.engine.agents())[0];
  const isIn = async (state: string, withinMs = MINUTE_MS): Promise<void> => {
    const isThere = () => on.engine.campaign(on.campaign.name)?.agents[state as 'ready'] === 1;
    expect(await on.clock.runUntilTrue(isThere, withinMs), `agent is ${state}`).toBe(true);
  };
  await isIn('ready');
  const { number = '' } = (await agent()) ?? {};
  const now = on.clock.now();
  const request = { campaign: on.campaign, agent: number, reservation: 'r-1', now, untilAt: now + 10 * MINUTE_MS };
  const { reserved } = await on.clock.settle(on.store.reservations.reserve(request));
  if (!reserved) throw new Error('nothing was reserved');
  const dial = async (): Promise<string> => {
    const asked = on.engine.dialFor((await agent())?.session ?? '', { what: 'reserved', reservation: 'r-1' });
    if (typeof asked !== 'string') throw new Error(asked.why);
    return asked;
  };
  const record = async () => (await on.store.records.show(reserved.record.record))?.state;
  return { on, reserved, agent, isIn, dial, record };
}

test('[C-05] a reserved record is dialed for its agent alone: engaged, talking, and what is said decides', async () => {
  const { on, agent, isIn, dial, record } = await desk(answers);

  const attempt = await dial();

  expect(await agent()).toMatchObject({ state: 'engaged', attempt });
  expect(on.engine.dialFor((await agent())?.session ?? '', { what: 'callback' })).toMatchObject({ code: 'agent-busy' });
  await isIn('talking');
  await isIn('wrap-up');
  expect(await record()).toBe('dialing');
  await isIn('ready');
  expect(await record()).toBe('finished');
  expect(await on.store.attempts.list({})).toMatchObject([
    { attempt, result: 'connected', disposition: expect.any(String) as string },
  ]);
});

test('[C-05] busy: the agent stays engaged, the record theirs, and it is dialed again', async () => {
  const { on, agent, isIn, dial, record } = await desk((call) => (call === 1 ? busy() : answers()));
  await dial();
  const isOver = () => on.engine.health().calls === 0;
  expect(await on.clock.runUntilTrue(isOver, MINUTE_MS)).toBe(true);
  expect(await agent()).toMatchObject({ state: 'engaged' });
  expect(await agent()).not.toHaveProperty('attempt');
  expect(await record()).toBe('dialing');

  await dial();

  await isIn('talking');
  await isIn('ready');
  expect((await on.store.attempts.list({})).map(({ result }) => result)).toEqual(['busy', 'connected']);
  expect(await record()).toBe('finished');
});

test('[O-09] killed between two calls for it: agent and record are where they were, and it is dialed again', async () => {
  const { on, agent, isIn, dial, record } = await desk((call) => (call === 1 ? busy() : answers()));
  await dial();
  await on.clock.runUntilTrue(() => on.engine.health().calls === 0, MINUTE_MS);
  await on.clock.runFor(1_000);
  on.killEngine();
  await on.clock.runFor(5_000);
  await on.startEngine();
  expect(await agent()).toMatchObject({ state: 'engaged' });
  expect(await record()).toBe('dialing');

  await dial();

  await isIn('talking');
  await isIn('ready');
  expect((await on.store.attempts.list({})).map(({ result }) => result)).toEqual(['busy', 'connected']);
});

test('[C-05] the time of the reservation is over: an undialed record goes back to the top, a dialed one is decided', async () => {
  const { on, isIn, dial, record } = await desk(busy);
  await dial();
  await on.clock.runFor(11 * MINUTE_MS);
  await isIn('ready');
  expect(await record()).not.toBe('dialing');
  expect(await on.store.reservations.all()).toEqual([]);
});
