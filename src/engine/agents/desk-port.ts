// What may be asked for at an agent's desk, and what it shows: sessions without a phone's keys, commands, one picture of
// everything that a workspace needs, and each change of it at once. The agents' API and every workspace stand on this.

import type { PhoneKind } from '../../agent/session.ts';
import type { Reason } from '../../eligibility/reasons.ts';
import type { Command } from '../../interaction/desk.ts';
import type { Act, Interaction, Refusal } from '../../interaction/interaction.ts';
import type { Channel, InteractionKind } from '../../interaction/modes.ts';
import type { PersonFacts } from '../../records/record.ts';
import type { ValidationOutcome } from '../../rules/validation.ts';
import type {
  AgentNumber,
  AgentState,
  AttemptId,
  CampaignName,
  CampaignState,
  PauseReason,
  PhoneMode,
  SessionId,
} from '../../terms.ts';
import type { BrowserAccount } from './browser-account.ts';

export interface DeskPort {
  /** Resolves once the desks are as they were before a restart: what is read before that is not how they stand. */
  begun(): Promise<void>;
  /** Campaigns that the agent may open a session in, running ones first; empty for an agent who does not exist. */
  campaigns(agent: AgentNumber): readonly DeskCampaign[];
  /** The agent exists, or was removed and has a session to finish. */
  mayEnter(agent: AgentNumber): boolean;
  /**
   * Opens a session, paused (`signed-in`) or, where that is wanted, ready as soon as its phone is there: outdial rings the agent's phone, or, where it rings for each call, waits until
   * there is one. A session that the agent has opened by phone in that campaign gets a desk. Durable when it resolves.
   * Refused with `agent-unknown`, `campaign-unknown`, `agent-not-assigned`, `agent-has-session` (in another campaign),
   * `phone-not-registered`, `asterisk-unreachable`, and for an outside phone `outside-phone-not-allowed`, `number-invalid`,
   * `number-not-dialed`.
   */
  open(request: OpenDesk): Promise<DeskView>;
  /** Once, whatever is sent twice under one key; durable when it resolves. Never rejects for what the state refuses. */
  command(agent: AgentNumber, command: DeskCommand): Promise<DeskAnswer>;
  /** The agent's desk now; without a session `offline`. */
  view(agent: AgentNumber): DeskView;
  /**
   * Lets a browser dial into the agent's session with that account; usable when it resolves. Refused with
   * `phone-not-browser`, `asterisk-unreachable`.
   */
  admitBrowser(agent: AgentNumber, account: BrowserAccount): Promise<void>;
  /** The connection over which the agent's browser speaks SIP is there, or gone. */
  browserConnection(agent: AgentNumber, isThere: boolean): void;
  /**
   * A screen shows the desk to its agent, or no longer: after half a minute without one nothing more comes to the agent
   * (`page-closed`), after five a record that is not dialed is given back.
   */
  screen(agent: AgentNumber, isThere: boolean): void;
  /** Calls `listener` with the new picture at each change, at once, until the returned function is called. */
  subscribe(agent: AgentNumber, listener: (view: DeskView) => void): () => void;
}

export interface OpenDesk {
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  /** Default: the phone of the agent's account, which is rung; a browser is waited for; any number is called. */
  readonly phone?: Exclude<PhoneKind, 'number'> | { readonly number: string };
  /** Calls and records may come without another word; of a session that is there already nothing is changed. */
  readonly ready?: true;
}

export interface DeskCampaign {
  readonly name: CampaignName;
  readonly description: string;
  readonly kind: InteractionKind;
  readonly state: CampaignState;
}

/** What a session does beside the records. With a call or a record in hand both are for the time after it. */
export type SessionRequest =
  /** Not ready on every channel; `reason`: a code of the campaign's. */
  | { readonly do: 'pause'; readonly reason: string }
  /** Ready again on every channel; with a call in hand: no pause after it. */
  | { readonly do: 'resume' }
  /** With that phone from now on; the one that is up stays until the other has come. */
  | { readonly do: 'change-phone'; readonly to: Exclude<PhoneKind, 'number'> }
  /** The outside phone, which is away, is called (again). */
  | { readonly do: 'call-phone' };

export type DeskCommand = Command | { readonly key: string; readonly session: SessionRequest };

/**
 * The refusals of the desk's own machine, besides `no-session`, `no-desk` (the session is worked by phone alone),
 * `no-such-reason`, and those of a callback's time (`callback-past` …) and of a number (`number-not-dialed`).
 */
export interface DeskRefusal extends Omit<Refusal, 'code'> {
  readonly code: string;
}

export interface DeskAnswer {
  /** `repeated`: this very command was carried out before. */
  readonly answer: 'done' | 'repeated' | DeskRefusal;
  readonly view: DeskView;
}

/** Everything about an agent's desk at one moment. */
export interface DeskView {
  readonly agent: AgentNumber;
  /** Grows with each change, over all sessions since the daemon's start. */
  readonly version: number;
  readonly state: AgentState;
  readonly since: number;
  /** Why paused; without a session, why the last one ended. */
  readonly reason?: string;
  /** Absent: no session, and nothing below. */
  readonly session?: DeskSession;
  /** The one interaction in hand. */
  readonly open?: OpenInteraction;
}

export interface DeskSession {
  readonly session: SessionId;
  readonly campaign: CampaignName;
  readonly kind: InteractionKind;
  readonly phoneMode: PhoneMode;
  readonly phone: 'up' | 'ringing' | 'down';
  /** `browser`: `ringing` means that it is waited for. */
  readonly phoneKind: PhoneKind;
  /** Of an outside phone, E.164. */
  readonly phoneNumber?: string;
  /** The phone was lost in the conversation: until then the person waits for it, with music. */
  readonly keptUntil?: number;
  /** False: opened by phone, and worked by its keys alone; only pause, resume and the end of the session are commands. */
  readonly hasDesk: boolean;
  readonly pauseReasons: readonly PauseReason[];
  /** A pause that comes after the call or the record in hand. */
  readonly pauseAfter?: string;
  /** The session ends after the call or the record in hand. */
  readonly endsAfter: boolean;
  readonly channels: Readonly<Record<Channel, 'ready' | 'not-ready'>>;
  /** Whether records of the campaign come: after Get Record, until Stop. */
  readonly takes: boolean;
  /** A record is being fetched. */
  readonly isFetching: boolean;
  /** Why the last Get Record brought nothing. */
  readonly nothing?: string;
  readonly nothingReason?: Reason;
  /** The next record must be asked for (`go-on`) before this, or the session ends. */
  readonly countdownUntil?: number;
}

/** The interaction in hand, with all that is known of its record. */
export interface OpenInteraction extends Interaction {
  readonly facts?: PersonFacts;
  /** The acts that its state allows now. */
  readonly may: readonly Act['do'][];
  /** The call that is out or talked on: what has become of it so far. */
  readonly call?: OpenCall;
  /** Required questions of the script that its conversation leaves open, whether or not it was opened; absent: none. */
  readonly unanswered?: readonly string[];
}

export interface OpenCall {
  readonly attempt: AttemptId;
  /** E.164. */
  readonly number: string;
  readonly state: 'placing' | 'ringing' | 'answered' | 'talking' | 'over';
  /** The person called us. */
  readonly isInbound: boolean;
  readonly callerId: string;
  /** What validation made of the choice of its number; absent: it stood in the way of nothing. */
  readonly validation?: ValidationOutcome;
}
