// Imports of contacts as the API knows them: what is asked for, how far they are, what came of them.

import type { TrunkReach } from '../campaign/number-gate.ts';
import type { ListSummary, NewContact } from '../engine/store/lists.ts';
import type { Duplicates } from '../terms.ts';
import type { Encoding } from '../base/encodings.ts';
import type { CountryCodeUse } from '../numbers/country-codes.ts';
import type { FieldDefinition, FieldKind, FieldType } from '../campaign/fields.ts';
import type { PhoneType } from '../terms.ts';
import type { ImportHooks, ImportJobs, ImportKind } from './import-jobs.ts';

export type ColumnUse =
  | { readonly as: 'name' }
  | { readonly as: 'phone'; readonly type: PhoneType; readonly countryCode?: CountryCodeUse }
  | ({ readonly as: 'field'; readonly field: string; readonly decimal?: 'point' | 'comma' } & Partial<FieldKind>)
  | { readonly as: 'ignore' };

export interface ImportOptions {
  readonly list: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
  readonly duplicates: Duplicates;
  /** The field by which contacts are the same; absent: any of their phones. */
  readonly key?: string;
  /** What the campaigns that use the list say of its fields. */
  readonly fields?: readonly FieldDefinition[];
  /** What becomes of an import into the list that was cut off; default: it goes on when it is this one. */
  readonly resume?: 'when-possible' | 'only' | 'never';
  /** What columns are, by their header; the others are found out. */
  readonly columns: Readonly<Record<string, ColumnUse>>;
  readonly delimiter?: ',' | ';' | '\t' | '|';
  readonly encoding?: Encoding;
  /** False: the first line is data, and the columns are named `column 1` and so on. */
  readonly header?: boolean;
  /** Whether numbers without a plus sign begin with their country's calling code; default `ask`. */
  readonly countryCode?: CountryCodeUse;
  /** What the trunks may dial: other numbers are counted. */
  readonly reaches?: readonly TrunkReach[];
  /** What stands before the decimals of numbers; found by column when absent. */
  readonly decimal?: 'point' | 'comma';
}

/** How a phone of a row was read, for the preview. */
interface PhoneOrigin {
  /** Header of the phone's column. */
  readonly column: string;
  /** What stands there. */
  readonly written: string;
  /** The columns with its country or country code, and what they say in this row. */
  readonly beside: readonly { readonly column: string; readonly says: string }[];
  /** E.164; several where the cell holds several. */
  readonly numbers: readonly string[];
  /** Why it was left out. */
  readonly why?: string;
}

export interface ImportPreview {
  readonly file: string;
  readonly list: string;
  readonly country: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly bytes: number;
  readonly columns: readonly { readonly header: string; readonly use: ColumnUse; readonly looksLike?: FieldType }[];
  readonly preview: readonly {
    readonly line: number;
    /** One for each phone column that holds something. */
    readonly phones: readonly PhoneOrigin[];
    readonly reading:
      | { readonly kind: 'contact'; readonly contact: NewContact; readonly dropped?: readonly string[] }
      | { readonly kind: 'rejected'; readonly reason: string };
  }[];
  /** What a person should look at before importing. */
  readonly doubts: readonly string[];
}

interface ImportFigures {
  readonly rows: number;
  readonly added: number;
  readonly merged: number;
  readonly skipped: number;
  readonly rejected: number;
  /** Phones that are none, of contacts that have another one. */
  readonly phonesLeftOut: number;
}

export interface ImportProgress extends ImportFigures {
  readonly bytes: number;
  readonly totalBytes: number;
  /** Rows that an earlier run had done. */
  readonly resumedRows: number;
}

export interface ImportReport extends ImportFigures {
  readonly list: ListSummary;
  /** How many rows were rejected for which reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** File with the rejected rows, each with its line and reason; absent when none was. */
  readonly rejectedFile?: string;
  /** Why phones were left out, and how many for each reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Phones that were kept and that no trunk dials, by what they are. */
  readonly neverDialed: Readonly<Record<string, number>>;
  /** Rows that were skipped, merged or lost a phone, with the contacts that they met; absent when there is none. */
  readonly notesFile?: string;
  /** What a person should look at. */
  readonly doubts: readonly string[];
  /** The line behind which an import that had been cut off went on. */
  readonly resumedAfterLine?: number;
  readonly durationMs: number;
}

/** What the API needs of an importer; `file` is an absolute path on the daemon's machine. */
export interface ListImporter {
  /** What an import would do; changes nothing. */
  preview(file: string, options: ImportOptions): Promise<ImportPreview>;
  /** Imports the file, all of it or nothing. */
  run(file: string, options: ImportOptions, hooks: ImportHooks<ImportProgress>): Promise<ImportReport>;
}

export interface ListImportRequest extends ImportOptions {
  readonly file: string;
}

type ListImports = ImportKind<ListImportRequest, ImportProgress, ImportReport>;
export type ListImportJobs = ImportJobs<ListImportRequest, ImportProgress, ImportReport>;

const NOTHING: ImportFigures = { rows: 0, added: 0, merged: 0, skipped: 0, rejected: 0, phonesLeftOut: 0 };

/** Imports of contacts, carried out by `importer`. */
export function listImports(importer: ListImporter): ListImports {
  return {
    what: 'list',
    path: '/api/imports',
    nothing: { ...NOTHING, bytes: 0, totalBytes: 0, resumedRows: 0 },
    run: ({ file, ...options }, hooks) => importer.run(file, options, hooks),
    figuresOf: ({ rows, added, merged, skipped, rejected, phonesLeftOut }) => ({
      rows,
      added,
      merged,
      skipped,
      rejected,
      phonesLeftOut,
    }),
  };
}
