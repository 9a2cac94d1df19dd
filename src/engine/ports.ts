// What the engine needs of the outside: a telephone exchange, call records, a store.
// telephony/, store/ and sim/ fulfil these; nothing here knows Asterisk or SQL.

import type { SipDigest } from '../base/sip-digest.ts';
import type { LineFigures } from '../call/line.ts';
import type { AgentNumber, AttemptId, BridgeId, LegId, Verdict } from '../terms.ts';

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

export type TelephonyCommand =
  /**
   * Sends the INVITE. `leg` becomes the channel's id, `attempt` its call record's user field. At the answer the leg
   * arrives (`leg-arrived`, purpose `customer`); when the daemon is away then, or makes nothing of the leg within
   * `answerLimitMs` (no bridge, no sound that `relieves`), the exchange plays `abandonSound` itself (`leg-abandon-message`).
   * After `detect-before-agent` that time runs from the verdict.
   */
  | {
      readonly type: 'place-call';
      readonly leg: LegId;
      readonly attempt: AttemptId;
      /** E.164 or with the trunk's prefix applied: `+` and digits only. */
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      /** The exchange's own limit, a little above ours, in case we are away. */
      readonly ringTimeoutMs: number;
      readonly abandonSound: string;
      /** From the answer to the message; the exchange acts a little earlier than that, so that it is heard by then. */
      readonly answerLimitMs: number;
      /** The key for the do-not-call list in that message, and the sound that confirms it; absent: no key. */
      readonly doNotCall?: { readonly key: string; readonly sound: string };
    }
  /** Calls a third party; when answered the leg arrives with purpose `third`. `call` is its call record's user field. */
  | {
      readonly type: 'call-third';
      readonly leg: LegId;
      readonly call: string;
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      readonly ringTimeoutMs: number;
    }
  /** Rings an agent's phone; when answered the leg arrives with purpose `agent`. */
  | {
      readonly type: 'ring-agent';
      readonly leg: LegId;
      readonly account: string;
      readonly label: string;
      readonly ringTimeoutMs: number;
    }
  /** Calls an agent's outside phone over a trunk; when answered the leg arrives with purpose `agent`. */
  | {
      readonly type: 'call-agent';
      readonly leg: LegId;
      readonly number: string;
      readonly trunk: string;
      readonly callerId: string;
      readonly ringTimeoutMs: number;
    }
  /** `call`: a call that came in and is taken; the id goes into its call record's user field. */
  | { readonly type: 'answer'; readonly leg: LegId; readonly call?: AttemptId }
  | { readonly type: 'hang-up'; readonly leg: LegId }
  /** An agent's leg whose phone may be gone: when nothing is heard of it any more it is lost (`leg-lost`), else nothing. */
  | { readonly type: 'doubt'; readonly leg: LegId }
  /** A bridge that exists stays as it is, with its legs and what plays in it. */
  | { readonly type: 'create-bridge'; readonly bridge: BridgeId }
  | { readonly type: 'destroy-bridge'; readonly bridge: BridgeId }
  | { readonly type: 'add-to-bridge'; readonly bridge: BridgeId; readonly leg: LegId }
  | { readonly type: 'remove-from-bridge'; readonly bridge: BridgeId; readonly leg: LegId }
  /** Nothing of what is said into the leg's microphone is heard by anyone, its keys are; to do so again changes nothing. */
  | { readonly type: 'mute' | 'unmute'; readonly leg: LegId }
  /** Keypad tones (RFC 4733) towards the far end of the leg, wherever the leg is: digits, `*` and `#`. */
  | { readonly type: 'send-keys'; readonly leg: LegId; readonly keys: string }
  /** Fetches a leg of ours that something else on the exchange has taken out of our control: it arrives again, as that. */
  | { readonly type: 'take-back'; readonly leg: LegId; readonly as: 'customer' | 'agent' }
  /** Plays sounds one after the other; each is `outdial/welcome`, `digits/5` and the like. Ends with `playback-finished`. */
  | {
      readonly type: 'play';
      readonly playback: string;
      readonly to: PlayTarget;
      readonly sounds: readonly string[];
      /**
       * The last that a person or a machine on a leg hears: the exchange need not play them anything by itself any more, and
       * ends the call within 2 s after it should we not. One more takes the place of one that plays. A sound that cannot be
       * played is not reported as finished.
       */
      readonly relieves?: true;
    }
  | { readonly type: 'stop-playing'; readonly playback: string }
  | { readonly type: 'start-music'; readonly to: PlayTarget }
  | { readonly type: 'stop-music'; readonly to: PlayTarget }
  /** Before the agent: listens on the customer's own leg, which arrives again after the `verdict`. */
  | { readonly type: 'detect-before-agent'; readonly leg: LegId }
  /** In parallel: listens beside a conversation; the leg stays where it is. */
  | { readonly type: 'detect-in-parallel'; readonly leg: LegId }
  /**
   * Listens on the customer's own leg until an answering machine has greeted, beeped and is silent. The leg leaves its
   * bridge for that and arrives again after the `beep`.
   */
  | { readonly type: 'await-beep'; readonly leg: LegId; readonly withinMs: number }
  /**
   * Hangs an ear on a leg: it hears what the leg says and hears, and whispers to the leg alone what is said in `bridge`,
   * into which it goes. It is no leg, and ends with the one that it hangs on.
   */
  | { readonly type: 'listen'; readonly leg: LegId; readonly ear: string; readonly bridge: BridgeId }
  | { readonly type: 'stop-listening'; readonly ear: string }
  /** Records what the leg says and hears, together in a file of that name, until the leg ends; wherever the leg is. */
  | { readonly type: 'record'; readonly leg: LegId; readonly recording: string }
  /** A paused recording goes on with silence: nothing of that time is kept, and the times stay right. */
  | { readonly type: 'pause-recording' | 'resume-recording'; readonly leg: LegId }
  | { readonly type: 'stop-recording'; readonly leg: LegId; readonly recording: string };

export type PlayTarget = { readonly leg: LegId } | { readonly bridge: BridgeId };

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
  /** `browser`: an agent's browser has dialed in, and is not answered yet. */
  readonly purpose: 'customer' | 'agent' | 'sign-in' | 'browser' | 'inbound' | 'third';
  /** SIP account of the phone, for `sign-in`, `browser` and `agent`. */
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
