// What outdial simulate forecasts against what a real Asterisk brings: a predictive campaign of nailed-up agents on the
// box's mixed population, forecast first, then dialed; both sides measured with the same probe.

import { fateInPopulation, population, type Fate } from '../../asterisk/box/numbers.ts';
import { CAMPAIGN, openCallCentre, pause, type CallCentre } from '../../demo/call-centre.ts';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { pacerOptions } from '../../src/engine/dialing/campaign-pacer.ts';
import { JournalReader, type JournalEntry } from '../../src/engine/dialing/pacing-journal.ts';
import type { PacerOptions } from '../../src/pacing/pacer.ts';
import { worldOfBehaviour, type Behaviour } from '../../src/sim/forecast/behaviour.ts';
import { forecast, type Forecast } from '../../src/sim/forecast/forecast.ts';
import { Probe } from '../../src/sim/forecast/probe.ts';
import { Redecider } from '../../src/sim/replay/redecide.ts';
import type { Dial, World } from '../../src/sim/pacing/worlds.ts';
import { readPacingLog } from '../../src/store/pacing-log/read.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BenchArgs } from './bench-args.ts';

interface Plan {
  readonly agents: number;
  readonly dialMs: number;
  readonly seed: number;
  readonly records: number;
  readonly wrapUpMs: number;
}

/** Figures of one side. */
interface Side {
  readonly utilisation: number;
  readonly abandonRate: number;
  readonly dials: number;
  readonly liveAnswers: number;
  readonly conversations: number;
  readonly waitS: { readonly p50: number; readonly p90: number };
  readonly peakLines: number;
}

/** How long the detector listens before the agent: to people, machines, faxes and silence. */
const VERDICT_S = { human: 2.1, machine: 3, fax: 1.2, silent: 2.5 };
/** Whoever hangs up at once is gone after this time (SIP's T1). */
const HANGS_UP_S = 0.5;
/** What is left of a short greeting's tape once the detector has taken it for a person. */
const SHORT_TAPE_S = 31;
/** From the INVITE to the first ring on the box. */
const SET_UP_S = 0.1;
const DAYS = 60;

/** Options: `--agents` (20), `--minutes` (15), `--seed` (1), `--wrap-up` seconds (8). */
export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const agents = Number(options.agents ?? (short ? 4 : 20));
  const minutes = Number(options.minutes ?? (short ? 1 : 15));
  const plan: Plan = {
    agents,
    dialMs: minutes * 60_000,
    seed: Number(options.seed ?? 1),
    records: Math.max(300, Math.ceil(agents * minutes * 8)),
    wrapUpMs: 1000 * Number(options['wrap-up'] ?? 8),
  };
  const centre = await openCallCentre({
    agents,
    records: plan.records,
    seed: plan.seed,
    wrapUpMs: plan.wrapUpMs,
    campaign: {
      answer: '{detection: before-agent, on_machine: hang-up, no_agent: {after: 2s, play: outdial/abandon}}',
      pacing: '{abandon_target: 3%, ring: 20s, min_ring: 15s, max_lines: 150, max_calls_per_second: 30}',
      call_again: '[]',
    },
    phones: { toneSeconds: Math.ceil(minutes * 60) + 300 },
  });
  try {
    const forecast = forecastOf(plan, optionsOf(centre));
    const { real, differences } = await dialForReal(centre, plan);
    const figures = { agents, minutes, seed: plan.seed, forecast, real, replayDifferences: differences };
    if (!json) print(figures);
    return figures;
  } finally {
    await centre.close();
  }
}

/** The options of the campaign as the daemon will read it. */
function optionsOf(centre: CallCentre): PacerOptions {
  const file = path.join(centre.settings.folders.campaigns, `${CAMPAIGN}.yaml`);
  const { campaign } = readCampaign(readFileSync(file, 'utf8'), file, { trunks: ['main'] });
  const options = campaign && pacerOptions(campaign);
  if (!options) throw new Error('the campaign of the benchmark has a fault');
  return options;
}

function forecastOf(plan: Plan, options: PacerOptions): Forecast {
  const shape = { name: 'mixed population', warmUpS: 0, shiftS: plan.dialMs / 1000 };
  const behaviour = behaviourOf(plan, options);
  return forecast({
    worldOf: () => ({ ...worldOfBehaviour(behaviour, shape), dial: inOrder(behaviour) }),
    agents: plan.agents,
    options,
    days: DAYS,
    seed: 1000 * plan.seed,
    // The campaign has no schedule.
    windowS: 'unknown',
  });
}

/**
 * The list is dialed from its beginning, as the campaign does: in fifteen minutes it matters much where in the list those
 * stand together who answer.
 */
function inOrder({ dials }: Behaviour): World['dial'] {
  let dialed = 0;
  return () => {
    const sample = dials[dialed];
    dialed += 1;
    if (sample === undefined) throw new RangeError('the list is too short for the forecast');
    return sample.dial;
  };
}

/** What the numbers of the list will do, as the carrier's dialplan has it. */
function behaviourOf({ seed, records, wrapUpMs }: Plan, options: PacerOptions): Behaviour {
  const fates = population(seed, records).map((number) => fateInPopulation(number, { seed }));
  const talksS = fates.flatMap((fate) => {
    if (fate.kind === 'person') return [Math.max(0.5, fate.talkMs / 1000 - VERDICT_S.human)];
    return fate.kind === 'machine' && fate.greeting === 'short' ? [SHORT_TAPE_S] : [];
  });
  return {
    dials: fates.map((fate) => ({ atS: 0, dial: dialOf(fate, options.ringTimeoutMs / 1000) })),
    talksS,
    wrapUpsS: Array.from({ length: 20 }, (_, i) => (wrapUpMs / 1000) * (0.5 + (i + 0.5) / 20)),
    patienceS: options.answerLimitMs / 1000,
  };
}

