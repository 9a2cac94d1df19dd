// Conversations recorded in a simulated call centre: by rule, by the agent's key, and until their time is over.

import { afterEach, expect, test } from 'vitest';
import type { RecordingPlan } from '../../../src/campaign/definition.ts';
import type { RulePack } from '../../../src/campaign/rule-pack.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const TALK_MS = 20_000;
const person = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome: { type: 'person', talksMs: TALK_MS },
});

const plan = (parts: Partial<RecordingPlan> = {}): RecordingPlan => ({
  when: 'all',
  keepMs: 30 * DAY_MS,
  machineShare: 0,
  ...parts,
});

async function started(recording: RecordingPlan, options: RigOptions = {}): Promise<Rig> {
  const { campaign, ...rest } = options;
  rig = await Rig.start({
    agents: 1,
    records: 2,
    plan: person,
    ...rest,
    campaign: { mode: 'progressive', recording, ...campaign },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  return rig;
}

async function day(recording: RecordingPlan, options: RigOptions = {}): Promise<Rig> {
  const running = await started(recording, options);
  expect(await running.untilExhausted(3_600_000)).toBe(true);
  await running.clock.runFor(10_000);
  return running;
}

const talking = (running: Rig): Promise<boolean> =>
  running.clock.runUntilTrue(() => (running.engine.campaigns()[0]?.calls.talking ?? 0) > 0, 60_000);

test('[D-07] all: every conversation is recorded under its attempt, from the bridge to the end, and kept for its time', async () => {
  const { store, campaign } = await day(plan());

  const attempts = await store.attempts.list({});
  const rows = await store.recordings.list({ campaign: campaign.name, limit: 10 });
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    const attempt = attempts.find((one) => one.attempt === row.attempt);
    expect(row.name).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\d/${row.attempt}$`));
    expect(Math.abs((row.durationMs ?? 0) - TALK_MS)).toBeLessThan(500);
    expect(Math.abs(row.startedAt - (attempt?.bridgedAt ?? 0))).toBeLessThan(50);
    expect(row.keptUntil - row.startedAt).toBe(30 * DAY_MS);
    expect(row.bytes).toBeGreaterThan(300_000);
  }
});

test('[X-10] an announcement: both hear it as soon as the recording has begun', async () => {
  const { exchange, store } = await day(plan({ announce: 'outdial/recorded' }));

  for (const { heard, companyAt } of exchange.calls) {
    expect(heard).toMatchObject([{ sound: 'outdial/recorded' }]);
    expect((heard[0]?.at ?? 0) - (companyAt ?? 0)).toBeLessThan(100);
  }
  expect((await store.recordings.list({ limit: 10 })).map(({ announced }) => announced)).toEqual([true, true]);
});

test('[X-10] where all parties must agree and nothing is announced: nothing is recorded', async () => {
  const clause = { id: 'recording', says: 'All agree.', citation: 'Penal Code 632', checked: null };
  const california: RulePack = {
    name: 'us-california',
    title: 'California',
    countries: ['US'],
    states: [],
    holidays: [],
    clauses: [{ ...clause, kind: 'recording', consent: 'all-parties' }],
  };

  const { exchange, store } = await day(plan(), { campaign: { rules: [california] } });

  expect(exchange.calls).toHaveLength(2);
  expect(exchange.recordings.all).toEqual([]);
  expect(await store.recordings.list({ limit: 10 })).toEqual([]);
});

test('[X-10] the agent pauses by key: that time is silence, the agent hears so, and the store knows it', async () => {
  const running = await started(plan(), { records: 1 });
  const { clock, exchange, phones, store } = running;
  expect(await talking(running)).toBe(true);
  await clock.runFor(3_000);

  phones[0]?.press('*1');
  await clock.runFor(5_000);
  expect(await store.recordings.list({ limit: 1 })).toMatchObject([{ isPaused: true }]);
  phones[0]?.press('*1');
  expect(await running.untilExhausted(3_600_000)).toBe(true);
  await clock.runFor(10_000);

  const [recording] = exchange.recordings.all;
  expect(Math.abs((recording?.pausedMs ?? 0) - 5_000)).toBeLessThan(300);
  expect(await store.recordings.list({ limit: 1 })).toMatchObject([{ isPaused: false }]);
  expect(exchange.calls[0]?.heard.map(({ sound }) => sound)).toEqual([
    'outdial/recording-paused',
    'outdial/recording-on',
  ]);
});

test('[D-07] by the agent: nothing is recorded before the key, and everything after it', async () => {
  const running = await started(plan({ when: 'agent' }), { records: 1 });
  expect(await talking(running)).toBe(true);
  await running.clock.runFor(8_000);
  expect(running.exchange.recordings.all).toEqual([]);

  running.phones[0]?.press('*1');
  expect(await running.untilExhausted(3_600_000)).toBe(true);
  await running.clock.runFor(10_000);

  const [row] = await running.store.recordings.list({ limit: 1 });
  expect(row?.durationMs).toBeGreaterThan(10_000);
  expect(row?.durationMs).toBeLessThan(13_000);
});

test('[D-07] a campaign that records nothing: the key says so', async () => {
  const running = await started(plan({ when: 'off', machineShare: 0.5 }), { records: 1 });
  expect(await talking(running)).toBe(true);
  running.phones[0]?.press('*1');
  await running.clock.runFor(3_000);

  expect(running.exchange.recordings.all).toEqual([]);
  expect(running.exchange.calls[0]?.heard.map(({ sound }) => sound)).toEqual(['outdial/recording-not-allowed']);
});

test('[D-07] the daemon dies in mid-conversation: the recording goes on and is closed by its successor', async () => {
  const running = await started(plan(), { records: 1 });
  expect(await talking(running)).toBe(true);
  await running.clock.runFor(2_000);
  running.killEngine();
  await running.startEngine();
  running.phones[0]?.press('*1');
  await running.clock.runFor(3_000);
  running.phones[0]?.press('*1');
  expect(await running.untilExhausted(3_600_000)).toBe(true);
  await running.clock.runFor(10_000);

  const [row, ...others] = await running.store.recordings.list({ limit: 5 });
  expect(others).toEqual([]);
  expect(Math.abs((row?.durationMs ?? 0) - TALK_MS)).toBeLessThan(500);
  expect(running.exchange.recordings.all[0]?.pausedMs).toBeGreaterThan(2_500);
});

test('[D-07] the daemon is away when the conversation ends: its recording is closed at the next start', async () => {
  const running = await started(plan(), { records: 1 });
  expect(await talking(running)).toBe(true);
  await running.clock.runFor(2_000);
  running.killEngine();
  await running.clock.runFor(60_000);
  await running.startEngine();
  await running.clock.runFor(10_000);

  const [row] = await running.store.recordings.list({ limit: 1 });
  expect(Math.abs((row?.durationMs ?? 0) - TALK_MS)).toBeLessThan(500);
});

test('[X-10] its time is over: the file is deleted, the store and the audit log say so', async () => {
  const { clock, exchange, store } = await day(plan({ keepMs: DAY_MS }));
  expect(exchange.recordings.all).toHaveLength(2);
  await clock.runFor(23 * 3_600_000);
  expect(exchange.recordings.all).toHaveLength(2);

  await clock.runFor(2 * 3_600_000);

  expect(exchange.recordings.all).toEqual([]);
  const rows = await store.recordings.list({ limit: 10 });
  expect(rows.map(({ deletedBy }) => deletedBy)).toEqual(['retention', 'retention']);
  const entries = await store.audit.list({ what: 'recording.delete', limit: 10 });
  expect(entries.map(({ who, subject }) => [who, subject])).toEqual(
    expect.arrayContaining(rows.map(({ attempt }) => ['retention', `attempt ${attempt}`])),
  );
});

test('[X-10] the law wants recordings kept longer than the campaign: they stay until that time is over', async () => {
  const rules: readonly RulePack[] = [
    {
      name: 'ours',
      title: 'Ours',
      countries: ['US'],
      states: [],
      holidays: [],
      clauses: [
        {
          id: 'recordings',
          says: '',
          citation: 'Act 1',
          checked: null,
          kind: 'retention',
          leastMs: 3 * HOUR_MS,
          of: ['recordings'],
        },
      ],
    },
  ];
  const { clock, exchange, store } = await day(plan({ keepMs: HOUR_MS }), { campaign: { rules } });
  await clock.runFor(2 * HOUR_MS);
  expect(exchange.recordings.all).toHaveLength(2);
  const rows = await store.recordings.list({ limit: 10 });
  expect(rows.map(({ startedAt, keptUntil }) => keptUntil - startedAt)).toEqual([3 * HOUR_MS, 3 * HOUR_MS]);

  await clock.runFor(HOUR_MS + HOUR_MS / 2);

  expect(exchange.recordings.all).toEqual([]);
});

test('[D-10] the first seconds are kept of machines alone: of a person nothing stays', async () => {
  const mixed = (number: string): CallPlan =>
    Number(number.at(-1)) % 2 === 0
      ? person()
      : { ...person(), outcome: { type: 'machine', greeting: 'long', recordsMs: 60_000 } };
  const { exchange, store } = await day(plan({ when: 'off', machineShare: 1 }), {
    records: 6,
    plan: mixed,
    campaign: {
      answer: {
        detection: 'before-agent',
        onMachine: 'hang-up',
        noAgentAfterMs: 2_000,
        noAgentSound: 'outdial/abandon',
        whileWaiting: 'silence',
      },
    },
  });

  const machines = (await store.attempts.list({})).filter(({ result }) => result === 'machine');
  expect(machines).toHaveLength(3);
  const rows = await store.recordings.list({ kind: 'greeting', limit: 10 });
  expect(new Set(rows.map(({ attempt }) => attempt))).toEqual(new Set(machines.map(({ attempt }) => attempt)));
  for (const { durationMs } of rows) expect(Math.abs((durationMs ?? 0) - 3_000)).toBeLessThan(500);
  expect(exchange.recordings.all.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort());
});
