// What a person or script may ask of the running engine, and what it shows. HTTP routes and the CLI stand on this;
// the engine fulfils it. Every refusal is an OperationalError.

import type {
  AgentNumber,
  AgentState,
  AttemptId,
  CampaignAction,
  CampaignName,
  CampaignState,
  Mode,
  PhoneMode,
  Result,
  SessionId,
} from '../terms.ts';
import type { Lock } from '../agent/lock-out.ts';
import type { NotDialing } from '../eligibility/dialing.ts';
import type { ContentFault } from '../call/content.ts';
import type { CampaignSound } from '../campaign/sounds.ts';
import type { ChangedRecords } from './agents/changed-records.ts';
import type { DeskPort } from './agents/desk-port.ts';
import type { Listening, ListeningOrder } from './calls/listening-orders.ts';
import type { CallOrder, CallStanding } from './calls/call-orders.ts';
import type { CallbackRequest, CallbackTimesRequest } from './calls/callback-request.ts';
import type { CallbackTimes } from '../eligibility/callback-times.ts';
import type { DispositionGiven, DispositionRequest } from './calls/disposition-request.ts';
import type { ScriptActed, ScriptRequest, ShownScript } from './calls/script-request.ts';
import type { CallbackRow, CallbackState } from './store/callbacks.ts';
import type { OutboundStep } from './store/outbound.ts';
import type { Actor } from './actor.ts';

