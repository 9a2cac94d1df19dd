// What the engine shows of itself to people and scripts: campaigns, agents, trunks, health, each as it stands now.

import type { Hours } from '../campaign/hours-in-words.ts';
import type { NotDialing } from '../eligibility/dialing.ts';
import type { Reason } from '../eligibility/reasons.ts';
import type {
  AgentNumber,
  AgentState,
  AttemptId,
  CampaignName,
  CampaignState,
  Mode,
  PhoneMode,
  Result,
  SessionId,
} from '../terms.ts';
import type { TrunkReason } from '../trunks/reasons.ts';
import type { CallOrigin } from './live-events.ts';

export interface CampaignView {
  readonly name: CampaignName;
  readonly description: string;
  readonly mode: Mode;
  readonly state: CampaignState;
  readonly changedAt: number;
  /** Whether lines may be dialed now, and if not, why, in one sentence. */
  readonly dialing: boolean;
  readonly why: string;
  /** The same as a kind with its values. */
  readonly reason: Reason;
  /** Why nothing is dialed, in one word; absent while it dials. */
  readonly cause?: NotDialing;
  /** When the schedule next starts or stops it; absent without a schedule. */
  readonly nextChangeAt?: number;
  /** Its hours in words, and when they open or close next. */
  readonly hours: string;
  readonly opening: Hours;
  readonly agents: Readonly<Record<Exclude<AgentState, 'offline'>, number>>;
  readonly calls: {
    readonly placing: number;
    readonly ringing: number;
    readonly detecting: number;
    readonly waiting: number;
    readonly talking: number;
  };
  /** Of the attempts dialed on this day of the campaign's time zone, whichever run of the daemon dialed them. */
  readonly today: CampaignFigures;
  /** The abandon rate that the campaign's pacing keeps to, 0–1. */
  readonly abandonTarget: number;
  readonly pacing?: PacingView;
  /** The latest decisions that changed something, newest last. */
  readonly decisions?: readonly PacingView[];
  /** Policies that decide silently beside the one that dials; absent: the campaign names none. */
  readonly shadows?: readonly ShadowView[];
  /** The tightest abandonment window: whose it is, its target, its count. */
  readonly window?: AbandonmentWindowView;
}

export interface CampaignFigures {
  readonly attempts: number;
  readonly liveAnswers: number;
  readonly connected: number;
  readonly abandoned: number;
  readonly abandonRate: number;
  readonly byResult: Readonly<Partial<Record<Result, number>>>;
  /** From the customer's answer to both legs in one bridge, of calls that found a ready agent. */
  readonly answerDelayMs: Percentiles;
  /** The same of people who had to wait for an agent, and got one. */
  readonly waited: Waited;
  readonly utilisation: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly count: number;
}

export interface Waited {
  readonly count: number;
  readonly maxMs: number;
}

export interface PacingView {
  readonly at: number;
  readonly dial: number;
  readonly cancel: number;
  /** One sentence for a telephony admin. */
  readonly reason: string;
}

export interface CampaignBudget {
  readonly campaign: CampaignName;
  readonly limits: readonly AbandonmentLimitView[];
}

/** One limit on abandoned calls: whose it is, what it has counted, and what it leaves. */
interface AbandonmentLimitView extends AbandonmentWindowView {
  /** Abandonments that the live answers so far still allow; below 0: so many too many. */
  readonly left: number;
  /** The same at the end of today's dialing, if people go on answering as in the last hour; absent: no window that ends. */
  readonly leftAtEnd?: number;
}

interface AbandonmentWindowView {
  readonly name: string;
  readonly target: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  /** Absent: the rate must be right at any time. */
  readonly endsAt?: number;
}

export interface AgentView {
  readonly number: AgentNumber;
  readonly name: string;
  readonly groups: readonly string[];
  readonly account: string;
  readonly registered: boolean;
  readonly state: AgentState;
  readonly since: number;
  readonly reason?: string;
  readonly session?: SessionId;
  readonly campaign?: CampaignName;
  readonly phoneMode?: PhoneMode;
  readonly attempt?: AttemptId;
  /** Masked number of the person being talked to. */
  readonly talkingTo?: string;
  /** What the agent must know of how the call came about: which number validation left. */
  readonly note?: string;
  readonly origin?: CallOrigin;
  /** The campaign that a supervisor moves the agent to, once the session here has ended. */
  readonly movesTo?: CampaignName;
}

/** What another policy would have done, since the beginning of the day or of the pacer. */
export interface ShadowView {
  readonly policy: string;
  readonly decisions: number;
  /** Shares of the decisions at which it would have had more or fewer lines out. */
  readonly more: number;
  readonly fewer: number;
  /** Lines that it would have wanted out beyond the real ones, on average. */
  readonly meanLines: number;
}

export interface TrunkView {
  readonly name: string;
  readonly maxLines: number;
  readonly linesInUse: number;
  /** Asterisk reaches the carrier. */
  readonly reachable: boolean;
  /** Whether it takes a call now, and if not, why, in one sentence. */
  readonly mayDial: boolean;
  readonly why: string;
  readonly reason: TrunkReason;
  /** It rests until then because calls on it failed; absent: it does not. */
  readonly restsUntilAt?: number;
}

interface CertificateHealth {
  readonly state: 'ok' | 'ending' | 'ended' | 'mismatched' | 'unreadable';
  readonly detail: string;
  readonly endsAt?: number;
}

export interface Health {
  readonly ready: boolean;
  readonly draining: boolean;
  readonly links: { readonly ari: boolean; readonly ami: boolean };
  /** Whether phones and carriers are answered; `unknown`: it cannot be tried from here. */
  readonly sip: 'ok' | 'silent' | 'unknown';
  /** Of the phones' certificate; absent: they use none. */
  readonly certificate?: CertificateHealth;
  /** `stalled`: a thread of it has not answered for seconds. */
  readonly store: 'ok' | 'failing' | 'stalled';
  readonly calls: number;
  readonly sessions: number;
  /** Campaigns that place no new calls because of a fault. */
  readonly halted: readonly CampaignName[];
}
