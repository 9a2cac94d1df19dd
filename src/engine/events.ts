// Everything that happens in the engine or to it, one event at a time. What the outside answers comes back as one, too.

import type { SessionEvent } from '../agent/session.ts';
import type { SignInEvent } from '../agent/sign-in.ts';
import type { CallEvent } from '../call/call.ts';
import type { AgentNumber, AttemptId, CampaignName, LegId, SessionId } from '../terms.ts';
import type { EndedCall } from './calls/ended-call.ts';
import type { AgentDial, AgentDialed } from './dialing/agent-dial.ts';
import type { About } from './faults.ts';
import type { TelephonyEvent } from './ports.ts';
import type { OpenedAttempts } from './store/attempts.ts';
import type { Reservation } from './store/reservations.ts';

export type EngineEvent =
  | { readonly type: 'telephony'; readonly event: TelephonyEvent }
  /** `at`: when it happened, by our clock, if that was not now. */
  | { readonly type: 'call'; readonly attempt: AttemptId; readonly event: CallEvent; readonly at?: number }
  | { readonly type: 'session'; readonly session: SessionId; readonly event: SessionEvent }
  /** An agent is free, and nobody waits: is anybody due for this agent? */
  | { readonly type: 'agent-free'; readonly session: SessionId }
  /** The agent's key for the recording; the time of a callback, as typed. */
  | { readonly type: 'recording-key'; readonly attempt: AttemptId }
  | {
      readonly type: 'callback-typed';
      readonly session: SessionId;
      readonly attempt: AttemptId;
      readonly typed: string;
    }
  | { readonly type: 'session-closed'; readonly agent: AgentNumber }
  /** A call is over, with its result. */
  | { readonly type: 'call-over'; readonly ended: EndedCall }
  | { readonly type: 'sign-in'; readonly leg: LegId; readonly event: SignInEvent }
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
  /** The continuation of something that waited outside. */
  | { readonly type: 'then'; readonly what: string; readonly about: About; readonly run: () => void };
