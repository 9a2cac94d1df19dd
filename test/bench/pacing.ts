// How well the pacer uses agents' time at the allowed abandon rate, next to what others do and to the exact optimum.
// Every policy lives through the same simulated days.
//   --short           a few days of a few cells; fails when a figure has fallen
//   --days FILE       keeps each day in FILE and goes on from it: a run may be stopped, repeated, merged from parts
//   --kept yes        no new days: only what --days FILE holds
//   --page FILE       writes the figures between their marks in FILE, plots beside it
//   --only TEXT       only cells whose "world agents policy" contains TEXT; several with commas

import type { BenchArgs } from './bench-args.ts';
import { agreed, fallen } from './pacing/agreement.ts';
import { cellOf, scoreCell, type Cell } from './pacing/cell.ts';
import { DayBook, keyOf } from './pacing/days.ts';
import { dayOptimumOf, fullPlan, optimumAt, optimumOf, SHORT_PLAN, type PlannedCell } from './pacing/plan.ts';
import { publish } from './pacing/publish.ts';
import { speedOf, type Speed } from './pacing/speed.ts';

export interface Gap {
  readonly world: string;
  readonly agents: number;
  readonly optimum: number;
  readonly gap: number;
  /** The optimum if no more may be abandoned than outdial did. */
  readonly optimumAtSameRate?: number;
  /** The optimum if every day must be kept. */
  readonly dayOptimum?: number;
}

export interface PacingFigures {
  readonly cells: readonly Cell[];
  readonly gaps: readonly Gap[];
  readonly speeds: readonly Speed[];
}

/** Runs the benchmark. Prints a table unless `json`; the short form throws when a figure has fallen. */
export function run({ json, short, options }: BenchArgs): Promise<PacingFigures> {
  const say = json ? () => undefined : (line: string) => process.stdout.write(`${line}\n`);
  const { days, only, page, kept } = options;
  const book = new DayBook(days);
  const plan = wanted(short ? SHORT_PLAN : fullPlan(), only);
  say('world  agents policy               days  utilisation %    abandoned %  worst day  days above  dials per answer');
  const cells = plan.flatMap((planned) => {
    if (kept === undefined) scoreCell(book, planned, planned.days);
    const cell = cellOf([...book.cell(planned).values()]);
    if (cell !== undefined) say(lineOf(cell));
    return cell === undefined ? [] : [cell];
  });
  const gaps = short ? [] : gapsOf(cells, say);
  const teams = short ? [10] : [10, 100, 300];
  const speeds = only === undefined ? teams.map((agents) => speedOf(agents, short ? 0.1 : 0.5)) : [];
  for (const speed of speeds) say(speedLine(speed));
  const worse = short && only === undefined ? fallen(cells, agreed()) : [];
  if (page !== undefined) publish(page, { cells, gaps, speeds });
  if (worse.length > 0) throw new Error(`pacing has become worse: ${worse.join('; ')}`);
  return Promise.resolve({ cells, gaps, speeds });
}

function wanted(plan: readonly PlannedCell[], only: string | undefined): readonly PlannedCell[] {
  if (only === undefined) return plan;
  const parts = only.split(',');
  return plan.filter((cell) => parts.some((part) => `${keyOf(cell)} `.includes(part)));
}

function gapsOf(cells: readonly Cell[], say: (line: string) => void): readonly Gap[] {
  return cells.flatMap((cell) => {
    const optimum = cell.policy === 'outdial' ? optimumOf(cell) : undefined;
    if (optimum === undefined) return [];
    const { world, agents, utilisation } = cell;
    say(`${world} with ${agents} agents: optimum ${percent(optimum)} %, ours ${percent(utilisation)} %`);
    const same = optimumAt(cell, cell.abandonRate);
    const day = dayOptimumOf(cell);
    return [
      {
        world,
        agents,
        optimum,
        gap: optimum - utilisation,
        ...(same === undefined ? {} : { optimumAtSameRate: same }),
        ...(day === undefined ? {} : { dayOptimum: day }),
      },
    ];
  });
}

function percent(rate: number): string {
  return (rate * 100).toFixed(2);
}

function lineOf(cell: Cell): string {
  const name = `${cell.world.padEnd(7)}${String(cell.agents).padStart(5)}  ${cell.policy.padEnd(19)}`;
  const use = `${String(cell.days).padStart(5)}  ${percent(cell.utilisation)} ± ${percent(cell.plusMinus)}`;
  const abandoned = `${percent(cell.abandonRate).padStart(11)}  ${percent(cell.worstDay).padStart(10)}`;
  return `${name}${use}  ${abandoned}  ${String(cell.daysAboveTarget).padStart(10)}  ${cell.dialsPerAnswer.toFixed(2)}`;
}

function speedLine(speed: Speed): string {
  const { agents, decideP50, decideP99, observeP50, observeP99, garbageBytes } = speed;
  return (
    `${agents} agents: decide p50 ${decideP50.toFixed(1)} µs, p99 ${decideP99.toFixed(1)} µs, ` +
    `${garbageBytes.toFixed(0)} bytes of garbage; observe p50 ${observeP50.toFixed(1)} µs, p99 ${observeP99.toFixed(1)} µs`
  );
}
