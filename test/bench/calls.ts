// How many calls a second outdial carries with 50 nailed-up agents and sound, every attempt durable; how long an answer
// waits for its agent; what a call costs our process. Next to a do-nothing ARI client on the same box in the same run.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord } from '../../asterisk/box/state.ts';
import { pause, type CallCentre } from '../../demo/call-centre.ts';
import { attemptsOf } from '../../demo/figures.ts';
import { defined } from '../../src/base/defined.ts';
import { percentiles } from '../../src/engine/campaigns/figures.ts';
import { agentView } from '../../src/http/wire/wire.ts';
import type { BenchArgs } from './bench-args.ts';
import { openBoards } from './calls/board-readers.ts';
import { openBusyCentre, untilQuiet } from './calls/busy-centre.ts';
import type { PlainFigures, PlainOrder } from './calls/plain-client.ts';

interface Side {
  readonly callsPerSecond: number;
  readonly answerDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Process time per call: of the client, of our Asterisk, of the carrier's. */
  readonly cpuMsPerCall: number;
  readonly asteriskCpuMsPerCall: number;
  readonly carrierCpuMsPerCall: number;
}

interface Figures {
  readonly agents: number;
  readonly seconds: number;
  readonly outdial: Side & {
    readonly results: Readonly<Record<string, number>>;
    /** People who met no ready agent: their delays stand in no other figure. */
    readonly waited: { readonly count: number; readonly maxMs: number };
  };
  /** The same once more with that many consoles open. */
  readonly withBoards?: Side & {
    readonly boards: number;
    /** What they cost the daemon, of one core. */
    readonly shareOfCore: number;
    readonly bytesPerSecond: number;
  };
  readonly plainClient: Side & { readonly failed: number };
  /** outdial's process time per call against the plain client's. */
  readonly cpuRatio: number;
}

interface Plan {
  readonly agents: number;
  readonly perSecond: number;
  /** Seconds of talk. */
  readonly hold: string;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Consoles that are open in a second measurement; 0: there is none. */
  readonly boards: number;
  readonly say: (text: string) => void;
}

const HERE = path.join(import.meta.dirname, 'calls');
const TICKS_PER_SECOND = 100;

/**
 * Options: `--rate` calls a second (20), `--agents` (40), `--seconds` (40), `--warm-up` seconds before them (180), `--hold`
 * seconds of talk (1.2), `--boards` consoles open in a second measurement (0).
 */
export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const plan: Plan = {
    agents: Number(options.agents ?? (short ? 10 : 40)),
    perSecond: Number(options.rate ?? (short ? 5 : 20)),
    // A call shorter than a second is taken for a rejected one, which goes another way.
    hold: options.hold ?? '1.2',
    // Both sides are measured as they run all day: before that code is compiled again and again, for minutes at this rate,
    // and the more of it there is the longer. The threads of outdial's compiler were seen to take 2 ms of each of the
    // first 250 calls, 0.6 ms of the thousandth, 0.4 of the 2,500th, 0.15 of the 3,300th.
    warmUpMs: 1000 * Number(options['warm-up'] ?? (short ? 3 : 180)),
    measureMs: 1000 * Number(options.seconds ?? (short ? 8 : 40)),
    boards: Number(options.boards ?? 0),
    say: json ? () => undefined : sayWithTime(),
  };
  const centre = await openCentre(plan);
  try {
    const { outdial, withBoards } = await measureOutdial(centre, plan);
    const plainClient = await measurePlainClient(centre, plan);
    const figures: Figures = {
      agents: plan.agents,
      seconds: plan.measureMs / 1000,
      outdial,
      ...defined({ withBoards }),
      plainClient,
      cpuRatio: outdial.cpuMsPerCall / plainClient.cpuMsPerCall,
    };
    if (!json) print(figures);
    return figures;
  } finally {
    await centre.close();
  }
}

/** Says each stage with the seconds since the start. */
function sayWithTime(): (text: string) => void {
  const begunAt = performance.now();
  return (text) => {
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(0);
    process.stdout.write(`${seconds.padStart(4)} s  ${text}\n`);
  };
}

