// What the engine, the HTTP API and the CLI need of the store, noun by noun. Asynchronous, so that SQLite on its
// worker thread and PostgreSQL both fit. Everything that resolves is durable.

import type { ValidationOutcome } from '../list/validation.ts';
import type { FieldValue } from '../list/fields.ts';
import type { Progress } from '../list/progress.ts';
import type { RecordFacts, RecordNext } from '../list/record.ts';
import type {
  AgentNumber,
  AgentState,
  AttemptId,
  BridgeId,
  CampaignName,
  CampaignState,
  LegId,
  Phone,
  PhoneMode,
  RecordState,
  Result,
  SessionId,
  Verdict,
} from '../terms.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Agent } from './ports.ts';
import type { DetectionStore } from './store-detection.ts';
import type { DoNotCallStore } from './store-do-not-call.ts';
import type { FilterStore } from './store-filters.ts';
import type { AnswerStore } from './store-answers.ts';
import type { CallbackStore } from './store-callbacks.ts';
import type { InboundStore } from './store-inbound.ts';
import type { OutboundStore } from './store-outbound.ts';
import type { RecordingStore } from './store-recordings.ts';
import type { ValidationStore } from './store-validation.ts';
import type { AuditLog } from './store-audit.ts';
import type { ContactStore } from './store-contacts.ts';

export interface Store {
  readonly attempts: AttemptStore;
  readonly answers: AnswerStore;
  readonly records: RecordStore;
  readonly lists: ListStore;
  readonly campaigns: CampaignStore;
  readonly agents: AgentStore;
  readonly sessions: SessionStore;
  readonly doNotCall: DoNotCallStore;
  readonly filters: FilterStore;
  readonly outbound: OutboundStore;
  readonly recordings: RecordingStore;
  readonly validations: ValidationStore;
  readonly detection: DetectionStore;
  readonly callbacks: CallbackStore;
  readonly inbound: InboundStore;
  readonly audit: AuditLog;
  readonly contacts: ContactStore;
  /** Copies the whole data set to `file` while running. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

// ---- attempts

export interface AttemptStore {
  /**
   * Chooses up to `lines.length` records that may be dialed now, writes one attempt for each and marks the record
   * `dialing`, in one durable transaction. The first line goes to the first record.
   */
  open(request: OpenAttempts): Promise<OpenedAttempts>;
  /** Notes how far an attempt has come (bridged to an agent, verdict); for recovery and reports. */
  progress(progress: AttemptProgress): Promise<void>;
  /**
   * Ends an attempt: its one result, and what next for its record. A second call for the same attempt changes nothing,
   * except that it decides on a record which the first left `dialing`.
   */
  close(closing: CloseAttempt): Promise<void>;
  /**
   * The agent's disposition and what it makes of the record; overrides what was decided before, unless the record has
   * been dialed again since. Given before the end of the call, it is held until the close.
   */
  dispose(disposing: DisposeAttempt): Promise<void>;
  /** Wrap-up ended without a disposition: what becomes of the record of a closed attempt still `dialing`. */
  settle(attempt: AttemptId, next: RecordNext): Promise<void>;
  /** Attempts without a result, and closed ones whose record is still `dialing`, of every campaign, oldest first. */
  unfinished(): Promise<readonly UnfinishedAttempt[]>;
  /** Attempts dialed from `fromAt` to before `toAt`, oldest first. */
  list(query: AttemptQuery): Promise<readonly AttemptRow[]>;
}

export interface OpenAttempts {
  readonly campaign: Campaign;
  readonly now: number;
  /** One entry per line that may be dialed: where the call would go out. */
  readonly lines: readonly OpenLine[];
  /** Only the personal callbacks of this agent that are due; `nextDueAt` is then when the next one is. */
  readonly agent?: AgentNumber;
}

export interface OpenLine {
  readonly attempt: AttemptId;
  readonly trunk: string;
  /** Counts the campaign's lines: caller IDs take turns by it. */
  readonly turn: number;
  /** The caller ID that the agent has chosen. */
  readonly chosenCallerId?: string;
}

