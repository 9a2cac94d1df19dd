// outdial recording …: which recordings there are, saving one to a file, deleting one before its time.

import { resolve } from 'node:path';
import { recordingDeleted, recordingRows } from '../../http/wire/recordings.ts';
import { asInstant } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { recordingTable } from '../render/recording-table.ts';
import { showBytes } from '../render/words.ts';

interface ListOptions {
  readonly campaign?: string;
  readonly record?: string;
  readonly from?: number;
  readonly to?: number;
}

export const recordingCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('recording').description('recordings of conversations: list, save, delete');
  const list = group
    .command('list')
    .description('recordings, newest first')
    .option('--campaign <name>', 'of this campaign alone')
    .option('--record <id>', 'of this record alone')
    .option('--from <time>', 'begun from then on', asInstant)
    .option('--to <time>', 'begun before', asInstant)
    .action((options: ListOptions) => carryOf(list)((context) => listRecordings(context, options)));
  const save = group
    .command('save')
    .description('writes what was recorded of an attempt to a WAV file')
    .argument('<attempt>')
    .option('--out <file>', 'default: ATTEMPT.wav in this folder')
    .option('--greeting', 'the first seconds, kept of a machine, instead of the conversation')
    .action((attempt: string, options: { readonly out?: string; readonly greeting?: boolean }) =>
      carryOf(save)((context) => saveRecording(context, attempt, options)),
    );
  const remove = group
    .command('delete')
    .description('deletes what was recorded of an attempt')
    .argument('<attempt>')
    .action((attempt: string) => carryOf(remove)((context) => deleteRecording(context, attempt)));
};

async function listRecordings(context: CommandContext, options: ListOptions): Promise<Outcome> {
  const rows = await (await context.daemon()).get(recordingRows, '/recordings', { ...options });
  return { data: rows, text: recordingTable(rows) };
}

async function saveRecording(
  context: CommandContext,
  attempt: string,
  { out = `${attempt}.wav`, greeting = false }: { readonly out?: string; readonly greeting?: boolean },
): Promise<Outcome> {
  const file = resolve(context.terminal.folder, out);
  const kind = greeting ? 'greeting' : 'conversation';
  const daemon = await context.daemon();
  const bytes = await daemon.download(`/recordings/${encodeURIComponent(attempt)}/sound?kind=${kind}`, file);
  return { data: { attempt, file, bytes }, text: `${file} is written (${showBytes(bytes)}).` };
}

async function deleteRecording(context: CommandContext, attempt: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.delete(recordingDeleted, `/recordings/${encodeURIComponent(attempt)}`);
  return { data, text: `Deleted: ${data.deleted} of attempt ${data.attempt}.` };
}
