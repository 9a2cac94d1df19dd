// outdial migrate: brings the database to this version, making it when there is none. Not while a daemon runs on it.

import type { AddCommands } from './program.ts';

export const migrateCommand: AddCommands = (parent, carryOf) => {
  const command = parent.command('migrate').description('bring the database to this version; makes it when missing');
  command.action(() =>
    carryOf(command)(async (context) => {
      const { file } = (await context.settings()).store;
      const { migrateSqlite } = await import('../store/sqlite/migrate.ts');
      const report = migrateSqlite(file);
      const steps = report.applied.length === 0 ? 'nothing to do' : report.applied.join(', ');
      const text = `${file} is at version ${report.to} (was ${report.from}): ${steps}`;
      return { data: { file, ...report }, text };
    }),
  );
};