export interface Control {
  campaigns(): readonly CampaignView[];
  /** Undefined when no such campaign is loaded. */
  campaign(name: CampaignName): CampaignView | undefined;
  /** One step of the campaign's life; refused with `campaign-step-refused` when its state does not allow it. */
  actOnCampaign(name: CampaignName, action: CampaignAction, by: Actor): Promise<CampaignView>;
  /** Sounds of the campaign that the exchange does not have; undefined: it cannot be asked now. */
  missingSounds(name: CampaignName): Promise<readonly CampaignSound[] | undefined>;
  agents(): Promise<readonly AgentView[]>;
  /** Ends the agent's session after the conversation that is running, if any. */
  signOutAgent(agent: AgentNumber, by: Actor): Promise<void>;
  /**
   * The agent goes on in another campaign: at once, or after the call that is running; the phone is rung there. Refused
   * with `agent-not-signed-in`, `campaign-unknown`, `agent-not-assigned`, `agent-there-already`.
   */
  moveAgent(agent: AgentNumber, campaign: CampaignName, by: Actor): Promise<void>;
  /** Ends a session that hangs, at once; refused with `agent-in-call` while a person is on the line. */
  endSession(agent: AgentNumber, by: Actor): Promise<void>;
  /**
   * Agents changed in the store: their accounts are made in Asterisk and they may sign in; who may not work in a campaign
   * any more gets no more of its calls, and owes it no personal callbacks.
   */
  agentsChanged(): Promise<readonly HandedOver[]>;
  /** The agent has a new PIN: wrong ones typed before no longer count. */
  liftLockOut(agent: AgentNumber): void;
  /** Contacts were imported, edited or removed: make the missing records of the campaigns that use the list. */
  listsChanged(): Promise<void>;
  /** Records or do-not-call lists were changed by somebody: agents who look at such a record see it at once. */
  recordsChanged(change: ChangedRecords): Promise<void>;
  /** Reads the campaign files again; a faulty file changes nothing and is reported. */
  reload(): Promise<void>;
  /** No new calls from now on; resolves when the last live one has ended. */
  drain(): Promise<void>;
  /** Whether anything may be dialed at all. */
  outbound(): OutboundStep;
  /** Switches all outbound calling off (at once) or on (when that is durable); calls that live go on. */
  turnOutbound(wanted: OutboundOrder): Promise<OutboundStep>;
  /** Sets or moves a record's callback, in a call too; refused with the reason when that time may not be agreed on. */
  setCallback(request: CallbackRequest): Promise<CallbackRow>;
  /** Takes a callback back: its record is finished, with `again` an ordinary one that is due at once. */
  /** For a form: which times a callback of the record may be agreed on for, and what forbids the rest. */
  callbackTimes(request: CallbackTimesRequest): Promise<CallbackTimes>;
  cancelCallback(id: number, how: { readonly by: Actor; readonly again: boolean }): Promise<CallbackRow>;
  /**
   * What a conversation was, with all that the disposition asks for; said while it goes on, in the wrap-up, or, for what
   * was left out of a disposition given before, afterwards. Refused with the reason (`disposition-incomplete` …).
   */
  dispose(request: DispositionRequest): Promise<DispositionGiven>;
  /** The agents' desks: sessions without a phone's keys, and what is done with each record. */
  readonly desks: DeskPort;
  /** A supervisor hears an agent, or changes how; refused with the reason (`agent-not-signed-in`, `listener-busy` …). */
  listen(agent: AgentNumber, order: ListeningOrder): Promise<Listening>;
  /** Ends it; by one phone, or whoever listens. */
  endListening(agent: AgentNumber, phone?: AgentNumber): Promise<void>;
  listenings(): readonly Listening[];
  /** How the call that the agent is in stands; undefined when the agent talks with no person. */
  callOf(agent: AgentNumber): CallStanding | undefined;
  /**
   * Carries out what the agent asks of that call, and gives how it stands then; undefined when it is over. What is so
   * already is done. Refused with the reason (`call-missing`, `exchange-refused` …).
   */
  controlCall(agent: AgentNumber, order: CallOrder): Promise<CallStanding | undefined>;
  /** The script of the call that the agent has in hand or wraps up; refused with the reason (`script-none` …). */
  script(agent: AgentNumber, attempt?: AttemptId): ShownScript;
  /** What the agent does with it; what the script itself refuses comes with it as it stands. */
  actOnScript(request: ScriptRequest): Promise<ScriptActed>;
  /** What lives on the exchange and disagrees with what the engine believes; rejects when the exchange cannot be asked. */
  content(): Promise<readonly ContentFault[]>;
  health(): Health;
  /** Every trunk as it stands now, in the order of the settings. */
  trunks(): readonly TrunkView[];
  /** How each abandonment limit of every campaign stands. */
  budgets(): readonly CampaignBudget[];
  /** Phones and agents' numbers that are locked after wrong PINs now. */
  locks(): readonly Lock[];
  /** Calls `listener` for every live event until the returned function is called. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}

export interface OutboundOrder extends Pick<OutboundStep, 'on' | 'reason'> {
  readonly by: Actor;
}

/** Personal callbacks of an agent who no longer works in the campaign: any agent's now. */
export interface HandedOver {
  readonly campaign: CampaignName;
  readonly agent: AgentNumber;
  readonly callbacks: number;
}

export interface CampaignView {
  readonly name: CampaignName;
  readonly description: string;
  readonly mode: Mode;
  readonly state: CampaignState;
  readonly changedAt: number;
  /** Whether lines may be dialed now, and if not, why, in one sentence. */
  readonly dialing: boolean;
  readonly why: string;
  /** Why nothing is dialed, in one word; absent while it dials. */
  readonly cause?: NotDialing;
  /** When the schedule next starts or stops it; absent without a schedule. */
  readonly nextChangeAt?: number;
  /** Its hours in words, and when they open or close next. */
  readonly hours: string;
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
  /** The same at the end of its window, if people go on answering as in the last hour; absent: it has no end. */
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

/** How a call came about, when not by the campaign's own choice of records. */
export type CallOrigin = 'callback' | 'personal-callback' | 'inbound';

export type LiveEvent =
  | { readonly type: 'campaign'; readonly at: number; readonly campaign: CampaignName }
  | { readonly type: 'agent'; readonly at: number; readonly agent: AgentNumber }
  | {
      readonly type: 'call';
      readonly at: number;
      readonly attempt: AttemptId;
      readonly campaign: CampaignName;
      readonly from: string;
      readonly to: string;
      readonly event: string;
      readonly origin?: CallOrigin;
      /** What the network and the dialer observed; with the end of the call. */
      readonly result?: Result;
    }
  /** An agent said what the conversation was; comes before or after the end of the call. */
  | {
      readonly type: 'disposition';
      readonly at: number;
      readonly attempt: AttemptId;
      readonly campaign: CampaignName;
      readonly agent: AgentNumber;
      readonly disposition: string;
    }
  /** A callback was set, moved or taken back. */
  | {
      readonly type: 'callback';
      readonly at: number;
      readonly campaign: CampaignName;
      readonly callback: number;
      readonly state: CallbackState;
    };
