// Everything that happens in the engine or to it, one event at a time. What the outside answers comes back as one, too.

import type { Said } from '../eligibility/dialing.ts';
import type { AskedByKeys, SessionEvent } from '../agent/session.ts';
import type { ListenInEvent } from '../agent/listen-in.ts';
import type { SignInEvent } from '../agent/sign-in.ts';
import type { CallEvent } from '../call/call.ts';
import type { DeskEvent } from '../interaction/desk.ts';
import type { Happening } from '../interaction/interaction.ts';
import type { LineFigures } from '../call/line.ts';
import type { Third } from '../call/talk.ts';
import type { CampaignSound } from '../campaign/sounds.ts';
import type { AgentNumber, AttemptId, CampaignName, LegId, SessionId } from '../terms.ts';
import type { OutsideCall } from './agents/outside-call.ts';
import type { Wanted } from './agents/wanted-record.ts';
import type { DispositionTurn } from './calls/disposition-turn.ts';
import type { EndedCall } from './calls/ended-call.ts';
import type { AgentDial, AgentDialed } from './dialing/agent-dial.ts';
import type { FoundCaller } from './calls/found-caller.ts';
import type { LookedUp, PhoneLookedUp } from './calls/looks.ts';
import type { RecordingBegun } from './calls/recording-begun.ts';
import type { SeatStep } from './calls/seat-step.ts';
import type { TelephonyEvent, TelephonySnapshot } from './ports.ts';
import type { Reconciled } from './recovery/snapshots.ts';
import type { DayCounts } from './store/answers.ts';
import type { AddedMissed, CallbackRow, MissedPerson } from './store/callbacks.ts';
import type { StateTime } from './store/sessions.ts';
import type { OpenedAttempts } from './store/attempts.ts';
import type { Reservation, ReserveAnswer } from './store/reservations.ts';

