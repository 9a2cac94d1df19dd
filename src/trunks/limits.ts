// Which trunk takes each line that may be dialed. A trunk takes a line while it has one free, while its calls-per-second
// limit allows (exact in every window, not on average), and while it is not resting (rests.ts).

import { saidOfTrunk, type TrunkReason, type TrunkSaid } from './reasons.ts';
import { asOf, probesOut } from './rests.ts';
import type { TrunkState } from './rests.ts';
import type { Offer } from './share.ts';

export interface TrunkCapacity {
  readonly name: string;
  readonly maxLines: number;
  readonly maxCallsPerSecond: number;
}

export interface OfferedTrunk {
  readonly capacity: TrunkCapacity;
  readonly state: TrunkState;
  /** Lines that its calls take up now, of all campaigns. */
  readonly linesInUse: number;
  /** Lines that this campaign may take of it now, when others want them too; absent: all there are. */
  readonly atMost?: number;
  /** Calls that its limit in an hour leaves, and the reason to give when they are used up; absent: it has none. */
  readonly hour?: Refusal & { readonly left: number; readonly untilAt: number };
}

export interface TrunkChoice {
  /** Trunk of each line, at most as many as were asked for. */
  readonly lines: readonly string[];
  /** The trunks' new states, by name. */
  readonly states: ReadonlyMap<string, TrunkState>;
  /** Fewer lines than asked for: which trunk refused and why; empty otherwise. */
  readonly why: string;
  readonly reasons: readonly TrunkReason[];
  /** Fewer lines than asked for: when time alone allows more; absent: only when a line ends. */
  readonly moreAt?: number;
}

export interface TrunkStanding extends Refusal {
  readonly mayDial: boolean;
}

const PROBE_LINES = 2;
/** Trunks for up to `lines` lines, in the order given: the next trunk only takes what the one before cannot. */
export function chooseTrunks(trunks: readonly OfferedTrunk[], lines: number, now: number): TrunkChoice {
  const chosen: string[] = [];
  const states = new Map<string, TrunkState>();
  const refusals: Refusal[] = [];
  for (const { capacity, state, linesInUse, atMost = Infinity, hour } of trunks) {
    let current = asOf(state, now);
    let taken = 0;
    let refusal: Refusal | undefined;
    while (
      chosen.length < lines &&
      !(refusal =
        refusalOf(capacity, current, { linesInUse: linesInUse + taken, now }) ??
        hourRefusal(hour, taken) ??
        shareRefusal(capacity, atMost - taken))
    ) {
      chosen.push(capacity.name);
      taken += 1;
      current = noteDialed(current, capacity, now);
    }
    if (refusal) refusals.push(refusal);
    states.set(capacity.name, current);
  }
  if (chosen.length >= lines) return { lines: chosen, states, why: '', reasons: [] };
  const moments = refusals.flatMap(({ untilAt }) => untilAt ?? []);
  const said = refusals.length === 0 ? [saidOfTrunk({ kind: 'no-trunk' })] : refusals;
  const why = said.map((one) => one.why).join(' ');
  return {
    lines: chosen,
    states,
    why,
    reasons: said.map(({ reason }) => reason),
    ...(moments.length === 0 ? {} : { moreAt: Math.min(...moments) }),
  };
}

/** Lines that the trunk has free and calls that its rate allows now, whoever wants them; none while it rests. */
export function trunkRoom({ capacity, state: known, linesInUse, hour }: OfferedTrunk, now: number): Offer {
  const state = asOf(known, now);
  if (restRefusal(capacity, state, now)) return { lines: 0, calls: 0 };
  const { calls, windowMs } = rateWindow(capacity);
  const recent = state.dialedAt.filter((dialedAt) => dialedAt + windowMs > now).length;
  return {
    lines: Math.max(0, capacity.maxLines - linesInUse),
    calls: Math.max(0, Math.min(calls - recent, hour?.left ?? Infinity)),
  };
}

/** Whether the trunk would take a line now, apart from free lines and rate: to say why nothing is dialed. */
export function trunkStanding(capacity: TrunkCapacity, known: TrunkState, now: number): TrunkStanding {
  const state = asOf(known, now);
  const refusal = restRefusal(capacity, state, now);
  if (refusal) return { mayDial: false, ...refusal };
  const probes = state.rest === undefined ? 0 : PROBE_LINES;
  return { mayDial: true, ...saidOfTrunk({ kind: 'trunk-takes-calls', trunk: capacity.name, probes }) };
}

interface Refusal extends TrunkSaid {
  readonly untilAt?: number;
}

function refusalOf(
  capacity: TrunkCapacity,
  state: TrunkState,
  use: { readonly linesInUse: number; readonly now: number },
): Refusal | undefined {
  const { name, maxLines, maxCallsPerSecond } = capacity;
  const resting = restRefusal(capacity, state, use.now);
  if (resting) return resting;
  if (use.linesInUse >= maxLines) {
    return saidOfTrunk({ kind: 'lines-in-use', trunk: name, lines: maxLines });
  }
  const { calls, windowMs } = rateWindow(capacity);
  const oldest = state.dialedAt.at(-calls);
  if (oldest === undefined || oldest + windowMs <= use.now) return undefined;
  const said = saidOfTrunk({ kind: 'trunk-rate', trunk: name, perSecond: maxCallsPerSecond });
  return { ...said, untilAt: oldest + windowMs };
}

function shareRefusal({ name }: TrunkCapacity, left: number): Refusal | undefined {
  return left > 0 ? undefined : saidOfTrunk({ kind: 'lines-due-to-others', trunk: name });
}

function hourRefusal(hour: OfferedTrunk['hour'], taken: number): Refusal | undefined {
  if (hour === undefined || taken < hour.left) return undefined;
  return { why: hour.why, reason: hour.reason, untilAt: hour.untilAt };
}

function restRefusal({ name }: TrunkCapacity, { reachable, rest }: TrunkState, now: number): Refusal | undefined {
  if (!reachable) return saidOfTrunk({ kind: 'trunk-unreachable', trunk: name });
  if (!rest) return undefined;
  if (now < rest.untilAt) {
    const { untilAt, trouble } = rest;
    return { ...saidOfTrunk({ kind: 'trunk-rests', trunk: name, untilAt, trouble }, now), untilAt };
  }
  if (probesOut(rest, now) < PROBE_LINES) return undefined;
  return saidOfTrunk({ kind: 'trunk-tried', trunk: name, probes: rest.probes, trouble: rest.trouble });
}

/** At most `calls` calls in any window of that length: a second, or longer for slower than one a second. */
function rateWindow({ maxCallsPerSecond }: TrunkCapacity): { readonly calls: number; readonly windowMs: number } {
  if (maxCallsPerSecond >= 1) return { calls: Math.floor(maxCallsPerSecond), windowMs: 1000 };
  return { calls: 1, windowMs: Math.ceil(1000 / maxCallsPerSecond) };
}

function noteDialed(state: TrunkState, capacity: TrunkCapacity, now: number): TrunkState {
  const { calls } = rateWindow(capacity);
  const dialedAt = [...state.dialedAt, now].slice(-calls);
  const { rest } = state;
  if (!rest) return { ...state, dialedAt };
  return { ...state, dialedAt, rest: { ...rest, probes: probesOut(rest, now) + 1, probedAt: now } };
}
