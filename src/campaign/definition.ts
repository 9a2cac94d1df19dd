// What a campaign is once its YAML has been read: every value parsed, defaulted and checked.
// Written by config/, read by everyone; nothing here reads files.

import type {
  CampaignName,
  Detection,
  Disposition,
  Mode,
  PauseReason,
  PhoneMode,
  PhoneType,
  WaitingSound,
} from '../terms.ts';

export interface Campaign {
  readonly name: CampaignName;
  readonly description: string;
  readonly mode: Mode;
  readonly lists: readonly string[];
  /** CEL over `fields` and `contact`; absent: everyone on the lists. */
  readonly filter?: string;
  /** Agent groups whose members may work here. */
  readonly agents: readonly string[];
  readonly schedule?: Schedule;
  /** Trunks in the order of preference. */
  readonly trunks: readonly string[];
  readonly callerIds: CallerIds;
  readonly pacing: PacingTargets;
  readonly answer: AnswerHandling;
  readonly attempts: AttemptLimits;
  readonly callAgain: readonly CallAgainRule[];
  readonly order: RecordOrder;
  /** Types of phone to dial, in this order; empty: all, in the contact's order. */
  readonly phones: readonly PhoneType[];
  readonly wrapUp: WrapUp;
  readonly dispositions: readonly Disposition[];
  readonly pauseReasons: readonly PauseReason[];
  readonly agentPhone: AgentPhone;
}

export interface Schedule {
  /** IANA zone. */
  readonly timezone: string;
  /** Cron expressions of five fields; the campaign dials from `start` to the next `stop`. */
  readonly start: string;
  readonly stop: string;
  /** Local dates `2026-12-25` on which the campaign does not dial. */
  readonly holidays: readonly string[];
}

export interface CallerIds {
  readonly choose: 'fixed' | 'rotate';
  /** E.164, at least one. */
  readonly numbers: readonly string[];
}

interface PacingTargets {
  /** Rate 0–1. */
  readonly abandonTarget: number;
  readonly ringTimeoutMs: number;
  /** A ringing call is never given up or cancelled before this. */
  readonly minRingMs: number;
  readonly maxLines: number;
  readonly maxCallsPerSecond: number;
  /** Lines per free agent in mode `ratio`. */
  readonly ratio: number;
  /** Share of trunk lines against other campaigns' that want them too. */
  readonly weight: number;
}

export interface AnswerHandling {
  readonly detection: Detection;
  /** What happens once a machine is known: `keep` leaves the call with the agent and only notes the verdict. */
  readonly onMachine: 'hang-up' | 'keep';
  /** A live answer without an agent after this is abandoned and hears `sound`. */
  readonly noAgentAfterMs: number;
  readonly noAgentSound: string;
  /** What the person hears until then: nothing, hold music, or a sound file by name. */
  readonly whileWaiting: 'silence' | 'music' | { readonly sound: string };
}

interface AttemptLimits {
  /** Per record, over its whole life. */
  readonly max: number;
  /** Per record and day of the campaign's time zone. */
  readonly perDay: number;
}

/** First rule whose condition holds decides; none: the record is finished. */
export interface CallAgainRule {
  /** CEL over `result`, `disposition`, `attempts`, `connected`, `phone_type`, `fields`. */
  readonly when: string;
  readonly then:
    | { readonly do: 'call-again'; readonly afterMs: number; readonly phone: 'same' | 'next' }
    | { readonly do: 'give-up' };
  /** The rule applies at most this often to a record. */
  readonly times?: number;
}

export type RecordOrder =
  { readonly by: 'oldest-first' } | { readonly by: 'field'; readonly field: string; readonly descending: boolean };

interface WrapUp {
  readonly limitMs: number;
  readonly dispositionRequired: boolean;
  /** What the agent becomes when the limit is over. */
  readonly over: 'paused' | 'ready';
}

interface AgentPhone {
  readonly mode: PhoneMode;
  readonly waiting: WaitingSound;
  /** Ringing mode, and calling a lost phone back: how long the agent's phone rings. */
  readonly ringMs: number;
}
