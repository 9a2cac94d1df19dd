// outdial export …: records and attempts as CSV or JSON lines, to a file or to stdout. Reads the store itself, so it costs
// a running daemon nothing; the audit log is written before.

import { defined } from '../../base/defined.ts';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { OperationalError } from '../../base/errors.ts';
import type { Store } from '../../engine/store/store.ts';
import { exportAttempts, exportRecords, type ExportFormat } from '../../reports/exports.ts';
import { RECORD_STATES, RESULTS, type RecordState, type Result } from '../../terms.ts';
import { mustKnowCampaign, withStoreToRead, type CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { withPeriod } from '../period-options.ts';
import { noteDataExport, type DataExport } from '../data-export.ts';
import { showBytes } from '../render/words.ts';

interface ExportOptions {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly campaign?: string;
}

export const exportCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('export').description('records and attempts as CSV or JSON lines');
  const records = withFile(group.command('records'))
    .description('records with their contacts, oldest first')
    .addOption(new Option('--state <state>', 'that stand so').choices(RECORD_STATES))
    .addOption(new Option('--result <result>', 'whose last attempt ended so').choices(RESULTS))
    .option('--disposition <code>', 'of which an agent said so last')
    .action((options: ExportOptions & { state?: RecordState; result?: Result; disposition?: string }) => {
      const { format, out: _out, ...query } = options;
      return carryOf(records)((context) =>
        writeOut(context, { what: 'export.records', ...options }, (store) => exportRecords(store, query, format)),
      );
    });
  const attempts = withPeriod(withFile(group.command('attempts')))
    .description('attempts, oldest first')
    .action((options: ExportOptions & { from?: number; to?: number }) => {
      const { format, campaign, from, to } = options;
      const query = {
        ...defined({ campaign, fromAt: from, toAt: to }),
      };
      return carryOf(attempts)((context) =>
        writeOut(context, { what: 'export.attempts', ...options }, (store) => exportAttempts(store, query, format)),
      );
    });
};

function withFile(command: Command): Command {
  return command
    .option('--campaign <campaign>', 'of this campaign only')
    .addOption(new Option('--format <format>', 'csv is safe for spreadsheets').choices(['csv', 'jsonl']).default('csv'))
    .option('--out <file>', 'a new file (default: stdout); with --json needed');
}

async function writeOut(
  context: CommandContext,
  { what, out, campaign, ...asked }: ExportOptions & Pick<DataExport, 'what'>,
  textOf: (store: Store) => AsyncGenerator<string>,
): Promise<Outcome> {
  if (out === undefined && context.json)
    throw new OperationalError('export-needs-file', 'With --json the export itself needs a file.', {
      hint: 'Add --out FILE, or leave --json out: --format jsonl is JSON too.',
    });
  await withStoreToRead(context, (store) => mustKnowCampaign(context, store, campaign));
  const subject = campaign ?? '';
  if (out === undefined) {
    await noteDataExport(context, { what, subject, to: asked });
    await withStoreToRead(context, async (store) => {
      for await (const text of textOf(store)) context.terminal.out(text);
    });
    return { data: null, text: '' };
  }
  const file = resolve(context.terminal.folder, out);
  const part = `${file}.part`;
  await noteDataExport(context, { what, subject, to: { ...asked, file } });
  try {
    await withStoreToRead(context, (store) => {
      return pipeline(Readable.from(textOf(store)), createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof OperationalError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperationalError('export-failed', `The export could not be written: ${reason}.`, {
      hint: 'Check that the folder exists, may be written, and has room.',
      places: [{ file }],
      cause: error,
    });
  }
  const { size } = await stat(file);
  return { data: { file, bytes: size }, text: `${file} is written (${showBytes(size)}).` };
}
