// A record that is reserved for an agent for a time, in a simulated call centre. How agents dial theirs, one number after
// the other and over crashes, is tried at their desks (test/engine/desks).

import { afterEach, expect, test } from 'vitest';
import { type CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig } from '../../support/rig.ts';
import { busy } from '../../support/call-plans.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const MINUTE_MS = 60_000;

interface Desk {
  readonly on: Rig;
  readonly isIn: (state: string, withinMs?: number) => Promise<void>;
  readonly dial: () => Promise<string>;
  readonly record: () => Promise<string | undefined>;
}

/** One agent who is ready in a campaign in which agents dial, and a record that is reserved for them. */
async function desk(plan: (call: number) => CallPlan): Promise<Desk> {
  let calls = 0;
  const on = await Rig.start({
    agents: 1,
    records: 2,
    campaign: { mode: 'manual', attempts: { max: 5, perDay: 5 } },
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
  return { on, isIn, dial, record };
}

test('[C-05] the time of the reservation is over: an undialed record goes back to the top, a dialed one is decided', async () => {
  const { on, isIn, dial, record } = await desk(busy);
  await dial();
  await on.clock.runFor(11 * MINUTE_MS);
  await isIn('ready');
  expect(await record()).not.toBe('dialing');
  expect(await on.store.reservations.all()).toEqual([]);
});
