// May a campaign place calls now, and if not, why? One sentence that an agent and an admin understand.
// Says nothing about how many lines; that is pacing's.

import { allAre } from '../base/all-of.ts';
import { defined } from '../base/defined.ts';
import type { CampaignState } from '../terms.ts';
import { formatLocal } from '../base/local-time.ts';
import type { Schedule } from '../campaign/definition.ts';
import type { TrunkStanding } from '../trunks/limits.ts';
import type { HeldReason, Reason, Wait } from './reasons.ts';
import { describeWindow, isOpenAt, nextChangeAt } from '../campaign/schedule.ts';

export interface DialingInput {
  readonly state: CampaignState;
  readonly schedule?: Schedule;
  readonly now: number;
  /** Sessions on the campaign. */
  readonly agents: {
    /** Ready, reserved, talking or in wrap-up. */
    readonly working: number;
    readonly paused: number;
  };
  /** Why all outbound calling is switched off; absent: it is on. */
  readonly outboundOff?: Said;
  /** The campaign's trunks in its order. */
  readonly trunks: readonly TrunkStanding[];
  /** The control link to Asterisk is up. */
  readonly linkUp: boolean;
  readonly storeWorks: boolean;
  /** The daemon has been asked to stop. */
  readonly draining: boolean;
  /** When the next record falls due, epoch ms; Infinity: none that is known; absent: one may be dialed now. */
  readonly nextRecordAt?: number;
  /** What keeps that record back until then, in a few words. */
  readonly nextBecause?: string;
  readonly nextWait?: Wait;
  /** Why nothing is dialed before `nextRecordAt`, when records are not the reason. */
  readonly heldBack?: string;
  readonly heldReason?: HeldReason;
  /** The campaign has stopped: what happened, and by what; a person may lift a fault. */
  readonly halted?: string;
  readonly haltedBy?: 'fault' | 'file' | 'sound';
}

/** Why nothing is dialed, in one word each. */
export const NOT_DIALING = [
  'outbound-off',
  'state',
  'halted',
  'draining',
  'link',
  'store',
  'schedule',
  'agents',
  'trunks',
  'records',
] as const;
export type NotDialing = (typeof NOT_DIALING)[number];

/** One sentence, and the same as a kind with its values. */
export interface Said {
  readonly why: string;
  readonly reason: Reason;
}

export interface DialingDecision extends Said {
  readonly mayDial: boolean;
  /** The same in one word; absent while it dials. */
  readonly cause?: NotDialing;
  /** When time alone may change the decision, epoch ms. */
  readonly againAt?: number;
}

type Objection = Omit<DialingDecision, 'mayDial' | 'cause'>;
type Check = (input: DialingInput) => Objection | undefined;

const haltedWhy = (halted: string, by: DialingInput['haltedBy']): string =>
  by === 'fault'
    ? `Dialing has stopped because of a fault: ${halted}. The log has it; outdial campaign start dials again.`
    : `Dialing has stopped: ${halted}.`;

/** The first that objects is reported: from what concerns everything to what concerns the moment. */
const CHECKS: readonly (readonly [NotDialing, Check])[] = [
  ['outbound-off', ({ outboundOff }) => outboundOff],
  ['state', ({ state }) => (state === 'running' ? undefined : { why: OF_STATE[state], reason: { kind: state } })],
  ['halted', haltCheck],
  ['draining', ({ draining }) => (draining ? DRAINING : undefined)],
  ['link', ({ linkUp }) => (linkUp ? undefined : LINK_DOWN)],
  ['store', ({ storeWorks }) => (storeWorks ? undefined : STORE_FAILING)],
  ['schedule', scheduleCheck],
  ['agents', agentCheck],
  ['trunks', trunkCheck],
  ['records', recordCheck],
];

const DRAINING: Said = { why: 'outdial is stopping: no new calls are placed.', reason: { kind: 'draining' } };
const LINK_DOWN: Said = { why: 'The connection to Asterisk is down.', reason: { kind: 'link-down' } };
const STORE_FAILING: Said = {
  why: 'Attempts cannot be written to the store (is its disk full?).',
  reason: { kind: 'store-failing' },
};

