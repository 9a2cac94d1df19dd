// What a campaign is once its YAML has been read: every value parsed, defaulted and checked.
// Written by config/, read by everyone; nothing here reads files.

import type { DeclaredEmergency } from './declared-emergency.ts';
import type { TransferPlan } from './transfer.ts';
import type { AgentTexts } from './agent-texts.ts';
import type { CallAgainRule } from './call-again-rule.ts';
import type { FieldDefinition } from './fields.ts';
import type { TrunkReach } from './number-gate.ts';
import type { PlannedLeave } from './planned-leaves.ts';
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
import type { RulePack } from './rule-pack.ts';
import type { Script } from '../script/script.ts';

/** Attempts in a row that do not count and finish a record, where the campaign says nothing. */
export const MAX_UNCOUNTED = 12;

export interface Campaign {
  readonly name: CampaignName;
  readonly description: string;
  /** What its agents read; absent: nothing. */
  readonly texts?: AgentTexts;
  readonly mode: Mode;
  /** All of them, also the paused ones. */
  readonly lists: readonly string[];
  /** Turns of a list for each turn of one with weight 1; absent: all lists are dialed as one. */
  readonly listWeights?: Readonly<Record<string, number>>;
  /** Lists that are not dialed for now. */
  readonly pausedLists?: readonly string[];
  /** Do-not-call lists that are honoured beside the global one and the campaign's own. */
  readonly doNotCall?: readonly string[];
  /** CEL over `fields` and `contact`; absent: everyone on the lists. */
  readonly filter?: string;
  /** Name of the saved filter whose expression `filter` is. */
  readonly savedFilter?: string;
  /** Agent groups whose members may work here. */
  readonly agents: readonly string[];
  readonly schedule?: Schedule;
  /** Trunks in the order of preference. */
  readonly trunks: readonly string[];
  /** What each of them may dial, by the settings; absent: the settings are not known. */
  readonly reach?: readonly TrunkReach[];
  readonly callerIds: CallerIds;
  readonly pacing: PacingTargets;
  /** When agents leave by plan, breaks and ends of shifts; absent: nothing is planned. */
  readonly leaves?: readonly PlannedLeave[];
  readonly answer: AnswerHandling;
  /** An outside service that is asked about numbers before they are dialed; absent: none is. */
  readonly validation?: ValidationPlan;
  /** Absent: nothing is recorded. */
  readonly recording?: RecordingPlan;
  /** What both hear when a supervisor begins to listen; absent: nothing. */
  readonly listening?: { readonly announce: string };
  /** Whom agents may bring into a call; absent: each other. */
  readonly transfer?: TransferPlan;
  readonly attempts: AttemptLimits;
  /** What the law demands; several apply together by where the person is, the strictest wins. */
  readonly rules: readonly RulePack[];
  readonly person: PersonFields;
  /** Rule packs whose emergencies are declared at present. */
  readonly emergencies?: readonly string[];
  /** Emergencies of its rule packs that an admin has declared for every campaign, each until a moment. */
  readonly declared?: readonly DeclaredEmergency[];
  /** Codes of dispositions, of any campaign, with which a person refused further calls. */
  readonly refusals: readonly string[];
  readonly callAgain: readonly CallAgainRule[];
  readonly callbacks: CallbackRules;
  /** How long a record rests after "do not call back". */
  readonly doNotCallBackMs: number;
  readonly inbound: InboundHandling;
  /** Mode `auto-callback` alone: whose missed people it calls. */
  readonly autoCallback?: AutoCallback;
  readonly order: RecordOrder;
  /** Record information; absent: fields are texts that no one checks. */
  readonly fields?: readonly FieldDefinition[];
  /** Types of phone to dial, in this order; empty: all, in the contact's order. */
  readonly phones: readonly PhoneType[];
  readonly wrapUp: WrapUp;
  readonly dispositions: readonly Disposition[];
  readonly pauseReasons: readonly PauseReason[];
  readonly agentPhone: AgentPhone;
  /** What its agents read out and ask; absent: nothing. */
  readonly script?: Script;
  /** What agents do with a record at their desks; absent: as the mode has it. */
  readonly desk?: DeskRules;
}

/** How records come to agents at their desks, and what agents may do with them. */
export interface DeskRules {
  /** Records are offered first, and taken by Accept. */
  readonly accept: boolean;
  /** Progressive and predictive: the agent accepts before anyone is dialed, and is kept for whoever picks up. */
  readonly engaged: boolean;
  /** An offer stands for this long. */
  readonly offerMs: number;
  /** From the acceptance, or the record's coming, to the dialing. */
  readonly beforeCallMs: number;
  /** How long a record is looked at; absent: for as long as the agent wants. */
  readonly previewMs?: number;
  readonly atPreviewEnd: 'dial' | 'nothing';
  /** The law wants a person to dial: by a click on the number. */
  readonly handDialing: boolean;
  /** Numbers that the record does not have may be typed. */
  readonly newNumbers: boolean;
  /** After Done the agent must ask for the next within this, or the session ends; absent: need not ask. */
  readonly countdownMs?: number;
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
  /** `local`: the nearest to the called number; `agent`: the one that the agent has chosen. */
  readonly choose: 'fixed' | 'rotate' | 'local' | 'agent';
  /** E.164, at least one. */
  readonly numbers: readonly string[];
  /** Calls of all campaigns that show one number in a day of the schedule's time zone, at most; absent: no cap. */
  readonly perDay?: number;
  /** Shown when every number is used up; absent: nothing is dialed until the next day. */
  readonly usedUp?: string;
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
  /** Policies, as `ratio:2`, that decide silently beside the one that dials; absent: none. */
  readonly shadows?: readonly string[];
}

