// What the engine needs of the outside: a telephone exchange, call records, a store.
// telephony/, store/ and sim/ fulfil these; nothing here knows Asterisk or SQL.

import type { SipDigest } from '../base/sip-digest.ts';
import type { LineFigures } from '../call/line.ts';
import type { AgentNumber, AttemptId, BridgeId, LegId, Verdict } from '../terms.ts';
import type { TelephonyCommand } from './telephony-commands.ts';

/**
 * The exchange. Commands are accepted or refused by the promise; what comes of them arrives as events.
 * Events may come twice and late; their order per leg is the exchange's own.
 */
export interface Telephony {
  /** Connects and keeps connected for ever; resolves at the first connection, rejects when it can never succeed. */
  start(listener: (event: TelephonyEvent) => void): Promise<void>;
  /** Disconnects; leaves every leg as it is. */
  stop(): Promise<void>;
  /** Resolves when the exchange has accepted; rejects with `TelephonyRefusal` or OperationalError within 10 s. */
  execute(command: TelephonyCommand): Promise<void>;
  /** What lives on the exchange now; used at start and after every reconnection. */
  snapshot(): Promise<TelephonySnapshot>;
  /** The same of one leg, and of one bridge where one is named; each is missing when it is no more. Cheap. */
  lookUp(leg: LegId, bridge?: BridgeId): Promise<TelephonySnapshot>;
  /** How the sound of a leg has been carried since it began; undefined: there is no such leg, or nothing is known. */
  line(leg: LegId): Promise<LineFigures | undefined>;
  /** Makes or renews an agent's SIP account; usable at once. */
  provision(account: SipAccount): Promise<void>;
  removeAccount(name: string): Promise<void>;
  /** Opt-outs that the exchange took down by itself, while outdial could not hear it. */
  optOuts(): Promise<readonly NotedOptOut[]>;
  /** The opt-out is in the store: the exchange need not keep it. */
  forgetOptOut(attempt: AttemptId): Promise<void>;
}

/** Names as sounds that the exchange can play, made in advance. */
export interface SpokenNames {
  /** The sound that says the text; undefined while there is none. */
  soundOf(text: string): string | undefined;
  /** These will be wanted: those that are missing are made, beside everything else. */
  prepare(texts: readonly string[]): void;
  /** The same of a person's name, kept no longer than it is needed: as often as it was wanted it must be let go of. */
  lend(text: string): void;
  giveBack(text: string): void;
}

/** Which sound files the exchange has. */
export interface SoundFiles {
  /** Those of `sounds` that the exchange does not have; rejects when it cannot be asked. */
  missing(sounds: readonly string[]): Promise<readonly string[]>;
}

/** A person pressed the do-not-call key in the message that the exchange played by itself. */
export interface NotedOptOut {
  readonly attempt: AttemptId;
  readonly at: number;
}

/** Thrown by `execute` when the exchange refuses: `gone` when leg, bridge or playback no longer exists. */
export class TelephonyRefusal extends Error {
  readonly reason: 'gone' | 'unreachable' | 'link-down' | 'timeout' | 'refused';

  constructor(reason: TelephonyRefusal['reason'], message: string) {
    super(message);
    this.name = 'TelephonyRefusal';
    this.reason = reason;
  }
}

export interface SipAccount {
  readonly name: string;
  readonly digest: SipDigest;
  /** Shown on the agent's phone when it is rung. */
  readonly label: string;
  /** A browser's: it registers nowhere and is never rung; it dials into the session of its agent, and reaches no more. */
  readonly browser?: true;
}

/**
 * `at` is the exchange's own time stamp, epoch ms, by its clock; `ageMs` how long ago that was when the event is reported, by
 * ours, where it is more than a moment (a quarter of a second).
 */