export interface OpenedAttempts {
  readonly opened: readonly OpenedAttempt[];
  /** Nothing may be dialed now: when the next record falls due, epoch ms; absent when none ever will. */
  readonly nextDueAt?: number;
  /** No record can ever be dialed again (none waiting, none being dialed, none fresh). */
  readonly exhausted: boolean;
  /** Why no more are dialed before `nextDueAt` although records may be: no caller ID is left today. */
  readonly heldBack?: string;
}

export interface OpenedAttempt {
  readonly attempt: AttemptId;
  readonly trunk: string;
  readonly callerId: string;
  readonly record: RecordFacts;
  /** The phone being dialed: index into `record.phones`. */
  readonly phoneIndex: number;
  /** What validation made of it; absent: it stood in the way of nothing. */
  readonly validation?: ValidationOutcome;
}

export interface AttemptProgress {
  readonly attempt: AttemptId;
  readonly answeredAt?: number;
  readonly bridgedAt?: number;
  readonly agent?: AgentNumber;
  readonly session?: SessionId;
  readonly verdict?: Verdict;
  readonly verdictCause?: string;
  readonly messageLeft?: boolean;
}

export interface CloseAttempt extends AttemptProgress {
  readonly result: Result;
  readonly endedAt: number;
  readonly ringingAt?: number;
  readonly liveAt?: number;
  readonly sipCode?: number;
  readonly cause?: number;
  readonly endedBy?: 'person' | 'agent' | 'dialer' | 'network';
  /** False when the trouble was ours or the trunk's: the attempt does not count against the record. */
  readonly counts: boolean;
  readonly next: RecordNext;
}

export interface DisposeAttempt {
  readonly attempt: AttemptId;
  readonly disposition: string;
  readonly agent: AgentNumber;
  readonly at: number;
  readonly next: RecordNext;
  /** What the agent said besides: why, and another phone of the contact. */
  readonly reason?: string;
  readonly phone?: Phone;
}

export interface UnfinishedAttempt extends OpenedAttempt {
  readonly campaign: CampaignName;
  readonly dialedAt: number;
  readonly answeredAt?: number;
  readonly bridgedAt?: number;
  readonly agent?: AgentNumber;
  readonly session?: SessionId;
  readonly verdict?: Verdict;
  /** Set when the attempt was closed already and only its record waits for what the agent says. */
  readonly result?: Result;
  readonly endedAt?: number;
}

export interface AttemptQuery {
  readonly campaign?: CampaignName;
  readonly record?: number;
  readonly number?: string;
  readonly fromAt?: number;
  readonly toAt?: number;
  /** At most this many; default all. */
  readonly limit?: number;
}

export interface AttemptRow {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly record: number;
  readonly contact: number;
  readonly number: string;
  readonly trunk: string;
  readonly callerId: string;
  readonly validation: ValidationOutcome | null;
  readonly dialedAt: number;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly liveAt: number | null;
  readonly bridgedAt: number | null;
  readonly endedAt: number | null;
  readonly result: Result | null;
  readonly sipCode: number | null;
  readonly cause: number | null;
  readonly verdict: Verdict | null;
  readonly verdictCause: string | null;
  /** The campaign's message was left on the machine that picked up. */
  readonly messageLeft: boolean;
  readonly endedBy: string | null;
  readonly agent: AgentNumber | null;
  readonly disposition: string | null;
  readonly counts: boolean;
}

// ---- contacts, lists, records

