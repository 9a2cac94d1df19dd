// outdial run: the daemon in the foreground, until it is asked to stop (Ctrl-C, SIGTERM).

import type { AddCommands } from '../add-commands.ts';

export const runCommand: AddCommands = (parent, carryOf) => {
  const command = parent
    .command('run')
    .description('run the daemon in the foreground; log on stderr; SIGTERM ends it after the live conversations');
  command.action(() =>
    carryOf(command)(async (context) => {
      const settings = await context.settings();
      const { runDaemon } = await import('../../daemon.ts');
      await runDaemon(settings);
      return { data: { stopped: true }, text: '' };
    }),
  );
};