const OF_STATE: Readonly<Record<Exclude<CampaignState, 'running'>, string>> = {
  unapproved: 'The campaign has not been approved yet.',
  approved: 'The campaign has been approved but not started yet.',
  paused: 'The campaign is paused.',
  stopped: 'The campaign is stopped.',
  exhausted: 'No record can ever be dialed again.',
  archived: 'The campaign is archived.',
};

/** Whether lines may be dialed at `now`, and the first reason why not. */
export function judgeDialing(input: DialingInput): DialingDecision {
  for (const [cause, check] of CHECKS) {
    const reason = check(input);
    if (reason) return { mayDial: false, cause, ...reason };
  }
  const { working } = input.agents;
  const why = working === 1 ? '1 agent is working.' : `${working} agents are working.`;
  return { mayDial: true, why, reason: { kind: 'agents-working', agents: working } };
}

function haltCheck({ halted, haltedBy = 'fault' }: DialingInput): Objection | undefined {
  if (halted === undefined) return undefined;
  return { why: haltedWhy(halted, haltedBy), reason: { kind: 'halted', by: haltedBy, what: halted } };
}

function scheduleCheck({ schedule, now }: DialingInput): Objection | undefined {
  if (schedule === undefined || isOpenAt(schedule, now)) return undefined;
  const againAt = nextChangeAt(schedule, now);
  const reason: Reason = { kind: 'window-closed', opensAt: againAt ?? null, zone: schedule.timezone };
  return { why: describeWindow(schedule, now), reason, ...defined({ againAt }) };
}

function agentCheck({ agents: { working, paused } }: DialingInput): Objection | undefined {
  if (working > 0) return undefined;
  if (paused === 0) return { why: 'No agent is signed in.', reason: { kind: 'no-agent' } };
  return { why: `${allAre(paused, 'agent')} paused.`, reason: { kind: 'agents-paused', agents: paused } };
}

function trunkCheck({ trunks }: DialingInput): Objection | undefined {
  if (trunks.length === 0) return { why: 'The campaign has no trunk.', reason: { kind: 'trunks', trunks: [] } };
  if (trunks.some((trunk) => trunk.mayDial)) return undefined;
  const moments = trunks.flatMap((trunk) => trunk.untilAt ?? []);
  const why = trunks.map((trunk) => trunk.why).join(' ');
  const reason: Reason = { kind: 'trunks', trunks: trunks.map((trunk) => trunk.reason) };
  return moments.length === 0 ? { why, reason } : { why, reason, againAt: Math.min(...moments) };
}

function recordCheck(input: DialingInput): Objection | undefined {
  const { nextRecordAt, heldBack, now, schedule } = input;
  if (nextRecordAt === undefined || nextRecordAt <= now) return undefined;
  if (heldBack !== undefined) {
    // Logs of before name no kind.
    return { why: heldBack, reason: input.heldReason ?? { kind: 'no-record-now' }, againAt: nextRecordAt };
  }
  if (nextRecordAt === Infinity) return IN_CALLS;
  return { ...recordDue({ ...input, nextRecordAt, zone: schedule?.timezone ?? 'UTC' }), againAt: nextRecordAt };
}

const IN_CALLS: Said = {
  why: 'No record is left to dial but those of calls that still go on.',
  reason: { kind: 'records-in-calls' },
};

type NextRecord = Pick<DialingInput, 'nextBecause' | 'nextWait'> & {
  readonly nextRecordAt: number;
  /** IANA zone of the sentence. */
  readonly zone: string;
};

/** When the next record is due, and what it waits for until then. */
export function recordDue({ nextRecordAt: at, nextBecause, nextWait, zone }: NextRecord): Said {
  const because = nextBecause === undefined ? '' : `: ${nextBecause}`;
  const why = `No record is due before ${formatLocal(zone, at)}${because}.`;
  return { why, reason: { kind: 'record-due', at, zone, wait: nextWait ?? null } };
}
