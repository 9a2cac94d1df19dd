// People whom a call has met without an agent, in a simulated call centre: called again as the law has it, with an agent
// held for the call.

import { afterEach, expect, test } from 'vitest';
import type { Excuse, RulePack } from '../../src/campaign/rule-pack.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import { Rig } from '../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const person = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome: { type: 'person', talksMs: 20_000 },
});

const quiet = (parts: { readonly thenAgentEngaged: boolean; readonly unless: readonly Excuse[] }): RulePack => ({
  name: 'left',
  title: 'Left alone',
  countries: ['US'],
  states: [],
  holidays: [],
  clauses: [
    {
      id: 'quiet',
      says: 'An hour.',
      citation: 'none',
      checked: null,
      kind: 'quiet',
      after: 'abandoned',
      per: 'number',
      for: { unit: 'time', ms: HOUR_MS },
      ...parts,
    },
  ],
});

/** One agent, two people called at once: one of them is abandoned, and due again a minute later. */
async function abandonedOne(
  rules: readonly RulePack[],
): Promise<{ readonly rig: Rig; readonly abandoned: AttemptRow }> {
  const running = await Rig.start({
    agents: 1,
    records: 2,
    plan: person,
    campaign: {
      mode: 'ratio',
      pacing: {
        abandonTarget: 0.03,
        ringTimeoutMs: 25_000,
        minRingMs: 15_000,
        maxLines: 10,
        maxCallsPerSecond: 10,
        ratio: 2,
        weight: 1,
      },
      rules,
      attempts: { max: 3, perDay: 3 },
      callAgain: [
        { when: 'result == "abandoned"', then: { do: 'call-again', afterMs: MINUTE_MS, phone: 'same' } },
        { when: 'result == "no-answer"', then: { do: 'call-again', afterMs: MINUTE_MS, phone: 'same' } },
      ],
    },
  });
  rig = running;
  running.startRobots();
  await running.clock.runFor(20_000);
  await running.startCampaign();
  await running.clock.runFor(30_000);
  const abandoned = (await running.store.attempts.list({})).find(({ result }) => result === 'abandoned');
  if (!abandoned) throw new Error('nobody was abandoned');
  return { rig: running, abandoned };
}

/** The next call to the abandoned person, and what the agent was doing when it was placed. */
async function nextCall({ store, clock, engine }: Rig, before: AttemptRow, withinMs: number) {
  const isDialed = (): boolean => (engine.campaigns()[0]?.calls.ringing ?? 0) > 0;
  if (!(await clock.runUntilTrue(isDialed, withinMs))) return undefined;
  const [agent] = await engine.agents();
  const again = (await store.attempts.list({ record: before.record })).at(-1);
  return { dialedAt: again?.dialedAt ?? 0, agent: agent?.state };
}

test('[X-07] the law lets an hour pass, and then only calls with an agent engaged: so it is dialed, and they talk', async () => {
  const { rig: running, abandoned } = await abandonedOne([quiet({ thenAgentEngaged: true, unless: [] })]);
  const endedAt = abandoned.endedAt ?? 0;

  const again = await nextCall(running, abandoned, 3 * HOUR_MS);

  expect(again?.agent).toBe('engaged');
  expect(again?.dialedAt).toBeGreaterThanOrEqual(endedAt + HOUR_MS);
  expect(again?.dialedAt).toBeLessThan(endedAt + HOUR_MS + MINUTE_MS);
  expect(await running.untilExhausted(HOUR_MS)).toBe(true);
  const calls = await running.store.attempts.list({ record: abandoned.record });
  expect(calls.map(({ result }) => result)).toEqual(['abandoned', 'connected']);
  // The time for which the agent was held while the person was called is the agent's time.
  const times = await running.store.sessions.times({ fromAt: again?.dialedAt ?? 0, toAt: running.clock.now() });
  const held = times.filter(({ state }) => state === 'engaged').reduce((sum, { ms }) => sum + ms, 0);
  expect(held).toBeGreaterThanOrEqual(2_000);
});

test('[X-07] the law lets an hour pass unless an agent is engaged: the campaign does not wait, an agent is engaged', async () => {
  const { rig: running, abandoned } = await abandonedOne([quiet({ thenAgentEngaged: false, unless: ['agent-held'] })]);

  const again = await nextCall(running, abandoned, HOUR_MS / 2);

  expect(again?.agent).toBe('engaged');
  expect(again?.dialedAt).toBeLessThan((abandoned.endedAt ?? 0) + 2 * MINUTE_MS);
});

test('[X-07] the agent is away when the time is over: no one is called until the agent is back', async () => {
  const { rig: running, abandoned } = await abandonedOne([quiet({ thenAgentEngaged: true, unless: [] })]);
  running.robots[0]?.finish();
  await running.clock.runFor(2 * MINUTE_MS);
  expect((await running.engine.agents())[0]?.state).toBe('offline');

  expect(await nextCall(running, abandoned, 2 * HOUR_MS)).toBeUndefined();
});

test('[X-07] the daemon restarts: who waits for an engaged agent is not forgotten', async () => {
  const { rig: running, abandoned } = await abandonedOne([quiet({ thenAgentEngaged: true, unless: [] })]);
  running.killEngine();
  await running.clock.runFor(HOUR_MS + 10 * MINUTE_MS);
  await running.startEngine();

  expect(await nextCall(running, abandoned, 10 * MINUTE_MS)).toMatchObject({ agent: 'engaged' });
});

test.each([
  ['half an hour before the time is over', -HOUR_MS / 2, 5 * MINUTE_MS],
  ['a second before, back at once', -1000, 500],
  ['a second before, back a second after', -1000, 2000],
  ['at the very moment', 0, 100],
  ['while the person is looked for', 5_000, 100],
])(
  '[X-07] the daemon is killed %s: who waits for an engaged agent is called all the same',
  async (_when, fromMs, awayMs) => {
    const { rig: running, abandoned } = await abandonedOne([quiet({ thenAgentEngaged: true, unless: [] })]);
    const overAt = (abandoned.endedAt ?? 0) + HOUR_MS;
    await running.clock.runFor(overAt + fromMs - running.clock.now());
    running.killEngine();
    await running.clock.runFor(awayMs);
    await running.startEngine();

    await running.clock.runFor(overAt + 4 * MINUTE_MS - running.clock.now());
    const calls = await running.store.attempts.list({ record: abandoned.record });
    expect(calls.map(({ result }) => result)).toEqual(['abandoned', 'connected']);
  },
);
