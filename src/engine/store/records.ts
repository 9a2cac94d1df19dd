// What the store keeps of records: made from lists, found, shown, counted.

import type { Campaign } from '../../campaign/definition.ts';
import type { Progress } from '../../records/progress.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { WaitingGroup } from '../../eligibility/waits.ts';
import type { AgentNumber, CampaignName, RecordState, Result } from '../../terms.ts';
import type { ContactRow } from './lists.ts';

export interface RecordStore {
  /** Makes a record for every contact on the campaign's lists (and filter) that has none yet; how many were made. */
  sync(campaign: Campaign, now: number): Promise<number>;
  find(query: RecordQuery): Promise<readonly RecordRow[]>;
  /** A page of the table of records. Refused with `filter-invalid`, `list-unknown`. */
  table(query: TableQuery): Promise<TablePage>;
  show(record: number): Promise<RecordRow | undefined>;
  /** Sets a record's priority, whatever its state; what it was before. Refused with `record-unknown`. */
  prioritise(change: PriorityChange): Promise<{ readonly from: number; readonly to: number }>;
  /** What the eligibility rules need to know of a record; undefined when there is no such record. */
  facts(record: number): Promise<{ readonly campaign: CampaignName; readonly facts: RecordFacts } | undefined>;
  counts(campaign: CampaignName): Promise<RecordCounts>;
  /**
   * How many records may still come up for dialing until `untilAt`, as far as their hours and due times say; the count
   * stops at `most`.
   */
  dialsLeft(question: DialsLeft): Promise<number>;
  /** How far the campaign has come; goes through all its records. */
  statistics(campaign: CampaignName, now: number): Promise<RecordStatistics>;
  /** The records that are to be dialed, counted by why they wait; goes through all of them. */
  waits(campaign: CampaignName, now: number): Promise<readonly WaitingGroup[]>;
}

export interface DialsLeft {
  readonly campaign: Campaign;
  readonly now: number;
  readonly untilAt: number;
  readonly most: number;
}

export interface PriorityChange {
  readonly record: number;
  /** Higher ones are dialed first. */
  readonly priority: number;
  readonly by: string;
  readonly at: number;
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

/** How the table of records is sorted: as they were taken up, by their last attempt, by when they are due. */
export const RECORD_SORTS = ['taken-up', 'last-attempt', 'due'] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

/** Behind which record a page begins: the value it is sorted by, and its id. */
export interface TablePlace {
  readonly key: number;
  readonly id: number;
}

export interface TableQuery extends Omit<RecordQuery, 'after'> {
  /** Of a contact on this list. */
  readonly list?: string;
  /** A condition on the contact, as of a filter. */
  readonly condition?: string;
  /** Of records whose last attempt was dialed from then to before then. */
  readonly lastFromAt?: number;
  readonly lastToAt?: number;
  readonly sort: RecordSort;
  readonly descending: boolean;
  readonly after?: TablePlace;
}

export interface TablePage {
  readonly rows: readonly RecordRow[];
  /** Where the next page begins; absent: there are no more. A page may have few rows and a next one: it has looked far. */
  readonly next?: TablePlace;
  /** How many there are in all, where that was not more than could be counted at once. */
  readonly matches?: number;
}

export interface RecordRow {
  readonly id: number;
  readonly campaign: CampaignName;
  readonly contact: ContactRow;
  readonly state: RecordState;
  readonly dueAt: number | null;
  /** Higher ones are dialed first. */
  readonly priority: number;
  readonly attempts: number;
  /** Attempts in a row, up to now, that did not count. */
  readonly uncounted: number;
  readonly lastResult: Result | null;
  readonly lastDisposition: string | null;
  readonly lastAgent: AgentNumber | null;
  readonly lastAttemptAt: number | null;
  readonly finishedWhy: string | null;
  /** Why it waits or is over, in the words of what decided; null: it has not been dialed. */
  readonly why: string | null;
}

export interface RecordStatistics extends Progress {
  readonly total: number;
  /** Agreed callbacks that wait; they count as waiting or scheduled too. */
  readonly callbacks: number;
  /** Set aside, because the trunks dial none of their numbers; they count as blocked too. */
  readonly neverDialed: number;
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
