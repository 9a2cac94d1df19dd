// Machines that are left a message, and people who press the do-not-call key, in a simulated call centre.

import { afterEach, expect, test } from 'vitest';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import { Rig, type RigOptions } from '../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const answered = (outcome: CallPlan['outcome']) => (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome,
});
const machine = answered({ type: 'machine', greeting: 'long', recordsMs: 60_000 });
const ABANDON = { noAgentAfterMs: 2_000, noAgentSound: 'outdial/abandon', whileWaiting: 'silence' } as const;
const leaves = (detection: 'before-agent' | 'parallel') =>
  ({
    ...ABANDON,
    detection,
    onMachine: 'leave-message',
    message: { sound: 'outdial/message', ofAgent: 'messages/{agent}', beepWithinMs: 40_000 },
  }) as const;
const keyed = {
  ...ABANDON,
  detection: 'off',
  onMachine: 'hang-up',
  doNotCall: { key: '9', sound: 'outdial/do-not-call-confirmed' },
} as const;

async function day(options: RigOptions): Promise<Rig> {
  rig = await Rig.start(options);
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  expect(await rig.untilExhausted(3_600_000)).toBe(true);
  return rig;
}

test('[D-04] before the agent: every machine is left the message after its beep, and no agent hears any of it', async () => {
  const { exchange, store, engine } = await day({
    agents: 2,
    records: 6,
    plan: machine,
    campaign: { mode: 'progressive', answer: leaves('before-agent') },
  });

  const rows = await store.attempts.list({});
  expect(rows.map(({ result, messageLeft }) => [result, messageLeft])).toEqual(rows.map(() => ['machine', true]));
  for (const { heard, answeredAt, companyAt } of exchange.calls) {
    expect(companyAt).toBeUndefined();
    expect(heard.map(({ sound }) => sound)).toEqual(['outdial/message']);
    expect((heard[0]?.at ?? 0) - (answeredAt ?? 0)).toBeGreaterThan(15_000);
  }
  expect(engine.campaigns()[0]?.today).toMatchObject({ liveAnswers: 0, abandoned: 0 });
});

test('[D-04] in parallel: the agent is free again at the verdict, and the machine gets that agent’s own message', async () => {
  const { exchange, store } = await day({
    agents: 1,
    records: 3,
    plan: machine,
    campaign: { mode: 'progressive', answer: leaves('parallel') },
  });

  const rows = await store.attempts.list({});
  expect(rows.map(({ result, messageLeft, agent }) => [result, messageLeft, agent])).toEqual(
    rows.map(() => ['machine', true, '100']),
  );
  for (const { heard } of exchange.calls) expect(heard.map(({ sound }) => sound)).toContain('messages/100');
  const [first, second] = exchange.calls;
  // The next call was placed while the first machine was still waited for.
  expect(second?.placedAt).toBeLessThan(first?.endedAt ?? 0);
});

test('[D-04] a machine that never comes to its beep: let go at the limit, no message, still a machine', async () => {
  const quickToGiveUp = { ...leaves('before-agent'), message: { sound: 'outdial/message', beepWithinMs: 5_000 } };
  const { exchange, store } = await day({
    agents: 1,
    records: 2,
    plan: machine,
    campaign: { mode: 'progressive', answer: quickToGiveUp },
  });

  expect((await store.attempts.list({})).map(({ result, messageLeft }) => [result, messageLeft])).toEqual([
    ['machine', false],
    ['machine', false],
  ]);
  expect(exchange.calls.flatMap(({ heard }) => heard)).toEqual([]);
});

test('[D-04] the daemon dies while a beep is waited for: the message is left all the same, no abandon message is played to a machine', async () => {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: machine,
    campaign: { mode: 'progressive', answer: leaves('before-agent') },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  await rig.clock.runUntilTrue(() => rig?.exchange.calls[0]?.answeredAt !== undefined, 60_000);
  await rig.clock.runFor(5_000);
  rig.killEngine();
  await rig.startEngine();

  expect(await rig.untilExhausted(120_000)).toBe(true);
  expect(await rig.store.attempts.list({})).toMatchObject([{ result: 'machine', messageLeft: true }]);
  expect(rig.exchange.calls[0]?.heard.map(({ sound }) => sound)).toEqual(['outdial/message']);
});

test('[X-07] the key in the message: the number is on the do-not-call list, the confirmation is heard, then the end', async () => {
  const plan = answered({ type: 'person', talksMs: 60_000, presses: { key: '9', afterMs: 3_000 } });
  // Two lines for one agent: one person talks, the other is abandoned.
  rig = await Rig.start({ agents: 1, records: 2, plan, campaign: { mode: 'ratio', pacing: ratio, answer: keyed } });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  expect(await rig.untilExhausted(3_600_000)).toBe(true);

  const abandoned = (await rig.store.attempts.list({})).filter(({ result }) => result === 'abandoned');
  expect(abandoned).toHaveLength(1);
  const [wisher] = abandoned;
  expect(await rig.store.doNotCall.check(wisher?.number ?? '')).toMatchObject([{ list: 'global', by: 'person' }]);
  const noted = await rig.store.audit.list({ what: 'do-not-call.add', limit: 9 });
  expect(noted).toMatchObject([
    { who: 'person', subject: 'do-not-call list global', to: { attempt: expect.any(String) as string } },
  ]);
  expect(JSON.stringify(noted)).not.toContain(wisher?.number.slice(1));
  const heard = rig.exchange.calls.find((call) => call.attempt === wisher?.attempt)?.heard.map(({ sound }) => sound);
  expect(heard).toEqual(['outdial/abandon', 'outdial/do-not-call-confirmed']);
  const talked = (await rig.store.attempts.list({})).find(({ result }) => result === 'connected');
  // The other person pressed the same key while talking with the agent, which means nothing.
  expect(await rig.store.doNotCall.check(talked?.number ?? '')).toEqual([]);
});

test('[X-07] the key in the message that the exchange plays while the daemon is away: on the list when it is back', async () => {
  const plan = answered({ type: 'person', talksMs: 60_000, presses: { key: '9', afterMs: 2_500 } });
  rig = await Rig.start({ agents: 1, records: 1, plan, campaign: { mode: 'progressive', answer: keyed } });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  await rig.clock.runUntilTrue(() => (rig?.exchange.calls.length ?? 0) > 0, 60_000);
  await rig.clock.runFor(500);
  rig.killEngine();
  await rig.clock.runFor(20_000);
  const [call] = rig.exchange.calls;
  expect(call?.heard.map(({ sound }) => sound)).toEqual(['outdial/abandon', 'outdial/do-not-call-confirmed']);
  expect(await rig.store.doNotCall.check(call?.number ?? '')).toEqual([]);

  await rig.startEngine();
  await rig.clock.runFor(5_000);

  expect(await rig.store.doNotCall.check(call?.number ?? '')).toMatchObject([{ list: 'global', by: 'person' }]);
  expect(await rig.clock.settle(rig.exchange.optOuts())).toEqual([]);
});

const ratio = {
  abandonTarget: 0.03,
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  maxLines: 2,
  maxCallsPerSecond: 50,
  ratio: 2,
  weight: 1,
} as const;
