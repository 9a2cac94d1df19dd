// May a campaign place calls now, and if not, why? One sentence that an agent and an admin understand.
// Says nothing about how many lines; that is pacing's.

import { allAre } from '../base/all-of.ts';
import { defined } from '../base/defined.ts';
import type { CampaignState } from '../terms.ts';
import { formatLocal } from '../base/local-time.ts';
import type { Schedule } from '../campaign/definition.ts';
import type { TrunkStanding } from '../trunks/limits.ts';
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
  readonly outboundOff?: string;
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
  /** Why nothing is dialed before `nextRecordAt`, when records are not the reason. */
  readonly heldBack?: string;
  /** A fault in outdial has stopped the campaign: what happened. */
  readonly halted?: string;
  /** Halted by a fault, which a person may lift. */
  readonly isFault?: boolean;
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

export interface DialingDecision {
  readonly mayDial: boolean;
  readonly why: string;
  /** The same in one word; absent while it dials. */
  readonly cause?: NotDialing;
  /** When time alone may change the decision, epoch ms. */
  readonly againAt?: number;
}

type Reason = Omit<DialingDecision, 'mayDial' | 'cause'>;
type Check = (input: DialingInput) => Reason | undefined;

const haltedWhy = (halted: string, isFault: boolean): string =>
  isFault
    ? `Dialing has stopped because of a fault: ${halted}. The log has it; outdial campaign start dials again.`
    : `Dialing has stopped: ${halted}.`;

/** The first that objects is reported: from what concerns everything to what concerns the moment. */
const CHECKS: readonly (readonly [NotDialing, Check])[] = [
  ['outbound-off', ({ outboundOff }) => (outboundOff === undefined ? undefined : { why: outboundOff })],
  ['state', ({ state }) => (state === 'running' ? undefined : { why: OF_STATE[state] })],
  [
    'halted',
    ({ halted, isFault }) => (halted === undefined ? undefined : { why: haltedWhy(halted, isFault === true) }),
  ],
  ['draining', ({ draining }) => (draining ? { why: 'outdial is stopping: no new calls are placed.' } : undefined)],
  ['link', ({ linkUp }) => (linkUp ? undefined : { why: 'The connection to Asterisk is down.' })],
  [
    'store',
    ({ storeWorks }) =>
      storeWorks ? undefined : { why: 'Attempts cannot be written to the store (is its disk full?).' },
  ],
  ['schedule', scheduleCheck],
  ['agents', agentCheck],
  ['trunks', trunkCheck],
  ['records', recordCheck],
];

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
  return { mayDial: true, why: working === 1 ? '1 agent is working.' : `${working} agents are working.` };
}

function scheduleCheck({ schedule, now }: DialingInput): Reason | undefined {
  if (isOpenAt(schedule, now)) return undefined;
  const againAt = nextChangeAt(schedule, now);
  return { why: describeWindow(schedule, now), ...defined({ againAt }) };
}

function agentCheck({ agents }: DialingInput): Reason | undefined {
  if (agents.working > 0) return undefined;
  if (agents.paused === 0) return { why: 'No agent is signed in.' };
  return { why: `${allAre(agents.paused, 'agent')} paused.` };
}

function trunkCheck({ trunks }: DialingInput): Reason | undefined {
  if (trunks.length === 0) return { why: 'The campaign has no trunk.' };
  if (trunks.some((trunk) => trunk.mayDial)) return undefined;
  const moments = trunks.flatMap((trunk) => trunk.untilAt ?? []);
  const why = trunks.map((trunk) => trunk.why).join(' ');
  return moments.length === 0 ? { why } : { why, againAt: Math.min(...moments) };
}

function recordCheck({ nextRecordAt, nextBecause, heldBack, now, schedule }: DialingInput): Reason | undefined {
  if (nextRecordAt === undefined || nextRecordAt <= now) return undefined;
  if (heldBack !== undefined) return { why: heldBack, againAt: nextRecordAt };
  if (nextRecordAt === Infinity) return { why: 'No record is left to dial but those of calls that still go on.' };
  const when = formatLocal(schedule?.timezone ?? 'UTC', nextRecordAt);
  const because = nextBecause === undefined ? '' : `: ${nextBecause}`;
  return { why: `No record is due before ${when}${because}.`, againAt: nextRecordAt };
}
