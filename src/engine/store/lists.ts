// What the store keeps of lists, their contacts and imports.

import type { FieldValue } from '../../campaign/fields.ts';
import type { CampaignName, Duplicates, Phone, Result } from '../../terms.ts';

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
  /** The fields that contacts of each list have, kept by imports and edits: nothing is looked for among contacts. */
  fieldNames(): Promise<readonly FieldNames[]>;
}

export interface ListSummary {
  readonly name: string;
  readonly contacts: number;
  readonly importedAt: number;
  readonly source: string;
}

export interface FieldNames {
  readonly list: string;
  readonly fields: readonly string[];
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
  /** Whole paths of the files that the import reads and writes: where a forgotten person is looked for. */
  readonly files?: readonly string[];
  readonly duplicates: Duplicates;
  /** The field by which contacts are the same; absent: any of their phones. */
  readonly key?: string;
  /** Same file, same meaning of its columns; with it and `mark` the import can go on after a crash. */
  readonly fingerprint?: string;
  /** Fields that the file has a column for, though no contact may have a value there. */
  readonly fields?: readonly string[];
  /** Where the reader stands behind this batch. */
  readonly mark?: ImportMark;
  /** Also as text of the import's thread, which passes from thread to thread at no cost to the threads in between. */
  readonly contacts: readonly NewContact[] | string;
}

export interface ImportMark {
  /** The last line that was read. */
  readonly line: number;
  readonly rows: number;
  readonly rejected: number;
  /** Length of the file of rejected rows. */
  readonly rejectedBytes: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** Length of the file of notes; the notes of batches that were on their way are not in it. */
  readonly notesBytes?: number;
  /** Phones that were left out, by reason. */
  readonly leftOut?: Readonly<Record<string, number>>;
  /** Phones that no trunk dials, by what they are. */
  readonly neverDialed?: Readonly<Record<string, number>>;
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
  /** Every row that met a contact. */
  readonly met: readonly ImportMet[];
}

/** A row of an import and the contact that was there already. */
export interface ImportMet {
  readonly line: number;
  readonly contact: number;
  readonly what: 'skipped' | 'merged';
}
