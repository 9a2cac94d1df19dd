// Is a campaign's window open at an instant, when does that change next, and what should the campaign have become?
// All derived from the schedule alone, so that nothing is lost over a restart.
//
// The window opens when `start` fires and closes when `stop` fires; when both fire at once it closes. A holiday closes
// its whole local day, whatever fires. Without a schedule the window is always open.

import { firstInstantAt, formatLocal, localDay } from '../base/local-time.ts';
import type { CampaignState } from '../terms.ts';
import { lastFireAt, nextFireAt, parseCron } from './cron.ts';
import type { Cron } from './cron.ts';
import type { Schedule } from './definition.ts';

const DAY_MS = 86_400_000;
/** Nothing is looked for beyond this. */
const HORIZON_MS = 8 * 366 * DAY_MS;
/** Openings that fall on a closing or a holiday, looked through before the window counts as closed for good. */
const MOST_STEPS = 500;

interface Compiled {
  readonly zone: string;
  readonly start: Cron;
  readonly stop: Cron;
  /** First instants of holidays and of the days after, ascending and alternating. */
  readonly holidayEdges: readonly number[];
  /** The last stretch that was worked out: the window does not change inside. */
  known?: { readonly fromAt: number; readonly toAt: number; readonly open: boolean };
}

const compiledSchedules = new WeakMap<Schedule, Compiled | undefined>();

/** Whether the window is open at `now`; a schedule that cannot be read is never open. */
export function isOpenAt(schedule: Schedule | undefined, now: number): boolean {
  if (schedule === undefined) return true;
  const compiled = compile(schedule);
  return compiled !== undefined && stretchAt(compiled, now).open;
}

/** The first instant after `now` at which the window opens or closes; undefined when it does not within eight years. */
export function nextChangeAt(schedule: Schedule | undefined, now: number): number | undefined {
  const compiled = schedule === undefined ? undefined : compile(schedule);
  if (!compiled) return undefined;
  const { toAt } = stretchAt(compiled, now);
  return toAt === Infinity ? undefined : toAt;
}

/** Until when it dials today: `now` outside of its hours, else their end, at the latest midnight of its time zone. */
export function dialsTodayUntil(schedule: Schedule | undefined, now: number): number {
  if (!isOpenAt(schedule, now)) return now;
  const { endAt } = localDay(schedule?.timezone ?? 'UTC', now);
  return Math.min(endAt, nextChangeAt(schedule, now) ?? Infinity);
}

/**
 * What the schedule asks of a campaign that has been in `state` since `changedAt`: the window has opened or closed
 * since then, and the state does not fit. What a person did within the present stretch stands until it changes again.
 */
export function dueStep(
  schedule: Schedule | undefined,
  campaign: { readonly state: CampaignState; readonly changedAt: number },
  now: number,
): 'schedule-start' | 'schedule-stop' | undefined {
  if (schedule === undefined) return undefined;
  const changeAt = nextChangeAt(schedule, campaign.changedAt);
  if (changeAt === undefined || changeAt > now) return undefined;
  const { state } = campaign;
  if (isOpenAt(schedule, now)) {
    return state === 'approved' || state === 'stopped' || state === 'exhausted' ? 'schedule-start' : undefined;
  }
  return state === 'running' || state === 'paused' ? 'schedule-stop' : undefined;
}

/** Why the window is open or closed and until when, in one sentence. */
export function describeWindow(schedule: Schedule | undefined, now: number): string {
  if (schedule === undefined) return 'The campaign has no schedule: its window is always open.';
  const changeAt = nextChangeAt(schedule, now);
  const when = changeAt === undefined ? undefined : formatLocal(schedule.timezone, changeAt);
  if (isOpenAt(schedule, now)) return `The window is open${when === undefined ? '' : ` until ${when}`}.`;
  return when === undefined ? 'The window never opens.' : `The window is closed and opens at ${when}.`;
}

function stretchAt(compiled: Compiled, now: number): NonNullable<Compiled['known']> {
  const { known } = compiled;
  if (known && now >= known.fromAt && now < known.toAt) return known;
  const open = openAt(compiled, now);
  const stretch = { fromAt: now, toAt: changeAfter(compiled, now, open), open };
  compiled.known = stretch;
  return stretch;
}

function openAt(compiled: Compiled, at: number): boolean {
  return !isHoliday(compiled, at) && cronOpenAt(compiled, at);
}

function cronOpenAt({ zone, start, stop }: Compiled, at: number): boolean {
  const startedAt = lastFireAt(start, zone, at);
  if (startedAt === undefined) return false;
  const stoppedAt = lastFireAt(stop, zone, at);
  return stoppedAt === undefined || startedAt > stoppedAt;
}

function changeAfter(compiled: Compiled, now: number, open: boolean): number {
  let at = now;
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    at = nextEdge(compiled, at);
    if (at > now + HORIZON_MS) return Infinity;
    if (openAt(compiled, at) !== open) return at;
  }
  return Infinity;
}

/** The next instant after `at` at which the crons or a holiday may change the window. */
function nextEdge(compiled: Compiled, at: number): number {
  const { zone, start, stop, holidayEdges } = compiled;
  const holidayEdge = holidayEdges.find((edge) => edge > at) ?? Infinity;
  // On a holiday nothing but its end can open the window.
  if (isHoliday(compiled, at)) return holidayEdge;
  const fireAt = nextFireAt(cronOpenAt(compiled, at) ? stop : start, zone, at) ?? Infinity;
  return Math.min(holidayEdge, fireAt);
}

function isHoliday({ holidayEdges }: Compiled, at: number): boolean {
  return holidayEdges.filter((edge) => edge <= at).length % 2 === 1;
}

function compile(schedule: Schedule): Compiled | undefined {
  if (compiledSchedules.has(schedule)) return compiledSchedules.get(schedule);
  const start = parseCron(schedule.start);
  const stop = parseCron(schedule.stop);
  const { timezone: zone } = schedule;
  const compiled =
    start.ok && stop.ok
      ? { zone, start: start.cron, stop: stop.cron, holidayEdges: holidayEdges(zone, schedule.holidays) }
      : undefined;
  compiledSchedules.set(schedule, compiled);
  return compiled;
}

function holidayEdges(zone: string, holidays: readonly string[]): number[] {
  const edges: number[] = [];
  for (const date of [...new Set(holidays)].sort()) {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    if (Number.isNaN(midnight)) continue;
    const [startAt, endAt] = [firstInstantAt(zone, midnight), firstInstantAt(zone, midnight + DAY_MS)];
    if (edges.at(-1) === startAt) edges.splice(-1, 1, endAt);
    else edges.push(startAt, endAt);
  }
  return edges;
}
