// Importing a file of numbers into a do-not-call list: what the daemon or the store is asked for, how far it is and what
// came of it.

import type { NumberImportProgress, NumberImportReport } from '../../imports/number-imports.ts';
import { numberImportJob } from '../../http/wire/imports.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';
import type { CommandContext } from '../context.ts';
import { callerName } from '../daemon-client.ts';
import { carryOutImport } from '../import-run.ts';
import type { Outcome } from '../outcome.ts';
import { harmless } from '../render/table.ts';
import { counted } from '../render/words.ts';

export interface NumberRequest {
  /** Absolute path. */
  readonly file: string;
  readonly list: string;
  readonly mode: 'add' | 'replace';
  readonly country?: string;
  readonly countryCode?: CountryCodeUse;
}

const SHOWN_FAULTS = 10;

/** Imports numbers. Exit 1 when lines were no numbers. */
export async function importNumbersVia(context: CommandContext, wanted: NumberRequest): Promise<Outcome> {
  const report = await carryOutImport<NumberImportProgress, NumberImportReport>(context, {
    path: '/do-not-call-imports',
    job: numberImportJob,
    wanted,
    show: ({ bytes, totalBytes, written, numbers }) => {
      const read = totalBytes === 0 ? 0 : bytes / totalBytes;
      const share = read / 2 + (numbers === 0 ? 0 : written / numbers / 2);
      return { share, text: numbers === 0 ? 'reading' : `${written} of ${numbers} numbers written` };
    },
    prepare: async () => {
      const { runNumberImport } = await import('../../store/import/numbers.ts');
      const { country } = await context.settings();
      const complete = { country, ...wanted, by: callerName() };
      return (store, hooks) => runNumberImport(complete, store, { clock: context.clock, ...hooks });
    },
    audit: {
      what: 'do-not-call.import',
      to: ({ lines, numbers, refused }) => ({ file: wanted.file, mode: wanted.mode, lines, numbers, refused }),
    },
  });
  return reported(report);
}

function reported(report: NumberImportReport): Outcome {
  const { list, numbers, refused, refusedLines, durationMs } = report;
  const perSecond = Math.round((numbers * 1000) / Math.max(1, durationMs));
  const shown = refusedLines
    .slice(0, SHOWN_FAULTS)
    .map(({ line, text, why }) => `  line ${line}: ${harmless(text)}: ${harmless(why)}`);
  const more = refused - shown.length;
  const text = [
    `${counted(numbers, 'number')} imported in ${(durationMs / 1000).toFixed(1)} s (${perSecond}/s); ${list.name} holds ${list.numbers}.`,
    ...(refused > 0 ? [refused === 1 ? '1 line was not taken:' : `${refused} lines were not taken:`, ...shown] : []),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
  return { data: report, text, exitCode: refused > 0 ? 1 : 0 };
}
