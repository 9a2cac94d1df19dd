// outdial migrate: brings the database to this version, making it when there is none; with --from and --to it moves a
// data set from SQLite to PostgreSQL. Not while a daemon runs on it.

import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { CommandContext } from '../context.ts';
import { callerName } from '../daemon-client.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { progressBar } from '../render/progress.ts';
import { table } from '../render/table.ts';
import { counted } from '../render/words.ts';

interface MigrateOptions {
  /** Path of an SQLite file. */
  readonly from?: string;
  /** Address of a PostgreSQL database. */
  readonly to?: string;
}

export const migrateCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('migrate')
    .description('bring the database to this version; makes it when missing. With --from and --to: move all data')
    .option('--from <address>', 'sqlite:FILE whose data is moved', sqliteFile)
    .option('--to <address>', 'postgres://… that it is moved to; an empty database', postgresAddress);
  command.action(({ from, to }: MigrateOptions) => {
    if ((from === undefined) !== (to === undefined)) command.error('error: --from and --to go together');
    return carryOf(command)((context) =>
      from === undefined || to === undefined ? upgrade(context) : move(context, from, to),
    );
  });
};

function sqliteFile(address: string): string {
  const [, file] = /^sqlite:(.+)$/.exec(address) ?? [];
  if (file !== undefined) return file;
  throw new InvalidArgumentError('Data is moved from SQLite: sqlite:/var/lib/outdial/outdial.db.');
}

function postgresAddress(address: string): string {
  if (/^postgres(ql)?:\/\/\S+$/.test(address)) return address;
  throw new InvalidArgumentError('Data is moved to PostgreSQL: postgres://user@host:5432/database.');
}

async function upgrade(context: CommandContext): Promise<Outcome> {
  const { store } = await context.settings();
  const { migrateStore, storeName } = await import('../../store/open.ts');
  const report = await migrateStore(store);
  const steps = report.applied.length === 0 ? 'nothing to do' : report.applied.join(', ');
  const text = `${storeName(store)} is at version ${report.to} (was ${report.from}): ${steps}`;
  return { data: { file: storeName(store), ...report }, text };
}

async function move(context: CommandContext, file: string, to: string): Promise<Outcome> {
  const { moveToPostgres } = await import('../../store/migrate-to-postgres/move.ts');
  const { storeName } = await import('../../store/open.ts');
  const startedAt = performance.now();
  const bar = progressBar(context.terminal);
  const tables = await moveToPostgres({
    from: resolve(context.terminal.folder, file),
    to,
    who: callerName(),
    at: context.clock.now(),
    onProgress: ({ table: name, doing, rows, total }) =>
      bar.show(total === 0 ? 1 : rows / total, `${doing === 'copy' ? 'copying' : 'checking'} ${name}, ${rows} rows`),
  }).finally(() => bar.end());
  const rows = tables.reduce((sum, one) => sum + one.rows, 0);
  const durationMs = Math.round(performance.now() - startedAt);
  const target = storeName({ kind: 'postgres', url: to });
  const copied = table(
    tables.filter((one) => one.rows > 0),
    [
      { title: 'TABLE', value: (one) => one.table },
      { title: 'ROWS', value: (one) => one.rows, align: 'right' },
    ],
    'No table holds anything.',
  );
  const text = [
    copied,
    '',
    `${counted(rows, 'row')} are in ${target}, the same as in ${file}, row by row (${(durationMs / 1000).toFixed(1)} s).`,
    'To work with them, write into outdial.yaml: store: postgres://… (the address above, with its password).',
  ].join('\n');
  return { data: { from: file, to: target, tables, rows, durationMs }, text };
}