export type EngineEvent =
  | { readonly type: 'telephony'; readonly event: TelephonyEvent }
  /** `at`: when it happened, by our clock, if that was not now. */
  | { readonly type: 'call'; readonly attempt: AttemptId; readonly event: CallEvent; readonly at?: number }
  | { readonly type: 'session'; readonly session: SessionId; readonly event: SessionEvent }
  /** An outside phone of an agent may be called now; its call was refused. */
  | { readonly type: 'outside-phone'; readonly call: OutsideCall }
  | { readonly type: 'outside-ended'; readonly leg: LegId }
  /** An agent is free, and no one waits: is anybody due for this agent? */
  | { readonly type: 'agent-free'; readonly session: SessionId }
  /** The agent's key for the recording; the time of a callback, as typed. */
  /** What an agent has asked of the own call by a program has its turn; the exchange has done it, or not. */
  | { readonly type: 'call-order'; readonly id: number }
  | { readonly type: 'call-ordered'; readonly id: number; readonly refused?: string }
  /** A third party may be brought in: its call is in the books; the phone of an agent who was consulted is gone. */
  | { readonly type: 'third-prepared'; readonly order: number; readonly third: Third }
  | { readonly type: 'third-lost'; readonly attempt: AttemptId; readonly session: SessionId }
  /** The agent's keys for a third party. */
  | {
      readonly type: 'bring-in-key';
      readonly session: SessionId;
      readonly how: 'transfer' | 'consult' | 'join' | 'complete' | 'back';
      readonly key: string | undefined;
    }
  | { readonly type: 'recording-key'; readonly attempt: AttemptId }
  /** E.164, put on a do-not-call list by an agent or by the person. */
  | { readonly type: 'numbers-listed'; readonly numbers: readonly string[] }
  | {
      readonly type: 'callback-typed';
      readonly session: SessionId;
      readonly asked: AskedByKeys;
    }
  | { readonly type: 'session-closed'; readonly agent: AgentNumber }
  /** A supervisor moves the agent to another campaign; ends a session that hangs. */
  | {
      readonly type: 'agent-moves';
      readonly agent: AgentNumber;
      readonly session: SessionId;
      readonly campaign: CampaignName;
    }
  | { readonly type: 'session-ends'; readonly session: SessionId }
  /** What happens at an agent's desk; what was asked for there has its turn. */
  | { readonly type: 'desk'; readonly agent: AgentNumber; readonly campaign: CampaignName; readonly event: DeskEvent }
  /** A key of the agent's phone for the desk. */
  | {
      readonly type: 'desk-pressed';
      readonly agent: AgentNumber;
      readonly campaign: CampaignName;
      readonly key: string;
    }
  | { readonly type: 'desk-look'; readonly agent: AgentNumber; readonly campaign: CampaignName }
  | {
      readonly type: 'desk-asked';
      readonly agent: AgentNumber;
      readonly campaign: CampaignName;
      readonly request: number;
    }
  /** A record was reserved for an agent's desk, or why none; records may be offered in the campaign. */
  | {
      readonly type: 'desk-reserved';
      readonly agent: AgentNumber;
      readonly campaign: CampaignName;
      readonly wanted: Wanted;
      readonly answer: ReserveAnswer | Said;
    }
  | { readonly type: 'desk-offers'; readonly campaign: CampaignName }
  /** A change of the desk is in the store: what had to wait for that is done. */
  | { readonly type: 'desk-kept'; readonly agent: AgentNumber; readonly campaign: CampaignName; readonly step: number }
  /** What has become of a call whose interaction has only just begun. */
  | {
      readonly type: 'desk-call';
      readonly agent: AgentNumber;
      readonly campaign: CampaignName;
      readonly attempt: AttemptId;
      readonly event: Happening;
    }
  /** A call is over, with its result. */
  | { readonly type: 'call-over'; readonly ended: EndedCall }
  | { readonly type: 'sign-in'; readonly leg: LegId; readonly event: SignInEvent }
  /** Of a supervisor who has dialed in. */
  | { readonly type: 'listen-in'; readonly leg: LegId; readonly event: ListenInEvent }
  /** The store has chosen the records for the lines that were asked for. */
  | {
      readonly type: 'opened';
      readonly campaign: CampaignName;
      readonly asked: readonly AttemptId[];
      readonly answer: OpenedAttempts | undefined;
    }
  /** Ask the campaign's pacer again. */
  | { readonly type: 'pace'; readonly campaign: CampaignName }
  /** The agent's personal callbacks have changed: when is the next one due? Then: it is due at that moment, or none is. */
  | { readonly type: 'personal' | 'personal-due'; readonly campaign: CampaignName; readonly agent: AgentNumber }
  | {
      readonly type: 'personal-next';
      readonly campaign: CampaignName;
      readonly agent: AgentNumber;
      readonly at: number | undefined;
    }
  /** The store has opened the attempt of a call for one agent, or not; and what became of that, for whoever asked. */
  | { readonly type: 'agent-opened'; readonly dial: AgentDial; readonly answer: OpenedAttempts | undefined }
  | { readonly type: 'agent-dialed'; readonly dial: AgentDial; readonly dialed: AgentDialed }
  | { readonly type: 'numbers-checked'; readonly dial: AgentDial }
  /** A record was reserved for longer than it might be. */
  | { readonly type: 'reservation-lapsed'; readonly reservation: Reservation }
  /** The campaigns are brought to where their schedules want them. */
  | { readonly type: 'follow-schedules' }
  /** Nothing has happened: what is looked at when the mailbox has run empty is. */
  | { readonly type: 'look' }
  // ---- what the outside has answered
  /** The bridge of a new session is there, or that of one found after a restart; the leg takes its seat. */
  | { readonly type: 'bridge-made'; readonly session: SessionId; readonly leg: LegId | undefined }
  | { readonly type: 'bridge-restored'; readonly session: SessionId; readonly leg: LegId | undefined }
  /** The exchange has said how the sound of a conversation is carried. */
  | {
      readonly type: 'lines-looked-at';
      readonly attempt: AttemptId;
      readonly person: LineFigures | undefined;
      readonly agent: LineFigures | undefined;
      readonly agentLeg: LegId | undefined;
    }
  /** A browser that dialed in is answered. */
  | { readonly type: 'browser-answered'; readonly session: SessionId; readonly leg: LegId }
  | {
      readonly type: 'session-opens';
      readonly leg: LegId;
      readonly account: string;
      readonly agent: AgentNumber;
      readonly campaign: CampaignName;
      readonly name: string | undefined;
    }
  /** Whoever listens (session or leg) has heard it for long enough. */
  | { readonly type: 'said-too-long'; readonly listener: string }
  | ({ readonly type: 'seat' } & SeatStep)
  | ({ readonly type: 'looked-up' } & LookedUp)
  | ({ readonly type: 'phone-looked-up' } & PhoneLookedUp)
  | { readonly type: 'all-looked-up'; readonly snapshot: TelephonySnapshot }
  | ({ readonly type: 'reconciled' } & Reconciled)
  | { readonly type: 'caller-refused'; readonly leg: LegId }
  | ({ readonly type: 'caller-found' } & FoundCaller)
  | ({ readonly type: 'recording-begun' } & RecordingBegun)
  | { readonly type: 'recording-paused'; readonly attempt: AttemptId; readonly isPaused: boolean }
  | {
      readonly type: 'callback-changed';
      readonly campaign: CampaignName;
      readonly row: CallbackRow;
      readonly dueAt: number | undefined;
    }
  | {
      readonly type: 'person-missed';
      readonly campaign: CampaignName;
      readonly missed: MissedPerson;
      readonly added: AddedMissed;
    }
  /** What a program says of a conversation has its turn. */
  | {
      readonly type: 'disposition-turn';
      readonly campaign: CampaignName;
      readonly request: number;
      readonly turn: DispositionTurn;
    }
  | {
      readonly type: 'sounds-looked-for';
      readonly campaign: CampaignName;
      readonly missing: readonly CampaignSound[] | undefined;
    }
  | {
      readonly type: 'day-read';
      readonly campaign: CampaignName;
      readonly startAt: number;
      readonly counts: DayCounts;
      readonly times: readonly StateTime[];
    }
  | { readonly type: 'dials-left' | 'records-counted'; readonly campaign: CampaignName; readonly left: number };

/** A sound that could not be played is over at once. */
export const playbackOver = (playback: string, at: number): EngineEvent => ({
  type: 'telephony',
  event: { type: 'playback-finished', at, playback },
});
