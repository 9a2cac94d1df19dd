// Writes what the benchmark found into docs/pacing.md, between its marks, and the plots beside it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PacingFigures } from '../pacing.ts';
import type { Cell } from './cell.ts';
import { keyOf, onEnd, plainName, TARGET } from './days.ts';
import { BASELINES, LONG_DAYS } from './plan.ts';
import { svgOf, type Curve } from './plot.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const BEGIN = '<!-- figures: written by the benchmark -->';
const END = '<!-- end of figures -->';

/** Utilisation in S1 that a good pacer should reach, %, by team. */
const GOALS: ReadonlyMap<number, number> = new Map([
  [1, 74],
  [3, 77],
  [5, 80],
  [10, 85],
  [20, 89.5],
  [50, 94.2],
  [100, 96.6],
  [300, 98.7],
]);

const NAMES: Readonly<Record<string, string>> = {
  progressive: 'progressive',
  power: 'power, tuned',
  'vicidial-hard': 'VICIdial hard',
  'vicidial-average': 'VICIdial average',
  'vicidial-tapered': 'VICIdial tapered',
  'vicidial-ratio': 'VICIdial ratio, tuned',
  issabel: 'Issabel',
  'issabel-overcommit': 'Issabel overcommit',
  pi: 'Predict1PI',
  impact: 'Impact',
};

class Scores {
  readonly #cells: ReadonlyMap<string, Cell>;
  readonly all: readonly Cell[];

  constructor(cells: readonly Cell[]) {
    this.all = cells;
    this.#cells = new Map(cells.map((cell) => [keyOf(cell), cell]));
  }

  get(world: string, agents: number, policy: string): Cell | undefined {
    return this.#cells.get(keyOf({ world, agents, policy }));
  }

  teams(world: string): number[] {
    const teams = this.all.filter((cell) => cell.world === world).map((cell) => cell.agents);
    return [...new Set(teams)].sort((a, b) => a - b);
  }
}

/** Rewrites the figures in `page` and the plots in the folder beside it. */
export function publish(page: string, { cells, gaps, speeds }: PacingFigures): void {
  const scores = new Scores(cells);
  const commit = execFileSync('git', ['log', '-1', '--format=%h', '--', 'src/pacing'], { cwd: ROOT, encoding: 'utf8' });
  const text = [
    BEGIN,
    '',
    `Library of commit \`${commit.trim()}\`. Utilisation in % (people abandoned in % of live answers).`,
    '',
    ...ownTable(scores, 'S1'),
    ...ownTable(scores, 'S2'),
    ...comparison(scores),
    ...behind(scores),
    ...gapTable(scores, gaps),
    ...speedTable(speeds),
    END,
  ].join('\n');
  const before = readFileSync(page, 'utf8');
  const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (from < 0 || to < 0) throw new Error(`${page} has no place for figures`);
  writeFileSync(page, before.slice(0, from) + text + before.slice(to + END.length));
  const plots = page.replace(/\.md$/, '');
  mkdirSync(plots, { recursive: true });
  writeFileSync(
    path.join(plots, 'utilisation.svg'),
    svgOf({ ...axes('S1: who is how busy'), curves: curvesOf(scores) }),
  );
  writeFileSync(path.join(plots, 'optimum.svg'), optimumPlot(scores, gaps));
}

function percent(rate: number, digits = 1): string {
  return (rate * 100).toFixed(digits);
}