export interface AnswerHandling {
  readonly detection: Detection;
  /** Share of persons among those whom the detector takes for machines, 0–1; absent: not measured. */
  readonly detectorError?: number;
  /** What happens once a machine is known: `keep` leaves the call with the agent and only notes the verdict. */
  readonly onMachine: 'hang-up' | 'keep' | 'leave-message';
  /** What is left on machines; there with `leave-message`. */
  readonly message?: MachineMessage;
  /** A person without an agent may ask by key not to be called again; absent: no key. */
  readonly doNotCall?: {
    /** One digit. */
    readonly key: string;
    /** Confirms it. */
    readonly sound: string;
  };
  /** A live answer without an agent after this is abandoned and hears `sound`. */
  readonly noAgentAfterMs: number;
  readonly noAgentSound: string;
  /** What the person hears until then: nothing, hold music, or a sound file by name. */
  readonly whileWaiting: 'silence' | 'music' | { readonly sound: string };
}

export interface ValidationPlan {
  readonly url: string;
  readonly timeoutMs: number;
  /** How long an answer counts. */
  readonly cacheMs: number;
  /** `dial` all the same; `skip` to the contact's next number; `hold` the record until the service is back. */
  readonly whenUnavailable: 'dial' | 'skip' | 'hold';
}

export interface RecordingPlan {
  /** `agent`: begun by the agent's key. */
  readonly when: 'all' | 'agent' | 'off';
  /** Sound that both hear when the recording begins. */
  readonly announce?: string;
  readonly keepMs: number;
  /** Share of calls, 0–1, whose first seconds are kept when the detector says machine, to check it by. */
  readonly machineShare: number;
}

interface MachineMessage {
  readonly sound: string;
  /** The message of the agent who heard the machine: `{agent}` in it stands for the agent's number. */
  readonly ofAgent?: string;
  /** Without a beep after this nothing is left. */
  readonly beepWithinMs: number;
}

interface AttemptLimits {
  /** Per record, over its whole life. */
  readonly max: number;
  /** Per record and day of the campaign's time zone. */
  readonly perDay: number;
  /** Per record, in a row that do not count: trunk trouble, nothing rang. The last of them finishes the record; absent: 12. */
  readonly maxUncounted?: number;
  /** Per contact and day, over all campaigns and phones; absent: no limit. */
  readonly perContactPerDay?: number;
  /** Per number and day, over all campaigns and contacts; absent: no limit. */
  readonly perNumberPerDay?: number;
}

/** Names of the contact fields that say where a person is and what was agreed; absent: the lists have no such field. */
export interface PersonFields {
  /** Time zone: one more that the person may be in, unless the field is trusted. */
  readonly zone?: string;
  /** The zone is taken for certain. */
  readonly zoneTrusted?: true;
  /** Code or name. */
  readonly country?: string;
  /** Code, name or abbreviation. */
  readonly state?: string;
  readonly zip?: string;
  /** Yes, or the date of it: the person has agreed to be called. */
  readonly consent?: string;
}

/** Agreed times to call again. */
export interface CallbackRules {
  /** How long a personal callback waits for its agent. */
  readonly personalWaitMs: number;
  /** And then: it is any agent's, waits on, or is given up. */
  readonly then: 'group' | 'wait' | 'cancel';
  /** No callback may be agreed for later than this from now. */
  readonly maxAheadMs: number;
}

/** People who call one of the campaign's numbers. */
export interface InboundHandling {
  readonly take: boolean;
  /** Sound that they hear first; absent: none. */
  readonly greeting?: string;
  readonly waiting: 'silence' | 'music';
  /** Without an agent after this they hear `busySound` and are called back. */
  readonly waitMs: number;
  readonly busySound: string;
  /** Outside the hours, or when no agent is there. */
  readonly closedSound: string;
}

/** Whose missed people a campaign of mode `auto-callback` calls, and how soon. */
export interface AutoCallback {
  readonly from: readonly CampaignName[];
  readonly missed: readonly Missed[];
  readonly afterMs: number;
}

/** How a person was missed: called and got no agent, or was called and got none. */
export type Missed = 'inbound' | 'abandoned';

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
  /** Soft tones while paused and in wrap-up, a beep at the connection. */
  readonly tones?: true;
  /** The person's name is said to the agent alone at the connection. */
  readonly whisper?: true;
  /** Agents may be called on any phone, over the campaign's trunks, for a session at a desk. */
  readonly outside?: true;
}