function dialOf(fate: Fate, ringLimitS: number): Dial {
  const plain = { setUpS: SET_UP_S, verdictS: 0, mistaken: false };
  const nobody: Dial = { ...plain, end: 'no-answer', ringS: ringLimitS };
  if (fate.kind === 'rings-for-ever' || fate.ringMs / 1000 >= ringLimitS) return nobody;
  const ringS = fate.ringMs / 1000;
  switch (fate.kind) {
    case 'person':
      return { ...plain, end: 'person', ringS, verdictS: VERDICT_S.human };
    case 'machine':
      return fate.greeting === 'short'
        ? { ...plain, end: 'person', ringS, verdictS: VERDICT_S.human }
        : { ...plain, end: 'machine', ringS, verdictS: VERDICT_S.machine };
    case 'fax':
      return { ...plain, end: 'machine', ringS, verdictS: VERDICT_S.fax };
    case 'silent':
      return { ...plain, end: 'machine', ringS, verdictS: VERDICT_S.silent };
    case 'hangs-up-at-once':
      return { ...plain, end: 'person', ringS, verdictS: HANGS_UP_S, hangsUp: true };
    case 'refused':
      return { ...plain, end: 'busy', ringS };
  }
}

/** Dials for the time of the plan with every agent ready from the beginning; what the log says of it. */
async function dialForReal(
  centre: CallCentre,
  plan: Plan,
): Promise<{ readonly real: Side; readonly differences: number }> {
  await centre.startDaemon();
  await centre.prepareCampaign();
  await centre.staff();
  const working = new AbortController();
  const work = centre.work(working.signal);
  await pause(2_000);
  const fromMs = Date.now();
  await centre.act('start');
  await pause(plan.dialMs);
  const toMs = Date.now();
  await centre.act('stop');
  await centre.endDaemon('SIGTERM');
  working.abort();
  await work;
  return measure(await logOf(centre), { fromMs, toMs });
}

async function logOf(centre: CallCentre): Promise<readonly JournalEntry[]> {
  const reader = new JournalReader();
  const entries: JournalEntry[] = [];
  for await (const line of readPacingLog(centre.settings.pacingLog.folder, CAMPAIGN, {})) {
    const entry = reader.read(line);
    if (entry) entries.push(entry);
  }
  return entries;
}

function measure(
  entries: readonly JournalEntry[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): { readonly real: Side; readonly differences: number } {
  const probe = new Probe({ observe: () => undefined, decide: () => ({ dial: 0, cancel: [] }) }, { fromMs });
  const redecider = new Redecider();
  for (const entry of entries) {
    redecider.take(entry);
    if (entry.type === 'event' && entry.at < toMs) probe.observe(entry.event);
  }
  const { dials, liveAnswers, abandoned, conversations, mostLines } = probe;
  const waits = probe.waitsS.toSorted((a, b) => a - b);
  const at = (share: number): number => waits[Math.floor(share * (waits.length - 1))] ?? 0;
  const real = {
    utilisation: probe.utilisation(toMs),
    abandonRate: abandoned / Math.max(1, liveAnswers),
    dials,
    liveAnswers,
    conversations,
    peakLines: mostLines,
    waitS: { p50: at(0.5), p90: at(0.9) },
  };
  return { real, differences: redecider.result().differences };
}

interface Figures {
  readonly agents: number;
  readonly minutes: number;
  readonly seed: number;
  readonly forecast: Forecast;
  readonly real: Side;
  readonly replayDifferences: number;
}

function print({ agents, minutes, seed, forecast, real, replayDifferences }: Figures): void {
  const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;
  const whole = (value: number): string => String(Math.round(value));
  const seconds = (value: number): string => `${value.toFixed(1)} s`;
  const perRun = minutes / 60;
  type Range = { readonly mean: number; readonly low: number; readonly high: number };
  const row = (name: string, [range, value]: readonly [Range, number], show: (value: number) => string): string =>
    `${name.padEnd(18)}${`${show(range.mean)} (${show(range.low)} to ${show(range.high)})`.padEnd(34)}${show(value)}`;
  const scaled = ({ mean, low, high }: Range): Range => ({
    mean: mean * perRun,
    low: low * perRun,
    high: high * perRun,
  });
  const lines = [
    `${agents} nailed-up agents, ${minutes} min from nothing learned, mixed population, seed ${seed}`,
    `${''.padEnd(18)}${`forecast (${forecast.days} days, 5 to 95 %)`.padEnd(34)}real Asterisk`,
    row('utilisation', [forecast.utilisation, real.utilisation], percent),
    row('abandoned', [forecast.abandonRate, real.abandonRate], percent),
    row('dials', [scaled(forecast.dialsPerHour), real.dials], whole),
    row('live answers', [scaled(forecast.liveAnswersPerHour), real.liveAnswers], whole),
    row('conversations', [scaled(forecast.conversationsPerHour), real.conversations], whole),
    `${'agents wait, p50'.padEnd(18)}${seconds(forecast.waitS.p50).padEnd(34)}${seconds(real.waitS.p50)}`,
    `${'agents wait, p90'.padEnd(18)}${seconds(forecast.waitS.p90).padEnd(34)}${seconds(real.waitS.p90)}`,
    row('peak lines', [forecast.peakLines, real.peakLines], whole),
    `decisions of the real run taken again: ${replayDifferences} differ`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
