// What an import into a list came to.

import type { ListSummary } from '../../engine/store/lists.ts';
import type { NeverDialed } from './never-dialed.ts';

export interface ImportReport {
  readonly list: ListSummary;
  /** Rows of the file without the header and blank ones. */
  readonly rows: number;
  readonly added: number;
  readonly merged: number;
  /** Contacts that were there already and kept as they were; they are on the list too. */
  readonly skipped: number;
  /** Lines of the first of them, at most 1000; of this run. */
  readonly skippedLines: readonly number[];
  readonly rejected: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** Absent when no row was rejected. */
  readonly rejectedFile?: string;
  /** Phones that are none, of contacts that have another one; by reason. */
  readonly phonesLeftOut: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Phones that were kept and that no trunk dials, by what they are. */
  readonly neverDialed: NeverDialed;
  /** Rows that were skipped, merged or lost a phone, with the contacts that they met; absent when there is none. */
  readonly notesFile?: string;
  /** What a person should look at. */
  readonly doubts: readonly string[];
  /** The line behind which an import that had been cut off went on. */
  readonly resumedAfterLine?: number;
  readonly durationMs: number;
}
