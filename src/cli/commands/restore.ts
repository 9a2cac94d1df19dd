// outdial restore FILE: puts a backup in the place of the database. Not while a daemon runs on it.

import { resolve } from 'node:path';
import { OperationalError } from '../../base/errors.ts';
import { withStoreToWrite, type CommandContext } from '../context.ts';
import { callerActor, isDaemonRunning } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { pairs } from '../render/table.ts';
import { noteChange } from '../../engine/audit-trail.ts';

export const restoreCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('restore')
    .description('put a backup in the place of the database, which is kept beside it; refused while the daemon runs')
    .argument('<file>')
    .option('--check', 'only look whether the backup is whole and known to this version')
    .action((file: string, { check }: { check?: boolean }) =>
      carryOf(command)((context) => restore(context, file, check === true)),
    );
};

async function restore(context: CommandContext, given: string, checkOnly: boolean): Promise<Outcome> {
  const backup = resolve(context.terminal.folder, given);
  const settings = await context.settings();
  const { store } = settings;
  if (store.kind !== 'sqlite')
    throw new OperationalError('restore-elsewhere', 'A database on a PostgreSQL server is restored by its own tools.', {
      hint: 'Stop outdial, then: pg_restore --clean --if-exists --no-owner --dbname=ADDRESS FILE.',
    });
  const { checkBackup, restoreBackup } = await import('../../store/sqlite/restore.ts');
  if (checkOnly) {
    const data = checkBackup(backup);
    return { data: { backup, ...data }, text: `${backup} is whole.\n${inWords(data)}` };
  }
  if (await isDaemonRunning(settings))
    throw new OperationalError('store-in-use', 'The daemon is running on this database.', {
      hint: 'Stop it first: systemctl stop outdial.',
      httpCode: 409,
    });
  const data = restoreBackup(backup, store.file, new Date(context.clock.now()));
  await withStoreToWrite(context, (restored) =>
    noteChange(restored, callerActor(), {
      at: context.clock.now(),
      what: 'backup.restore',
      subject: '',
      from: data.kept ?? null,
      to: backup,
    }),
  );
  const kept = data.kept === undefined ? '' : `\nThe database that was there is kept as ${data.kept}.`;
  const text = `${store.file} is ${backup} now.\n${inWords(data)}${kept}`;
  return { data: { backup, file: store.file, ...data }, text };
}

function inWords(data: {
  version: number;
  contacts: number;
  records: number;
  attempts: number;
  unfinished: number;
}): string {
  const { version, contacts, records, attempts, unfinished } = data;
  return pairs([
    ['version', version],
    ['contacts', contacts],
    ['records', records],
    ['attempts', `${attempts} (${unfinished} not ended: closed by the call records at the next start)`],
  ]);
}
