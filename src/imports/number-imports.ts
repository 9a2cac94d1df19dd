// Imports of do-not-call numbers as the API knows them: what is asked for, how far they are, what came of them.

import type { DoNotCallList } from '../engine/store/do-not-call.ts';
import type { CountryCodeUse } from '../numbers/country-codes.ts';
import type { ImportJobs, ImportKind } from './import-jobs.ts';

interface NumberImportRequest {
  readonly file: string;
  readonly list: string;
  readonly mode: 'add' | 'replace';
  readonly by: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
  /** Whether numbers without a plus sign begin with their country's calling code; default `ask`. */
  readonly countryCode?: CountryCodeUse;
}

export interface NumberImportProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  /** Written of all that were found; the writing begins when everything has been read. */
  readonly written: number;
  readonly numbers: number;
}

export interface NumberImportReport {
  readonly list: DoNotCallList;
  readonly lines: number;
  readonly numbers: number;
  readonly refused: number;
  /** The first lines that are no numbers, or may be several. */
  readonly refusedLines: readonly { readonly line: number; readonly text: string; readonly why: string }[];
  readonly durationMs: number;
}

/** What the API needs of an importer of numbers. */
export type NumberImporter = NumberImports['run'];

type NumberImports = ImportKind<NumberImportRequest, NumberImportProgress, NumberImportReport>;
export type NumberImportJobs = ImportJobs<NumberImportRequest, NumberImportProgress, NumberImportReport>;

/** Imports of do-not-call numbers, carried out by `run`. */
export function numberImports(run: NumberImporter): NumberImports {
  return {
    what: 'do-not-call list',
    path: '/api/do-not-call-imports',
    nothing: { bytes: 0, totalBytes: 0, written: 0, numbers: 0 },
    run,
    figuresOf: ({ numbers }) => ({ numbers, written: numbers }),
  };
}
