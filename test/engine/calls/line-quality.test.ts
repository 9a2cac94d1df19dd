// How the sound of conversations was carried, in a simulated call centre whose exchange counts what a test says.

import { afterEach, expect, test } from 'vitest';
import type { LineFigures } from '../../../src/call/line.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** One person is called and talks for so long; the exchange has carried 50 packets a second, of which 1 in 10 was lost. */
async function called(talksMs: number): Promise<{ readonly on: Rig; readonly asked: readonly string[] }> {
  const person = (): CallPlan => ({
    ...{ setUpMs: 200, before: 'ringing', afterMs: 2_000 },
    outcome: { type: 'person', talksMs },
  });
  const on = await Rig.start({ agents: 1, records: 1, plan: person, campaign: { mode: 'progressive' } });
  rig = on;
  const asked: string[] = [];
  Object.assign(on.exchange, {
    line: (leg: string): Promise<LineFigures> => {
      asked.push(leg);
      const carried = { packets: 90 * asked.length, lost: 10 * asked.length, jitterMs: 0 };
      return Promise.resolve({ heard: carried, spoken: carried, roundTripMs: 20 });
    },
  });
  on.startRobots();
  await on.clock.runFor(20_000);
  await on.startCampaign();
  const ended = async () => (await on.clock.settle(on.store.attempts.list({}))).some(({ endedAt }) => endedAt !== null);
  for (let tries = 0; tries < 60 && !(await ended()); tries += 1) await on.clock.runFor(1_000);
  return { on, asked };
}

const partsOf = async (on: Rig) => {
  const [attempt] = await on.clock.settle(on.store.attempts.list({}));
  return on.clock.settle(on.store.callParts.of(attempt?.attempt ?? ''));
};

test('[D-09] a conversation of eight seconds: both lines are looked at once, and kept with its times', async () => {
  const { on, asked } = await called(8_000);
  expect(asked.map((leg) => leg.slice(0, 2)).toSorted()).toEqual(['c-', 'ph']);
  const lines = await partsOf(on);
  expect(lines.map(({ part }) => part)).toEqual(['person-line']);
  for (const { who, startedAt, endedAt } of lines) {
    expect(who).toMatch(/^MOS \d\.\d+, loss 10\.0 %, jitter 0 ms/);
    expect((endedAt ?? 0) - startedAt).toBeGreaterThanOrEqual(7_900);
  }
});

test('[D-09] a conversation of fifteen seconds: both are looked at twice, and the line of the agent is kept too', async () => {
  const { on, asked } = await called(15_000);
  expect(asked).toHaveLength(4);
  expect((await partsOf(on)).map(({ part }) => part)).toEqual(['agent-line', 'person-line']);
});

test('[D-09] a conversation of two seconds: the exchange is not asked, nothing is kept', async () => {
  const { on, asked } = await called(2_000);
  expect(asked).toEqual([]);
  expect(await partsOf(on)).toEqual([]);
});
