// What the engine, the HTTP API and the CLI need of the store, noun by noun. Asynchronous, so that SQLite on its
// worker thread and PostgreSQL both fit. Everything that resolves is durable.

import type { AgentStore } from './agents.ts';
import type { AnswerStore } from './answers.ts';
import type { AttemptStore } from './attempts.ts';
import type { AuditLog } from './audit.ts';
import type { CallPartStore } from './call-parts.ts';
import type { CallbackStore } from './callbacks.ts';
import type { CampaignStore } from './campaigns.ts';
import type { ContactStore } from './contacts.ts';
import type { DeskStore } from './desks.ts';
import type { DetectionStore } from './detection.ts';
import type { DoNotCallStore } from './do-not-call.ts';
import type { EmergencyStore } from './emergencies.ts';
import type { FilterStore } from './filters.ts';
import type { FormStore } from './forms.ts';
import type { InboundStore } from './inbound.ts';
import type { ListStore } from './lists.ts';
import type { NoteStore } from './notes.ts';
import type { OutboxStore } from './outbox.ts';
import type { OutboundStore } from './outbound.ts';
import type { RecordingStore } from './recordings.ts';
import type { ReservationStore } from './reservations.ts';
import type { RecordStore } from './records.ts';
import type { ScriptStore } from './scripts.ts';
import type { SessionStore } from './sessions.ts';
import type { ThirdPartyStore } from './third-parties.ts';
import type { ApiTokenStore, UserStore, WebSessionStore } from './users.ts';
import type { ValidationStore } from './validation.ts';

export interface Store {
  readonly attempts: AttemptStore;
  readonly answers: AnswerStore;
  readonly records: RecordStore;
  readonly reservations: ReservationStore;
  readonly lists: ListStore;
  readonly campaigns: CampaignStore;
  readonly agents: AgentStore;
  readonly sessions: SessionStore;
  readonly doNotCall: DoNotCallStore;
  readonly filters: FilterStore;
  readonly outbound: OutboundStore;
  readonly emergencies: EmergencyStore;
  readonly recordings: RecordingStore;
  readonly callParts: CallPartStore;
  readonly thirdParties: ThirdPartyStore;
  readonly validations: ValidationStore;
  readonly desks: DeskStore;
  readonly detection: DetectionStore;
  readonly callbacks: CallbackStore;
  readonly inbound: InboundStore;
  readonly notes: NoteStore;
  readonly forms: FormStore;
  readonly scripts: ScriptStore;
  readonly audit: AuditLog;
  readonly contacts: ContactStore;
  readonly users: UserStore;
  readonly webSessions: WebSessionStore;
  readonly apiTokens: ApiTokenStore;
  readonly outbox: OutboxStore;
  /** Copies the whole data set to `file` while running. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
  /** The threads behind it, and for how long each has not answered (ms; 0: it answers). */
  threads(): readonly StoreThread[];
}

export interface StoreThread {
  readonly name: string;
  readonly silentMs: number;
  /** From a request to its answer, since the start. */
  readonly latency: Latency;
}

/** Upper bounds of the counts of a latency; slower requests are in `count` alone. */
export const LATENCY_BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000] as const;

export interface Latency {
  /** Requests up to each bound and above the one before. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sumMs: number;
}
