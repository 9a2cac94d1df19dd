// outdial migrate: brings the database to this version, making it when there is none. Not while a daemon runs on it.

import type { AddCommands } from './program.ts';

export const migrateCommand: AddCommands = (parent, carryOf) => {
  const command = parent.command('migrate').description('bring the database to this version; makes it when missing');
  command.action(() =>
    carryOf(command)(async (context) => {
      const { store } = await context.settings();
      const { migrateStore, storeName } = await import('../store/open.ts');
      const report = await migrateStore(store);
      const steps = report.applied.length === 0 ? 'nothing to do' : report.applied.join(', ');
      const text = `${storeName(store)} is at version ${report.to} (was ${report.from}): ${steps}`;
      return { data: { file: storeName(store), ...report }, text };
    }),
  );
};
