// outdial dnc …: the do-not-call list. Imports go in batches, so a running daemon is never held up.

import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OperationalError } from '../base/errors.ts';
import { doNotCallAdded, doNotCallEntry, removedName } from '../http/wire.ts';
import type { CommandContext } from './context.ts';
import type { DaemonClient } from './daemon-client.ts';
import { showInstant } from './instants.ts';
import type { Outcome } from './outcome.ts';
import type { AddCommands } from './program.ts';
import { harmless } from './table.ts';

const BATCH = 1000;
const SHOWN_FAULTS = 10;

export const dncCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('dnc').description('the do-not-call list: add, remove, import, check');
  const add = group
    .command('add')
    .description('put numbers on it')
    .argument('<numbers...>')
    .option('--reason <text>', 'why, for the record', '')
    .action((numbers: string[], { reason }: { reason: string }) =>
      carryOf(add)((context) => addNumbers(context, numbers, reason)),
    );
  const remove = group
    .command('remove')
    .description('take a number off')
    .argument('<number>')
    .action((number: string) => carryOf(remove)((context) => removeNumber(context, number)));
  const imports = group
    .command('import')
    .description('put every number of a file on it: one to a line, # begins a remark')
    .argument('<file>')
    .option('--reason <text>', 'why, for the record', '')
    .action((file: string, { reason }: { reason: string }) =>
      carryOf(imports)((context) => importNumbers(context, file, reason)),
    );
  const check = group
    .command('check')
    .description('whether a number is on it; exit 1 when it is')
    .argument('<number>')
    .action((number: string) => carryOf(check)((context) => checkNumber(context, number)));
};

interface Added {
  readonly added: number;
  readonly known: number;
  readonly invalid: readonly { readonly line: number; readonly text: string }[];
}

async function addBatch(
  daemon: DaemonClient,
  lines: readonly { readonly line: number; readonly text: string }[],
  reason: string,
): Promise<Added> {
  const numbers = lines.map(({ text }) => text);
  const answer = await daemon.post(doNotCallAdded, '/do-not-call', { numbers, reason });
  const invalid = answer.invalid.map(({ index, text }) => ({ line: lines[index]?.line ?? 0, text }));
  return { added: answer.added, known: answer.known, invalid };
}

function told({ added, known, invalid }: Added): string {
  const shown = invalid.slice(0, SHOWN_FAULTS).map(({ line, text }) => `  line ${line}: ${harmless(text)}`);
  const more = invalid.length - shown.length;
  return [
    `${added} added, ${known} known already, ${invalid.length} that are no numbers${invalid.length > 0 ? ':' : '.'}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

async function addNumbers(context: CommandContext, texts: readonly string[], reason: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const lines = texts.map((text, index) => ({ line: index + 1, text }));
  const sum = { added: 0, known: 0, invalid: [] as { line: number; text: string }[] };
  for (let start = 0; start < lines.length; start += BATCH) {
    const { added, known, invalid } = await addBatch(daemon, lines.slice(start, start + BATCH), reason);
    sum.added += added;
    sum.known += known;
    sum.invalid.push(...invalid);
  }
  return { data: sum, text: told(sum), exitCode: sum.invalid.length > 0 ? 1 : 0 };
}

async function importNumbers(context: CommandContext, file: string, reason: string): Promise<Outcome> {
  const path = resolve(context.terminal.folder, file);
  const daemon = await context.daemon();
  const sum = { added: 0, known: 0, invalid: [] as { line: number; text: string }[] };
  let batch: { line: number; text: string }[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const { added, known, invalid } = await addBatch(daemon, batch, reason);
    sum.added += added;
    sum.known += known;
    sum.invalid.push(...invalid);
    batch = [];
  };
  for await (const entry of numberLines(path)) {
    batch.push(entry);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return { data: { file: path, ...sum }, text: told(sum), exitCode: sum.invalid.length > 0 ? 1 : 0 };
}

/** The numbers of a file with their lines; a line too long for a number is cut, to be refused as one. */
async function* numberLines(file: string): AsyncGenerator<{ line: number; text: string }> {
  const handle = await open(file).catch((error: unknown) => {
    throw new OperationalError('file-unreadable', `The file ${file} cannot be read.`, {
      hint: 'Give the path of a text file with one number to a line.',
      places: [{ file }],
      cause: error,
    });
  });
  let line = 0;
  for await (const text of createInterface({ input: handle.createReadStream(), crlfDelay: Infinity })) {
    line += 1;
    const number = (line === 1 ? text.replace(/^\ufeff/, '') : text).replace(/#.*$/, '').trim().slice(0, 64);
    if (number !== '') yield { line, text: number };
  }
}

async function removeNumber(context: CommandContext, number: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.delete(removedName, `/do-not-call/${encodeURIComponent(number)}`);
  return { data, text: `${data.removed} is off the do-not-call list.` };
}

async function checkNumber(context: CommandContext, number: string): Promise<Outcome> {
  const daemon = await context.daemon();
  const data = await daemon.get(doNotCallEntry, `/do-not-call/${encodeURIComponent(number)}`);
  const since = `since ${showInstant(data.addedAt)} by ${data.by ?? ''} ${harmless(data.reason ?? '')}`.trimEnd();
  const text = data.blocked ? `${data.number} is on the do-not-call list ${since}.` : `${data.number} is not on it.`;
  return { data, text, exitCode: data.blocked ? 1 : 0 };
}