function brief(cell: Cell | undefined): string {
  return cell === undefined ? '–' : `${percent(cell.utilisation)} (${percent(cell.abandonRate)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function ownTable(scores: Scores, world: string): string[] {
  const withGoal = world === 'S1';
  const head = [`${world}, agents`, 'utilisation', '± 95 %', 'abandoned', 'worst day', 'days', 'days above 3 %'];
  const month = `one window of ${LONG_DAYS.S1} days`;
  const more = ['dials per answer', ...(withGoal ? ['goal', 'were completions known', month] : [])];
  const rows = scores.teams(world).flatMap((agents) => {
    const cell = scores.get(world, agents, 'outdial');
    if (cell === undefined) return [];
    const own = [
      String(agents),
      `**${percent(cell.utilisation)}**`,
      percent(cell.plusMinus),
      percent(cell.abandonRate, 2),
    ];
    own.push(
      percent(cell.worstDay, 2),
      String(cell.days),
      String(cell.daysAboveTarget),
      cell.dialsPerAnswer.toFixed(2),
    );
    if (withGoal) {
      own.push(String(GOALS.get(agents) ?? '–'), brief(scores.get(world, agents, 'knows-completions')));
      own.push(brief(scores.get(onEnd(world, LONG_DAYS.S1), agents, 'outdial')));
    }
    return [own];
  });
  return rows.length === 0 ? [] : table([...head, ...more], rows);
}

function comparison(scores: Scores): string[] {
  const all = new Set(scores.all.map((cell) => plainName(cell.world)));
  const worlds = [...all].filter((world) => !world.startsWith('w')).sort();
  const rows = worlds.flatMap((world) =>
    scores
      .teams(world)
      .map((agents) => [
        `${world}, ${agents}`,
        ...BASELINES.map((policy) => marked(scores.get(world, agents, policy))),
        `**${brief(scores.get(world, agents, 'outdial'))}**`,
      ]),
  );
  return table(['world, agents', ...BASELINES.map((policy) => NAMES[policy] ?? policy), '**outdial**'], rows);
}

/** Struck out where more people are abandoned than allowed by more than a tenth. */
function marked(cell: Cell | undefined): string {
  const text = brief(cell);
  return cell !== undefined && cell.abandonRate > 1.1 * TARGET ? `~~${text}~~` : text;
}

/** Where another policy keeps agents busier without abandoning more people. */
function behind(scores: Scores): string[] {
  const ahead = scores.all.flatMap((cell) => {
    const own = scores.get(cell.world, cell.agents, 'outdial');
    if (own === undefined || !BASELINES.some((policy) => policy === cell.policy)) return [];
    const fair = cell.abandonRate <= own.abandonRate && cell.utilisation > own.utilisation;
    return fair ? [`${NAMES[cell.policy] ?? cell.policy} in ${cell.world} with ${cell.agents} agents`] : [];
  });
  const where = ahead.length === 0 ? 'nowhere' : ahead.join(', ');
  return [`Busier agents than with outdial at the same or a lower share of people abandoned: ${where}.`, ''];
}

function gapTable(scores: Scores, gaps: PacingFigures['gaps']): string[] {
  const days = LONG_DAYS.solvable;
  const columns = (gap: Gap | undefined): string[] => {
    if (gap === undefined) return ['–', '–', '–', '–'];
    const { world, agents, optimum, optimumAtSameRate: same } = gap;
    const cell = scores.get(world, agents, 'outdial');
    const noise = cell === undefined ? '–' : percent(cell.plusMinus, 2);
    const sameGap = same === undefined ? '–' : percent(same - (optimum - gap.gap), 2);
    return [brief(cell), percent(gap.gap, 2), noise, sameGap];
  };
  const rows = gaps.filter(isPlain).map((gap) => {
    const { world, agents, optimum } = gap;
    const long = gaps.find((one) => one.world === onEnd(world, days) && one.agents === agents);
    return [world, String(agents), percent(optimum, 2), ...columns(gap), ...dayColumns(gap), ...columns(long)];
  });
  const head = ['outdial', 'gap', '± 95 %', 'gap at equal abandonment'];
  const day = ['optimum with every day to keep', 'gap to it'];
  const long = [`one window of ${days} days`, ...head.slice(1)];
  return table(['world', 'agents', 'exact optimum', ...head, ...day, ...long], rows);
}

function dayColumns({ optimum, gap, dayOptimum }: Gap): string[] {
  return dayOptimum === undefined ? ['–', '–'] : [percent(dayOptimum, 2), percent(dayOptimum - (optimum - gap), 2)];
}

type Gap = PacingFigures['gaps'][number];

/** Whether it is about days, each a window of its own. */
function isPlain({ world }: Gap): boolean {
  return plainName(world) === world;
}

function speedTable(speeds: PacingFigures['speeds']): string[] {
  const us = (value: number): string => value.toFixed(1);
  const rows = speeds.map((speed) => [
    String(speed.agents),
    us(speed.decideP50),
    us(speed.decideP99),
    us(speed.observeP50),
    us(speed.observeP99),
    speed.garbageBytes.toFixed(0),
  ]);
  const head = ['agents', 'decide p50, µs', 'p99', 'observe p50, µs', 'p99', 'garbage per decision, bytes'];
  return table(head, rows);
}

function axes(title: string, largest = 300): Omit<Parameters<typeof svgOf>[0], 'curves'> {
  const xTicks = [1, 3, 5, 10, 20, 50, 100, 300].filter((agents) => agents <= largest);
  return { title, xLabel: 'agents', yLabel: 'utilisation, %', yFrom: 65, yTo: 100, yStep: 5, xTicks };
}

function curvesOf(scores: Scores): Curve[] {
  const kinds = [
    { policy: 'outdial', name: 'outdial', colour: '#c0392b' },
    { policy: 'knows-completions', name: 'completions known', colour: '#c0392b', dashed: true },
    { policy: 'power', name: 'power, tuned', colour: '#2980b9' },
    { policy: 'pi', name: 'Predict1PI', colour: '#27ae60' },
    { policy: 'vicidial-ratio', name: 'VICIdial ratio, tuned', colour: '#8e44ad' },
    { policy: 'vicidial-hard', name: 'VICIdial hard', colour: '#8e44ad', dashed: true },
    { policy: 'progressive', name: 'progressive', colour: '#7f8c8d' },
  ];
  const curves = kinds.map(({ policy, ...curve }) => ({ ...curve, points: pointsOf(scores, 'S1', policy) }));
  return curves.filter(({ points }) => points.length > 0);
}

function pointsOf(scores: Scores, world: string, policy: string): { x: number; y: number }[] {
  return scores.teams(world).flatMap((agents) => {
    const cell = scores.get(world, agents, policy);
    return cell === undefined ? [] : [{ x: agents, y: 100 * cell.utilisation }];
  });
}

function optimumPlot(scores: Scores, gaps: PacingFigures['gaps']): string {
  const colours = ['#c0392b', '#2980b9', '#27ae60', '#8e44ad', '#d35400'];
  const worlds = [...new Set(gaps.filter(isPlain).map((gap) => gap.world))];
  const curves = worlds.flatMap((world, i): Curve[] => {
    const colour = colours[i % colours.length] ?? '#000';
    const best = gaps.filter((gap) => gap.world === world).map((gap) => ({ x: gap.agents, y: 100 * gap.optimum }));
    return [
      { name: `${world}, optimum`, colour, dashed: true, points: best },
      { name: `${world}, outdial`, colour, points: pointsOf(scores, world, 'outdial') },
    ];
  });
  const largest = Math.max(3, ...gaps.map(({ agents }) => agents));
  return svgOf({ ...axes('The solvable worlds: outdial and the exact optimum', largest), yFrom: 55, curves });
}
