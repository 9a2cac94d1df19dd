// What the engine, the HTTP API and the CLI need of the store, noun by noun. Asynchronous, so that SQLite on its
// worker thread and PostgreSQL both fit. Everything that resolves is durable.

import type { AgentStore } from './store-agents.ts';
import type { AnswerStore } from './store-answers.ts';
import type { AttemptStore } from './store-attempts.ts';
import type { AuditLog } from './store-audit.ts';
import type { CallbackStore } from './store-callbacks.ts';
import type { CampaignStore } from './store-campaigns.ts';
import type { ContactStore } from './store-contacts.ts';
import type { DetectionStore } from './store-detection.ts';
import type { DoNotCallStore } from './store-do-not-call.ts';
import type { FilterStore } from './store-filters.ts';
import type { InboundStore } from './store-inbound.ts';
import type { ListStore } from './store-lists.ts';
import type { OutboundStore } from './store-outbound.ts';
import type { RecordingStore } from './store-recordings.ts';
import type { RecordStore } from './store-records.ts';
import type { SessionStore } from './store-sessions.ts';
import type { ValidationStore } from './store-validation.ts';

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
  /** The threads behind it, and for how long each has not answered (ms; 0: it answers). */
  threads(): readonly StoreThread[];
}

export interface StoreThread {
  readonly name: string;
  readonly silentMs: number;
}
