// What the engine's parts share: the world, the outside, and the way to post events and run commands.

import type { Campaign } from '../campaign/definition.ts';
import type { HourlyLimits } from '../trunks/hourly.ts';
import type { KindOf, Reach } from '../campaign/number-gate.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { UnknownCallerLimits } from '../records/missed.ts';
import type { AgentNumber, CampaignName } from '../terms.ts';
import type { PacingLogs } from './dialing/campaign-pacer.ts';
import type { Health } from './control-views.ts';
import type { LiveEvent } from './live-events.ts';
import type { EngineEvent } from './events.ts';
import type { EventTap } from './journal/tap.ts';
import type { CallRecords, NumberValidator, RecordingFiles, SoundFiles, SpokenNames, Telephony } from './ports.ts';
import type { TelephonyCommand } from './telephony-commands.ts';
import type { Store, StoreThread } from './store/store.ts';
import type { Timers } from './timers.ts';
import type { World } from './world.ts';
import type { Writer } from './writer.ts';
import type { Actor } from './actor.ts';
import type { Change } from './audit-trail.ts';

/** A trunk as the engine needs it. */
export interface TrunkSettings {
  readonly name: string;
  readonly maxLines: number;
  readonly maxCallsPerSecond: number;
  readonly prefix: string;
  readonly plus: boolean;
  /** Which numbers it dials. */
  readonly reach: Reach;
  readonly hourly: HourlyLimits;
}

interface EngineSettings {
  readonly trunks: readonly TrunkSettings[];
  readonly maxWrongPins: number;
  readonly lockOutMs: number;
  readonly unknownCallers: UnknownCallerLimits;
}

/** What the engine is built from; every part can be the real one, the simulator's or a test's. */
export interface EngineParts {
  readonly telephony: Telephony;
  readonly callRecords?: CallRecords;
  /** Absent: agents hear keys, no names. */
  readonly spokenNames?: SpokenNames;
  /** Absent: no service is asked, and numbers that should be checked cannot be. */
  readonly validator?: NumberValidator;
  /** Where recordings are; absent: nothing is recorded. */
  readonly recordings?: RecordingFiles;
  /** Absent: the exchange is believed to have every sound. */
  readonly soundFiles?: SoundFiles;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly settings: EngineSettings;
  /** Whether `secret` is the one that was hashed; without a hash false, after as long. Runs outside the event loop. */
  readonly verifySecret: (hash: string | undefined, secret: string) => Promise<boolean>;
  /** The user whose number this agent's is, where they may supervise. */
  readonly supervisorOf: (number: AgentNumber) => Promise<string | undefined>;
  /** The campaign files as they are now; of a faulty one the last good version. */
  readonly loadCampaigns: () => Promise<readonly Campaign[]>;
  /** Reads the campaign files again; rejects when one is faulty, whose last good version stays. */
  readonly rereadCampaigns?: () => Promise<void>;
  /** E.164 of a number as a person or a carrier writes it; undefined when it is none. Absent: plus and digits alone. */
  readonly readNumber?: (text: string, from?: 'person' | 'carrier') => string | undefined;
  /** What a number is: asked before anything is dialed. */
  readonly kindOf: KindOf;
  /** Where the decisions of pacing are written down; absent: nowhere. */
  readonly pacingLogs?: PacingLogs;
  /** Which control links are up; absent: as the link events say. */
  readonly links?: () => { readonly ari: boolean; readonly ami: boolean };
  /** Whether the exchange answers phones and carriers; absent: not known. */
  readonly sip?: () => Health['sip'];
  readonly certificate?: () => Health['certificate'];
  /** For how long each thread of the store has not answered, ms; absent: they are believed to. */
  readonly storeThreads?: () => readonly StoreThread[];
  /** Sees every event; absent: none is. */
  readonly journal?: EventTap;
}

/**
 * What event a refusal is, if any. With `linkDown` the command may have been carried out all the same; with `noAnswer` it
 * may even be carried out later, when what was held up on the way arrives.
 */
export type Refused = (reason: string, linkDown: boolean, noAnswer: boolean) => EngineEvent | undefined;

/** A bug was met: in handling an event, in what only one campaign does, in what a timer does. */
interface FaultNotes {
  readonly inEvent: (event: EngineEvent, fault: unknown) => void;
  readonly inCampaign: (campaign: CampaignName, fault: unknown) => void;
  readonly inTimer: (name: string, fault: unknown) => void;
}

export interface Hub {
  readonly parts: EngineParts;
  readonly world: World;
  readonly timers: Timers;
  readonly writer: Writer;
  readonly faults: FaultNotes;
  readonly now: () => number;
  readonly post: (event: EngineEvent) => void;
  /** Runs a command; a refusal is posted as the event that `refused` makes of it, if any. */
  readonly run: (command: TelephonyCommand, refused?: Refused) => void;
  /** Runs a command; `then` is posted once the exchange has accepted it. */
  readonly runThen: (command: TelephonyCommand, then: EngineEvent, refused?: Refused) => void;
  readonly emit: (event: LiveEvent) => void;
  /** Into the audit log, and not lost while the store is away. */
  readonly note: (by: Actor, change: Change & { readonly at: number }) => void;
}