function openCentre({ agents, perSecond, hold, warmUpMs, measureMs, boards, say }: Plan): Promise<CallCentre> {
  const measuredMs = measureMs * (boards > 0 ? 2 : 1);
  const people = Math.ceil(((warmUpMs + measuredMs) / 1000 + 20) * perSecond * 1.2);
  // It must last for the longer of the two parts.
  const toneSeconds = Math.ceil((warmUpMs + measuredMs) / 1000) + 120;
  return openBusyCentre({ agents, perSecond, people, hold, toneSeconds, say });
}

async function measureOutdial(
  centre: CallCentre,
  plan: Plan,
): Promise<Pick<Figures, 'outdial'> & { readonly withBoards: Figures['withBoards'] | undefined }> {
  await centre.startDaemon();
  await centre.prepareCampaign();
  await centre.staff();
  await centre.act('start');
  plan.say('outdial dials: warming up');
  await pause(plan.warmUpMs);
  plan.say('measuring outdial');
  const alone = await window(centre, plan);
  const boards = plan.boards === 0 ? undefined : await windowWithBoards(centre, plan);
  plan.say('letting it come to an end');
  await centre.act('stop');
  await untilQuiet(centre);
  const all = await attemptsOf(centre);
  const outdial = figuresOf(all, alone);
  if (boards === undefined) return { outdial, withBoards: undefined };
  const { bytes, ...open } = boards;
  const shareOf = ({ before, after }: Window): number =>
    (after.cpu.client - before.cpu.client) / (after.at - before.at);
  const { results: _results, waited: _waited, ...side } = figuresOf(all, open);
  return {
    outdial,
    withBoards: {
      ...side,
      boards: plan.boards,
      shareOfCore: shareOf(open) - shareOf(alone),
      bytesPerSecond: (bytes * 1000) / plan.measureMs,
    },
  };
}

interface Window {
  readonly before: Instant;
  readonly after: Instant;
}

async function window(centre: CallCentre, plan: Plan): Promise<Window> {
  const pid = centre.daemonPid ?? 0;
  const before = { cpu: cpuOf(centre, pid), at: Date.now() };
  await pause(plan.measureMs);
  return { before, after: { cpu: cpuOf(centre, pid), at: Date.now() } };
}

async function windowWithBoards(centre: CallCentre, plan: Plan): Promise<Window & { readonly bytes: number }> {
  plan.say(`measuring outdial with ${plan.boards} consoles open`);
  const boards = await openBoards(centre.settings, plan.boards);
  try {
    const bytes = boards.bytes();
    const measured = await window(centre, plan);
    return { ...measured, bytes: boards.bytes() - bytes };
  } finally {
    boards.close();
  }
}

function figuresOf(all: Awaited<ReturnType<typeof attemptsOf>>, { before, after }: Window): Figures['outdial'] {
  const rows = all.filter(({ endedAt }) => endedAt !== null && endedAt >= before.at && endedAt < after.at);
  const connected = rows.filter(({ bridgedAt }) => bridgedAt !== null);
  const delaysOf = (waited: boolean): readonly number[] =>
    connected
      .filter((row) => row.waited === waited)
      .map(({ answeredAt, bridgedAt }) => Math.max(0, (bridgedAt ?? 0) - (answeredAt ?? 0)));
  const waits = delaysOf(true);
  const waited = { count: waits.length, maxMs: Math.max(0, ...waits) };
  const results: Record<string, number> = {};
  for (const { result } of rows) results[result ?? 'open'] = (results[result ?? 'open'] ?? 0) + 1;
  return { ...sideOf(connected.length, delaysOf(false), { before, after }), results, waited };
}

