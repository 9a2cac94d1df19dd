// What a person or script may ask of the running engine. HTTP routes and the CLI stand on this; the engine fulfils it.
// What it shows stands in control-views.ts, what it reports by itself in live-events.ts. Every refusal is an
// OperationalError.

import type { AgentNumber, AttemptId, CampaignAction, CampaignName } from '../terms.ts';
import type { Lock } from '../agent/lock-out.ts';
import type { ContentFault } from '../call/content.ts';
import type { CampaignSound } from '../campaign/sounds.ts';
import type { ChangedRecords } from './agents/changed-records.ts';
import type { DeskPort } from './agents/desk-port.ts';
import type { BrowserAccount } from './agents/browser-account.ts';
import type { Listening, ListeningOrder } from './calls/listening-orders.ts';
import type { CallOrder, CallStanding } from './calls/call-orders.ts';
import type { CallbackRequest, CallbackTimesRequest } from './calls/callback-request.ts';
import type { CallbackTimes } from '../eligibility/callback-times.ts';
import type { DispositionGiven, DispositionRequest } from './calls/disposition-request.ts';
import type { ScriptActed, ScriptRequest, ShownScript } from './calls/script-request.ts';
import type { AgentView, CampaignBudget, CampaignView, Health, TrunkView } from './control-views.ts';
import type { LiveEvent } from './live-events.ts';
import type { CallbackRow } from './store/callbacks.ts';
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
  /** For a form: which times a callback of the record may be agreed on for, and what forbids the rest. */
  callbackTimes(request: CallbackTimesRequest): Promise<CallbackTimes>;
  /** Takes a callback back: its record is finished, with `again` an ordinary one that is due at once. */
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
  /**
   * Lets the browser dial in by which that supervisor listens, usable when it resolves; refused with `not-listening` and
   * `asterisk-unreachable`.
   */
  admitListener(phone: string, account: BrowserAccount): Promise<void>;
  /** Ends it; by one phone, or whoever listens. A browser's call ends also when it has taken the person over. */
  endListening(agent: AgentNumber, phone?: AgentNumber): Promise<void>;
  /** Users have changed: who listens by a phone that dialed in and may no longer is cut off, the conversation goes on. */
  usersChanged(): Promise<void>;
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
