// How well the pacer uses agents' time at the allowed abandon rate, next to what others do and to the exact optimum.
// Every policy lives through the same simulated days. `short` is for every change: it fails when a figure falls.

import { readFileSync } from 'node:fs';
import { measure, TARGET, type Cell, type CellId } from './pacing/cell.ts';
import { optimalUtilisation } from './pacing/exact.ts';
import { speedOf, type Speed } from './pacing/speed.ts';

interface Gap {
  readonly world: string;
  readonly agents: number;
  readonly optimum: number;
  readonly gap: number;
}

export interface PacingFigures {
  readonly cells: readonly Cell[];
  readonly gaps: readonly Gap[];
  readonly speeds: readonly Speed[];
}

type Plan = readonly (CellId & { readonly days: number })[];

const BASELINES = [
  'progressive',
  'power',
  'vicidial-hard',
  'vicidial-average',
  'vicidial-tapered',
  'vicidial-ratio',
  'issabel',
  'issabel-overcommit',
  'pi',
];
const SOLVABLE = new Map([
  ['w1-15', 0.15],
  ['w1-30', 0.3],
  ['w1-60', 0.6],
]);
/** Days of world S1 by team: about as many agent hours for each team. */
const DAYS = new Map([
  [1, 200],
  [3, 120],
  [5, 100],
  [10, 60],
  [20, 40],
  [50, 20],
  [100, 12],
  [300, 4],
]);
/** A figure that falls by more than this, on the same days, fails the short run. */
const NOISE = 0.003;
const SHORT: Plan = [
  { world: 'S1', agents: 3, policy: 'outdial', days: 6 },
  { world: 'S1', agents: 10, policy: 'outdial', days: 3 },
  { world: 'S2', agents: 20, policy: 'outdial', days: 1 },
  { world: 'S7', agents: 5, policy: 'outdial', days: 3 },
  { world: 'w1-30', agents: 10, policy: 'outdial', days: 3 },
  { world: 'S1', agents: 10, policy: 'progressive', days: 3 },
  { world: 'S1', agents: 10, policy: 'power', days: 3 },
];

/** Runs the benchmark. Prints a table unless `json`; the short form throws when a figure has fallen. */
export function run({ json, short }: { json: boolean; short: boolean }): Promise<PacingFigures> {
  const say = json ? () => undefined : (line: string) => process.stdout.write(`${line}\n`);
  const cells: Cell[] = [];
  const gaps: Gap[] = [];
  say('world   agents policy              days  utilisation %   abandoned %  days above  dials per answer');
  for (const { days, ...id } of short ? SHORT : fullPlan()) {
    const cell = measure(id, days);
    cells.push(cell);
    say(lineOf(cell));
    const gap = gapOf(cell);
    if (gap === undefined) continue;
    gaps.push(gap);
    say(`        optimum ${percent(gap.optimum)} %, ${(gap.gap * 100).toFixed(2)} points above ours`);
  }
  const speeds = [10, 100, 300].map((agents) => speedOf(agents, short ? 0.1 : 0.5));
  for (const speed of speeds) say(speedLine(speed));
  if (short) refuseFallen(cells);
  return Promise.resolve({ cells, gaps, speeds });
}

function fullPlan(): Plan {
  const plan: (CellId & { days: number })[] = [];
  const add = (world: string, agents: number, policies: readonly string[], share: number): void => {
    const days = Math.max(2, Math.round((DAYS.get(agents) ?? 10) * share));
    for (const policy of policies) plan.push({ world, agents, policy, days });
  };
  for (const agents of DAYS.keys()) {
    add('S1', agents, ['outdial'], 1);
    add('S1', agents, BASELINES, 0.25);
  }
  for (const world of ['S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9']) {
    for (const agents of [5, 20, 100]) add(world, agents, ['outdial', ...BASELINES], 0.25);
  }
  for (const world of SOLVABLE.keys()) for (const agents of [1, 3, 5, 10, 20]) add(world, agents, ['outdial'], 0.3);
  for (const world of ['w3-15', 'w3-30']) for (const agents of [1, 3, 5, 10]) add(world, agents, ['outdial'], 0.3);
  return plan;
}

function gapOf(cell: Cell): Gap | undefined {
  const answerRate = SOLVABLE.get(cell.world);
  if (answerRate === undefined || cell.policy !== 'outdial') return undefined;
  const optimum = optimalUtilisation({ agents: cell.agents, answerRate, abandonTarget: TARGET });
  return { world: cell.world, agents: cell.agents, optimum, gap: optimum - cell.utilisation };
}

/** The short run's figures as they were when they were last agreed on, in the order of `SHORT`. */
function agreed(): readonly { readonly utilisation: number }[] {
  const text = readFileSync(new URL('./pacing/agreed.json', import.meta.url), 'utf8');
  return JSON.parse(text) as { utilisation: number }[];
}

function refuseFallen(cells: readonly Cell[]): void {
  const fallen = agreed().flatMap(({ utilisation }, i) => {
    const cell = cells[i];
    if (cell === undefined || cell.utilisation >= utilisation - NOISE) return [];
    return [
      `${cell.world} N=${cell.agents} ${cell.policy}: ${percent(cell.utilisation)} % after ${percent(utilisation)} %`,
    ];
  });
  const above = cells.filter((cell) => cell.policy === 'outdial' && cell.abandonRate > TARGET);
  fallen.push(...above.map((cell) => `${cell.world} N=${cell.agents}: abandons ${percent(cell.abandonRate)} %`));
  if (fallen.length > 0) throw new Error(`pacing has become worse: ${fallen.join('; ')}`);
}

function percent(rate: number): string {
  return (rate * 100).toFixed(2);
}

function lineOf(cell: Cell): string {
  const name = `${cell.world.padEnd(8)}${String(cell.agents).padStart(5)}  ${cell.policy.padEnd(19)}`;
  const use = `${String(cell.days).padStart(5)}  ${percent(cell.utilisation)} ± ${percent(cell.plusMinus)}`;
  return `${name}${use}        ${percent(cell.abandonRate)}       ${cell.daysAboveTarget}      ${cell.dialsPerAnswer.toFixed(2)}`;
}

function speedLine(speed: Speed): string {
  const { agents, decideP50, decideP99, observeP50, observeP99 } = speed;
  return (
    `${agents} agents: decide p50 ${decideP50.toFixed(1)} µs, p99 ${decideP99.toFixed(1)} µs; ` +
    `observe p50 ${observeP50.toFixed(1)} µs, p99 ${observeP99.toFixed(1)} µs`
  );
}