async function measurePlainClient(centre: CallCentre, plan: Plan): Promise<Figures['plainClient']> {
  const agents = await centre.client.get(agentView.array(), '/agents');
  plan.say('ending the daemon');
  await centre.endDaemon('SIGTERM');
  plan.say('the phones hang up');
  await Promise.all(centre.robots.map((robot) => robot.hangUp()));
  plan.say('the plain client rings the phones, warms up and is measured');
  const { pbx } = centre.box;
  const order: PlainOrder = {
    url: pbx.ariUrl,
    user: pbx.ariUser,
    password: pbx.ariPassword,
    trunk: pbx.trunk,
    accounts: agents.map(({ account }) => account),
    numbers: Array.from({ length: 5000 }, (_, index) => `+1646${2_000_000 + index}`),
    perSecond: plan.perSecond,
    warmUpMs: plan.warmUpMs,
    measureMs: plan.measureMs,
  };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(HERE, 'plain-client.ts'), JSON.stringify(order)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const before = { cpu: cpuOf(centre, 0), at: Date.now() };
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  plan.say('done');
  const after = { cpu: cpuOf(centre, 0), at: Date.now() };
  const plain = JSON.parse(text.trim().split('\n').at(-1) ?? '') as PlainFigures;
  // The client measures its own window; of the Asterisks the whole of its run is known, warm-up and all.
  const calls = Math.max(1, Math.round(plain.calls * (1 + plan.warmUpMs / plan.measureMs)));
  const whole = sideOf(calls, plain.delaysMs, { before, after });
  return {
    ...whole,
    callsPerSecond: plain.calls / (plan.measureMs / 1000),
    cpuMsPerCall: plain.cpuMs / Math.max(1, plain.calls),
    failed: plain.failed,
  };
}

interface Instant {
  readonly cpu: { readonly client: number; readonly pbx: number; readonly carrier: number };
  readonly at: number;
}

function sideOf(calls: number, delays: readonly number[], window: { before: Instant; after: Instant }): Side {
  const { before, after } = window;
  const perCall = (of: keyof Instant['cpu']): number => (after.cpu[of] - before.cpu[of]) / Math.max(1, calls);
  const { p50, p99, max } = percentiles(delays);
  return {
    callsPerSecond: calls / ((after.at - before.at) / 1000),
    answerDelayMs: { p50, p99, max },
    cpuMsPerCall: perCall('client'),
    asteriskCpuMsPerCall: perCall('pbx'),
    carrierCpuMsPerCall: perCall('carrier'),
  };
}

/** Process time so far of our process and both Asterisks, ms. */
function cpuOf(centre: CallCentre, client: number): Instant['cpu'] {
  const processes = readRecord(centre.box.dir)?.processes ?? [];
  const pid = (role: string): number => processes.find((known) => known.role === role)?.pid ?? 0;
  return { client: processTimeMs(client), pbx: processTimeMs(pid('pbx')), carrier: processTimeMs(pid('carrier')) };
}

/** User and system time of a process with all of its threads, ms; 0 without one. */
function processTimeMs(pid: number): number {
  if (pid === 0) return 0;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

function print({ agents, seconds, outdial, withBoards, plainClient, cpuRatio }: Figures): void {
  const row = (what: string, of: (side: Side) => string): string =>
    `${what.padEnd(32)}${of(outdial).padStart(14)}${of(plainClient).padStart(14)}`;
  const delay = ({ answerDelayMs: { p50, p99, max } }: Side): string => `${p50}/${p99}/${max}`;
  const lines = [
    `${agents} nailed-up agents with sound, ${seconds} s`,
    `${''.padEnd(32)}${'outdial'.padStart(14)}${'plain client'.padStart(14)}`,
    row('calls a second', (side) => side.callsPerSecond.toFixed(1)),
    row('answer delay p50/p99/max, ms', delay),
    row('process time per call, ms', (side) => side.cpuMsPerCall.toFixed(2)),
    row("our Asterisk's per call, ms", (side) => side.asteriskCpuMsPerCall.toFixed(2)),
    row("the carrier's per call, ms", (side) => side.carrierCpuMsPerCall.toFixed(2)),
    `process time against the plain client: ${cpuRatio.toFixed(2)}`,
    `people who had to wait for an agent: ${outdial.waited.count}, at most ${outdial.waited.maxMs} ms`,
    `results: ${JSON.stringify(outdial.results)}; plain client failed: ${plainClient.failed}`,
  ];
  if (withBoards) {
    const { boards, shareOfCore, bytesPerSecond } = withBoards;
    lines.push(
      `with ${boards} consoles open: answer delay ${delay(withBoards)} ms at ${withBoards.callsPerSecond.toFixed(1)} calls/s; ` +
        `${(shareOfCore * 100).toFixed(1)} % of a core more, ${(bytesPerSecond / 1000).toFixed(1)} kB/s`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
