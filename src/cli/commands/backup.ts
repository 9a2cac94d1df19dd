// outdial backup FILE: the whole data set in one file, also while the daemon is running.

import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperationalError } from '../../base/errors.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { noteDataExport } from '../data-export.ts';
import { showBytes } from '../render/words.ts';

export const backupCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('backup')
    .description('copy the whole data set to a new file, also while the daemon is running')
    .argument('<file>')
    .action((file: string) => carryOf(command)((context) => backUp(context, file)));
};

/** The file is complete or not there: it gets its name last. */
async function backUp(context: CommandContext, file: string): Promise<Outcome> {
  const target = resolve(context.terminal.folder, file);
  if (existsSync(target))
    throw new OperationalError('backup-exists', `The file ${target} is there already.`, {
      hint: 'Choose a name that is free; a backup never replaces a file.',
      places: [{ file: target }],
    });
  const draft = `${target}.partial`;
  await rm(draft, { force: true });
  const unlogged = await noteBackup(context, target);
  try {
    await withStoreToRead(context, (store) => store.backup(draft));
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
  const { size } = await stat(target);
  const { kind } = (await context.settings()).store;
  const tool = kind === 'postgres' ? 'pg_dump' : null;
  const made = tool === null ? '' : ` ${tool} has written it, pg_restore reads it.`;
  return {
    data: { file: target, bytes: size, tool, logged: unlogged === undefined },
    text: `${target} holds the whole data set (${showBytes(size)}).${made}${unlogged ?? ''}`,
  };
}

/** Writes into the audit log; a full or failing disk must not keep anybody from saving the data: the words that say so. */
async function noteBackup(context: CommandContext, file: string): Promise<string | undefined> {
  try {
    await noteDataExport(context, { what: 'backup.make', to: { file } });
    return undefined;
  } catch (error) {
    const isFailing = error instanceof OperationalError && FAILING.has(error.code);
    if (!isFailing) throw error;
    return `\nThe backup is not in the audit log (${error.code}): ${error.message}`;
  }
}

const FAILING: ReadonlySet<string> = new Set(['audit-log-failed', 'store-disk-full', 'store-failed', 'store-in-use']);