export interface ListStore {
  all(): Promise<readonly ListSummary[]>;
  show(name: string, limit: number): Promise<{ readonly list: ListSummary; readonly contacts: readonly ContactRow[] }>;
  /** Removes the list and its contacts that are on no other list; refused while a running campaign uses it. */
  remove(name: string): Promise<void>;
  /**
   * Adds a batch of parsed contacts to a list being imported. Duplicates, by phone or by `key`, are skipped, merged or
   * fail the import (`import-duplicate`). Nothing of the import is visible until `finishImport`; `abandonImport` leaves
   * no trace. An interrupted import into the same list goes on when it is this one, and is abandoned when it is not.
   */
  importBatch(batch: ImportBatch): Promise<ImportCounts>;
  finishImport(importId: string): Promise<ListSummary>;
  abandonImport(importId: string): Promise<void>;
  /** Leaves an import with a fingerprint to be resumed; one without is abandoned at the next start of the store. */
  suspendImport(importId: string): Promise<void>;
  /** The import into the list that a crash or `suspendImport` has interrupted; kept for a week. */
  interruptedImport(list: string): Promise<InterruptedImport | undefined>;
  /** Makes a list of the contacts of a campaign's records that ended so; how many. Refused with `list-exists`. */
  selectFrom(selection: ListSelection): Promise<number>;
  findContacts(text: string, limit: number): Promise<readonly ContactRow[]>;
}

export interface ListSummary {
  readonly name: string;
  readonly contacts: number;
  readonly importedAt: number;
  readonly source: string;
}

export interface ContactRow {
  readonly id: number;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly phones: readonly Phone[];
}

export interface NewContact {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly phones: readonly Phone[];
  /** Line in the source file, for the report of duplicates. */
  readonly line: number;
}

export interface ImportBatch {
  readonly importId: string;
  readonly list: string;
  readonly source: string;
  readonly duplicates: Duplicates;
  /** The field by which contacts are the same; absent: any of their phones. */
  readonly key?: string;
  /** Same file, same meaning of its columns; with it and `mark` the import can go on after a crash. */
  readonly fingerprint?: string;
  /** Where the reader stands behind this batch. */
  readonly mark?: ImportMark;
  readonly contacts: readonly NewContact[];
}

export type Duplicates = 'skip' | 'merge' | 'fail';