export type TelephonyEvent = { readonly at: number; readonly ageMs?: number } & (
  | { readonly type: 'leg-ringing'; readonly leg: LegId }
  /** Early media without ringing (183). */
  | { readonly type: 'leg-progress'; readonly leg: LegId }
  | { readonly type: 'leg-answered'; readonly leg: LegId }
  | LegArrived
  | { readonly type: 'leg-bridged'; readonly leg: LegId; readonly bridge: BridgeId }
  | { readonly type: 'leg-unbridged'; readonly leg: LegId; readonly bridge: BridgeId }
  /** The far end asked for the end; `sipCode` is its final answer (486, 404 …) when it never answered. */
  | { readonly type: 'leg-hanging-up'; readonly leg: LegId; readonly cause: number; readonly sipCode?: number }
  /** The exchange has taken an answered person's leg out of our hands and plays the message, then ends the call. */
  | { readonly type: 'leg-abandon-message'; readonly leg: LegId }
  /**
   * The leg is gone, and its far end has said its last word: a leg that was given up while it rang ends when the network
   * agrees, and is answered before that when it does not. 200 stands for a pick-up that came too late. `cause` 0: an
   * agent's leg went out of our hands, and not by a hang-up.
   */
  | {
      readonly type: 'leg-ended';
      readonly leg: LegId;
      readonly cause: number;
      readonly sipCode?: number;
      /** How long the network asked to wait (`Retry-After`). */
      readonly retryAfterMs?: number;
    }
  /** The phone at the end of an agent's leg is gone without a word: it answers nothing and is not heard. The leg lives. */
  | { readonly type: 'leg-lost'; readonly leg: LegId }
  | { readonly type: 'key-pressed'; readonly leg: LegId; readonly key: string }
  | { readonly type: 'verdict'; readonly leg: LegId; readonly verdict: Verdict; readonly cause: string }
  /** `heard: false`: it never fell silent within the limit. */
  | { readonly type: 'beep'; readonly leg: LegId; readonly heard: boolean }
  | { readonly type: 'playback-finished'; readonly playback: string }
  /** A phone of an account of ours registered or went away. */
  | { readonly type: 'phone'; readonly account: string; readonly registered: boolean }
  /** The control link; `up` after an outage asks for recovery against a new snapshot. `restarted`: the exchange forgot every leg. */
  | { readonly type: 'link'; readonly up: boolean; readonly restarted: boolean; readonly reason: string }
  | { readonly type: 'trunk'; readonly trunk: string; readonly reachable: boolean }
);

/** A leg is under our control: an answered customer, an agent's answered phone, or an agent who dialed the sign-in code. */
export interface LegArrived {
  readonly at: number;
  readonly ageMs?: number;
  readonly type: 'leg-arrived';
  readonly leg: LegId;
  /** `browser`: an agent's browser has dialed in, and is not answered yet; `listening`: a supervisor's phone has. */
  readonly purpose: 'customer' | 'agent' | 'sign-in' | 'listening' | 'browser' | 'inbound' | 'third';
  /** SIP account of the phone, for `sign-in`, `listening`, `browser` and `agent`. */
  readonly account?: string;
  /** For `inbound`: the number that was called and the caller's, as the carrier writes them; the leg still rings. */
  readonly called?: string;
  readonly caller?: string;
}

export interface TelephonySnapshot {
  /** The exchange's time, epoch ms. */
  readonly at: number;
  readonly legs: readonly SnapshotLeg[];
  readonly bridges: readonly { readonly bridge: BridgeId; readonly legs: readonly LegId[] }[];
}

export interface SnapshotLeg {
  readonly leg: LegId;
  readonly state: 'down' | 'ringing' | 'up';
  readonly createdAt: number;
  /** When it was picked up, by the exchange's time; known of legs in no bridge, where the exchange says so. */
  readonly answeredAt?: number;
  /** Whether the leg is under our control (in Stasis) now. */
  readonly ours: boolean;
  /** Given up while it rang, and the network has not agreed to that yet: it may be answered. */
  readonly givenUp?: true;
  /** The exchange plays the message to it by itself (`leg-abandon-message`). */
  readonly inAbandonMessage?: true;
  /** SIP account of the phone at its end, where it has one. */
  readonly account?: string;
}

/** An outside service that knows which numbers may be dialed. */
export interface NumberValidator {
  /** What the service says of each number; numbers may be missing. Rejects when it has not answered within `timeoutMs`. */
  ask(question: {
    readonly url: string;
    readonly timeoutMs: number;
    readonly campaign: string;
    readonly numbers: readonly string[];
  }): Promise<ReadonlyMap<string, { readonly allowed: boolean; readonly reason: string }>>;
}

/** The files that the exchange records into. */
export interface RecordingFiles {
  /** What there is of a recording, complete once its leg has ended; undefined when there is no file. */
  look(recording: string): Promise<{ readonly bytes: number; readonly durationMs: number } | undefined>;
  /** Removes the file; false when there was none. */
  remove(recording: string): Promise<boolean>;
}

/** Asterisk's call records (CDR), as far as the engine needs them. */
export interface CallRecords {
  /** Records whose user field is one of `attempts`, by attempt; those without a record are missing. */
  find(attempts: readonly AttemptId[]): Promise<ReadonlyMap<AttemptId, CallRecord>>;
}

export interface CallRecord {
  /** The attempt's id (user field); empty when the call was not one of ours. */
  readonly attempt: AttemptId;
  /** The channel's id. */
  readonly leg: LegId;
  readonly number: string;
  readonly startedAt: number;
  readonly answeredAt?: number;
  readonly endedAt: number;
  readonly disposition: 'answered' | 'no-answer' | 'busy' | 'failed' | 'congestion';
}

/** An agent as the engine sees one; PIN and password stay in the store. */
export interface Agent {
  readonly number: AgentNumber;
  readonly name: string;
  readonly groups: readonly string[];
  /** SIP account name, also the endpoint's name in Asterisk. */
  readonly account: string;
}
