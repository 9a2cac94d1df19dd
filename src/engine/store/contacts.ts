// The directory of people as the store keeps it: searched, edited, merged, their history shown, and forgotten.

import type { KeptThing } from '../../campaign/rule-pack.ts';
import type { FieldDefinition } from '../../campaign/fields.ts';
import type { RecordStep } from '../../records/record-steps.ts';
import type { CampaignName, Phone, RecordState } from '../../terms.ts';
import type { ContactRow } from './lists.ts';

export interface ContactStore {
  /** Contacts that hold the text in their name, a field or a number, by index; accents and case do not matter. */
  find(search: ContactSearch): Promise<readonly ContactRow[]>;
  show(contact: number): Promise<ContactDetails | undefined>;
  /**
   * Changes name, fields or phones; each change is kept with its old value. Refused with `contact-unknown`,
   * `contact-edit-refused` (every fault is named).
   */
  edit(edit: ContactEdit): Promise<EditedContact>;
  /**
   * Makes one contact of two: the kept one's values win, what it lacks comes from the other, and attempts, records,
   * callbacks and lists become its own. Refused with `contact-unknown`, `contact-same`, `contact-being-dialed`.
   */
  merge(merge: MergeContacts): Promise<ContactDetails>;
  /** Everything that happened to the contact, over all campaigns, newest first. */
  timeline(query: TimelineQuery): Promise<readonly ContactEvent[]>;
  /**
   * Takes everything away that shows who the contact is; what was counted stays. The opt-out stays too, as
   * a keyed hash of the number. Refused with `contact-unknown`, `contact-being-dialed`.
   */
  forget(forgetting: ForgetContact): Promise<ForgetReceipt>;
  /**
   * Empties what the store keeps of earlier changes; with `rewrite`, everything is written again, which holds other
   * changes up meanwhile. False when somebody was just reading: to be tried again.
   */
  scrub(how: { readonly rewrite: boolean }): Promise<boolean>;
  /** Empties what people wrote elsewhere (reasons, notes) where it holds one of the texts; the rows changed, by table. */
  sweep(needles: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** The files that any import of the contact's lists has read or written, each once; whole paths. */
  files(contact: number): Promise<readonly string[]>;
  /** How often one of the texts is still in the store's files. */
  traces(needles: readonly string[]): Promise<number>;
  /** Re-opens or removes a record by the rules of records/record-steps.ts; what it was before. */
  stepRecord(step: StepRecord): Promise<{ readonly from: RecordState; readonly to: RecordState }>;
}

export interface ContactSearch {
  readonly text: string;
  /** Only in the name, a number, or this field. */
  readonly in?: 'name' | 'number' | { readonly field: string };
  readonly limit: number;
}

export interface ContactDetails extends ContactRow {
  readonly lists: readonly string[];
  readonly records: readonly { readonly id: number; readonly campaign: CampaignName; readonly state: RecordState }[];
}

export interface ContactEdit {
  readonly contact: number;
  readonly by: string;
  readonly at: number;
  readonly name?: string;
  /** New values by field; null takes a value away. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** All of its phones in their order. */
  readonly phones?: readonly Phone[];
  /** What the campaigns say of fields; those of campaigns that have the contact count. */
  readonly definitions: readonly (FieldDefinition & { readonly campaign: CampaignName })[];
}

export interface EditedContact {
  readonly contact: ContactDetails;
  readonly changes: readonly { readonly what: string; readonly from: unknown; readonly to: unknown }[];
}

export interface MergeContacts {
  readonly keep: number;
  readonly gone: number;
  readonly by: string;
  readonly at: number;
}

export interface TimelineQuery {
  readonly contact: number;
  readonly limit: number;
  /** Only what happened before this. */
  readonly beforeAt?: number;
}

export interface ContactEvent {
  readonly at: number;
  readonly what:
    | 'attempt'
    | 'inbound-call'
    | 'callback'
    | 'note'
    | 'answers'
    | 'recording'
    | 'imported'
    | 'edited'
    | 'merged'
    | 'do-not-call'
    | 'record'
    /** Another line that an agent brought into a call, or gave the person to. */
    | 'transfer'
    /** An agent had the record and dialed nothing: looked at, declined, not answered. */
    | 'offer';
  /** An agent, a user, a campaign, an import. */
  readonly by: string | null;
  readonly campaign: CampaignName | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface ForgetContact {
  readonly contact: number;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  /** What the law wants kept; recordings among it are not deleted. */
  readonly kept?: readonly KeptForLaw[];
}

/** What stays of somebody who was forgotten because the law wants it kept; names no one. */
export interface KeptForLaw {
  readonly what: KeptThing;
  readonly campaign: CampaignName;
  readonly until: number;
  readonly clause: string;
  readonly citation: string;
  /** Name of the recording. */
  readonly recording?: string;
  /** The proof of consent: what the contact's field said. */
  readonly consent?: { readonly field: string; readonly value: string };
}

export interface ForgetReceipt {
  readonly contact: number;
  readonly at: number;
  readonly by: string;
  /** Rows that were deleted or emptied, by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Files of recordings that the caller has to delete. */
  readonly recordings: readonly string[];
  readonly kept: readonly KeptForLaw[];
  /** What must not be found any more: numbers, names, addresses and notes that the person ever had and no one else has. */
  readonly needles: readonly string[];
  /** Keyed hashes of the numbers, as they stand in what was kept. */
  readonly numberHashes: readonly string[];
  /** The entry of the audit log. */
  readonly entry: number;
  /** Keyed hash over this receipt but for the needles: made again only with the store's own key. */
  readonly seal: string;
}

export interface StepRecord {
  readonly record: number;
  readonly step: RecordStep;
  readonly by: string;
  readonly at: number;
}
