// Everything that lives right now: calls, agent sessions, sign-ins and campaigns, and how to find them by leg.
// Only the engine's own parts change it, one event at a time.

import type { AgentSession } from '../agent/session.ts';
import type { ListenIn } from '../agent/listen-in.ts';
import type { SignIn } from '../agent/sign-in.ts';
import type { Call, CallOrigin } from '../call/call.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Said } from '../eligibility/dialing.ts';
import type { AttemptOutcome } from '../records/call-again.ts';
import type { CallbackFacts, OverNext, PersonFacts } from '../records/record.ts';
import type { ScriptRun } from '../script/machine.ts';
import type { Script } from '../script/script.ts';
import type { AgentNumber, AttemptId, BridgeId, CampaignName, CampaignState, LegId, SessionId } from '../terms.ts';
import type { CampaignAnswers } from './campaigns/campaign-answers.ts';
import type { CampaignPacer } from './dialing/campaign-pacer.ts';
import type { PacingView } from './control-views.ts';
import type { RecordsAhead } from './dialing/records-ahead.ts';
import type { Halt } from './halt.ts';
import type { Figures } from './campaigns/figures.ts';
import type { Agent } from './ports.ts';
import type { RecentDecisions } from './dialing/recent-decisions.ts';
import type { OpenedCall } from './store/attempts.ts';

/** A call with what the engine needs around its machine. */
export interface LiveCall {
  call: Call;
  readonly opened: OpenedCall;
  /** How many steps it has taken. */
  steps: number;
  /** When its latest step happened, by our clock. */
  steppedAt: number;
  /** No agent was ready at the answer; undefined: not known. */
  waited: boolean | undefined;
  /** An agent and the person have met; a second agent's taking over does not count again. */
  met: boolean;
  /** The exchange's own time stamps, epoch ms. */
  exchangeAnsweredAt?: number;
  exchangeBridgedAt?: number;
  /** The attempt is closed in the store; the record may still wait for a disposition. */
  closed: boolean;
  /** How many steps of its end have been done. */
  endSteps: number;
  /** Its agent has given the person to somebody else. */
  isGiven?: true;
  /** The campaign's pacer knows of it; not so calls for one agent alone, and those that came in. */
  readonly paced: boolean;
  /** The session whose agent is engaged for this call alone; `keepsRecord`: what becomes of the record is said there. */
  engaged?: { readonly session: SessionId; readonly keepsRecord: boolean };
}

export interface RunningCampaign {
  definition: Campaign;
  state: CampaignState;
  changedAt: number;
  pacer: CampaignPacer | undefined;
  answers: CampaignAnswers;
  /** Those of today; replaced at midnight of the campaign's time zone. */
  figures: Figures;
  /** Live answers without an agent, longest waiting first. */
  readonly waiting: AttemptId[];
  /** People who called and have no agent yet, longest waiting first. */
  readonly callers: AttemptId[];
  /** Attempts being opened in the store: reported to the pacer, not yet placed. */
  opening: number;
  /** What is known of its next record. */
  readonly ahead: RecordsAhead;
  /** Records that may still come up before the end of the dialing; undefined: more than will be dialed, or unknown. */
  dialsLeft: number | undefined;
  pacing: PacingView | undefined;
  /** The latest decisions that changed something, newest last. */
  readonly decisions: RecentDecisions;
  callerIdTurn: number;
  /** A bug was met in handling its calls: no new ones until an admin says so. */
  halted: Halt | undefined;
}

/** What the engine still owes a record whose conversation is over: the result, the disposition or both. */
export interface RecordOutcome {
  readonly origin: CallOrigin;
  readonly opened: OpenedCall;
  readonly campaign: CampaignName;
  outcome?: Pick<AttemptOutcome, 'result' | 'endedAt' | 'counts'> & Partial<Pick<AttemptOutcome, 'retryAfterMs'>>;
  given?: GivenDisposition;
  /** GivenDisposition of it while its agent keeps the record and calls another number: it decides if that call is never placed. */
  noted?: GivenDisposition;
  /** Who has the last word, where several agents talked with the person. */
  speaker?: AgentNumber;
  /** A callback agreed in the call. */
  agreed?: CallbackFacts;
  /** When it is decided again: what the decision before did besides, and this one undoes. */
  undoes?: Pick<OverNext, 'priority' | 'takesBack'>;
  /** What was answered to the script, when it is decided again; absent: what `scripts` has. */
  answers?: AttemptOutcome['answers'];
}

/** A script that is read out in a call, with what is known of the person. */
export interface OpenScript {
  readonly campaign: CampaignName;
  readonly record: PersonFacts;
  readonly script: Script;
  run: ScriptRun;
  /** The run as it was kept last has this version; 0: it was not kept yet. */
  kept: number;
}

/** The disposition that an agent gave a call, or that none was given. */
export interface GivenDisposition {
  /** Absent: nothing within the time. */
  readonly disposition?: string;
  readonly agent: AgentNumber;
  readonly at: number;
  readonly reason?: string;
  /** Another number of the contact, as typed. */
  readonly phone?: string;
}

/** Where a supervisor who listens sits. */
interface ListenerSeat {
  /** The bridge that is shared with the ear alone. */
  readonly own: BridgeId;
  /** The agent's, while the supervisor is to be in it. */
  readonly into?: BridgeId;
}

export class World {
  readonly calls = new Map<AttemptId, LiveCall>();
  readonly callByLeg = new Map<LegId, AttemptId>();
  /** The call into which a third party's leg is brought; also an agent's phone that is consulted. */
  readonly thirdByLeg = new Map<LegId, AttemptId>();
  /** Legs of supervisors who listen. */
  readonly listening = new Map<LegId, ListenerSeat>();
  readonly sessions = new Map<SessionId, AgentSession>();
  /** Outside phones that are called for a session, or sit in it. */
  readonly outsideByLeg = new Map<LegId, SessionId>();
  readonly sessionByLeg = new Map<LegId, SessionId>();
  readonly sessionByAgent = new Map<AgentNumber, SessionId>();
  /** Everyone who may sign in, as last read from the store. */
  readonly agentsByNumber = new Map<AgentNumber, Agent>();
  readonly signIns = new Map<LegId, SignIn>();
  /** Phones of supervisors who have dialed in, and have shown number and PIN. */
  readonly listenIns = new Map<LegId, ListenIn>();
  /** Legs that we have ordered to leave their bridge, and those that are hanging up. */
  readonly leaving = new Set<LegId>();
  readonly campaigns = new Map<CampaignName, RunningCampaign>();
  readonly recordOutcomes = new Map<AttemptId, RecordOutcome>();
  /** Of calls that are in an agent's hands, or not decided yet. */
  readonly scripts = new Map<AttemptId, OpenScript>();
  /** Accounts whose phones are registered. */
  readonly registered = new Set<string>();
  /** The exchange takes commands, and what lives there has been taken up. */
  linkUp = false;
  draining = false;
  /** Why all outbound calling is switched off; undefined: it is on. */
  outboundOff: Said | undefined = undefined;

  callsOf(campaign: CampaignName): LiveCall[] {
    return [...this.calls.values()].filter((live) => live.call.campaign === campaign);
  }

  sessionsOf(campaign: CampaignName): AgentSession[] {
    return [...this.sessions.values()].filter((session) => session.campaign === campaign);
  }
}