export interface ImportMark {
  /** The last line that was read. */
  readonly line: number;
  readonly rows: number;
  readonly rejected: number;
  /** Length of the file of rejected rows. */
  readonly rejectedBytes: number;
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ListSelection {
  /** Name of the new list. */
  readonly list: string;
  readonly campaign: CampaignName;
  /** Last result or last disposition of the record is one of these. */
  readonly results: readonly Result[];
  readonly dispositions: readonly string[];
  readonly at: number;
}

export interface InterruptedImport {
  readonly importId: string;
  readonly fingerprint: string;
  readonly source: string;
  readonly startedAt: number;
  readonly interruptedAt: number;
  /** Where the reader stood behind the last batch that is there. */
  readonly mark: ImportMark;
  readonly added: number;
  readonly merged: number;
  readonly skipped: number;
}

export interface ImportCounts {
  readonly added: number;
  readonly merged: number;
  /** Lines of contacts that were already there and skipped. */
  readonly skippedLines: readonly number[];
}

export interface RecordStore {
  /** Makes a record for every contact on the campaign's lists (and filter) that has none yet; how many were made. */
  sync(campaign: Campaign, now: number): Promise<number>;
  find(query: RecordQuery): Promise<readonly RecordRow[]>;
  show(record: number): Promise<RecordRow | undefined>;
  /** What the eligibility rules need to know of a record; undefined when there is no such record. */
  facts(record: number): Promise<{ readonly campaign: CampaignName; readonly facts: RecordFacts } | undefined>;
  counts(campaign: CampaignName): Promise<RecordCounts>;
  /** How far the campaign has come; goes through all its records. */
  statistics(campaign: CampaignName, now: number): Promise<RecordStatistics>;
}

export interface RecordQuery {
  readonly campaign?: CampaignName;
  /** In the contact's name, a field or a number; empty: all. */
  readonly text: string;
  readonly state?: RecordState;
  readonly result?: Result;
  readonly disposition?: string;
  readonly agent?: AgentNumber;
  /** Only records with higher ids, in the order of their ids; for the next page of a query without a text. */
  readonly after?: number;
  readonly limit: number;
}

export interface RecordRow {
  readonly id: number;
  readonly campaign: CampaignName;
  readonly contact: ContactRow;
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly attempts: number;
  readonly lastResult: Result | null;
  readonly lastDisposition: string | null;
  readonly lastAgent: AgentNumber | null;
  readonly lastAttemptAt: number | null;
  readonly finishedWhy: string | null;
}

export interface RecordStatistics extends Progress {
  readonly total: number;
  /** Agreed callbacks that wait; they count as waiting or scheduled too. */
  readonly callbacks: number;
  /** Contacts that were in conversation with an agent. */
  readonly reached: number;
  readonly attemptsOnProcessed: number;
  readonly attemptsOnRest: number;
  /** In the hour before the last attempt. */
  readonly attemptsPerHour: number;
  readonly lastAttemptAt: number | null;
}

export interface RecordCounts {
  readonly byState: Readonly<Record<RecordState, number>>;
  readonly byResult: Readonly<Partial<Record<Result, number>>>;
  readonly byDisposition: Readonly<Record<string, number>>;
  readonly nextDueAt: number | null;
}

// ---- campaigns, agents, sessions

export interface CampaignStore {
  /** Every campaign ever loaded, with its state; those never saved are `unapproved`. */
  all(): Promise<readonly CampaignRow[]>;
  /** Saves a step of the campaign's life with who and when. */
  saveState(step: CampaignStep): Promise<void>;
  history(campaign: CampaignName): Promise<readonly CampaignStep[]>;
  saveLearned(campaign: CampaignName, learned: string): Promise<void>;
  learned(campaign: CampaignName): Promise<string | undefined>;
}

export interface CampaignRow {
  readonly campaign: CampaignName;
  readonly state: CampaignState;
  readonly changedAt: number;
}

export interface CampaignStep {
  readonly campaign: CampaignName;
  readonly from: CampaignState;
  readonly to: CampaignState;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export interface AgentStore {
  all(): Promise<readonly Agent[]>;
  /** Adds an agent or changes its name, groups, PIN (already hashed) and SIP password; absent parts stay. */
  save(agent: SaveAgent): Promise<void>;
  remove(number: AgentNumber): Promise<boolean>;
  /** Secrets for sign-in and provisioning. */
  secrets(number: AgentNumber): Promise<AgentSecrets | undefined>;
  /** Notes a wrong PIN or a right one; the count of wrong ones in a row decides on lock-out. */
  noteSignIn(number: AgentNumber, attempt: { readonly right: boolean; readonly at: number }): Promise<void>;
}

export interface SaveAgent {
  readonly number: AgentNumber;
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly account?: string;
  readonly pinHash?: string;
  readonly sipPassword?: string;
}

export interface AgentSecrets {
  readonly agent: Agent;
  readonly pinHash: string;
  readonly sipPassword: string;
  readonly wrongPins: number;
  readonly lastWrongAt: number | null;
}

export interface SessionStore {
  open(session: SessionRow): Promise<void>;
  /** One more stretch in a state begins; ends the one before. */
  state(change: SessionStateChange): Promise<void>;
  close(session: SessionId, at: number, reason: string): Promise<void>;
  /** Sessions without an end, with their last state. */
  unfinished(): Promise<readonly UnfinishedSession[]>;
  /** Time in each state by agent and campaign between two instants. */
  times(query: {
    readonly campaign?: CampaignName;
    readonly fromAt: number;
    readonly toAt: number;
  }): Promise<readonly StateTime[]>;
}

export interface SessionRow {
  readonly session: SessionId;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly phoneMode: PhoneMode;
  readonly leg: LegId | null;
  readonly bridge: BridgeId;
  readonly startedAt: number;
}

export interface SessionStateChange {
  readonly session: SessionId;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly attempt: AttemptId | null;
  /** The phone's leg at this moment, for recovery. */
  readonly leg: LegId | null;
  readonly at: number;
}

export interface UnfinishedSession extends SessionRow {
  readonly state: AgentState;
  readonly reason: string | null;
  readonly attempt: AttemptId | null;
}

export interface StateTime {
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly state: AgentState;
  readonly ms: number;
}
